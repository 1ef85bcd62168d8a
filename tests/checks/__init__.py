"""What `make check` and `make test` do besides the well-known tools."""

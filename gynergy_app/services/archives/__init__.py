"""Everything a member keeps here as one file, on its way out or back in."""

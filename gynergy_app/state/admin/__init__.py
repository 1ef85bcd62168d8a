"""The desks, for admins only. Each state is closed to everybody else by the guard."""

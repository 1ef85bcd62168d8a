"""What admins see and do: figures, members, programs. Each function asks as the admin it is called for."""

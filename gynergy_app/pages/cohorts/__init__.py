"""The people one lives a session with."""

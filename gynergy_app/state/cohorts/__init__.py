"""The people one lives a session with: who they are, what they send, and whom one would rather not meet."""

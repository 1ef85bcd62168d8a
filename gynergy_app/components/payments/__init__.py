"""The pieces of the pages about places."""

"""Shapes worked out on the server: numbers in, paths and positions out. Nothing here knows the browser."""

"""The pieces of the statement, the shelf and the board: a module each, so that a page loads only its own."""

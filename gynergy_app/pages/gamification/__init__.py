"""What was earned, what is on the shelf, and who else is on the way."""

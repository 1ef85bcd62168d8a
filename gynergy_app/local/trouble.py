"""What stops a command, said to whoever typed it."""


class Trouble(Exception):
    """One or two sentences: what is wrong, and what to do about it. Printed as they are."""

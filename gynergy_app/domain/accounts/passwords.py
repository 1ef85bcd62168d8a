"""What a password must be, and the sentence that helps when it is not.

NIST SP 800-63B-4 asks for length and a list of known passwords, and advises against rules of composition and
forced changes. It wants eight characters beside a second factor and fifteen alone; ten, with the list and
slowed guessing, is where a diary stands between a forum and a bank. `common_passwords.txt` holds those of ten
and more characters from the public lists of Django (BSD) and zxcvbn (MIT).
"""

from functools import cache
from pathlib import Path

SHORTEST = 10
LONGEST_BYTES = 72
"""bcrypt reads no further, so the auth service refuses more."""

_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")


def password_problem(password: str, about: tuple[str, ...] = ()) -> str | None:
    """The sentence to show beside the field, or None. `about`: the member's name and address.

    >>> password_problem("lamp")
    'Please use at least 10 characters. Three or four unrelated words are easy to remember and hard to guess.'
    >>> password_problem("quiet kettle harbour")
    """
    if len(password) < SHORTEST:
        return (
            f"Please use at least {SHORTEST} characters. "
            "Three or four unrelated words are easy to remember and hard to guess."
        )
    if len(password.encode("utf-8", "replace")) > LONGEST_BYTES:
        return f"This is longer than the {LONGEST_BYTES} bytes we can keep. Please leave out a few words."
    if _is_common(password):
        return "This password is on public lists, so it would be tried first. Please choose another."
    if _repeats(password, about):
        return "This password is mostly your name or address, which others know. Please choose another."
    return None


def _is_common(password: str) -> bool:
    plain = password.casefold().strip()
    return plain in common_passwords() or len(set(plain)) < 4 or _is_run(plain)


def _is_run(plain: str) -> bool:
    """A row of the keyboard or the alphabet, forwards or backwards."""
    return any(plain in row * 3 or plain in row[::-1] * 3 for row in _ROWS)


def _repeats(password: str, about: tuple[str, ...]) -> bool:
    """Whether little is left once what others know is taken out."""
    rest = password.casefold()
    for word in _known_words(about):
        rest = rest.replace(word, "")
    return len(rest) < len(password) and len(rest) < 5


def _known_words(about: tuple[str, ...]) -> list[str]:
    known = {"gynergy"}
    for text in about:
        known |= {text.casefold(), *text.casefold().replace("@", " ").replace(".", " ").split()}
    return sorted((word for word in known if len(word) >= 3), key=len, reverse=True)


@cache
def common_passwords() -> frozenset[str]:
    listed = Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(listed.splitlines())

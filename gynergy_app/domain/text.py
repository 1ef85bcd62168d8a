"""What happens to every text a person types before it is kept."""

import unicodedata
from datetime import date

DAYS_BY_NAME = 6
"""How far ahead a weekday alone can only be the next one."""
_INVISIBLE = "CZ"
_DIRECTION = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])


def tidy(text: object) -> str:
    """Composed (NFC), without NUL, control characters or half characters; blank text is no text.

    >>> tidy("  Cafe\\u0301\\x00 with\\r\\nAna ")
    'Café with\\nAna'
    >>> tidy(" \\u200b\\n ")
    ''
    """
    if not isinstance(text, str):
        return ""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in unified if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    composed = unicodedata.normalize("NFC", kept).strip()
    return composed if is_visible(composed) else ""


def tidy_line(text: object) -> str:
    """The same on one line, and without marks that turn the direction of the text around it.

    >>> tidy_line("Ana\\u202e \\n Reyes")
    'Ana Reyes'
    """
    return " ".join(tidy(text).translate(_DIRECTION).split())


def as_sentence(words: str) -> str:
    """
    >>> as_sentence("The card was stolen"), as_sentence("Why not?")
    ('The card was stolen.', 'Why not?')
    """
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def is_visible(text: str) -> bool:
    return any(unicodedata.category(c)[0] not in _INVISIBLE for c in text)


def counted(number: int, one: str, many: str | None = None) -> str:
    """
    >>> counted(1, "day"), counted(14, "day"), counted(0, "entry", "entries")
    ('one day', '14 days', 'no entries')
    """
    return f"{spelled(number)} {one if number == 1 else many or one + 's'}"


_WORDS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


def spelled(number: int) -> str:
    return _WORDS[number] if 0 <= number < len(_WORDS) else str(number)


def spoken_day(day: date) -> str:
    """
    >>> spoken_day(date(2026, 10, 16))
    'Friday 16 October'
    """
    return f"{day:%A} {day.day} {day:%B}"


def until_day(last: date, today: date) -> str:
    """The last day of something, after "until". Its night goes on after midnight.

    >>> until_day(date(2026, 10, 16), date(2026, 10, 14))
    'Friday'
    """
    away = (last - today).days
    if away <= 0:
        return "tonight"
    if away == 1:
        return "tomorrow"
    return f"{last:%A}" if away <= DAYS_BY_NAME else spoken_day(last)

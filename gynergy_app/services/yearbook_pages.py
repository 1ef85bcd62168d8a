"""A yearbook in the words of its pages: the same for the screen and for the file."""

import hashlib
import json
from datetime import date
from typing import Any

from gynergy_app import theme
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import Growth
from gynergy_app.domain.programs import MILESTONE_DAYS, milestones_reached
from gynergy_app.domain.text import counted
from gynergy_app.domain.yearbooks import Leaf, Line
from gynergy_app.drawing.dial import Dial, rays
from gynergy_app.drawing.yearbook import PRINTED_AS, printable, unprintable
from gynergy_app.services.yearbooks import Yearbooks

NOTE = (
    f"{PRINTED_AS} stands for characters the typefaces of this book lack. "
    "On the screen, and printed from there, they are whole."
)
RARITY = {"common": "ink-soft", "legendary": "gold"}


def dial(book: Yearbooks) -> Dial:
    reached = book.reached
    frozen = [(day - reached.enrolled.start_date).days + 1 for day in reached.story.kept.frozen]
    flags = MILESTONE_DAYS[: milestones_reached(reached.story.last_written_day)]
    return rays(reached.pages_by_day, today=reached.days + 1, frozen=frozen, milestones=flags)


def dates(book: Yearbooks) -> str:
    place = book.reached.enrolled
    return span(place.start_date, place.end_date)


def span(first: date, last: date) -> str:
    return f"{_date(first)} to {_date(last)}"


def _date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def kept(book: Yearbooks) -> str:
    return f"{book.reached.days_kept} of {book.reached.days} days kept"


def mood_line(book: Yearbooks) -> str:
    shift = book.mood
    if shift is None:
        return "Too few moods were given to compare the first days with the last."
    return (
        f"From {float(shift.first):.1f} in the first {counted(shift.days, 'day')} with a mood "
        f"to {float(shift.last):.1f} in the last."
    )


def lines(book: Yearbooks, leaf: Leaf) -> list[Line]:
    """The chosen lines of a page, in the order they were written."""
    wanted = set(book.chosen(leaf))
    source = book.gratitudes if leaf is Leaf.gratitudes else book.closings
    return [line for line in source if line.item in wanted]


def gratitudes_line(book: Yearbooks) -> str:
    return f"{counted(len(lines(book, Leaf.gratitudes)), 'line').capitalize()} out of {len(book.gratitudes)}."


def words_line() -> str:
    return "Written on more days in the later half than in the earlier."


def badges_line(book: Yearbooks) -> str:
    return f"{counted(len(book.chosen(Leaf.badges)), 'badge').capitalize()}."


def photos_line(book: Yearbooks) -> str:
    return f"{counted(len(book.chosen(Leaf.photos)), 'picture').capitalize()} of what you did."


def missing_letters(book: Yearbooks, member: Member) -> str:
    """What the file's typefaces cannot print of what was chosen."""
    texts = [member.name]
    for leaf in (Leaf.gratitudes, Leaf.closing):
        texts += [line.text for line in lines(book, leaf)] if book.holds(leaf) else []
    texts += [growth.word for growth in book.words] if book.holds(Leaf.words) else []
    return unprintable("".join(texts))


def fingerprint(book: Yearbooks, member: Member) -> str:
    """One short text for everything of hers that a file shows. It differs as soon as any of that does."""
    shown = [
        member.name,
        dates(book),
        kept(book),
        sorted(book.reached.pages_by_day.items()),
        book.moods if book.holds(Leaf.moods) else None,
        [[growth.word, growth.before, growth.after] for growth in book.words]
        if book.holds(Leaf.words)
        else None,
        *[
            [[line.day, line.text] for line in lines(book, leaf)] if book.holds(leaf) else None
            for leaf in (Leaf.gratitudes, Leaf.closing)
        ],
        *[book.chosen(leaf) if book.holds(leaf) else None for leaf in (Leaf.badges, Leaf.photos)],
    ]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:24]


def is_older(book: Yearbooks, member: Member) -> bool:
    """Whether the file is of words or days that read otherwise by now."""
    return bool(book.made_of) and book.made_of != fingerprint(book, member)


def as_data(book: Yearbooks, member: Member, made_on: date) -> dict[str, Any]:
    """Everything the file shows. Pictures are named by their place and added by whoever has them."""
    closing = lines(book, Leaf.closing) if book.holds(Leaf.closing) else []
    return {
        "brand": "GYNERGY",
        "title": "Forty-five days",
        "name": printable(member.name),
        "program": book.reached.enrolled.book_name,
        "dates": dates(book),
        "kept": kept(book),
        "phases": book.phases,
        "moods": book.moods if book.holds(Leaf.moods) else None,
        "mood_line": mood_line(book),
        "gratitudes": [_said(line) for line in lines(book, Leaf.gratitudes)]
        if book.holds(Leaf.gratitudes)
        else [],
        "gratitudes_line": gratitudes_line(book),
        "words": [_grown(word) for word in book.words] if book.holds(Leaf.words) else [],
        "words_line": words_line(),
        "badges": _badges(book) if book.holds(Leaf.badges) else [],
        "badges_line": badges_line(book),
        "photos": [],
        "photos_line": photos_line(book),
        "closing": _said(closing[0]) if closing else None,
        "note": NOTE if missing_letters(book, member) else "",
        "colophon": (
            f"Made on {_date(made_on)} from the pages of {printable(member.name)}, "
            "who alone can open them. Set in Newsreader and Work Sans."
        ),
    }


def _said(line: Line) -> dict[str, Any]:
    return {"day": line.day, "text": printable(line.text)}


def _grown(word: Growth) -> dict[str, Any]:
    return {
        "word": printable(word.word),
        "before": f"{word.before} of {counted(word.before_of, 'day')}",
        "after": f"{word.after} of {counted(word.after_of, 'day')}",
        "before_share": word.before / word.before_of * 100,
        "after_share": word.after / word.after_of * 100,
    }


def _badges(book: Yearbooks) -> list[dict[str, str]]:
    wanted = set(book.chosen(Leaf.badges))
    return [
        {"name": each.name, "words": each.words, "colour": _colour(each.rarity)}
        for each in book.badges
        if each.item in wanted
    ]


def _colour(rarity: str) -> str:
    return theme.colour(RARITY.get(rarity, rarity), theme.LIGHT)

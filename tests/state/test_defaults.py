"""Tabs share what none of them can change, and nothing else."""

from dataclasses import dataclass, field

import pytest
import reflex as rx
from reflex.state import State

from gynergy_app.state import defaults
from gynergy_app.state.defaults import is_unchanging


@dataclass(frozen=True)
class Words:
    said: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shelf:
    books: list[str] = field(default_factory=list)
    words: Words = Words()


@dataclass
class Open:
    said: str = ""


class TabState(State):
    words: Words = Words("so far")
    shelf: Shelf = Shelf()
    typed: dict[str, str] = {}  # noqa: RUF012  Reflex copies it for each tab


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("words", True),
        (Words("so", ("far", "away")), True),
        ((Words(), 3, None), True),
        (frozenset({"a"}), True),
        ([], False),
        ((Words(), []), False),
        (Shelf(), False),
        (Open(), False),
        (Words, False),
    ],
)
def test_what_nobody_can_change(value: object, expected: bool):
    assert is_unchanging(value) is expected


def test_tabs_share_what_cannot_be_changed_and_nothing_else(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(defaults, "OURS", TabState.__module__)
    defaults.share()
    root, other = rx.State(), rx.State()
    mine, theirs = (tab.substates[TabState.get_name()] for tab in (root, other))

    assert isinstance(mine, TabState)
    assert isinstance(theirs, TabState)
    assert TabState.__fields__["words"].default_value() is TabState.__fields__["words"].default_value()
    mine.typed["name"] = "Ana"
    mine.shelf.books.append("A book")

    assert theirs.typed == {}
    assert theirs.shelf.books == []

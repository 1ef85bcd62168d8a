"""Ways to answer a question: ruled lines, free text, a mood, a yes or no. The browser owns every field."""

from collections.abc import Sequence

import reflex as rx

from gynergy_app.components.buttons import chip
from gynergy_app.components.journaling.draft_keeper import problem
from gynergy_app.domain.journaling import HIGHEST, LOWEST, mood_word


def lines(
    name: str, count: int, *, label: str, placeholder: str = " ", starters: Sequence[str] = ()
) -> rx.Component:
    """Numbered lines of one list. Enter leads from one to the next."""
    rows = (_line(f"{name}.{n}", n + 1, f"{label}, line {n + 1}", placeholder) for n in range(count))
    return _answer(name, rx.el.div(*rows), starters)


def open_list(name: str, count: int, *, label: str, starters: Sequence[str] = ()) -> rx.Component:
    """As many lines as are written, and one more."""
    rows = (
        _line(f"{name}.{n}", n + 1, f"{label}, line {n + 1}", "And one more…" if n else " ")
        for n in range(count)
    )
    return _answer(name, rx.el.div(*rows, class_name="open-list"), starters)


def words(
    name: str, *, label: str, placeholder: str = " ", starters: Sequence[str] = (), shows_label: bool = False
) -> rx.Component:
    """Free text on a ruled line that grows."""
    area = _area(name, label, placeholder)
    visible = rx.el.p(label, class_name="label mt-8", aria_hidden="true") if shows_label else rx.fragment()
    return _answer(name, rx.fragment(visible, rx.el.div(area, class_name="line line-free")), starters)


def mood() -> rx.Component:
    """Ten lamps, each with its number and a word."""
    lamps = (_lamp(score) for score in range(LOWEST, HIGHEST + 1))
    return _answer("mood_score", rx.el.div(*lamps, class_name="mood"))


def yes_or_no(name: str, *, yes: str, no: str, label: str = "Done today") -> rx.Component:
    choices = (_choice(name, "yes", yes, label), _choice(name, "no", no, label))
    return _answer(name, rx.el.div(*choices, class_name="seg seg-wide"))


def _answer(name: str, field: rx.Component, starters: Sequence[str] = ()) -> rx.Component:
    return rx.el.div(field, problem(name), _starters(starters), custom_attrs={"data-answer": name})


def _starters(texts: Sequence[str]) -> rx.Component:
    if not texts:
        return rx.fragment()
    chips = (chip(text, words=True, custom_attrs={"data-starter": text}) for text in texts)
    return rx.el.div(*chips, role="group", aria_label="Starters: tap to insert", class_name="starters")


def _line(name: str, number: int, label: str, placeholder: str) -> rx.Component:
    return rx.el.div(
        rx.el.span(number, aria_hidden="true"),
        _area(name, label, placeholder, is_line=True),
        class_name="line",
    )


def _area(name: str, label: str, placeholder: str, is_line: bool = False) -> rx.Component:
    return rx.el.textarea(
        name=name,
        rows="1",
        aria_label=label,
        placeholder=placeholder,
        dir="auto",
        custom_attrs={"data-line": ""} if is_line else {},
    )


def _lamp(score: int) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name="mood_score", value=str(score), custom_attrs={"data-label": "Mood"}),
        rx.el.span(class_name="lamp", aria_hidden="true"),
        rx.el.b(score),
        " ",
        rx.el.span(mood_word(score)),
        style={"--m": str(score)},
    )


def _choice(name: str, value: str, words: str, label: str) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name=name, value=value, custom_attrs={"data-label": label}), words
    )

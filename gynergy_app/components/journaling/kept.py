"""What was written, as it reads afterwards. Answers left empty are left out."""

import reflex as rx

from gynergy_app.domain.journaling import mood_word
from gynergy_app.state.journaling.sheet import Sheet


def kept_words(sheet: Sheet, name: str, title: str) -> rx.Component:
    return _unless_empty(
        sheet.fields[name], title, rx.el.p(sheet.fields[name], class_name="words", dir="auto")
    )


def kept_lines(sheet: Sheet, name: str, count: int, title: str) -> rx.Component:
    rows = [_row(sheet.fields[f"{name}.{n}"]) for n in range(count)]
    return _unless_empty(sheet.fields[f"{name}.0"], title, rx.el.ol(*rows, class_name="words kept-lines"))


def kept_mood(sheet: Sheet) -> rx.Component:
    score = sheet.fields["mood_score"]
    words = rx.match(score, *[(str(n), f"{mood_word(n)}, {n} of 10") for n in range(1, 11)], "")
    return _unless_empty(score, "How you were", rx.el.p(words, class_name="words"))


def _row(text: str) -> rx.Component:
    return rx.cond(text, rx.el.li(text, dir="auto"))


def _unless_empty(text: str, title: str, shown: rx.Component) -> rx.Component:
    return rx.cond(text, rx.el.section(rx.el.h2(title, class_name="label"), shown, class_name="kept"))

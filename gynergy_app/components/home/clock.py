"""A day by the clock: its three pages as they look, and what each is worth and why."""

import reflex as rx

from gynergy_app.components.home.example import POINTS
from gynergy_app.components.home.parts import answered, asked, band, card_head
from gynergy_app.domain.gamification import Activity


def one_day() -> rx.Component:
    return band(
        rx.el.ol(_morning(), _action(), _evening(), class_name="home-clock"),
        title="A day, by the clock",
        lead="Eight minutes, two and six, and the day is whole.",
        section_id="day",
    )


def _morning() -> rx.Component:
    grateful = (
        "The kettle, and nobody else awake",
        "Mara’s note in my coat pocket",
        "The letter: no more tests",
    )
    return _moment(
        asked("Three things you are grateful for"),
        rx.el.ol(*[rx.el.li(line) for line in grateful], class_name="home-lines"),
        at="06:40",
        takes="about eight minutes",
        name="Morning journal",
        symbol="sunrise",
        points=POINTS[Activity.morning_journal],
        why="10 × 1.2 for eleven days in a row, and 5 before 08:00",
    )


def _action() -> rx.Component:
    return _moment(
        asked("Share a good memory"),
        answered("Rang Ilse about the ferry in the fog. She still hears the bell. I still smell the tar."),
        at="12:50",
        takes="a moment, two minutes here",
        name="Gratitude action",
        symbol="heart-handshake",
        points=POINTS[Activity.gratitude_action],
        why="15 × 1.2. “Not today” is an answer too, and earns the same",
    )


def _evening() -> rx.Component:
    return _moment(
        asked("What would you do differently tomorrow?"),
        answered("Answer Lea when she calls, not after. It was two minutes."),
        at="21:04",
        takes="about six minutes",
        name="Evening journal",
        symbol="moon-star",
        points=POINTS[Activity.evening_journal],
        why="10 × 1.2, and 10 for all three pages in one day",
    )


def _moment(
    *page: rx.Component, at: str, takes: str, name: str, symbol: str, points: int, why: str
) -> rx.Component:
    head = card_head(
        symbol,
        rx.el.h3(name, class_name="label grow"),
        rx.el.p(f"+ {points} points", class_name="points"),
    )
    return rx.el.li(
        rx.el.p(rx.el.time(at), rx.el.span(takes, class_name="meta"), class_name="home-at"),
        rx.el.div(head, *page, rx.el.p(why, class_name="meta home-why"), class_name="card"),
    )

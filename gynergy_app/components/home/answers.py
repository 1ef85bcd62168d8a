"""Who can read it, and the questions people ask before they begin. Every sentence is true of this program."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import more_link
from gynergy_app.components.home.parts import way_in
from gynergy_app.components.media import icon

SEEN_BY = (
    ("What you write", "only you"),
    ("How many wrote today", "your cohort, as a number"),
    ("Your name and picture", "your cohort"),
    ("Your points and place", "your cohort, unless you hide them"),
    ("On which days you wrote", "an admin, never what"),
)
ASKED = (
    (
        "What if I miss a day?",
        "Two freezes cover two missed days by themselves: your streak holds. Until 03:00 you can still write "
        "for the day before, and once in each nine days two lines, within two days, bring a missed day back.",
    ),
    (
        "I travel. Which day counts?",
        "The one on your own clock. When you change your time zone, every day you wrote stays where it is, "
        "and a day the journey skipped breaks no streak.",
    ),
    (
        "What if the line drops while I write?",
        "What you type stays on your device until it is saved. If two devices hold different words for one "
        "page, you see both and choose.",
    ),
    (
        "Can I join a cohort that has begun?",
        "Until the end of its ninth day, if a place is free; you join on the day it is living. After that "
        "the next cohort is yours. For a full one there is a queue, and you see your place in it.",
    ),
    (
        "Is this therapy?",
        "No. It is a practice of writing. If you are unwell, please speak to somebody trained to help.",
    ),
)


def privacy() -> rx.Component:
    words = rx.el.div(
        rx.el.h2("Nobody else can open what you write.", id="yours", class_name="title"),
        rx.el.p(
            "Not your cohort, not a coach, not an admin. This is a rule of the database itself, not a "
            "promise of a page: whoever asks for words that are not theirs is given none.",
            class_name="home-lead mb-2",
        ),
        more_link("What is kept about you", href=routes.PRIVACY),
    )
    rows = [rx.el.div(rx.el.dt(what), rx.el.dd(who)) for what, who in SEEN_BY]
    seen = rx.el.div(
        rx.el.p(icon("lock", 18), "Who sees what", class_name="label with-icon"),
        rx.el.dl(*rows, class_name="home-facts"),
        class_name="card card-pad",
    )
    return rx.el.section(words, seen, aria_labelledby="yours", class_name="home-band home-two")


def questions() -> rx.Component:
    answers = [_question(*each, is_open=n == 0) for n, each in enumerate(ASKED)]
    asked = rx.el.div(
        rx.el.h2("Questions", id="questions", class_name="title"),
        rx.el.div(*answers, class_name="rows mt-5"),
    )
    return rx.el.section(asked, _first_page(), aria_labelledby="questions", class_name="home-band home-two")


def _first_page() -> rx.Component:
    words = "You need nothing but eight quiet minutes. Write plainly, and only for yourself."
    return rx.el.div(
        rx.el.p("Your first page", class_name="meta"),
        rx.el.p(words, class_name="prompt mt-1 mb-5"),
        way_in("secondary"),
        class_name="card card-pad",
    )


def _question(asked: str, answer: str, *, is_open: bool) -> rx.Component:
    return rx.el.details(
        rx.el.summary(asked, icon("chevron-down", class_name="text-ink-soft")),
        rx.el.p(answer, class_name="measure text-ink-soft"),
        open=is_open,
        class_name="home-question",
    )

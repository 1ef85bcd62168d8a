"""Today: what the day asks for."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.after import after_card
from gynergy_app.components.buttons import button_link
from gynergy_app.components.closed import closed_card
from gynergy_app.components.dial import dial
from gynergy_app.components.feedback import banner, empty_state, skeleton, skeleton_card
from gynergy_app.components.journaling.left_on_device import left_on_device
from gynergy_app.components.layout import member_layout, section
from gynergy_app.components.programs import (
    finished,
    keeps,
    kind_card,
    pulse_card,
    quote_of_the_day,
    start_note,
    thread,
)
from gynergy_app.components.weeks import this_week
from gynergy_app.components.zone import zone_card
from gynergy_app.state.programs.today import DAY_TITLE, TodayState

ROUTE = routes.TODAY
TITLE = "Today"
DESCRIPTION = "What this day of the challenge asks for."
ON_LOAD = [TodayState.open]
ACCESS = "member"


def page() -> rx.Component:
    content = rx.cond(TodayState.has_place, _day(), _no_place())
    return member_layout(
        rx.cond(TodayState.is_loading, _loading(), content),
        title="Today",
        here=routes.TODAY,
        own_heading=True,
    )


def _day() -> rx.Component:
    view, closed = TodayState.view, TodayState.closed
    is_open = ~view.after.is_closed & (closed.title == "")
    return rx.el.div(
        rx.el.section(
            dial(view.dial, day=view.number, phase=view.phase, above=view.above, heading_id=DAY_TITLE),
            keeps(),
            rx.cond(view.own, rx.el.p(view.own, class_name="meta own-days")),
            aria_label="Where you are",
            class_name="hero",
        ),
        rx.el.div(
            rx.cond(is_open, zone_card()),
            rx.cond(view.after.title, after_card()),
            rx.cond(TodayState.may_choose_start, start_note()),
            rx.cond(view.missed.title, kind_card()),
            rx.cond(closed.title, _closed()),
            rx.cond(is_open, _writing()),
            rx.cond(
                view.pulse.words,
                section(
                    rx.el.div(pulse_card(), class_name="around"),
                    title="Around you",
                    section_id="around",
                    hidden_title=True,
                ),
            ),
        ),
        rx.cond(view.quote, quote_of_the_day()),
        class_name="today-page",
    )


def _closed() -> rx.Component:
    return rx.el.div(closed_card(TodayState.closed), left_on_device(), class_name="today-closed")


def _writing() -> rx.Component:
    return rx.fragment(rx.cond(TodayState.view.is_finished, finished(), _pages()), this_week())


def _pages() -> rx.Component:
    view = TodayState.view
    return section(
        rx.cond(
            view.before_start,
            banner(
                view.before_start,
                "Until then you can try a page. It is practice: it earns nothing, "
                "and your words stay on this device.",
                symbol="calendar-days",
            ),
        ),
        thread(),
        title=rx.cond(view.before_start, "A page to try", "Today’s three pages"),
        section_id="pages",
        aside=view.date_words,
    )


def _no_place() -> rx.Component:
    choose = empty_state(
        "Your forty-five days begin with a place",
        "Choose when you start. Your cohort lives the same days as you do.",
        button_link("Choose your start", href=routes.WELCOME, kind="primary"),
    )
    return rx.el.div(
        rx.el.h1("Today", class_name="vh"),
        rx.cond(TodayState.closed.title, _closed(), choose),
    )


def _loading() -> rx.Component:
    return rx.el.div(
        rx.el.h1("Today", class_name="vh"),
        rx.el.div(skeleton("100%", "330px"), class_name="hero"),
        rx.el.div(skeleton_card(3, says="Opening your day"), skeleton_card(2), class_name="grid gap-3"),
        class_name="today-page",
    )

"""What was told, newest first. Opening this page is reading it."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button, button_link
from gynergy_app.components.feedback import empty_state, skeleton_rows, tag
from gynergy_app.components.layout import member_layout
from gynergy_app.components.links import link
from gynergy_app.components.media import icon
from gynergy_app.state.notifications import Line, NotificationsState
from gynergy_app.state.session import MemberState

ROUTE = routes.NOTIFICATIONS
TITLE = "Notifications"
DESCRIPTION = "What happened in your challenge, newest first."
ON_LOAD = [MemberState.enter, NotificationsState.open]
ACCESS = "member"


def page() -> rx.Component:
    return member_layout(
        rx.cond(
            NotificationsState.is_loading,
            skeleton_rows(5, says="Fetching your notifications"),
            rx.cond(NotificationsState.lines, _lines(), _nothing()),
        ),
        title=TITLE,
        here=routes.NOTIFICATIONS,
        reading=True,
    )


def _lines() -> rx.Component:
    return rx.el.div(
        rx.el.ul(rx.foreach(NotificationsState.lines, _line), class_name="rows"),
        rx.el.div(
            rx.cond(
                NotificationsState.has_earlier,
                button(
                    "Show earlier",
                    busy=NotificationsState.is_fetching,
                    busy_label="Fetching…",
                    on_click=NotificationsState.show_earlier,
                ),
                rx.el.p("That is everything so far.", class_name="meta"),
            ),
            class_name="end",
        ),
    )


def _line(line: Line) -> rx.Component:
    return rx.el.li(rx.cond(line.href, _leading(line), _staying(line)), key=line.id)


def _leading(line: Line) -> rx.Component:
    return link(
        *_words(line),
        icon("chevron-right", 16, "text-ink-soft"),
        href=line.href,
        class_name="list-row told",
        custom_attrs={"data-row": "true"},
    )


def _staying(line: Line) -> rx.Component:
    return rx.el.div(*_words(line), class_name="list-row told")


def _words(line: Line) -> list[rx.Component]:
    title = rx.el.span(line.title, class_name="list-name")
    return [
        _symbol(line),
        rx.el.span(
            rx.el.span(title, rx.cond(line.is_new, tag("New", kind="wait")), class_name="told-title"),
            rx.el.span(line.body, class_name="meta block"),
            rx.el.span(line.told_at, class_name="tiny block"),
            class_name="grow",
        ),
    ]


def _symbol(line: Line) -> rx.Component:
    drawn = rx.match(
        line.category,
        ("achievement", icon("award", 20, "text-gold")),
        ("reminder", icon("snowflake", 20, "text-ink-soft")),
        ("encouragement", icon("heart", 20, "text-warm")),
        ("social", icon("users", 20, "text-ink-soft")),
        icon("info", 20, "text-ink-soft"),
    )
    return rx.fragment(drawn)


def _nothing() -> rx.Component:
    return empty_state(
        "Nothing to tell yet",
        "When a badge is earned, a milestone reached or a freeze used, it stands here.",
        button_link("Open Today", href=routes.TODAY),
    )

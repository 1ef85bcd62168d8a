"""Which of her sessions a page shows. Nothing, for somebody who has one."""

import reflex as rx

from gynergy_app.components.feedback import note
from gynergy_app.components.links import link
from gynergy_app.state.programs.sessions import SessionLink, SessionsState


def session_choice() -> rx.Component:
    """`SessionsState.open` stands before the page's own handler in ON_LOAD."""
    unknown = note(
        "There is no session of yours at this address.",
        "What you see belongs to the session you live now.",
    )
    return rx.fragment(
        rx.cond(SessionsState.is_unknown, rx.el.div(unknown, role="status", class_name="mb-6")),
        rx.cond(SessionsState.links, _choice()),
    )


def _choice() -> rx.Component:
    kept = rx.el.p(
        "This session is kept to be read. Pages are written in the one you live now.",
        class_name="meta mt-2",
    )
    return rx.el.nav(
        rx.el.p("Your sessions", aria_hidden="true", class_name="label"),
        rx.el.ul(rx.foreach(SessionsState.links, _session), class_name="sessions"),
        rx.cond(SessionsState.is_former, kept),
        aria_label="Your sessions",
        class_name="session-choice",
    )


def _session(one: SessionLink) -> rx.Component:
    return rx.el.li(
        link(
            rx.el.span(one.dates),
            rx.el.span(one.program, rx.cond(one.is_lived, ", the one you live", ""), class_name="tiny"),
            href=one.href,
            custom_attrs={"aria-current": rx.cond(one.is_open, "page", "false")},
            class_name="session-link",
        )
    )


def in_this_session(path: str) -> rx.Var[str]:
    """The address of another page of the session on this one."""
    return rx.Var.create(path) + SessionsState.query

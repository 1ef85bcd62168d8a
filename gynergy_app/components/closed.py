"""What stands in place of what is closed to a member: why, what opens it, and the way to what she wrote."""

from typing import Any, cast

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button, button_link, more_link
from gynergy_app.components.dialogs import dialog, dialog_actions
from gynergy_app.components.feedback import empty_state
from gynergy_app.components.journaling.left_on_device import left_on_device
from gynergy_app.components.links import outside_link
from gynergy_app.components.media import icon
from gynergy_app.domain.payments.access import Right
from gynergy_app.state.shell import Closed, ShellState


def lacks(right: Right) -> rx.Var[bool]:
    """Whether she has it not. Before that is known she is taken to have it."""
    return cast(Any, ShellState.lacks).contains(right.value)


def closed_panel() -> rx.Component:
    """In place of a page's content."""
    return rx.el.div(closed_card(ShellState.closed), left_on_device(), class_name="grid gap-6")


def closed_card(closed: Closed) -> rx.Component:
    read = more_link("Read your days", href=routes.HISTORY)
    return rx.el.section(
        rx.el.span(icon("lock"), class_name="closed-mark"),
        rx.el.h2(closed.title, id="closed", class_name="prompt"),
        rx.el.p(closed.why, class_name="measure text-ink-soft"),
        rx.el.div(
            button_link(closed.opens, href=closed.href, kind="primary"),
            rx.cond(closed.also, button_link(closed.also, href=closed.also_href)),
            class_name="row flex-wrap mt-2",
        ),
        rx.cond(closed.has_written, read),
        aria_labelledby="closed",
        class_name="card card-pad closed",
    )


def closed_note() -> rx.Component:
    """Above a page that is closed for writing and still read."""
    closed = ShellState.closed
    words = rx.el.p(rx.el.b("Kept to be read. "), closed.title, ". ", closed.why, class_name="grow")
    opens = more_link(closed.opens, href=closed.href)
    return rx.cond(
        closed.title,
        rx.el.div(icon("lock", 18), words, opens, role="note", class_name="note items-center flex-wrap mb-6"),
    )


def no_place(title: str, words: str) -> rx.Component:
    """On a page with nothing to show before somebody has a place. `words`: for whoever may choose a start."""
    choose = empty_state(title, words, button_link("Choose your start", href=routes.WELCOME, kind="primary"))
    begin = empty_state(
        title,
        "Your own days begin when you open Today.",
        button_link("Open Today", href=routes.TODAY, kind="primary"),
    )
    closed = ShellState.without_place
    return rx.cond(closed.title, closed_card(closed), rx.cond(lacks(Right.start), begin, choose))


def way_to_a_place() -> rx.Component:
    """The one action of a page that has nothing to show before somebody has a place."""
    return rx.cond(
        lacks(Right.start),
        button_link("See what opens it", href=routes.PRICING, kind="primary"),
        button_link("Choose your start", href=routes.WELCOME, kind="primary"),
    )


def out_of_cohorts() -> rx.Component:
    """For somebody whose days go on without a cohort: there is no start for her to choose."""
    return empty_state(
        "You are in no cohort at present",
        "Your place, your days and all you wrote stay as they are.",
        button_link("Open Today", href=routes.TODAY),
    )


def unless_closed(*children: Any) -> rx.Component:
    """What a page shows to whoever may open it."""
    return rx.cond(ShellState.closed.title, closed_panel(), rx.fragment(*children))


def not_saved() -> rx.Component:
    """On a page that is being written and cannot be saved any more: its writer was closed or signed out."""
    shut = _unsaved("Writing is closed to you just now, so nothing more is saved.")
    sign_in = outside_link("Sign in again", href=routes.SIGN_IN, target="_blank", class_name="link")
    signed_out = _unsaved("You are signed out, so nothing more is saved.", sign_in)
    is_away = ShellState.is_signed_out & ~ShellState.asks_to_sign_in
    return rx.fragment(rx.cond(ShellState.refused_attempt, shut), rx.cond(is_away, signed_out))


def _unsaved(why: str, *way_on: rx.Component) -> rx.Component:
    said = rx.el.p(rx.el.b(why), " Your words stay on this device and on this page.", class_name="grow")
    return rx.el.div(icon("lock"), said, *way_on, role="alert", class_name="banner unsaved")


def refusal() -> rx.Component:
    """Over the page she is on, so that whatever she typed stays where it is."""
    refused, leave = ShellState.refused, ShellState.accept_refusal
    return dialog(
        rx.el.p(refused.why, class_name="mt-2 text-ink-soft"),
        dialog_actions(
            button("Stay on this page", on_click=ShellState.accept_refusal),
            rx.cond(refused.also, button_link(refused.also, href=refused.also_href, on_click=leave)),
            button_link(refused.opens, href=refused.href, kind="primary", on_click=leave),
        ),
        title=refused.title,
        dialog_id="refused",
        wide=True,
        open=refused.title != "",
        on_close=ShellState.accept_refusal,
        sheet=True,
    )

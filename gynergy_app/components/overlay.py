"""What lives above every page, once: messages, the state of the line, an expired sign-in."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button
from gynergy_app.components.closed import refusal
from gynergy_app.components.dialogs import closes, dialog, dialog_actions
from gynergy_app.components.forms.inputs import AccountTheme
from gynergy_app.components.links import outside_link
from gynergy_app.components.media import icon
from gynergy_app.components.scripts import script
from gynergy_app.state.shell import ShellState, Toast

script("first_problem.js", __name__)
script("leaving.js", __name__)
script("line.js", __name__)
script("reopen_line.js", __name__)
"""Shared by several scripts."""


class PageEffects(rx.Component):
    library = script("page_effects.jsx", __name__)
    tag = "PageEffects"


class Toaster(rx.Component):
    library = script("toaster.jsx", __name__)
    tag = "Toaster"

    toasts: rx.Var[list[Toast]]
    on_undo: rx.EventHandler[rx.event.passthrough_event_spec(str)]
    on_leave: rx.EventHandler[rx.event.passthrough_event_spec(str)]


class ConnectionBanner(rx.Component):
    library = script("connection_banner.jsx", __name__)
    tag = "ConnectionBanner"

    icon: rx.Var[rx.Component]
    headline: rx.Var[str]
    words: rx.Var[str]


class ComeBack(rx.Component):
    """Takes up the new sign-in when its owner comes back to the tab whose sign-in had ended."""

    library = script("come_back.jsx", __name__)
    tag = "ComeBack"

    has_ended: rx.Var[bool]


class RecordsAway(rx.Component):
    """Asks every few seconds whether the database answers again, and then opens the page's line anew."""

    library = script("records_away.jsx", __name__)
    tag = "RecordsAway"

    icon: rx.Var[rx.Component]
    are_away: rx.Var[bool]
    headline: rx.Var[str]
    words: rx.Var[str]
    on_found: rx.EventHandler[rx.event.no_args_event_spec]


def records_away() -> rx.Component:
    return RecordsAway.create(
        icon=icon("cloud-off"),
        are_away=ShellState.are_records_away,
        headline="Your records cannot be reached just now.",
        words="What you typed stays on this page. We look again every few seconds and go on by ourselves.",
        on_found=ShellState.find_records,
    )


def connection_banner() -> rx.Component:
    return ConnectionBanner.create(
        icon=icon("cloud-off"),
        headline="The line is down.",
        words="What you type stays here, and what you send goes out when it is back.",
    )


def toaster() -> rx.Component:
    return Toaster.create(toasts=ShellState.toasts, on_undo=ShellState.undo, on_leave=ShellState.let_go)


def sign_in_expired() -> rx.Component:
    """Over the page, so that what was being written stays where it is."""
    return dialog(
        rx.el.p(
            "You were signed out, perhaps in another window. What you wrote is still on this page and on "
            "this device. Sign in again in a new tab, then come back here and go on.",
            class_name="mt-2 text-ink-soft",
        ),
        dialog_actions(
            button("Stay on this page", on_click=ShellState.stay_signed_out),
            outside_link(
                "Sign in again",
                href=routes.SIGN_IN,
                target="_blank",
                class_name="btn btn-primary",
            ),
        ),
        title="Please sign in again",
        dialog_id="signed-out",
        open=ShellState.asks_to_sign_in,
        on_close=ShellState.stay_signed_out,
        sheet=True,
    )


def leaving_with_words() -> rx.Component:
    """Opened by signing out while words of this member are on this device only."""
    return dialog(
        rx.el.p(
            "They have not reached the server yet. Signing out removes them from here, and there is no other "
            "copy. Open the page they belong to and wait until it says Saved, or leave without them.",
            class_name="mt-2 text-ink-soft",
        ),
        dialog_actions(
            button("Stay signed in", **closes("leaving")),
            button("Sign out without them", kind="danger", custom_attrs={"data-leave": "true"}),
        ),
        title="Some words are on this device only",
        dialog_id="leaving",
        data_writer=ShellState.member_id,
        sheet=True,
    )


@rx.memo
def overlay(children: rx.Var[rx.Component]) -> rx.Component:
    """The page first, so that its skip link is the first thing one reaches."""
    return rx.fragment(
        children,
        toaster(),
        connection_banner(),
        records_away(),
        sign_in_expired(),
        refusal(),
        leaving_with_words(),
        ComeBack.create(has_ended=ShellState.is_signed_out),
        AccountTheme.create(theme=ShellState.theme),
        PageEffects.create(),
    )

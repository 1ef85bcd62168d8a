"""/check-mail: where the link went, and what to do when it does not come."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.accounts import after_a_minute, entrance
from gynergy_app.components.buttons import button_link, submit
from gynergy_app.components.forms import hidden, native_form, problem
from gynergy_app.components.links import link, outside_link
from gynergy_app.settings import settings
from gynergy_app.state.accounts import EntranceState

ROUTE = routes.CHECK_MAIL
TITLE = "Look into your mailbox"
DESCRIPTION = "A link to your GYNERGY journal is on its way to your mailbox."
ON_LOAD = [EntranceState.open]
ACCESS = "public"


def page() -> rx.Component:
    return entrance(
        rx.cond(EntranceState.typed["email"], _on_its_way(), _nothing_sent()),
        title="Look into your mailbox.",
    )


def _on_its_way() -> rx.Component:
    return rx.fragment(
        rx.el.p(_what_comes(), class_name="mt-2 text-ink-soft break-words"),
        rx.el.ul(
            rx.el.li("It can take a minute, and it may lie among the unwanted mails."),
            rx.el.li("The link works once. A newer one replaces it."),
            class_name="meta list-disc pl-5 mt-5 grid gap-1",
        ),
        rx.el.div(after_a_minute(_wait(), _send_again()), class_name="mt-6"),
        rx.el.p("Not your address? ", _other_address(), class_name="meta mt-7"),
        _mailbox_of_this_machine(),
    )


def _what_comes() -> rx.Component:
    """Neither sentence tells whether the address has an account: one who signs up gets a mail either way."""
    address = rx.el.b(EntranceState.typed["email"])
    return rx.cond(
        EntranceState.typed["purpose"] == "sign-up",
        rx.fragment("A mail to ", address, " is on its way. Open the link in it on this device to go on."),
        rx.fragment(
            "If ",
            address,
            " belongs to an account, a link is on its way there. Open it on this device, and you are in.",
        ),
    )


def _wait() -> rx.Component:
    return rx.el.p("Nothing there? In a minute we can send it again.", class_name="meta")


def _send_again() -> rx.Component:
    return native_form(
        hidden("email", EntranceState.typed["email"]),
        hidden("purpose", EntranceState.typed["purpose"]),
        hidden("next", EntranceState.typed["next"]),
        submit("Send it again", kind="secondary", busy_label="Sending…", wide=True),
        problem(EntranceState.problems["email"], "email"),
        action="/auth/send-again",
        no_validate=True,
    )


def _other_address() -> rx.Component:
    correct = "Correct it"
    back = rx.match(
        EntranceState.typed["purpose"],
        ("sign-up", link(correct, href=f"{routes.SIGN_UP}{EntranceState.way_on}")),
        ("recovery", link(correct, href=routes.FORGOT_PASSWORD)),
        link(correct, href=f"{routes.SIGN_IN}{EntranceState.way_on}"),
    )
    return rx.fragment(back)


def _mailbox_of_this_machine() -> rx.Component:
    if settings.is_production:
        return rx.fragment()
    return rx.el.p(
        "On this machine mails end up in ",
        outside_link("the local mailbox", href=routes.DEV_MAIL),
        ".",
        class_name="meta mt-2",
    )


def _nothing_sent() -> rx.Component:
    return rx.fragment(
        rx.el.p("No mail was asked for from this page.", class_name="mt-2 text-ink-soft"),
        button_link("Sign in", href=routes.SIGN_IN, kind="primary", wide=True, class_name="mt-6"),
    )

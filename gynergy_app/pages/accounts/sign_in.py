"""/sign-in: with a password, or with a link by mail."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.accounts import entrance, entrance_form, provider_buttons
from gynergy_app.components.buttons import button, submit
from gynergy_app.components.forms import email_field, password_field
from gynergy_app.components.links import link
from gynergy_app.state.accounts import EntranceState

ROUTE = routes.SIGN_IN
TITLE = "Sign in"
DESCRIPTION = "Sign in to your GYNERGY journal with a password, or with a link by mail."
ON_LOAD = [EntranceState.open]
ACCESS = "public"


def page() -> rx.Component:
    return entrance(
        entrance_form(
            email_field(value=EntranceState.typed["email"], error=EntranceState.problems["email"]),
            password_field(
                error=EntranceState.problems["password"],
                beside=link("Forgotten it?", href=routes.FORGOT_PASSWORD, class_name="text-14"),
            ),
            submit("Sign in", busy_label="Signing in…", wide=True, class_name="mt-1"),
            rx.el.p("or", class_name="or"),
            _mailed_link(),
            provider_buttons(),
            action="/auth/sign-in",
        ),
        rx.el.p(
            "New here? ",
            link("Make an account", href=f"{routes.SIGN_UP}{EntranceState.way_on}"),
            class_name="meta mt-7",
        ),
        title="Good to see you.",
        lede="Your page is where you left it.",
    )


def _mailed_link() -> rx.Component:
    """Sends the same form elsewhere: only the address is looked at."""
    return button(
        "Send me a link instead",
        busy_label="Sending…",
        icon="mail",
        wide=True,
        type="submit",
        form_action="/auth/magic-link",
    )

"""/forgot-password: ask for a link to choose a new one."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.accounts import entrance, entrance_form
from gynergy_app.components.buttons import submit
from gynergy_app.components.forms import email_field
from gynergy_app.components.links import link
from gynergy_app.state.accounts import EntranceState

ROUTE = routes.FORGOT_PASSWORD
TITLE = "Forgotten password"
DESCRIPTION = "Ask for a link by mail to choose a new password for your GYNERGY journal."
ON_LOAD = [EntranceState.open]
ACCESS = "public"


def page() -> rx.Component:
    return entrance(
        entrance_form(
            email_field(value=EntranceState.typed["email"], error=EntranceState.problems["email"]),
            submit("Send me a link", busy_label="Sending…", wide=True, class_name="mt-1"),
            action="/auth/forgot",
        ),
        rx.el.p("Remembered it? ", link("Sign in", href=routes.SIGN_IN), class_name="meta mt-7"),
        title="Choose a new password.",
        lede="Tell us your address. We send a link that lets you choose one.",
    )

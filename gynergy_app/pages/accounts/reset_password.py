"""/reset-password: where a mailed link leads."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.accounts import entrance, entrance_form
from gynergy_app.components.buttons import submit
from gynergy_app.components.forms import password_field
from gynergy_app.components.links import link
from gynergy_app.domain.accounts import SHORTEST
from gynergy_app.state.accounts import EntranceState

ROUTE = routes.RESET_PASSWORD
TITLE = "New password"
DESCRIPTION = "Choose a new password for your GYNERGY journal."
ON_LOAD = [EntranceState.open]
ACCESS = "public"


def page() -> rx.Component:
    return entrance(
        entrance_form(
            password_field(
                "New password",
                is_new=True,
                hint=f"{SHORTEST} characters or more. A short sentence works well.",
                error=EntranceState.problems["password"],
            ),
            submit("Set this password", busy_label="Setting it…", wide=True, class_name="mt-1"),
            action="/auth/reset",
        ),
        rx.el.p(
            "You stay signed in here; every other device is signed out. ",
            link("Not now", href=routes.TODAY),
            class_name="meta mt-7",
        ),
        title="Choose a new password.",
        lede="Yours alone, and not used elsewhere.",
    )

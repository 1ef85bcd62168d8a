"""/sign-up: a name, an address, a password, and the zone the days follow."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.accounts import entrance, entrance_form, provider_buttons
from gynergy_app.components.buttons import button, submit
from gynergy_app.components.forms import email_field, password_field, text_field, time_zone_field
from gynergy_app.components.links import link
from gynergy_app.components.media import icon
from gynergy_app.domain.accounts import NAME_LIMIT, SHORTEST
from gynergy_app.state.accounts import EntranceState

ROUTE = routes.SIGN_UP
TITLE = "Make an account"
DESCRIPTION = "Make a GYNERGY account. It takes a minute, and nothing is charged here."
ON_LOAD = [EntranceState.open]
ACCESS = "public"


def page() -> rx.Component:
    return entrance(
        entrance_form(
            *_fields(),
            submit("Make my account", busy_label="Making it…", wide=True, class_name="mt-1"),
            rx.cond(EntranceState.may_start_anonymously, _start_without()),
            provider_buttons(),
            action="/auth/sign-up",
        ),
        rx.el.p(
            icon("lock", 16),
            rx.el.span("What you write is yours alone. No coach, host or admin can open it."),
            class_name="meta flex gap-2 items-start mt-5",
        ),
        rx.el.p(
            "Already have one? ",
            link("Sign in", href=f"{routes.SIGN_IN}{EntranceState.way_on}"),
            class_name="meta mt-5",
        ),
        rx.el.p(
            "By making an account you agree to the ",
            link("terms", href=routes.TERMS),
            " and to what the ",
            link("privacy notice", href=routes.PRIVACY),
            " says we keep.",
            class_name="meta mt-2",
        ),
        title="Make a place for your pages.",
        lede="Free. It takes a minute, and nothing is charged here.",
    )


def _fields() -> list[rx.Component]:
    typed, problems = EntranceState.typed, EntranceState.problems
    return [
        text_field(
            "First name",
            "first_name",
            value=typed["first_name"],
            error=problems["first_name"],
            auto_complete="given-name",
            max_length=NAME_LIMIT,
        ),
        email_field(value=typed["email"], error=problems["email"], auto_complete="email"),
        password_field(
            is_new=True,
            hint=f"{SHORTEST} characters or more. A short sentence works well.",
            error=problems["password"],
        ),
        time_zone_field("Your days follow", hint="Taken from this device. You can change it at any time."),
    ]


def _start_without() -> rx.Component:
    return rx.fragment(
        rx.el.p("or", class_name="or"),
        button(
            "Begin without an account",
            busy_label="One moment…",
            wide=True,
            type="submit",
            form_action="/auth/anonymous",
        ),
        rx.el.p(
            "You can give an address later; what you wrote stays. Until then it lives with this "
            "browser's sign-in only.",
            class_name="hint -mt-3",
        ),
    )

"""/me/security: password, address, and where the account is open."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.accounts import last_word, leaving_form, sign_in_row
from gynergy_app.components.buttons import button, submit
from gynergy_app.components.feedback import skeleton_card
from gynergy_app.components.forms import email_field, hidden, native_form, password_field
from gynergy_app.components.layout import member_layout, section
from gynergy_app.domain.accounts import SHORTEST
from gynergy_app.state.accounts import SecurityState
from gynergy_app.state.session import MemberState

ROUTE = routes.SECURITY
TITLE = "Security"
DESCRIPTION = "Your password, your address, and where you are signed in."
ON_LOAD = [MemberState.enter, SecurityState.open]
ACCESS = "member"


def page() -> rx.Component:
    account = rx.cond(SecurityState.is_anonymous, _claim(), rx.fragment(_password(), _address()))
    return member_layout(
        rx.el.div(last_word(SecurityState.note, SecurityState.is_good_news), class_name="mb-6 empty:hidden"),
        rx.cond(
            SecurityState.is_loaded,
            rx.fragment(account, _sign_ins()),
            rx.fragment(skeleton_card(5), skeleton_card(4)),
        ),
        title="Security",
        here=ROUTE,
        reading=True,
    )


def _password() -> rx.Component:
    problems = SecurityState.problems
    return section(
        native_form(
            # For password managers: whose password this is.
            hidden("username", SecurityState.email),
            password_field(
                "Password you have now",
                "old_password",
                field_id="password-old",
                error=problems["old_password"],
            ),
            password_field(
                "New password",
                is_new=True,
                hint=f"{SHORTEST} characters or more. A short sentence works well.",
                error=problems["password"],
            ),
            submit("Change password", busy_label="Changing…"),
            action="/auth/password",
            no_validate=True,
            class_name="fill-in max-w-[26rem]",
        ),
        title="Password",
        section_id="password-section",
        aside="Every other device is signed out.",
    )


def _address() -> rx.Component:
    return section(
        rx.el.p("Now: ", rx.el.b(SecurityState.email), class_name="break-words mb-4"),
        _waiting(
            "both mailboxes",
            "A link went to each of them; when both were opened, the address changes. To let it be, leave "
            "one unopened: the change ends with its links, within a day. Another address, given below, takes "
            "its place.",
        ),
        native_form(
            email_field(
                "New address",
                value=SecurityState.typed["email"],
                error=SecurityState.problems["email"],
                auto_complete="email",
            ),
            password_field(
                "Your password",
                "email_password",
                field_id="email-password",
                error=SecurityState.problems["email_password"],
            ),
            submit("Send the links", busy_label="Sending…", kind="secondary"),
            action="/auth/email",
            no_validate=True,
            class_name="fill-in max-w-[26rem]",
        ),
        title="Address",
        section_id="address",
        aside="We mail a link to the old address and to the new one. When both were opened, it changes.",
    )


def _waiting(whom: str, what_now: str) -> rx.Component:
    """The auth service knows no way to take it back, so none is offered."""
    again = leaving_form("/auth/email-again", "Send again", busy_label="Sending…")
    return rx.cond(
        SecurityState.waiting_email,
        rx.el.div(
            rx.el.p(f"Waiting for {whom} to agree: ", rx.el.b(SecurityState.waiting_email)),
            rx.el.p("Asked for on ", SecurityState.waiting_since, ". ", what_now, class_name="meta mt-1"),
            rx.el.div(again, class_name="mt-3"),
            class_name="card break-words mb-6",
            role="status",
        ),
    )


def _claim() -> rx.Component:
    return section(
        _waiting(
            "this mailbox",
            "Open the link in it on this device. Another address, given below, takes its place.",
        ),
        native_form(
            email_field(
                value=SecurityState.typed["email"],
                error=SecurityState.problems["email"],
                auto_complete="email",
            ),
            submit("Send me a link", busy_label="Sending…"),
            action="/auth/claim",
            no_validate=True,
            class_name="fill-in max-w-[26rem]",
        ),
        title="Make this a real account",
        section_id="claim",
        aside="With an address your pages are yours on every device. Everything you wrote stays.",
    )


def _sign_ins() -> rx.Component:
    return section(
        rx.el.ul(
            rx.foreach(SecurityState.sign_ins, lambda row: sign_in_row(row, SecurityState.end)),
            class_name="set",
        ),
        rx.el.div(
            rx.cond(
                SecurityState.has_others,
                button("Sign out every other device", on_click=SecurityState.end_others),
            ),
            leaving_form("/auth/sign-out", "Sign out here", busy_label="Signing out…"),
            leaving_form(
                "/auth/sign-out-everywhere", "Sign out everywhere", kind="danger", busy_label="Signing out…"
            ),
            class_name="flex flex-wrap gap-3 mt-5",
        ),
        rx.cond(
            SecurityState.is_anonymous,
            rx.el.p(
                "Without an address there is no way back in: signing out here is for good.",
                class_name="meta mt-3",
            ),
        ),
        title="Where you are signed in",
        section_id="sign-ins",
    )

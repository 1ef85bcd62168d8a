"""/me: a name, a face, and the way to everything else that is the member's own."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.accounts import leaving_form
from gynergy_app.components.buttons import submit
from gynergy_app.components.feedback import note, skeleton_card
from gynergy_app.components.forms import image_upload, text_field
from gynergy_app.components.layout import member_layout, section
from gynergy_app.components.links import link
from gynergy_app.components.media import icon
from gynergy_app.domain.accounts import NAME_LIMIT
from gynergy_app.state.accounts import ProfileState
from gynergy_app.state.session import MemberState

ROUTE = routes.ME
TITLE = "Me"
DESCRIPTION = "Your name, your picture, and the way to your preferences."
ON_LOAD = [MemberState.enter, ProfileState.open]
ACCESS = "member"

OWN_PLACES = (
    ("star", "Points", "Every one of them, and why", routes.POINTS),
    ("award", "Badges", "What you have earned, and what is near", routes.BADGES),
    ("compass", "Vision", "Highest self, mantra, creed, discovery, life map", routes.VISIONS),
)
SETTINGS = (
    ("globe", "Your day", "The time zone your days follow", f"{routes.PREFERENCES}#day"),
    ("bell", "Reminders", "Which, when, how, and the quiet hours", f"{routes.PREFERENCES}#reminders"),
    ("users", "What others see", "Your place and your points", f"{routes.PREFERENCES}#privacy"),
    ("sliders-horizontal", "Theme and keys", "Dark or light, shortcuts", f"{routes.PREFERENCES}#looks"),
    ("key-round", "Security", "Password, address, where you are signed in", routes.SECURITY),
    ("download", "Your data", "Take it along, bring it back, or leave", routes.DATA),
    ("eye", "Who has looked", "Everything the staff opened or changed", routes.ACCESS),
)


def page() -> rx.Component:
    return member_layout(
        section(
            rx.cond(ProfileState.is_loaded, _profile(), skeleton_card(6)),
            title="Profile",
            section_id="profile",
            hidden_title=True,
        ),
        section(
            rx.el.ul(*[_place(*place) for place in OWN_PLACES], class_name="rows"),
            title="Yours",
            section_id="yours",
        ),
        section(
            rx.el.ul(*[_place(*place) for place in SETTINGS], class_name="rows"),
            title="Settings",
            section_id="settings",
        ),
        rx.el.div(leaving_form("/auth/sign-out", "Sign out", busy_label="Signing out…"), class_name="mt-7"),
        title="Me",
        here=ROUTE,
        reading=True,
    )


def _profile() -> rx.Component:
    return rx.fragment(
        rx.cond(ProfileState.is_anonymous, _no_address_yet()),
        image_upload(
            "Picture",
            action="/uploads/picture",
            field_id="picture",
            picture=ProfileState.picture,
            hint="Seen by your cohort.",
            is_face=True,
            on_uploaded=lambda _key, _url: ProfileState.picture_arrived(),
            on_remove=ProfileState.remove_picture,
        ),
        rx.el.form(
            rx.el.div(*_names(), class_name="two-col"),
            rx.el.p(
                "Your cohort sees your name on the leaderboard, and never your address, ",
                rx.el.span(ProfileState.email, class_name="text-ink"),
                ". Our staff can see it. ",
                link("Change it", href=routes.SECURITY),
                class_name=rx.cond(ProfileState.is_anonymous, "hidden", "meta mt-4 break-words"),
            ),
            submit("Save my name", busy=ProfileState.is_saving, busy_label="Saving…", class_name="mt-5"),
            on_submit=ProfileState.save,
            no_validate=True,
            class_name="mt-6",
        ),
    )


def _names() -> list[rx.Component]:
    problems = ProfileState.problems
    return [
        text_field(
            "First name",
            "first_name",
            value=ProfileState.first_name,
            error=problems["first_name"],
            auto_complete="given-name",
            max_length=NAME_LIMIT,
        ),
        text_field(
            "Last name, if you like",
            "last_name",
            value=ProfileState.last_name,
            error=problems["last_name"],
            auto_complete="family-name",
            max_length=NAME_LIMIT,
        ),
    ]


def _no_address_yet() -> rx.Component:
    return rx.el.div(
        note(
            "This is not an account yet.",
            "Give it an address, and it is yours on every device.",
            symbol="info",
        ),
        rx.el.p(link("Give an address", href=routes.SECURITY), class_name="mt-2"),
        class_name="mb-6",
    )


def _place(symbol: str, name: str, words: str, href: str) -> rx.Component:
    return rx.el.li(
        link(
            icon(symbol, 24),
            rx.el.span(
                rx.el.span(name, class_name="list-name"),
                rx.el.span(words, class_name="meta block"),
                class_name="grow",
            ),
            icon("chevron-right", class_name="text-ink-soft"),
            href=href,
            class_name="list-row",
        )
    )

"""/me/data: everything that is kept, to take along, to bring back, or to have deleted."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.accounts import last_word, leaving_form
from gynergy_app.components.buttons import button, spinner, submit
from gynergy_app.components.community.own_posts import own_posts
from gynergy_app.components.feedback import error_state, note, skeleton_card
from gynergy_app.components.forms import native_form, password_field, problem, text_field
from gynergy_app.components.layout import member_layout, section
from gynergy_app.components.links import link, outside_link
from gynergy_app.components.media import icon
from gynergy_app.domain.accounts.archives import CONFIRMATION
from gynergy_app.state.accounts import DataState
from gynergy_app.state.accounts.data import ConsentRow
from gynergy_app.state.community.own_posts import OwnPostsState
from gynergy_app.state.session import MemberState

ROUTE = routes.DATA
TITLE = "Your data"
DESCRIPTION = "Take everything with you, bring it back, see what you agreed to, or leave."
ON_LOAD = [MemberState.enter, DataState.open, OwnPostsState.open]
ACCESS = "member"


def page() -> rx.Component:
    return member_layout(
        rx.el.div(last_word(DataState.note, DataState.is_good_news), class_name="mb-6 empty:hidden"),
        rx.cond(DataState.has_just_brought, rx.el.div(_how_it_went(), class_name="mb-6")),
        rx.cond(
            DataState.is_loaded,
            rx.fragment(_take_along(), _bring_back(), own_posts(), _agreed(), _leave()),
            rx.fragment(skeleton_card(5), skeleton_card(4)),
        ),
        title="Your data",
        here=ROUTE,
        lede="It is yours. Take it with you whenever you like, also when your access has ended.",
        reading=True,
    )


def _take_along() -> rx.Component:
    way = DataState.export
    return section(
        rx.el.p(
            "One zip file: your whole journal as a page to read in any browser, your pictures, everything "
            "we keep about you as data, and a list of all files with their checksums. Nobody else is in it.",
            class_name="measure",
        ),
        rx.el.div(
            rx.cond(
                way.is_under_way,
                _busy(way.title, way.words),
                rx.cond(
                    way.href,
                    _ready(),
                    rx.fragment(
                        rx.cond(way.is_failed, error_state(way.title, way.words)),
                        button("Make my archive", kind="primary", icon="download", on_click=DataState.ask),
                        rx.cond(way.is_failed, rx.fragment(), rx.el.p(way.words, class_name="meta")),
                    ),
                ),
            ),
            role="status",
            class_name="grid gap-4 justify-items-start mt-5",
        ),
        title="Take it with you",
        section_id="export",
    )


def _ready() -> rx.Component:
    way = DataState.export
    return rx.el.div(
        rx.el.p(rx.el.b(way.title), " ", way.words),
        rx.el.div(
            outside_link(
                icon("download", 18), "Download the archive", href=way.href, class_name="btn btn-primary"
            ),
            button("Make a new one", on_click=DataState.ask),
            class_name="flex flex-wrap gap-3 mt-4",
        ),
        rx.el.details(
            rx.el.summary("Its checksum", class_name="link"),
            rx.el.p("SHA-256 ", rx.el.code(way.sha256, class_name="break-all"), class_name="meta mt-2"),
            class_name="mt-4",
        ),
    )


def _busy(title: str | rx.Var[str], words: str | rx.Var[str]) -> rx.Component:
    return rx.el.div(
        spinner(),
        rx.el.p(rx.el.b(title), " ", words, class_name="grow"),
        class_name="flex gap-3 items-center",
    )


def _bring_back() -> rx.Component:
    way = DataState.brought
    return section(
        rx.el.p(
            "Pages from an archive come back to their own days. What is here stays: a page that exists is "
            "never replaced. Your own archive, as you fetched it, brings its points and badges along as "
            "they were; beside pages that are here already, its pages earn what was in force on their day. "
            "It is yours when it was made for this account or for its address.",
            class_name="measure",
        ),
        rx.el.p(
            "Any other archive gets a session apart from any cohort and its board, and its last day opens "
            "nothing. One in which a file was changed is not taken at all. Your own days go to such a "
            "session where you have no place in theirs; what your last day opened is open again. Your "
            "settings stay as they are.",
            class_name="measure mt-3",
        ),
        rx.cond(DataState.has_just_brought, rx.fragment(), rx.el.div(_how_it_went(), class_name="mt-5")),
        rx.cond(way.is_under_way, rx.fragment(), _archive_form()),
        title="Bring it back",
        section_id="import",
    )


def _how_it_went() -> rx.Component:
    """What became of the archive brought last, said in one place: above it all when it has just arrived."""
    way = DataState.brought
    return rx.el.div(
        rx.cond(
            way.is_under_way,
            _busy(way.title, way.words),
            rx.cond(
                way.title,
                rx.cond(
                    way.is_failed,
                    error_state(way.title, way.words),
                    note(way.title, way.words, symbol="check"),
                ),
            ),
        ),
        role="status",
    )


def _archive_form() -> rx.Component:
    sentence = DataState.problems["archive"]
    return native_form(
        rx.el.div(
            rx.el.label("Archive", html_for="archive", class_name="label"),
            rx.el.input(
                type="file",
                name="archive",
                id="archive",
                accept=".zip,application/zip",
                aria_describedby="archive-problem",
                aria_invalid=rx.cond(sentence, "true", "false"),
                class_name="input",
            ),
            problem(sentence, "archive"),
            class_name="field",
        ),
        submit("Bring it back", kind="secondary", busy_label="Sending it…"),
        action="/uploads/archive",
        enc_type="multipart/form-data",
        no_validate=True,
        class_name="fill-in max-w-[26rem] mt-5",
    )


def _agreed() -> rx.Component:
    return section(
        rx.el.ul(rx.foreach(DataState.consents, _consent), class_name="set"),
        rx.el.p(
            "Reminders by e-mail can be switched off under ",
            link("Preferences", href=f"{routes.PREFERENCES}#reminders"),
            ". The terms and the privacy notice hold for as long as there is an account; taking them back "
            "means leaving, below.",
            class_name="meta mt-3",
        ),
        title="What you agreed to",
        section_id="consents",
    )


def _consent(row: ConsentRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(link(row.name, href=row.href), rx.el.p(row.words, class_name="meta"), class_name="grow"),
        class_name="set-row",
    )


def _leave() -> rx.Component:
    return section(
        rx.cond(
            DataState.leaves_on,
            _leaving(),
            rx.cond(
                DataState.is_admin,
                rx.el.p("An admin’s account cannot be deleted. Another admin removes you as an admin first."),
                _leaving_form(),
            ),
        ),
        title="Delete my account",
        section_id="leave",
    )


def _leaving() -> rx.Component:
    return rx.fragment(
        rx.el.p(
            rx.el.b(f"It will be deleted on {DataState.leaves_on}, or within the hour after."),
            " Until then everything is as it was.",
            class_name="mb-4",
        ),
        _meanwhile(),
        leaving_form("/auth/stay", "Keep my account", busy_label="Keeping it…"),
    )


def _meanwhile() -> rx.Component:
    """What a subscription may still cost before the account goes."""
    said = DataState.meanwhile
    billing = link("See it under Billing", href=routes.BILLING)
    return rx.cond(said, rx.el.p(said, " ", billing, ".", class_name="measure mb-4"))


def _leaving_form() -> rx.Component:
    problems = DataState.problems
    return native_form(
        rx.el.p(
            "Your pages, pictures, points, badges, settings and address, and our copies of the mails we sent "
            "you, are removed, and nobody can bring them back. You have 14 days to change your mind; your "
            "account works as before until then. Take your archive with you first.",
            class_name="measure",
        ),
        _meanwhile(),
        text_field(
            f"Type “{CONFIRMATION}”",
            "confirmation",
            value=DataState.typed["confirmation"],
            error=problems["confirmation"],
            auto_complete="off",
        ),
        rx.cond(
            DataState.is_anonymous,
            rx.fragment(),
            password_field(
                "Your password",
                "leaving_password",
                field_id="leaving-password",
                error=problems["leaving_password"],
                hint="If you sign in without one, leave this empty within ten minutes of signing in.",
            ),
        ),
        submit("Delete my account", kind="danger", busy_label="One moment…"),
        action="/auth/leave",
        no_validate=True,
        class_name="fill-in max-w-[34rem]",
    )

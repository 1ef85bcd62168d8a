"""/admin/members/[member_id]: one person from first touch to today."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.admin import (
    audit_table,
    day_grid,
    key_values,
    points_item,
    state_tag,
    turning_button,
)
from gynergy_app.components.buttons import button, button_link
from gynergy_app.components.data_table import Column, data_table, panel
from gynergy_app.components.decision import decision
from gynergy_app.components.feedback import banner, empty_state, note, skeleton_card, tag
from gynergy_app.components.layout import admin_layout
from gynergy_app.components.media import avatar
from gynergy_app.components.person_money import (
    bought_panel,
    code_dialog,
    codes_panel,
    subscribed_panel,
    timeline_panel,
)
from gynergy_app.state.admin.code_acts import CodeActState
from gynergy_app.state.admin.member import MemberFileState
from gynergy_app.state.admin.member_money import MemberMoneyState
from gynergy_app.state.admin.member_view import DoorRow, PlaceRow
from gynergy_app.state.admin.member_words import MailRow
from gynergy_app.state.session import AdminState

ROUTE = routes.ADMIN_MEMBER
TITLE = "Member"
DESCRIPTION = "One member: days, points, mails and the record."
ON_LOAD = [AdminState.enter, MemberFileState.open, MemberMoneyState.open, CodeActState.leave]
ACCESS = "admin"


def page() -> rx.Component:
    view = MemberFileState.view
    is_there = view.name != ""
    return admin_layout(
        rx.cond(
            MemberFileState.is_loading,
            skeleton_card(6, says="Opening the file"),
            rx.cond(MemberFileState.is_missing, _nobody(), _file()),
        ),
        decision(MemberFileState, on_submit=MemberFileState.decide),
        code_dialog(),
        title=rx.cond(is_there, view.name, "Member"),
        here=routes.ADMIN_MEMBERS,
        lede=rx.cond(is_there, view.about, ""),
        actions=rx.cond(is_there & ~MemberFileState.is_missing, _acts()),
        zone=view.zone,
        portrait=rx.cond(is_there, avatar(view.initial, view.picture), rx.fragment()),
    )


def _acts() -> rx.Component:
    """Each button turns into its opposite in place: so a closed dialog finds where the focus was."""
    view, ask = MemberFileState.view, MemberFileState.ask
    role = button(
        rx.cond(view.is_admin, "Remove as admin", "Make admin"),
        icon="shield",
        on_click=ask(rx.cond(view.is_admin, "dismiss", "appoint")),
    )
    account = turning_button(
        rx.cond(view.is_suspended, "Reinstate", "Suspend"),
        gives_back=view.is_suspended,
        on_click=ask(rx.cond(view.is_suspended, "reinstate", "suspend")),
    )
    return rx.cond(
        view.is_self,
        rx.el.p("This is you. Another admin can change your access.", class_name="meta"),
        rx.el.div(
            rx.cond(view.is_suspended & ~view.is_admin, rx.fragment(), role), account, class_name="row"
        ),
    )


def _file() -> rx.Component:
    view, money = MemberFileState.view, MemberMoneyState.view
    return rx.fragment(
        rx.cond(view.is_suspended, banner(view.suspended, view.suspended_why, tone="danger", symbol="ban")),
        _days(),
        rx.el.div(
            rx.el.div(
                timeline_panel(money.timeline, MemberMoneyState.shown, MemberMoneyState.choose),
                _places(),
                _mails(),
                _record(),
                class_name="desk-stack",
            ),
            rx.el.div(
                _access(),
                bought_panel(money.purchases),
                subscribed_panel(money.subscriptions),
                codes_panel(money.codes),
                _points(),
                class_name="desk-stack",
            ),
            class_name="desk-grid desk-grid-side",
        ),
    )


def _days() -> rx.Component:
    view = MemberFileState.view
    return panel(
        rx.cond(
            view.grid,
            day_grid(view.grid),
            rx.el.p("No place in a session yet, so no days to show.", class_name="text-ink-soft mb-3"),
        ),
        note(
            "That a page was written, never what.",
            "No role, page, export or log can open a member’s journal, visions, actions, meditations or "
            "journey. There is nothing to request.",
            symbol="lock",
        ),
        title=rx.cond(view.day, view.day, "Days"),
        aside=rx.el.p(view.streak, class_name="tiny"),
    )


def _places() -> rx.Component:
    columns = (
        Column("Cohort", lambda row: row.cohort),
        Column("Program", lambda row: row.program),
        Column("Days", lambda row: row.days),
        Column("State", _place_state),
        Column("Points", lambda row: row.points, is_number=True),
    )
    rows = MemberFileState.view.places
    return panel(
        rx.cond(rows, data_table(columns, rows, caption="Sessions"), _none("No place in a session yet.")),
        title="Sessions",
        flush=True,
    )


def _place_state(row: PlaceRow) -> rx.Component:
    return state_tag(row.state, row.kind)


def _mails() -> rx.Component:
    columns = (
        Column("When", lambda row: rx.el.span(row.when, class_name="whitespace-nowrap")),
        Column("Mail", lambda row: row.name),
        Column("State", _mail_state),
    )
    rows = MemberFileState.view.mails
    return panel(
        rx.cond(
            rows,
            data_table(columns, rows, caption="Mails"),
            _none("None yet. The links of signing up and in are sent apart from these and not listed."),
        ),
        title="Mail",
        aside=rx.el.p("that it went, not what it said", class_name="tiny"),
        flush=True,
    )


def _mail_state(row: MailRow) -> rx.Component:
    return state_tag(row.state, row.kind)


def _none(words: str) -> rx.Component:
    return rx.el.p(words, class_name="px-4 pb-4 text-ink-soft")


def _access() -> rx.Component:
    view = MemberFileState.view
    state = rx.cond(view.is_suspended, tag("Suspended", kind="bad"), tag("Open", kind="good", symbol="check"))
    return panel(
        key_values(
            ("Account", state),
            ("Roles", view.roles),
            ("Cohorts", view.cohorts),
            ("Signed in", view.signed_in),
            ("Badges", view.badges),
            ("Joined", view.joined),
        ),
        rx.el.ul(rx.foreach(view.doors, _door), class_name="desk-list is-plain mt-3"),
        turning_button(
            rx.cond(view.can_open, "Open the challenge", "Close the challenge"),
            gives_back=view.can_open,
            on_click=MemberFileState.ask(rx.cond(view.can_open, "grant", "close")),
        ),
        title="Access",
        aside=rx.el.p("as of now", class_name="tiny"),
    )


def _door(row: DoorRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(row.name, rx.cond(row.more, rx.el.p(row.more, class_name="tiny"))),
        state_tag(row.state, row.kind),
    )


def _points() -> rx.Component:
    view = MemberFileState.view
    earlier = rx.el.details(
        rx.el.summary(view.earlier_words, class_name="link"),
        rx.el.ul(rx.foreach(view.earlier, points_item), class_name="desk-list is-plain"),
        class_name="ledger",
    )
    return panel(
        rx.cond(
            view.recent,
            rx.el.ul(rx.foreach(view.recent, points_item), class_name="desk-list is-plain"),
            rx.el.p("Nothing was earned in this session yet.", class_name="text-ink-soft"),
        ),
        rx.cond(view.earlier, earlier),
        title="Points",
        aside=rx.el.span(view.points, class_name="font-serif text-22 text-gold"),
    )


def _record() -> rx.Component:
    lines = MemberFileState.view.audit
    return panel(
        rx.cond(
            lines,
            audit_table(lines, caption="What admins did to this account"),
            _none("No admin has changed anything here."),
        ),
        title="Record",
        aside=rx.el.p("append-only", class_name="tiny"),
        flush=True,
    )


def _nobody() -> rx.Component:
    return empty_state(
        "Nobody is at this address",
        "The account may have been deleted since the link was made.",
        button_link("All members", href=routes.ADMIN_MEMBERS),
    )

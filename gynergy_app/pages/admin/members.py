"""/admin/members: finding somebody."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button
from gynergy_app.components.data_table import Column, data_table, show_more
from gynergy_app.components.feedback import empty_state, skeleton_rows, tag
from gynergy_app.components.forms import segmented, text_field
from gynergy_app.components.layout import admin_layout
from gynergy_app.components.links import link
from gynergy_app.state.admin.members import MemberRow, MembersState
from gynergy_app.state.session import AdminState

ROUTE = routes.ADMIN_MEMBERS
TITLE = "Members"
DESCRIPTION = "Everybody who is here, found by name or address."
ON_LOAD = [AdminState.enter, MembersState.open]
ACCESS = "admin"

GROUPS = (
    ("everyone", "Everyone"),
    ("admins", "Admins"),
    ("suspended", "Suspended"),
    ("unreached", "Mail failed"),
)
TYPING_ENDS_AFTER = 250


def page() -> rx.Component:
    return admin_layout(
        rx.el.div(
            text_field(
                "Name or address",
                "search",
                type="search",
                value=MembersState.search,
                auto_complete="off",
                on_change=MembersState.look.debounce(TYPING_ENDS_AFTER),
            ),
            segmented("Show", "group", GROUPS, value=MembersState.group, on_choose=MembersState.choose),
            role="search",
            class_name="desk-tools",
        ),
        rx.cond(MembersState.is_loading, skeleton_rows(8, says="Looking who is here"), _found()),
        title=TITLE,
        here=ROUTE,
        lede="That they wrote, never what: nothing on these pages can open a journal.",
        zone=MembersState.zone,
    )


def _found() -> rx.Component:
    return rx.cond(
        MembersState.rows,
        rx.fragment(
            rx.el.div(
                data_table(_COLUMNS, MembersState.rows, caption="Members"),
                class_name="panel panel-flush is-brief",
            ),
            show_more(
                has_more=MembersState.has_more,
                busy=MembersState.is_fetching,
                end=MembersState.end,
                on_click=MembersState.more,
            ),
        ),
        empty_state(
            "Nobody like that is here",
            "Part of a name or of an address is enough. The filter beside the search counts too.",
            button("Show everyone", on_click=MembersState.clear),
        ),
    )


def _name(row: MemberRow) -> rx.Component:
    return rx.el.span(
        link(row.name, href=row.href, class_name="row-link"),
        rx.cond(row.is_admin, tag("Admin", kind="good")),
        rx.cond(row.is_suspended, tag("Suspended", kind="bad")),
        class_name="row",
    )


_COLUMNS = (
    Column("Name", _name),
    Column("Address", lambda row: rx.el.span(row.email, class_name="break-all")),
    Column("Cohort", lambda row: row.cohort),
    Column("Day", lambda row: row.day),
    Column("Last page", lambda row: row.last_written),
    Column("Joined", lambda row: row.joined),
)

"""/me/access: everybody of the staff who opened or changed this account."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.feedback import empty_state, note, skeleton_rows
from gynergy_app.components.layout import member_layout, section
from gynergy_app.state.accounts import StaffAccessState
from gynergy_app.state.accounts.staff_access import Access
from gynergy_app.state.session import MemberState

ROUTE = routes.ACCESS
TITLE = "Who has looked"
DESCRIPTION = "Every time somebody of the staff opened or changed your account."
ON_LOAD = [MemberState.enter, StaffAccessState.open]
ACCESS = "member"


def page() -> rx.Component:
    return member_layout(
        note(
            "No admin can open a page you wrote.",
            "This is about everything else: that you wrote, your points, your place, your sign-ins. "
            "Should the operator write your archive to hand to you, that stands here too.",
            symbol="lock",
        ),
        section(
            rx.cond(
                StaffAccessState.is_loaded,
                rx.cond(StaffAccessState.has_rows, _list(), _nobody()),
                skeleton_rows(4),
            ),
            title="Who, when and why",
            section_id="access",
            hidden_title=True,
        ),
        rx.el.p(
            "The list of members, which shows names, addresses and the day of the last page, is open to "
            "admins without a line here. Whenever one account is opened or changed, there is one.",
            class_name="meta measure mt-6",
        ),
        title="Who has looked",
        here=ROUTE,
        lede="Written down by the program itself, in the moment it happens.",
        reading=True,
    )


def _list() -> rx.Component:
    return rx.el.ol(rx.foreach(StaffAccessState.rows, _row), class_name="rows mt-5")


def _row(row: Access) -> rx.Component:
    return rx.el.li(
        rx.el.p(row.who, class_name="list-name"),
        rx.el.p(row.what),
        rx.cond(row.why, rx.el.p("Reason: ", row.why, class_name="meta")),
        rx.el.p(row.when, class_name="meta"),
        class_name="py-4 break-words",
    )


def _nobody() -> rx.Component:
    nobody = empty_state(
        "Nobody has.", "No admin has opened your page or changed anything about your account."
    )
    return rx.el.div(nobody, class_name="mt-6")

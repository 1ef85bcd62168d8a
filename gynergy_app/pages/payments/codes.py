"""/me/codes: places to give away, how each stands, and whether they name their giver."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button_link
from gynergy_app.components.feedback import empty_state, skeleton_card
from gynergy_app.components.forms import switch
from gynergy_app.components.layout import member_layout, section
from gynergy_app.components.links import link
from gynergy_app.components.payments.tickets import enlarged_dialog, taking_back_dialog, tickets
from gynergy_app.state.payments.codes import FriendCodesState
from gynergy_app.state.session import MemberState

ROUTE = routes.FRIEND_CODES
TITLE = "Friend codes"
DESCRIPTION = "Places to give away: how each code stands, and how to hand it on."
ON_LOAD = [MemberState.enter, FriendCodesState.open]
ACCESS = "member"


def page() -> rx.Component:
    return member_layout(
        rx.cond(
            FriendCodesState.is_loading,
            _loading(),
            rx.cond(FriendCodesState.tickets, _codes(), _none()),
        ),
        title=TITLE,
        here=ROUTE,
        lede="Each gives one person the whole challenge, for nothing: a place in your cohort, "
        "or in another start when yours is full or has gone on.",
    )


def _loading() -> rx.Component:
    return rx.el.div(skeleton_card(5, says="Opening your codes"), skeleton_card(5), class_name="tickets")


def _codes() -> rx.Component:
    return rx.fragment(
        section(tickets(), title=FriendCodesState.left, section_id="codes"),
        section(
            rx.el.div(_naming(), _who_sees_what(), class_name="max-w-writing"),
            title="What they see of you, and you of them",
            section_id="seen",
        ),
        taking_back_dialog(),
        enlarged_dialog(),
    )


def _naming() -> rx.Component:
    return switch(
        "Say my first name on the page of my codes",
        checked=FriendCodesState.is_named,
        hint="Off: the page says “a friend”. It never says more than your first name.",
        on_tick=FriendCodesState.show_name,
    )


def _who_sees_what() -> rx.Component:
    return rx.el.ul(
        rx.el.li(
            "You are told that a code was used, and when. Their first name you hear only if they wish it."
        ),
        rx.el.li(
            "In the same cohort you see of each other what everybody there sees: name, picture and points, "
            "unless they are hidden. Nobody sees what anybody writes."
        ),
        rx.el.li("A code that was used stays used, also if your own place is given back one day."),
        class_name="meta list-disc pl-5 mt-3 grid gap-2 measure",
    )


def _none() -> rx.Component:
    return rx.el.div(
        empty_state(
            "You have no codes to give.",
            "Two come with each place that is bought. They stand here as soon as it is paid for.",
            button_link("See what a place costs", href=routes.PRICING),
        ),
        rx.el.p(
            "Somebody gave you a code? ", link("Use it here", href=routes.REDEEM), ".", class_name="meta mt-4"
        ),
        class_name="page-reading",
    )

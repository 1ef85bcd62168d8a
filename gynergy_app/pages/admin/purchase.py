"""/admin/payments/purchases/[purchase_id]: one purchase, whoever bought it, and giving money back."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.admin import prose_cell, state_tag
from gynergy_app.components.buttons import button, button_link
from gynergy_app.components.data_table import Column, data_table, panel
from gynergy_app.components.decision import decision
from gynergy_app.components.feedback import banner, empty_state, skeleton_card
from gynergy_app.components.layout import admin_layout
from gynergy_app.components.person_money import code_dialog, codes_panel, timeline_panel
from gynergy_app.components.refund_sheet import refund_sheet
from gynergy_app.components.waiting import Waiting
from gynergy_app.state.admin.code_acts import CodeActState
from gynergy_app.state.admin.purchase import PurchaseState
from gynergy_app.state.admin.purchase_view import Fact, RefundRow
from gynergy_app.state.admin.refund import RefundState
from gynergy_app.state.session import AdminState

ROUTE = routes.ADMIN_PURCHASE
TITLE = "Purchase"
DESCRIPTION = "One purchase: its money, its codes, and what happened."
ON_LOAD = [AdminState.enter, PurchaseState.open, RefundState.leave, CodeActState.leave]
ACCESS = "admin"

ACCEPTING = "accepting"


def page() -> rx.Component:
    view = PurchaseState.view
    is_there = view.name != ""
    return admin_layout(
        rx.cond(
            PurchaseState.is_loading,
            skeleton_card(6, says="Opening the purchase"),
            rx.cond(PurchaseState.is_missing, _nothing(), _file()),
        ),
        refund_sheet(),
        code_dialog(),
        decision(PurchaseState, on_submit=PurchaseState.decide, dialog_id=ACCEPTING),
        Waiting.create(is_waiting=view.is_moving, on_look=PurchaseState.look),
        title=rx.cond(is_there, view.name, "Purchase"),
        here=routes.ADMIN_PURCHASES,
        lede=rx.cond(is_there, view.about, ""),
        actions=rx.cond(is_there & ~PurchaseState.is_missing, _acts()),
        zone=view.zone,
    )


def _acts() -> rx.Component:
    view = PurchaseState.view
    return rx.el.div(
        rx.cond(view.member_href, button_link("Her page", href=view.member_href, icon="user")),
        rx.cond(view.is_review, button("Accept the payment", icon="check", on_click=PurchaseState.ask)),
        rx.cond(
            view.can_give_back,
            button(
                rx.cond(view.is_review, "Send it back", "Refund"),
                kind="danger",
                icon="rotate-ccw",
                on_click=RefundState.ask,
                aria_haspopup="dialog",
            ),
        ),
        class_name="row flex-wrap",
    )


def _file() -> rx.Component:
    view = PurchaseState.view
    return rx.fragment(
        rx.cond(
            view.is_review,
            banner("What was paid is not what was asked.", f"{view.review} Nothing is open. Please decide."),
        ),
        rx.cond(
            view.is_disputed,
            banner("The buyer’s bank has asked for the money.", view.disputed, tone="danger", symbol="scale"),
        ),
        rx.el.div(
            rx.cond(view.moving, banner("Being done.", view.moving, tone="accent", symbol="clock")),
            aria_live="polite",
        ),
        rx.el.div(
            rx.el.div(
                timeline_panel(view.timeline, PurchaseState.shown, PurchaseState.choose),
                rx.cond(view.refunds, _refunds()),
                rx.cond(view.disputes, _disputes()),
                class_name="desk-stack",
            ),
            rx.el.div(_money(), codes_panel(view.codes), class_name="desk-stack"),
            class_name="desk-grid desk-grid-side",
        ),
    )


def _money() -> rx.Component:
    view = PurchaseState.view
    return panel(
        rx.el.dl(rx.foreach(view.facts, _fact), class_name="kv"),
        rx.cond(view.obstacle, rx.el.p(view.obstacle, class_name="tiny mt-3")),
        title="Money",
        aside=state_tag(view.state, view.kind),
    )


def _fact(one: Fact) -> rx.Component:
    return rx.el.div(rx.el.dt(one.name), rx.el.dd(one.value))


def _refunds() -> rx.Component:
    columns = (
        Column("When", lambda row: rx.el.span(row.when, class_name="whitespace-nowrap")),
        Column("Amount", lambda row: row.amount),
        Column("State", _refund_state),
        Column("By", lambda row: prose_cell(row.by, row.reason)),
    )
    return panel(
        data_table(columns, PurchaseState.view.refunds, caption="Refunds"), title="Refunds", flush=True
    )


def _refund_state(row: RefundRow) -> rx.Component:
    why = rx.cond(row.failure, rx.el.small(row.failure))
    return rx.el.span(state_tag(row.state, row.kind), why, class_name="cell-prose block")


def _disputes() -> rx.Component:
    columns = (
        Column("Opened", lambda row: rx.el.span(row.when, class_name="whitespace-nowrap")),
        Column("Amount", lambda row: row.amount),
        Column("State", lambda row: prose_cell(row.state, row.due)),
    )
    return panel(
        data_table(columns, PurchaseState.view.disputes, caption="Disputes"), title="Disputes", flush=True
    )


def _nothing() -> rx.Component:
    return empty_state(
        "No purchase is at this address",
        "The address may have been cut short on its way here.",
        button_link("All purchases", href=routes.ADMIN_PURCHASES),
    )

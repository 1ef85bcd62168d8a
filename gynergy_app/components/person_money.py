"""What somebody has to do with money, for her page and the page of a purchase: story, purchases, codes."""

from typing import Any

import reflex as rx

from gynergy_app.components.admin import state_tag
from gynergy_app.components.buttons import text_button
from gynergy_app.components.data_table import panel
from gynergy_app.components.decision import decision
from gynergy_app.components.forms import segmented
from gynergy_app.components.links import link
from gynergy_app.components.media import icon
from gynergy_app.state.admin.code_acts import CodeActState
from gynergy_app.state.admin.code_rows import CodeRow
from gynergy_app.state.admin.member_money import BoughtRow, SubscribedRow
from gynergy_app.state.admin.timeline_view import TimelineRow

GROUPS = (("all", "All"), ("money", "Money"), ("mail", "Mail"))


def timeline_panel(rows: list[TimelineRow], shown: str, on_choose: Any) -> rx.Component:
    """Everything that happened, the latest first; of pages only that they were kept."""

    def draw(row: TimelineRow) -> rx.Component:
        return rx.cond((shown == "all") | (row.group == shown), _happening(row))

    return panel(
        rx.cond(
            rows,
            rx.el.ol(rx.foreach(rows, draw), tab_index=0, aria_label="What happened", class_name="story"),
            rx.el.p("Nothing is known yet.", class_name="text-ink-soft"),
        ),
        title="Timeline",
        aside=segmented("Show", "timeline", GROUPS, value=shown, on_choose=on_choose),
    )


def _happening(row: TimelineRow) -> rx.Component:
    symbol = rx.match(
        row.group,
        ("money", icon("credit-card", 16)),
        ("days", icon("flag", 16)),
        ("mail", icon("mail", 16)),
        ("staff", icon("shield", 16)),
        icon("user", 16),
    )
    what = rx.cond(row.href, link(row.what, href=row.href, class_name="row-link"), row.what)
    return rx.el.li(
        rx.el.span(row.when, class_name="when"),
        rx.el.span(symbol, class_name="sign"),
        rx.el.div(what, rx.cond(row.more, rx.el.p(row.more))),
    )


def bought_panel(rows: list[BoughtRow]) -> rx.Component:
    return panel(
        rx.cond(
            rows,
            rx.el.ul(rx.foreach(rows, _purchase), class_name="desk-list is-plain"),
            rx.el.p("Nothing was bought or begun.", class_name="text-ink-soft"),
        ),
        title="Purchases",
    )


def _purchase(row: BoughtRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            link(row.what, href=row.href, class_name="row-link"),
            rx.el.p(f"{row.amount}, {row.when}", class_name="tiny"),
        ),
        state_tag(row.state, row.kind),
    )


def subscribed_panel(rows: list[SubscribedRow]) -> rx.Component:
    listed = panel(
        rx.el.ul(rx.foreach(rows, _subscription), class_name="desk-list is-plain"), title="Subscriptions"
    )
    return rx.cond(rows, listed)


def _subscription(row: SubscribedRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(row.price, rx.el.p(f"since {row.since}, {row.next}", class_name="tiny")),
        state_tag(row.state, row.kind),
    )


def codes_panel(rows: list[CodeRow]) -> rx.Component:
    return panel(
        rx.cond(
            rows,
            rx.el.ul(rx.foreach(rows, _code), class_name="desk-list is-plain is-codes"),
            rx.el.p("No codes came with it.", class_name="text-ink-soft"),
        ),
        title="Friend codes",
    )


def _code(row: CodeRow) -> rx.Component:
    more = rx.cond(row.href, link(row.more, href=row.href, class_name="row-link"), row.more)
    acts = rx.el.div(
        text_button(
            "Prolong",
            aria_label=f"Prolong {row.code}",
            on_click=CodeActState.ask("prolong", row.id, row.code),
        ),
        text_button(
            "Take back",
            aria_label=f"Take {row.code} back",
            on_click=CodeActState.ask("take_back", row.id, row.code),
        ),
        class_name="row",
    )
    return rx.el.li(
        rx.el.div(rx.el.code(row.code), rx.el.p(more, class_name="tiny")),
        state_tag(row.state, row.kind),
        rx.cond(row.can_change, acts),
    )


def code_dialog() -> rx.Component:
    """Asks before a code is taken back or prolonged."""
    return decision(CodeActState, on_submit=CodeActState.decide, dialog_id="code-act")

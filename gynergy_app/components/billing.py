"""Pieces of the billing page: a subscription, the ways to pay for one, what is asked before, and papers."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button, button_link, submit, text_button
from gynergy_app.components.dialogs import dialog, dialog_actions
from gynergy_app.components.feedback import banner, note, tag
from gynergy_app.components.forms import hidden, native_form, problem, text_area
from gynergy_app.components.links import outside_link
from gynergy_app.components.media import icon
from gynergy_app.state.payments.billing import BillingState
from gynergy_app.state.payments.held import Card, Fact
from gynergy_app.state.payments.papers import InvoiceRow, PurchaseRow
from gynergy_app.state.payments.plans import Plan

Text = str | rx.Var[str]


def came_back() -> rx.Component:
    """What became of the checkout she comes from. Announced as it changes."""
    back = BillingState.returned
    begun = banner(
        back.title,
        back.words,
        tone="accent",
        symbol="check",
        action=button_link("Write today’s page", href=routes.TODAY),
    )
    waiting = banner(back.title, back.words, symbol="hourglass")
    shown = rx.cond(back.kind == "begun", begun, waiting)
    return rx.el.div(rx.cond(back.kind, shown), class_name="mb-6 empty:hidden")


def state_tag(label: Text, tone: Text) -> rx.Component:
    kinds = [(kind, tag(label, kind=kind)) for kind in ("good", "wait", "bad")]
    return rx.fragment(rx.match(tone, *kinds, tag(label)))


# -- The subscription ---------------------------------------------------------------------------------------


def subscription(card: Card) -> rx.Component:
    return rx.el.article(
        rx.el.div(
            rx.el.h3(card.name, class_name="prompt"),
            state_tag(card.tag, card.tone),
            class_name="spread",
        ),
        rx.el.p(card.words, class_name="measure"),
        rx.el.dl(rx.foreach(card.facts, _fact), class_name="kv"),
        rx.el.div(
            rx.cond(card.resume_label, _resume(card)),
            rx.cond(card.card_label, _change_card(card)),
            rx.cond(card.switch_label, _switch(card)),
            rx.cond(card.cancel_label, _cancel(card)),
            class_name="plan-acts",
        ),
        class_name="card card-pad plan",
    )


def _fact(fact: Fact) -> rx.Component:
    return rx.el.div(rx.el.dt(fact.name), rx.el.dd(fact.value))


def _resume(card: Card) -> rx.Component:
    return button(
        card.resume_label,
        kind="primary",
        busy=BillingState.busy == "resume:" + card.id,
        busy_label="One moment…",
        on_click=BillingState.resume(card.id),
    )


def _change_card(card: Card) -> rx.Component:
    return native_form(
        hidden("subscription", card.id),
        hidden("page", "card"),
        rx.cond(card.tone == "bad", _open_card(card, "primary"), _open_card(card, "secondary")),
        action="/billing/portal",
    )


def _open_card(card: Card, kind: str) -> rx.Component:
    """The next step, where something is owed."""
    return submit(card.card_label, kind=kind, busy_label="Opening…")


def _switch(card: Card) -> rx.Component:
    return button(
        card.switch_label,
        busy=BillingState.busy == "switch:" + card.id,
        busy_label="Counting…",
        on_click=BillingState.ask_to_switch(card.id),
    )


def _cancel(card: Card) -> rx.Component:
    return button(card.cancel_label, kind="quiet", on_click=BillingState.ask_to_cancel(card.id))


def cancel_dialog() -> rx.Component:
    asked = BillingState.cancelling
    fields = rx.fragment(
        rx.el.p(asked.cancel_words, class_name="text-ink-soft"),
        text_area("Why, if you like to say", "reason", rows=2, max_length=500),
        dialog_actions(
            button("Keep it", on_click=BillingState.keep),
            submit(
                "Cancel the subscription",
                kind="danger",
                busy=BillingState.busy == "cancel",
                busy_label="Cancelling…",
            ),
        ),
    )
    form = rx.el.form(fields, on_submit=BillingState.cancel, no_validate=True, class_name="mt-3 grid gap-5")
    return dialog(
        rx.cond(asked.id, form),
        title="Cancel the subscription?",
        dialog_id="cancelling",
        open=asked.id != "",
        on_close=BillingState.keep,
        sheet=True,
    )


def switch_dialog() -> rx.Component:
    asked = BillingState.switching
    return dialog(
        rx.el.p(asked.words, class_name="mt-3 text-ink-soft"),
        dialog_actions(
            button("Leave it as it is", on_click=BillingState.keep),
            button(
                asked.action,
                kind="primary",
                busy=BillingState.busy == "switch",
                busy_label="Changing…",
                on_click=BillingState.switch,
            ),
        ),
        title=asked.title,
        dialog_id="switching",
        open=asked.id != "",
        on_close=BillingState.keep,
        sheet=True,
    )


# -- Beginning one ------------------------------------------------------------------------------------------


def offer() -> rx.Component:
    return rx.el.div(
        rx.cond(BillingState.former, rx.el.p(BillingState.former, class_name="mb-4")),
        rx.el.p(
            "A journal of your own, day after day, for as long as you like. Without it you can read all you "
            "wrote and take it along, free of charge and for good.",
            class_name="measure",
        ),
        native_form(
            rx.el.fieldset(
                rx.el.legend("How would you like to pay?", class_name="label"),
                rx.el.div(rx.foreach(BillingState.plans, _way), class_name="plan-ways"),
                problem(BillingState.problems["plan"], "plan"),
                aria_describedby="plan-error",
            ),
            rx.cond(BillingState.trial, note("A trial first.", BillingState.trial)),
            submit("Go on to the payment", icon="credit-card", busy_label="Opening the page to pay"),
            rx.el.p(
                "You pay at Stripe, and come back here. It renews by itself; to end it, press Cancel on this "
                "page and say yes. It then stays open until the day that is paid.",
                class_name="meta measure",
            ),
            action="/billing/subscribe",
            no_validate=True,
            class_name="fill-in mt-6 max-w-[34rem]",
        ),
    )


def _way(plan: Plan) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name="plan", value=plan.value),
        rx.el.span(
            rx.el.b(plan.name),
            rx.el.span(plan.price, class_name="plan-price block"),
            rx.cond(plan.saves, rx.el.span(plan.saves, class_name="meta block")),
            rx.el.span(plan.first, class_name="meta block mt-1"),
            class_name="grow",
        ),
        class_name="plan-way",
    )


# -- Papers -------------------------------------------------------------------------------------------------


def invoice(row: InvoiceRow) -> rx.Component:
    about = f"{row.action}: {row.name}"
    return rx.el.li(
        rx.el.div(rx.el.p(row.name, class_name="list-name"), rx.el.p(row.day, class_name="meta")),
        rx.el.div(
            rx.el.span(row.amount, class_name="amount"),
            state_tag(row.tag, row.tone),
            rx.cond(
                row.href,
                outside_link(
                    row.action, icon("external-link", 16), href=row.href, aria_label=about, class_name="link"
                ),
            ),
            class_name="bill-end",
        ),
        class_name="bill",
    )


def purchase(row: PurchaseRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.name, class_name="list-name"),
            rx.el.p(row.day, rx.cond(row.words, rx.fragment(". ", row.words)), class_name="meta"),
        ),
        rx.el.div(
            rx.el.span(row.amount, class_name="amount"),
            state_tag(row.tag, row.tone),
            rx.cond(
                row.receipt,
                outside_link(
                    "Receipt",
                    icon("external-link", 16),
                    href=row.receipt,
                    aria_label=f"Receipt of {row.day}",
                    class_name="link",
                ),
            ),
            class_name="bill-end",
        ),
        class_name="bill",
    )


def all_papers() -> rx.Component:
    """Stripe's own pages: addresses, tax numbers, and invoices older than those shown here."""
    return native_form(
        submit("Everything at Stripe", kind="secondary", busy_label="Opening…"),
        action="/billing/portal",
        class_name="mt-4",
    )


def ask_again() -> rx.Component:
    """How old what stands here is, and another look."""
    return rx.el.div(
        rx.el.span(BillingState.as_of, class_name="meta"),
        text_button("Ask again", icon="refresh-cw", on_click=BillingState.ask_again),
        class_name="row",
    )

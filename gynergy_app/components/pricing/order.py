"""The card on which a place is bought: what it costs, which start, and the way to the page where one pays."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import submit, text_button
from gynergy_app.components.feedback import banner, note, skeleton_card
from gynergy_app.components.forms import email_field, native_form, problem
from gynergy_app.components.forms.inputs import ChoiceInput
from gynergy_app.components.links import link
from gynergy_app.settings import settings
from gynergy_app.state.payments.pricing import PricingState
from gynergy_app.state.programs.starts import Start


def order() -> rx.Component:
    return rx.el.section(
        rx.el.h2("The challenge", id="order", class_name="meta"),
        rx.el.p(
            rx.el.span(PricingState.prices.challenge, class_name="price-big"),
            rx.el.span("once, in US dollars", class_name="text-ink-soft"),
            class_name="price-amount",
        ),
        _standing(),
        rx.cond(PricingState.note, banner(PricingState.note, symbol="circle-alert")),
        rx.cond(PricingState.may_pay, _form()),
        rx.el.p(
            rx.el.b("Have a friend code? "),
            link("Enter it here", href=routes.REDEEM),
            ". You pay nothing.",
            class_name="price-code",
        ),
        aria_labelledby="order",
        class_name="card price-card",
    )


def _standing() -> rx.Component:
    said = PricingState.standing
    way = rx.cond(said.href, rx.fragment(" ", link(said.action, href=said.href), "."))
    words = rx.el.p(rx.el.b(said.headline), " ", said.words, way)
    return rx.cond(said.kind, rx.el.div(words, role="status", class_name="note"))


def _form() -> rx.Component:
    return native_form(
        _starts(),
        rx.cond(PricingState.address, _from_whom(), _address()),
        rx.cond(PricingState.asks_again, _again()),
        submit(_label(), busy_label="Opening the page to pay", icon="credit-card", wide=True),
        _small_print(),
        action=routes.CHECKOUT,
        no_validate=True,
        class_name="price-form",
    )


def _label() -> rx.Var[str]:
    pay = rx.Var.create("Pay ") + PricingState.prices.challenge + " with Stripe"
    return rx.cond(PricingState.standing.kind == "paying", "Go on paying", pay)


def _starts() -> rx.Component:
    later = "You can choose your start here, or after paying."
    looking = rx.fragment(rx.el.p(later, class_name="meta"), skeleton_card(3, says="Looking for starts"))
    none = rx.el.p(
        "No start is open just now. With a place you choose the next one as soon as it is set.",
        class_name="meta",
    )
    found = rx.fragment(rx.foreach(PricingState.starts, _start), _later())
    fieldset = rx.el.fieldset(
        rx.el.legend("When do you begin?", class_name="label"),
        rx.cond(PricingState.is_loading, looking, rx.cond(PricingState.starts, found, none)),
        problem(PricingState.problems["start"], "start"),
        class_name="price-starts",
    )
    return rx.cond(PricingState.standing.kind == "access", rx.fragment(), fieldset)


def _start(start: Start) -> rx.Component:
    words = rx.el.span(
        rx.el.b(start.label),
        rx.el.span(start.when, class_name="meta block"),
        rx.cond(start.about, rx.el.span(start.about, class_name="meta block whitespace-pre-line")),
        class_name="grow",
    )
    places = rx.el.span(start.places, class_name="meta start-places")
    taken = start.is_full & (PricingState.chosen != start.id)
    return rx.cond(
        taken,
        rx.el.div(words, places, _queue(start), class_name="price-start is-full"),
        rx.el.label(_radio(start.id), words, places, class_name="price-start"),
    )


def _radio(value: str | rx.Var[str]) -> rx.Component:
    return ChoiceInput.create(
        type="radio",
        name="start",
        value=value,
        checked=PricingState.chosen == value,
        on_choose=PricingState.choose,
    )


def _queue(start: Start) -> rx.Component:
    """A full start is waited for by its members; a stranger has no name to stand in a queue with."""
    join = text_button("Join the queue", on_click=PricingState.wait_in_queue(start.id))
    waiting = rx.el.span(start.queue, class_name="meta text-warm")
    stranger = rx.el.span("Sign in to wait in its queue.", class_name="meta")
    return rx.cond(PricingState.is_signed_in, rx.cond(start.queue, waiting, join), stranger)


def _later() -> rx.Component:
    words = rx.el.span(
        rx.el.b("I choose later"),
        rx.el.span("Your place waits until you take it in a start with room.", class_name="meta block"),
        class_name="grow",
    )
    return rx.el.label(_radio(""), words, class_name="price-start")


def _from_whom() -> rx.Component:
    return rx.el.p("The receipt goes to ", rx.el.b(PricingState.address), ".", class_name="meta")


def _address() -> rx.Component:
    new = "The receipt goes there. You need no account to pay: sign in afterwards with the same address."
    known = "Left empty, it stays the one you gave before: "
    return email_field(
        value=PricingState.typed["email"],
        error=PricingState.problems["email"],
        auto_complete="email",
        hint=rx.cond(
            PricingState.known_address, rx.Var.create(known) + PricingState.known_address + ".", new
        ),
    )


def _again() -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", name="again", value="yes"),
        rx.el.span("I want to buy another one."),
        class_name="check",
    )


def _small_print() -> rx.Component:
    practice = note("Practice payments.", "On this machine no card is charged.")
    return rx.fragment(
        rx.el.p(rx.el.b("Money back: "), settings.refund_rule, class_name="meta"),
        rx.el.p(
            "By paying you agree to the ",
            link("terms", href=routes.TERMS),
            ". The next page is Stripe’s: we never see your card.",
            class_name="meta",
        ),
        rx.cond(PricingState.is_practice, practice),
    )

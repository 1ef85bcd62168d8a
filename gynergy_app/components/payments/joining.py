"""The pieces of the page of a friend code: what it promises, the way to take it, and a kind ending."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button_link, submit
from gynergy_app.components.feedback import note
from gynergy_app.components.forms import checkbox, problem, text_field
from gynergy_app.components.forms.inputs import ChoiceInput
from gynergy_app.components.links import link
from gynergy_app.components.media import icon
from gynergy_app.state.payments.join import JoinState
from gynergy_app.state.payments.join_words import Choice
from gynergy_app.state.payments.redeem import RedeemState

WHAT_WE_READ = "Any case and any spaces. After FRIEND, no code contains 0, O, 1, I or L."


def promised() -> rx.Component:
    """Who gave it, what it is, and what follows."""
    said = JoinState.promise
    return rx.el.div(
        rx.el.div(
            rx.el.span(rx.cond(said.giver, said.giver, "A friend"), class_name="seat is-taken"),
            rx.el.span("You", class_name="seat is-you"),
            aria_hidden="true",
            class_name="seats",
        ),
        rx.el.h1(said.title, class_name="join-title"),
        rx.el.p(said.lead, class_name="join-lead"),
        rx.el.p(said.unseen, class_name="text-ink-soft measure mt-4"),
        rx.el.ol(
            _step(said.account, said.account_about),
            _step(said.begins, said.begins_about),
            _step(
                "Three short pages a day",
                "In the morning, around one small act, and in the evening: sixteen minutes in all.",
            ),
            class_name="join-steps",
        ),
    )


def _step(what: str | rx.Var[str], about: str | rx.Var[str]) -> rx.Component:
    return rx.el.li(rx.el.div(rx.el.b(what), rx.el.span(about, class_name="block text-ink-soft")))


def taking() -> rx.Component:
    """The code as a ticket, and what is left to do."""
    said = JoinState.promise
    return rx.el.section(
        rx.el.h2("Take the place", id="take", class_name="heading"),
        rx.el.p(said.code, class_name="ticket-code mt-3"),
        rx.el.p(icon("check", 16), said.until, class_name="meta with-icon text-accent"),
        rx.cond(JoinState.is_signed_in, _form(), _ways_in()),
        aria_labelledby="take",
        class_name="ticket join-box",
    )


def _ways_in() -> rx.Component:
    return rx.el.div(
        button_link("Make an account", href=f"{routes.SIGN_UP}{JoinState.way_in}", kind="primary", wide=True),
        button_link("I have an account", href=f"{routes.SIGN_IN}{JoinState.way_in}", wide=True),
        rx.el.p(
            "The code is spent only when you take the place. If you have access already, it stays unused.",
            class_name="meta",
        ),
        class_name="grid gap-3 mt-5",
    )


def _form() -> rx.Component:
    said = JoinState.promise
    return rx.el.form(
        rx.cond(JoinState.choices, _choices()),
        rx.cond(
            said.warning,
            rx.el.div(
                note("A word before.", said.warning, symbol="circle-alert"),
                link("Give it an address", href=routes.SECURITY, class_name="link"),
            ),
        ),
        checkbox(said.named, "is_named"),
        problem(JoinState.problem, "take"),
        submit("Take the place", busy_label="Taking it…", wide=True),
        rx.el.p("Nothing is charged. Each code is good for one person.", class_name="meta"),
        on_submit=JoinState.take_place,
        no_validate=True,
        aria_describedby="take-error",
        class_name="grid gap-3 mt-4",
    )


def _choices() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend("Your start", class_name="label"),
        rx.foreach(JoinState.choices, _choice),
    )


def _choice(each: Choice) -> rx.Component:
    return rx.el.label(
        ChoiceInput.create(
            type="radio",
            name="start",
            value=each.id,
            checked=JoinState.chosen == each.id,
            on_choose=JoinState.choose,
        ),
        rx.el.span(rx.el.b(each.label), rx.el.span(each.when, class_name="meta block")),
        class_name="check",
    )


def ended() -> rx.Component:
    """Why it opens nothing, and what to do instead."""
    said = JoinState.ending
    return rx.el.div(
        rx.el.h1(said.title, class_name="join-title"),
        rx.el.p(said.words, class_name="join-lead"),
        rx.cond(
            said.has_field,
            rx.el.div(
                code_form(rx.cond(RedeemState.typed, RedeemState.typed, JoinState.typed)), class_name="mt-7"
            ),
        ),
        rx.el.div(button_link(said.action, href=said.href), class_name="mt-7"),
        class_name="join-ended",
    )


def code_form(typed: str | rx.Var[str]) -> rx.Component:
    return rx.el.form(
        text_field(
            "Friend code",
            "code",
            value=typed,
            hint=WHAT_WE_READ,
            error=RedeemState.problem,
            auto_complete="off",
            auto_capitalize="characters",
            spell_check=False,
            max_length=200,
            placeholder="FRIEND-ABC234",
        ),
        submit("Look at it", busy_label="Looking…"),
        on_submit=RedeemState.find,
        no_validate=True,
        class_name="fill-in max-w-[26rem]",
    )

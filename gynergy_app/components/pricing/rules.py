"""The rules in full: money that goes back, cards that fail, codes that were given away."""

import reflex as rx

from gynergy_app.domain.payments.access import PAST_DUE_GRACE
from gynergy_app.domain.payments.codes import VALID_DAYS
from gynergy_app.settings import settings

RULES = (
    (
        "If you want your money back",
        f"{settings.refund_rule} Access to the challenge closes then, and unused codes stop working. A "
        "friend who has used one stays. You keep reading and exporting what you wrote.",
    ),
    (
        "If a card fails",
        f"Only a journal subscription can fail: writing stays open for {PAST_DUE_GRACE.days} days, with a "
        "note and a way to mend it. After that, reading and export remain.",
    ),
    (
        "If you give a code away",
        f"One code, one person, {VALID_DAYS} days. Somebody who already has access does not use it up, and "
        "you can take back a code that nobody has used.",
    ),
)


def rules() -> rx.Component:
    return rx.el.section(
        rx.el.h2("The rules, in full", id="rules", class_name="title"),
        rx.el.div(*[_rule(*each) for each in RULES], class_name="price-rules"),
        aria_labelledby="rules",
        class_name="home-band",
    )


def _rule(name: str, words: str) -> rx.Component:
    return rx.el.div(rx.el.h3(name, class_name="heading"), rx.el.p(words, class_name="text-ink-soft mt-2"))

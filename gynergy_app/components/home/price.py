"""What it costs, in few words. This page does not ask Stripe: the amount is the announced one."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import more_link
from gynergy_app.settings import settings
from gynergy_app.state.payments.pricing import ANNOUNCED

FACTS = (
    ("Paid", "once"),
    ("Starts by itself afterwards", "nothing"),
    ("To give away", "two places, for friends"),
    ("Without it", "reading and export, for good"),
)


def price() -> rx.Component:
    words = rx.el.div(
        rx.el.h2(f"{ANNOUNCED.challenge}, once.", id="price", class_name="title"),
        rx.el.p(
            "For forty-five days beside a cohort, and two places to give away. No subscription begins.",
            class_name="home-lead mb-2",
        ),
        more_link("What is inside, and the rules", href=routes.PRICING),
    )
    rows = [rx.el.div(rx.el.dt(what), rx.el.dd(how)) for what, how in (*FACTS, ("Money back", _back()))]
    facts = rx.el.dl(*rows, class_name="home-facts card card-pad")
    return rx.el.section(words, facts, aria_labelledby="price", class_name="home-band home-two")


def _back() -> str:
    """The rule in one sentence, as it goes on after its name."""
    rule = settings.refund_rule.rstrip(".")
    return rule[:1].lower() + rule[1:]

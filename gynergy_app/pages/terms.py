"""/terms: what members and we may expect of each other."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.small_print import small_print
from gynergy_app.domain.accounts.consents import ConsentKind, spoken_version
from gynergy_app.settings import settings
from gynergy_app.state.home import HomeState

ROUTE = routes.TERMS
TITLE = "Terms"
DESCRIPTION = "What you may expect of GYNERGY, and what it expects of you."
ON_LOAD = [HomeState.open]
ACCESS = "public"

PARTS = (
    (
        "What this is",
        (
            "A journal and a 45-day programme, lived with a cohort. It is a practice, not medical or "
            "psychological treatment. If you are unwell, please speak to somebody trained to help.",
        ),
    ),
    (
        "Your account",
        (
            "One person, one account, with an address that is yours. Keep your password to yourself; "
            "you can end every other sign-in at any time under Security.",
        ),
    ),
    (
        "What you write",
        (
            "It belongs to you. We keep it so that you can read it, and use it for nothing else.",
            "Do not put things into posts, pictures or names that would harm others: they are seen by your "
            "cohort. A post that does can be hidden from it, and you are told why.",
        ),
    ),
    (
        "What you pay",
        (
            "The challenge is paid once and renews nothing. A journal subscription starts only when you "
            "choose it, renews until you cancel it, and stays open until the date that is paid.",
            f"Money back for the challenge: {settings.refund_rule[:1].lower()}{settings.refund_rule[1:]} "
            "Access closes with it; what you wrote stays yours to read and to take along.",
        ),
    ),
    (
        "Points and badges",
        (
            "They mark what you did. They have no money value and cannot be bought, and each one can "
            "be explained on your points page. A mistake is corrected by a visible entry with its "
            "reason.",
        ),
    ),
    (
        "When somebody must leave",
        (
            "An account used to harm others can be suspended. Its owner is told why at the next sign- "
            "in, and what they wrote is kept.",
        ),
    ),
    (
        "When these terms change",
        ("We write to you before a change that touches what you have or what you owe.",),
    ),
)


def page() -> rx.Component:
    return small_print(
        "Terms", "What we may expect of each other.", PARTS, as_of=spoken_version(ConsentKind.terms)
    )

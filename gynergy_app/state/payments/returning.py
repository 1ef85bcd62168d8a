"""What somebody is told who comes back from the page where one pays."""

from dataclasses import dataclass

from gynergy_app.state.payments.held import Card


@dataclass(frozen=True)
class Return:
    """What became of the checkout. `kind` is empty for whoever comes from none."""

    kind: str = ""
    title: str = ""
    words: str = ""


WAITING = Return(
    "waiting",
    "Confirming your subscription.",
    "This usually takes seconds. You can leave this page: nothing depends on it.",
)
SLOW = Return(
    "slow",
    "This takes longer than usual.",
    "If you have paid, nothing is lost: the journal opens by itself as soon as the payment service tells us.",
)
UNFINISHED = Return(
    "unfinished", "You have not finished.", "Nothing was charged. You can choose again below, or let it be."
)


def begun(card: Card) -> Return:
    charge = [f"{fact.name}: {fact.value}." for fact in card.facts if fact.name.endswith("charge")]
    title = "The journal is yours." if card.tone == "good" else "It has begun, and is not paid yet."
    return Return("begun", title, " ".join([card.words, *charge]))

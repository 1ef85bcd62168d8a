"""What an event that was not followed means for people, in words somebody who is no engineer can act on."""

from dataclasses import dataclass

from gynergy_app.domain.payments.inbox import Subject, subject_of
from gynergy_app.domain.payments.kinds import PurchaseStatus, SubscriptionStatus

PAID_NOW = ("checkout.session.completed", "checkout.session.async_payment_succeeded")
MONEY_BACK = ("refund.", "charge.refund")
DISPUTE = "charge.dispute."
WARNING = ("radar.", "review.")
_OPEN = frozenset({SubscriptionStatus.active, SubscriptionStatus.trialing})


@dataclass(frozen=True)
class Concerned:
    """What we hold of what an event is about. `who` is empty where nobody is known."""

    purchase: PurchaseStatus | None = None
    subscription: SubscriptionStatus | None = None
    who: str = ""

    @property
    def name(self) -> str:
        return self.who or "Somebody"


@dataclass(frozen=True)
class Meaning:
    """`harm` says who has it worse while this waits, or that nobody has."""

    what: str
    harm: str
    is_harmful: bool = False


def meaning(event_type: str, about: Concerned) -> Meaning:
    """
    >>> meaning("checkout.session.completed", Concerned(PurchaseStatus.pending, who="Ana")).harm
    'Ana has paid and has no place yet.'
    >>> meaning("price.updated", Concerned()).is_harmful
    False
    """
    match subject_of(event_type):
        case Subject.purchase if about.purchase is None and about.subscription:
            return _subscription(about)
        case Subject.purchase:
            return _purchase(event_type, about)
        case Subject.subscription | Subject.invoice:
            return _subscription(about)
        case Subject.customer:
            return _harmless("A customer changed at Stripe.", "A guest’s address may be an old one.")
        case Subject.word:
            return _harmless("A card runs out.", "Its owner may not have been told by mail.")
        case Subject.prices:
            return _harmless("A price, a product or a promotion code changed at Stripe.")
        case None:
            return _harmless("Stripe told us something we do not follow.")


def _harmless(what: str, but: str = "") -> Meaning:
    return Meaning(what, f"Nobody is harmed. {but}".strip())


def _harmful(what: str, harm: str) -> Meaning:
    return Meaning(what, harm, is_harmful=True)


def _purchase(event_type: str, about: Concerned) -> Meaning:
    if event_type in PAID_NOW:
        return _payment(about)
    if event_type.startswith(MONEY_BACK):
        return _money_back(event_type, about)
    if event_type.startswith(DISPUTE):
        return _dispute(about)
    if event_type.startswith(WARNING):
        return _harmless("Stripe warns of a payment.", "It says there what it would like to know.")
    if event_type == "payment_intent.payment_failed":
        return _harmless("A card was declined.", "Whoever tried to pay was told so on the spot.")
    return _harmless("A checkout ended without a payment.", "A seat may be kept a little longer than needed.")


def _payment(about: Concerned) -> Meaning:
    if about.purchase is None:
        return _harmful(
            "A payment arrived that names nothing of ours.",
            "Somebody may have paid and have nothing. Stripe says who it was.",
        )
    if about.purchase is PurchaseStatus.review:
        return _harmful(
            "A payment was not what was asked for.", f"{about.name} has paid and waits for a decision."
        )
    if about.purchase.was_paid:
        return _harmless("A payment was told once more.", "It is written down already.")
    return _harmful("A payment arrived.", f"{about.name} has paid and has no place yet.")


def _money_back(event_type: str, about: Concerned) -> Meaning:
    what = "Money goes back, or a refund has failed."
    if about.purchase is None:
        return _harmless(what, "It names no purchase of ours.")
    if about.purchase is PurchaseStatus.refunded:
        if event_type == "refund.failed":
            return _harmful(what, f"{about.name} is without a place, though the money may not have arrived.")
        return _harmless(what, "The refund is written down already.")
    return _harmful(what, f"Access stays open for {about.name} until this is followed.")


def _dispute(about: Concerned) -> Meaning:
    what = "A buyer’s bank asks for money back, or has decided about it."
    if about.purchase is None:
        return _harmless(what, "It names no purchase of ours.")
    if about.purchase is PurchaseStatus.disputed:
        return _harmful(what, f"{about.name} stays without access, though the bank may have decided.")
    if about.purchase is PurchaseStatus.refunded:
        return _harmless(what, "The loss is written down already.")
    return _harmful(what, f"Access stays open for {about.name} while the payment is fought over.")


def _subscription(about: Concerned) -> Meaning:
    what = "A subscription changed, or was paid for."
    if about.subscription is None:
        return _harmful(what, f"{about.name} may have paid for the journal and cannot write.")
    if about.subscription in _OPEN:
        return _harmless(
            what, "The journal is open. The state and the end we show may be older than they are."
        )
    return _harmful(what, f"{about.name} may be kept from writing although it is paid.")

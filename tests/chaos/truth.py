"""What the payment service says, read from its book: what a payment is worth, how a subscription is."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.chaos.scene import Scene

FULL = 99_700
GONE = ("needs_response", "under_review")
KINDS = ["checkout.session", "payment_intent", "refund", "dispute", "subscription", "invoice"]
_BOOK = "select data from stripe_peer.objects where object = any(%s) order by number"
Object = dict[str, Any]


@dataclass(frozen=True)
class Payment:
    """One checkout of a purchase. `intent` is empty for a gift."""

    session: str
    intent: str
    state: str
    """open, expired, waiting for a bank, failed, paid"""
    total: int
    is_as_asked: bool
    refunds: tuple[tuple[str, int, str], ...]
    disputes: tuple[str, ...]

    @property
    def standing(self) -> tuple[str, int]:
        """What a purchase is that was paid so, and how much of it went back."""
        lost = "lost" in self.disputes
        back = sum(amount for _, amount, status in self.refunds if status == "succeeded")
        back = self.total if lost else min(back, self.total)
        if lost or 0 < self.total <= back:
            return "refunded", back
        if not self.is_as_asked:
            return "review", back
        return ("disputed" if set(self.disputes) & {*GONE} else "completed"), back


@dataclass(frozen=True)
class Subscribed:
    """In the order of our columns; moments in seconds."""

    status: str
    price: str
    amount: int
    begins: int
    ends: int
    is_ending: bool
    canceled_at: int | None
    ended_at: int | None
    trial_end: int | None


@dataclass
class Truth:
    """At one moment, after one act."""

    payments: dict[str, list[Payment]] = field(default_factory=lambda: defaultdict(list))
    """By the purchase they are for."""
    subscriptions: dict[str, Subscribed] = field(default_factory=dict)
    owed_since: dict[str, int] = field(default_factory=dict)
    invoices: list[Object] = field(default_factory=list)
    objects: dict[str, Object] = field(default_factory=dict)

    def of_kind(self, kind: str, **equal: Any) -> list[Object]:
        found = (each for each in self.objects.values() if each["object"] == kind)
        return [each for each in found if all(each.get(name) == value for name, value in equal.items())]


async def read(scene: Scene) -> Truth:
    rows = await (await scene.stage.theirs.execute(_BOOK, [KINDS])).fetchall()
    truth = Truth(objects={data["id"]: data for (data,) in rows})
    for session in truth.of_kind("checkout.session", mode="payment"):
        truth.payments[session["client_reference_id"]].append(_payment(truth, session))
    for each in truth.of_kind("subscription"):
        truth.subscriptions[each["id"]] = _subscribed(each)
        owed = [
            invoice["created"] for invoice in invoices_of(truth, each["id"]) if invoice["status"] == "open"
        ]
        if owed and each["status"] == "past_due":
            truth.owed_since[each["id"]] = min(owed)
    return truth


def invoices_of(truth: Truth, subscription: str) -> list[Object]:
    found = truth.of_kind("invoice")
    named = [
        (((each["parent"] or {}).get("subscription_details") or {}).get("subscription"), each)
        for each in found
    ]
    return [invoice for name, invoice in named if name == subscription]


def _payment(truth: Truth, session: Object) -> Payment:
    intent = truth.objects.get(session["payment_intent"] or "", {})
    of_it = {"payment_intent": intent.get("id", "none")}
    asked = session["amount_total"] + session["total_details"]["amount_discount"]
    return Payment(
        session=session["id"],
        intent=intent.get("id", ""),
        state=_state(session, intent),
        total=session["amount_total"],
        is_as_asked=(asked, session["currency"]) == (FULL, "usd")
        and session["metadata"]["purchase_id"] == session["client_reference_id"],
        refunds=tuple(
            (each["id"], each["amount"], each["status"]) for each in truth.of_kind("refund", **of_it)
        ),
        disputes=tuple(each["status"] for each in truth.of_kind("dispute", **of_it)),
    )


def _state(session: Object, intent: Object) -> str:
    if session["status"] != "complete":
        return session["status"]
    if session["payment_status"] != "unpaid":
        return "paid"
    return "waiting" if intent.get("status") == "processing" else "failed"


def _subscribed(subscription: Object) -> Subscribed:
    (item,) = subscription["items"]["data"]
    return Subscribed(
        status=subscription["status"],
        price=item["price"]["id"],
        amount=item["price"]["unit_amount"],
        begins=item["current_period_start"],
        ends=item["current_period_end"],
        is_ending=subscription["cancel_at_period_end"] or bool(subscription["cancel_at"]),
        canceled_at=subscription["canceled_at"],
        ended_at=subscription["ended_at"],
        trial_end=subscription["trial_end"],
    )

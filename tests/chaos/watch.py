"""After every step: what our rows say, the payment service has said, and nothing newer was known before.

What a row may say are the standings of one thing after each act, in their order. A row may lag behind and may
skip some; it never goes back to one that is older than the one it showed before.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from tests.chaos import kept as ours
from tests.chaos import truth
from tests.chaos.kept import Kept, Row
from tests.chaos.scene import Scene
from tests.chaos.truth import Payment, Truth

PAID = ("completed", "refunded", "disputed")
OPENS_JOURNAL = ("trialing", "active", "past_due")


class Wrong(AssertionError):
    """A row that nothing justifies."""


@dataclass
class Watch:
    scene: Scene
    said: list[Truth] = field(default_factory=list)
    """After each act."""
    _known: dict[Hashable, int] = field(default_factory=dict)
    """Up to which act a row shows what was said, at the least."""

    @property
    def latest(self) -> Truth:
        return self.said[-1]

    async def listen(self) -> Truth:
        """After an act."""
        self.said.append(await truth.read(self.scene))
        return self.latest

    async def look(self) -> Kept:
        """After a step."""
        rows = await ours.read(self.scene)
        for purchase in rows.purchases:
            self._look_at_purchase(purchase)
            _look_at_codes(purchase, rows)
        for row in rows.subscriptions:
            self._look_at_subscription(row)
        for person in self.scene.people:
            if person.member:
                _look_at_access(str(person.member.id), rows)
        return rows

    def _look_at_purchase(self, row: Row) -> None:
        if row["purchase_type"] != "challenge" or row["status"] not in (*PAID, "review"):
            return
        shown = (row["status"], row["amount_refunded_cents"])
        self._require(
            ("purchase", row["id"]), f"The purchase {row['id']}", shown, lambda at: standings(row, at)
        )

    def _look_at_subscription(self, row: Row) -> None:
        name = row["stripe_subscription_id"]
        shown = ours.subscribed(row)
        self._require(
            ("subscription", name), f"The subscription {name}", shown, lambda at: [at.subscriptions.get(name)]
        )

    def _require(
        self, key: Hashable, what: str, shown: object, said: Callable[[Truth], list[object]]
    ) -> None:
        """The earliest act after which it could be shown, not before the one it showed last."""
        since = self._known.get(key, 0)
        for number in range(since, len(self.said)):
            if shown in said(self.said[number]):
                self._known[key] = number
                return
        everything = "\n    ".join(f"{n}: {said(each)}" for n, each in enumerate(self.said))
        raise Wrong(f"{what} shows {shown}, which was not said since act {since}:\n    {everything}")


def payment_of(row: Row, at: Truth) -> Payment | None:
    """The payment a purchase is linked to."""
    found = [
        each for each in at.payments[row["id"]] if each.intent == (row["stripe_payment_intent_id"] or "")
    ]
    return next((each for each in found if each.state == "paid"), None)


def standings(row: Row, at: Truth) -> list[object]:
    payment = payment_of(row, at)
    return [payment.standing] if payment else []


def _look_at_codes(row: Row, rows: Kept) -> None:
    """Two come with a place that was bought and is somebody's; unused, they are good as long as it is."""
    codes = rows.codes_of(row)
    is_hers = row["user_id"] is not None and row["purchase_type"] == "challenge"
    if row["status"] == "completed" and is_hers and len(codes) != 2:
        raise Wrong(f"The purchase {row['id']} brought {len(codes)} codes.")
    if codes and not (is_hers and row["status"] in PAID):
        raise Wrong(f"The purchase {row['id']} is {row['status']} and has codes.")
    for code in codes:
        should_be = row["status"] == "completed" and code["revoked_by"] != "giver"
        if not code["used_at"] and code["is_active"] != should_be:
            raise Wrong(f"The code {code['code']} of a purchase that is {row['status']}: {code}")


def _look_at_access(person: str, rows: Kept) -> None:
    """What is open follows from rows that were justified each by itself."""
    shown = rows.entitlements.get(person, {"has_challenge_access": False, "has_journal_access": False})
    sources = {
        row["purchase_type"]
        for row in rows.purchases
        if row["user_id"] == person and row["status"] == "completed"
    }
    subscribed = [row for row in rows.subscriptions if row["user_id"] == person]
    if shown["has_challenge_access"] is not bool(sources):
        raise Wrong(f"Access of {person} is {shown['has_challenge_access']}; sources: {sources}")
    if sources:
        came_by = "purchased" if "challenge" in sources else "friend_code"
        if shown["challenge_access_type"] != came_by:
            raise Wrong(f"Access of {person} came by {shown['challenge_access_type']}, not {came_by}.")
    is_open = any(row["status"] in OPENS_JOURNAL for row in subscribed)
    if shown["has_journal_access"] is not is_open:
        raise Wrong(f"The journal of {person}: {shown['has_journal_access']}, and {subscribed}")

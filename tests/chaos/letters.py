"""Which letters there must be in the end, and which there may be: none that nothing gave cause for."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from tests.chaos.kept import Kept
from tests.chaos.scene import Scene
from tests.chaos.truth import Truth, invoices_of
from tests.chaos.watch import PAID, Wrong, payment_of

_PROMISED = """select dedupe_key from email_messages where to_email = any(%s)
               or user_id = any(%s) order by created_at"""


async def judge(scene: Scene, rows: Kept, said: Sequence[Truth]) -> None:
    addresses = [person.email for person in scene.people]
    members = [person.member.id for person in scene.people if person.member]
    found = await (await scene.stage.ours.execute(_PROMISED, [addresses, members])).fetchall()
    promised = {key for (key,) in found}
    must, may = {*_must(rows, said[-1])}, {*_may(rows, said)}
    if missing := must - promised:
        raise Wrong(f"Letters that were not promised: {sorted(missing)}")
    if groundless := promised - must - may:
        raise Wrong(f"Letters without a cause: {sorted(groundless)}")


def _must(rows: Kept, said: Truth) -> Iterable[str]:
    for row in rows.purchases:
        if row["purchase_type"] != "challenge" or row["status"] not in (*PAID, "review"):
            continue
        payment = payment_of(row, said)
        if payment and payment.is_as_asked:
            yield f"purchase:{row['id']}"
        if row["status"] == "completed" and row["user_id"]:
            yield f"friend-codes:{row['id']}"
        for refund_id, _, status in payment.refunds if payment else ():
            if status in ("succeeded", "failed"):
                yield f"refund-{status}:{refund_id}"
    yield from _of_subscriptions(said)
    for name, subscription in said.subscriptions.items():
        for invoice in invoices_of(said, name) if subscription.status == "past_due" else ():
            if invoice["status"] == "open" and invoice["attempt_count"]:
                yield f"renewal-failed:{invoice['id']}:{invoice['attempt_count']}"


def _may(rows: Kept, said: Sequence[Truth]) -> Iterable[str]:
    yield from (f"friend-code-used:{code['id']}" for code in rows.codes if code["used_at"])
    for row in rows.purchases:
        yield f"{'checkout-expired' if row['purchase_type'] == 'challenge' else 'place-given'}:{row['id']}"
        yield from (f"friend-codes:{row['id']}",) if row["status"] in PAID else ()
        for truth in said:
            yield from (
                f"purchase-failed:{each.session}"
                for each in truth.payments[row["id"]]
                if each.state == "failed"
            )
    for truth in said:
        yield from (f"refund-{each['status']}:{each['id']}" for each in truth.of_kind("refund"))
        yield from _of_subscriptions(truth)
        for name, subscription in truth.subscriptions.items():
            if subscription.trial_end:
                yield f"subscription-trial:{name}:{_day(subscription.trial_end)}"
            yield f"subscription-begun:{name}:{name}"
            yield f"renewal-coming:{name}:{_day(subscription.ends)}"
            for invoice in invoices_of(truth, name):
                # Days that were let pass make the next try due by itself, after the last look.
                for tried in (invoice["attempt_count"], invoice["attempt_count"] + 1):
                    yield f"renewal-failed:{invoice['id']}:{tried}"


def _of_subscriptions(said: Truth) -> Iterable[str]:
    for name, subscription in said.subscriptions.items():
        if subscription.status == "canceled":
            yield f"subscription-ended:{name}:{name}"
        elif subscription.status in ("active", "trialing") and subscription.is_ending:
            yield f"subscription-ending:{name}:{_day(subscription.ends)}"


def _day(moment: int) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%Y%m%d}"

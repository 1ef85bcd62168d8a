"""Money that goes back: refunds and disputes."""

from typing import Any

import pytest
import stripe

from gynergy_app.local.postgres import Cluster
from tests.stripe import Stripe, a_stripe


async def charge_of(peer: Stripe, session: Any) -> Any:
    found = await peer.v1.charges.list_async({"payment_intent": session.payment_intent})
    return found.data[0]


async def test_a_refund_in_parts_and_no_more_than_was_paid(peer: Stripe):
    session = await peer.bought()
    about = {"payment_intent": session.payment_intent, "reason": "requested_by_customer"}

    first = await peer.v1.refunds.create_async(
        {**about, "amount": 9_700}, {"idempotency_key": f"refund:{session.id}"}
    )
    again = await peer.v1.refunds.create_async(
        {**about, "amount": 9_700}, {"idempotency_key": f"refund:{session.id}"}
    )
    partly = await charge_of(peer, session)
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded amount"):
        await peer.v1.refunds.create_async({**about, "amount": 90_001})
    await peer.v1.refunds.create_async(about)
    whole = await charge_of(peer, session)
    with pytest.raises(stripe.InvalidRequestError) as caught:
        await peer.v1.refunds.create_async(about)

    assert (first.id, first.status) == (again.id, "succeeded")
    assert (partly.amount_refunded, partly.refunded) == (9_700, False)
    assert (whole.amount_refunded, whole.refunded) == (99_700, True)
    assert caught.value.code == "charge_already_refunded"
    listed = await peer.v1.refunds.list_async({"payment_intent": session.payment_intent})
    assert sorted(refund.amount for refund in listed.data) == [9_700, 90_000]
    await peer.endpoint.wait_for("refund.created", "refund.updated", about=first.id)
    await peer.endpoint.wait_for("charge.refunded", about=whole.id)


async def test_a_refund_is_pending_until_the_bank_has_it(cluster: Cluster):
    async with a_stripe(cluster, refund_seconds=3_600) as slow:
        session = await slow.bought()
        refund = await slow.v1.refunds.create_async({"payment_intent": session.payment_intent})
        await slow.operate(f"refunds/{refund.id}/arrive")

        assert refund.status == "pending"
        assert (await slow.v1.refunds.retrieve_async(refund.id)).status == "succeeded"


async def test_a_refund_the_bank_sends_back_leaves_the_payment_whole(peer: Stripe):
    session = await peer.bought()
    await peer.operate(f"charges/{(await charge_of(peer, session)).id}/refund")
    (refund,) = (await peer.v1.refunds.list_async({"payment_intent": session.payment_intent})).data

    await peer.operate(f"refunds/{refund.id}/fail")

    failed = await peer.v1.refunds.retrieve_async(refund.id)
    charge = await charge_of(peer, session)
    assert (failed.status, failed.failure_reason) == ("failed", "expired_or_canceled_card")
    assert (charge.amount_refunded, charge.refunded) == (0, False)
    told = await peer.endpoint.wait_for("refund.failed", about=refund.id)
    assert told["data"]["object"]["status"] == "failed"


@pytest.mark.parametrize(("button", "status"), [("win", "won"), ("lose", "lost")])
async def test_a_dispute_is_opened_and_closed(button: str, status: str, peer: Stripe):
    session = await peer.bought()
    charge = await charge_of(peer, session)

    await peer.operate(f"charges/{charge.id}/dispute")
    (dispute,) = (await peer.v1.disputes.list_async({"charge": charge.id})).data
    await peer.operate(f"disputes/{dispute.id}/{button}")

    assert (dispute.status, (await charge_of(peer, session)).disputed) == ("needs_response", True)
    assert (await peer.v1.disputes.retrieve_async(dispute.id)).status == status
    await peer.endpoint.wait_for(
        "charge.dispute.created", "charge.dispute.funds_withdrawn", "charge.dispute.closed", about=dispute.id
    )


async def test_a_disputed_payment_is_refunded_only_after_the_dispute_is_won(peer: Stripe):
    won, lost = await charge_of(peer, await peer.bought()), await charge_of(peer, await peer.bought())

    async def refused(charge: stripe.Charge) -> str | None:
        with pytest.raises(stripe.InvalidRequestError) as error:
            await peer.v1.refunds.create_async({"charge": charge.id})
        return error.value.code

    for charge, button in ((won, "win"), (lost, "lose")):
        await peer.operate(f"charges/{charge.id}/dispute")
        assert await refused(charge) == "charge_disputed"
        (dispute,) = (await peer.v1.disputes.list_async({"charge": charge.id})).data
        await peer.operate(f"disputes/{dispute.id}/{button}")
        closed = await peer.v1.disputes.retrieve_async(dispute.id)
        assert closed.is_charge_refundable is (button == "win")

    assert await refused(lost) == "charge_disputed"
    refund = await peer.v1.refunds.create_async({"charge": won.id})
    assert refund.amount == won.amount


@pytest.mark.parametrize(
    ("button", "kind", "status"), [("settle", "succeeded", "paid"), ("bounce", "failed", "unpaid")]
)
async def test_the_bank_speaks_days_after_the_debit(button: str, kind: str, status: str, peer: Stripe):
    session = await peer.checkout(invoice_creation={"enabled": True})
    await peer.press(session, "debit")
    waiting = await peer.v1.checkout.sessions.retrieve_async(session.id)

    await peer.operate(f"payments/{waiting.payment_intent}/{button}")

    told = await peer.endpoint.wait_for(f"checkout.session.async_payment_{kind}", about=session.id)
    spoken = await peer.v1.checkout.sessions.retrieve_async(session.id)
    assert told["data"]["object"]["id"] == session.id
    assert (waiting.payment_status, spoken.payment_status) == ("unpaid", status)
    assert (spoken.invoice is not None) == (status == "paid")

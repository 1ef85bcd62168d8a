"""From a checkout to money, once: paid, declined, free, by a bank, too late, with a code."""

import time

import pytest
import stripe

from tests.stripe import SUCCESS, Stripe


async def test_a_guest_pays_and_the_application_is_told(peer: Stripe):
    session = await peer.checkout(customer_creation="always", metadata={"purchase_id": "p-1"})

    answer = await peer.press(session, email="guest@example.com")

    assert answer.headers["location"] == SUCCESS.replace("{CHECKOUT_SESSION_ID}", session.id)
    wanted = {"expand": ["payment_intent.latest_charge"]}
    paid = await peer.v1.checkout.sessions.retrieve_async(session.id, wanted)
    assert (paid.status, paid.payment_status, paid.amount_total) == ("complete", "paid", 99_700)
    assert paid.payment_intent.latest_charge.paid
    assert paid.customer_details.email == "guest@example.com"
    told = await peer.endpoint.wait_for("checkout.session.completed", about=session.id)
    assert told["data"]["object"]["metadata"] == {"purchase_id": "p-1"}


async def test_metadata_of_a_session_is_not_copied_down(peer: Stripe):
    session = await peer.bought(metadata={"a": "session"}, payment_intent_data={"metadata": {"a": "intent"}})

    intent = await peer.v1.payment_intents.retrieve_async(session.payment_intent)

    assert intent.metadata.to_dict() == {"a": "intent"}
    assert session.metadata.to_dict() == {"a": "session"}


async def test_a_guest_is_nobody_unless_asked_for(peer: Stripe):
    assert (await peer.bought()).customer is None
    assert (await peer.bought(customer_creation="always")).customer.startswith("cus_")
    assert (await peer.bought(invoice_creation={"enabled": True})).customer.startswith("cus_")


async def test_a_declined_card_leaves_the_checkout_open_for_another(peer: Stripe):
    session = await peer.checkout()

    page = await peer.press(session, "decline")
    declined = await peer.v1.checkout.sessions.retrieve_async(session.id)
    intent = await peer.v1.payment_intents.retrieve_async(declined.payment_intent)
    await peer.press(session, "pay")
    paid = await peer.v1.checkout.sessions.retrieve_async(session.id)

    assert "The card was declined. Nothing was charged" in page.text
    assert (declined.status, intent.status) == ("open", "requires_payment_method")
    assert intent.last_payment_error.code == "card_declined"
    assert (paid.payment_status, paid.payment_intent) == ("paid", intent.id)


async def test_the_same_name_is_the_same_card(peer: Stripe):
    cards = []
    for typed in ({"name": "Ana Silva"}, {"name": "ana silva", "email": "b@example.com"}, {"name": "Ben"}):
        session = await peer.checkout()
        await peer.press(session, **typed)
        wanted = {"expand": ["payment_intent.latest_charge"]}
        paid = await peer.v1.checkout.sessions.retrieve_async(session.id, wanted)
        cards.append(paid.payment_intent.latest_charge.payment_method_details.card.fingerprint)

    assert cards[0] == cards[1] != cards[2]


async def test_two_presses_are_one_payment(peer: Stripe):
    session = await peer.checkout(customer_creation="always")
    await peer.press(session)
    await peer.press(session)

    customer = (await peer.v1.checkout.sessions.retrieve_async(session.id)).customer
    assert len((await peer.v1.charges.list_async({"customer": customer})).data) == 1


async def test_a_bank_debit_completes_the_checkout_and_is_not_paid_yet(peer: Stripe):
    session = await peer.checkout()

    await peer.press(session, "debit")

    waiting = await peer.v1.checkout.sessions.retrieve_async(session.id, {"expand": ["payment_intent"]})
    assert (waiting.status, waiting.payment_status) == ("complete", "unpaid")
    assert waiting.payment_intent.status == "processing"


async def test_an_invoice_names_the_payment_by_its_link_alone(peer: Stripe):
    session = await peer.bought(invoice_creation={"enabled": True})

    invoice = await peer.v1.invoices.retrieve_async(session.invoice, {"expand": ["payments"]})

    assert invoice.status == "paid"
    assert invoice.payments.data[0].payment.payment_intent == session.payment_intent
    assert not {"paid", "payment_intent", "charge", "subscription", "tax", "discount"} & set(
        invoice.to_dict()
    )


async def test_a_promotion_code_takes_off_what_it_says(peer: Stripe):
    session = await peer.checkout(allow_promotion_codes=True)

    wrong = await peer.press(session, "code", code="NOPE")
    right = await peer.press(session, "code", code="tenoff")
    await peer.press(session, "pay")
    paid = await peer.v1.checkout.sessions.retrieve_async(session.id)

    assert "This code is not valid." in wrong.text
    assert "$897.30" in right.text
    assert (paid.amount_total, paid.total_details.amount_discount) == (89_730, 9_970)
    assert paid.discounts[0].promotion_code.startswith("promo_")


async def test_a_gift_needs_no_payment(peer: Stripe):
    session = await peer.checkout(allow_promotion_codes=True)
    await peer.press(session, "code", code="GIFT")

    await peer.press(session, "without")

    free = await peer.v1.checkout.sessions.retrieve_async(session.id)
    assert (free.payment_status, free.payment_intent, free.amount_total) == ("no_payment_required", None, 0)


async def test_terms_are_agreed_to_or_nothing_is_paid(peer: Stripe):
    session = await peer.checkout(consent_collection={"terms_of_service": "required"})

    page = await peer.press(session, agrees="")
    await peer.press(session)

    assert "Please agree to the terms" in page.text
    assert (await peer.v1.checkout.sessions.retrieve_async(session.id)).consent.terms_of_service == "accepted"


async def test_an_expired_checkout_is_closed_and_goes_on_by_its_recovery_link(peer: Stripe):
    recovery = {"recovery": {"enabled": True, "allow_promotion_codes": True}}
    session = await peer.checkout(after_expiration=recovery, expires_at=int(time.time()) + 3600)

    expired = await peer.v1.checkout.sessions.expire_async(session.id)
    page = await peer.press(session)
    again = await peer.browser.get(expired.after_expiration.recovery.url)
    fresh = await peer.v1.checkout.sessions.retrieve_async(again.headers["location"].rpartition("/")[2])

    assert (expired.status, expired.url) == ("expired", None)
    assert "This checkout has expired. Nothing was charged." in page.text
    assert (fresh.status, fresh.recovered_from) == ("open", session.id)
    with pytest.raises(stripe.InvalidRequestError):
        await peer.v1.checkout.sessions.expire_async(session.id)


async def test_who_was_declined_and_too_late_pays_on_a_page_of_its_own(peer: Stripe):
    metadata = {"purchase_id": "p-1"}
    session = await peer.checkout(
        after_expiration={"recovery": {"enabled": True}},
        metadata=metadata,
        payment_intent_data={"metadata": metadata},
    )
    await peer.press(session, "decline")
    expired = await peer.v1.checkout.sessions.expire_async(session.id)

    again = await peer.browser.get(expired.after_expiration.recovery.url)
    fresh = await peer.v1.checkout.sessions.retrieve_async(again.headers["location"].rpartition("/")[2])
    await peer.press(fresh)
    paid = await peer.v1.checkout.sessions.retrieve_async(fresh.id, {"expand": ["payment_intent"]})

    assert fresh.payment_intent is None
    assert (paid.payment_status, paid.recovered_from) == ("paid", session.id)
    assert paid.payment_intent.id != expired.payment_intent
    assert (paid.metadata.to_dict(), paid.payment_intent.metadata.to_dict()) == (metadata, metadata)

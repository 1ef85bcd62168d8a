"""From a payment at Stripe to access here: paid, paid later, not paid, given back, fought over."""

from uuid import UUID, uuid4

import psycopg
import pytest

from gynergy_app import clock
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.access import Door
from gynergy_app.domain.payments.codes import CodeState
from tests.features.payments.peer import Shop
from tests.features.payments.shop import access_of, codes_of, one, rows

OPEN = ("completed", Door.open, 2)
SHUT = ("refunded", Door.closed, 0)


async def standing(db: psycopg.AsyncConnection, buyer: Member) -> tuple[object, Door, int]:
    """The purchase's status, the door to the challenge, and how many codes may be used."""
    status = await one(db, "select status from purchases where user_id = %s", buyer.id)
    usable = [code for code in await codes_of(buyer, now=clock.now()) if code.state is CodeState.open]
    return status, (await access_of(buyer)).challenge(clock.now()), len(usable)


async def letters(db: psycopg.AsyncConnection, to: str) -> list[str]:
    query = "select template_key from email_messages where to_email = %s order by created_at, template_key"
    return [key for (key,) in await rows(db, query, to)]


async def test_paying_opens_the_challenge_and_brings_two_codes(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    paid = await shop.buy(buyer)
    await shop.catch_up()

    assert await standing(owner_db, buyer) == OPEN
    query = """select amount_cents, currency, stripe_payment_intent_id, stripe_customer_id,
               provider_fetched_at is not null from purchases where user_id = %s"""
    assert await rows(owner_db, query, buyer.id) == [
        (99_700, "usd", paid.payment_intent, paid.customer, True)
    ]
    assert sorted(await letters(owner_db, buyer.email)) == ["friend_codes", "purchase_made"]


async def test_a_guest_gets_her_receipt_and_no_codes_yet(shop: Shop, owner_db: psycopg.AsyncConnection):
    email = "guest.of.webhooks@example.com"

    await shop.buy(None, email=email)
    await shop.catch_up()

    query = "select status, user_id from purchases where email = %s"
    assert await rows(owner_db, query, email) == [("completed", None)]
    [context] = await rows(
        owner_db, "select context, template_key from email_messages where to_email = %s", email
    )
    assert context[1] == "purchase_made"
    assert context[0]["is_guest"] is True


async def test_a_discount_is_paid_as_agreed(shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection):
    checkout = await shop.begin(buyer, allow_promotion_codes=True)
    await shop.pay(checkout, "code", code="TENOFF")
    await shop.pay(checkout)
    await shop.catch_up()

    assert await standing(owner_db, buyer) == OPEN
    assert await one(owner_db, "select amount_cents from purchases where user_id = %s", buyer.id) == 89_730


async def test_a_gift_needs_no_payment(shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection):
    checkout = await shop.begin(buyer, allow_promotion_codes=True)
    await shop.pay(checkout, "code", code="GIFT")
    await shop.pay(checkout, "without")
    await shop.catch_up()

    assert await standing(owner_db, buyer) == OPEN
    assert sorted(await letters(owner_db, buyer.email)) == ["friend_codes", "purchase_made"]


async def test_a_declined_card_leaves_everything_open(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    checkout = await shop.begin(buyer)
    await shop.pay(checkout, "decline")
    await shop.catch_up()
    assert await standing(owner_db, buyer) == ("pending", Door.closed, 0)

    await shop.pay(checkout)
    await shop.catch_up()
    assert await standing(owner_db, buyer) == OPEN


@pytest.mark.parametrize(("button", "then"), [("settle", OPEN), ("bounce", ("failed", Door.closed, 0))])
async def test_a_bank_says_later_whether_it_pays(
    shop: Shop, buyer: Member, button: str, then: object, owner_db: psycopg.AsyncConnection
):
    waiting = await shop.pay(await shop.begin(buyer), "debit")
    await shop.catch_up()
    assert await standing(owner_db, buyer) == ("pending", Door.closed, 0)

    await shop.stripe.operate(f"payments/{waiting.payment_intent}/{button}")
    await shop.catch_up()

    assert await standing(owner_db, buyer) == then
    assert ("payment_did_not_come" in await letters(owner_db, buyer.email)) is (button != "settle")


@pytest.mark.parametrize(("button", "then"), [("settle", OPEN), ("bounce", ("failed", Door.closed, 0))])
async def test_a_bank_is_asked_for_what_a_code_has_left_of_the_price(
    shop: Shop, buyer: Member, button: str, then: object, owner_db: psycopg.AsyncConnection
):
    asked = "select amount_cents from purchases where user_id = %s"
    checkout = await shop.begin(buyer, allow_promotion_codes=True)
    await shop.pay(checkout, "code", code="TENOFF")
    waiting = await shop.pay(checkout, "debit")
    await shop.catch_up()
    assert await one(owner_db, asked, buyer.id) == waiting.amount_total == 89_730

    await shop.stripe.operate(f"payments/{waiting.payment_intent}/{button}")
    await shop.catch_up()

    assert await standing(owner_db, buyer) == then
    assert await one(owner_db, asked, buyer.id) == 89_730
    letter = "select context ->> 'amount' from email_messages where to_email = %s and template_key = any(%s)"
    said = ["purchase_made", "payment_did_not_come"]
    assert await one(owner_db, letter, buyer.email, said) == "$897.30"


async def test_after_a_bank_did_not_pay_the_price_is_asked_for_again(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    checkout = await shop.begin(buyer, allow_promotion_codes=True)
    await shop.pay(checkout, "code", code="TENOFF")
    waiting = await shop.pay(checkout, "debit")
    await shop.stripe.operate(f"payments/{waiting.payment_intent}/bounce")
    await shop.catch_up()

    await shop.buy(buyer)
    await shop.catch_up()

    assert await standing(owner_db, buyer) == OPEN
    assert await one(owner_db, "select amount_cents from purchases where user_id = %s", buyer.id) == 99_700


async def test_a_checkout_that_expired_is_closed(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    checkout = await shop.begin(buyer)
    await shop.stripe.v1.checkout.sessions.expire_async(checkout.url)
    await shop.catch_up()

    assert await standing(owner_db, buyer) == ("expired", Door.closed, 0)


@pytest.mark.parametrize("how", ["amount", "currency", "metadata"])
async def test_what_was_paid_for_another_price_or_names_another_purchase_waits_for_a_person(
    shop: Shop, buyer: Member, admin: UUID, how: str, owner_db: psycopg.AsyncConnection
):
    checkout = await shop.begin(buyer)
    await shop.pay(checkout)
    await shop.stripe.operate(f"checkouts/{checkout.url}/tamper", how=how)
    await shop.catch_up()

    assert await standing(owner_db, buyer) == ("review", Door.closed, 0)
    query = "select count(*) from notifications where user_id = %s and dedupe_key = %s"
    assert await one(owner_db, query, admin, f"money:review:{checkout.purchase_id}") == 1


async def test_what_waited_for_a_person_and_was_given_back_is_never_called_bought(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    checkout = await shop.begin(buyer)
    session = await shop.pay(checkout)
    await shop.stripe.operate(f"checkouts/{checkout.url}/tamper", how="amount")
    await shop.catch_up()
    await refund(shop, session)
    await shop.catch_up()

    assert await standing(owner_db, buyer) == ("refunded", Door.closed, 0)
    assert "purchase_made" not in await letters(owner_db, buyer.email)


async def test_a_payment_that_names_another_purchase_opens_nothing_there_and_waits_here(
    shop: Shop, buyer: Member, friend: Member, owner_db: psycopg.AsyncConnection
):
    theirs = await shop.begin(friend)
    named = {"purchase_id": str(theirs.purchase_id)}
    checkout = await shop.begin(buyer, metadata=named, payment_intent_data={"metadata": named})
    await shop.pay(checkout)
    await shop.catch_up()

    assert await standing(owner_db, buyer) == ("review", Door.closed, 0)
    assert await standing(owner_db, friend) == ("pending", Door.closed, 0)
    why = await one(owner_db, "select review_reason from purchases where id = %s", checkout.purchase_id)
    assert why == "It was begun for this purchase, and at Stripe it bears the number of another one."


async def test_a_payment_that_nothing_here_was_begun_for_is_told_to_admins(
    shop: Shop, admin: UUID, owner_db: psycopg.AsyncConnection
):
    unknown = await shop.stripe.bought(metadata={"purchase_id": str(uuid4())})
    await shop.catch_up()

    query = "select count(*) from notifications where user_id = %s and dedupe_key = %s"
    assert await one(owner_db, query, admin, f"money:unknown:{unknown.id}") == 1


async def charge_of(shop: Shop, session: object) -> str:
    intent = await shop.stripe.v1.payment_intents.retrieve_async(session.payment_intent)  # pyright: ignore[reportAttributeAccessIssue]
    return intent.latest_charge


async def refund(shop: Shop, session: object, **said: object) -> str:
    intent = session.payment_intent  # pyright: ignore[reportAttributeAccessIssue]
    made = await shop.stripe.v1.refunds.create_async({"payment_intent": intent, **said})
    return made.id


async def test_a_refund_made_at_stripe_takes_the_place_and_the_codes_back(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    session = await shop.buy(buyer)
    await shop.catch_up()

    await refund(shop, session)
    await shop.catch_up()

    assert await standing(owner_db, buyer) == SHUT
    query = """select r.status, r.amount_cents, p.amount_refunded_cents from refunds r
               join purchases p on p.id = r.purchase_id where p.user_id = %s"""
    assert await rows(owner_db, query, buyer.id) == [("succeeded", 99_700, 99_700)]
    assert (await letters(owner_db, buyer.email)).count("refund_made") == 1


async def test_a_part_given_back_changes_no_access(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    session = await shop.buy(buyer)
    await refund(shop, session, amount=10_000)
    await shop.catch_up()

    assert await standing(owner_db, buyer) == OPEN


async def test_a_row_the_desk_began_and_the_event_are_one_refund(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    session = await shop.buy(buyer)
    await shop.catch_up()
    begun = await one(
        owner_db,
        """insert into refunds (id, purchase_id, amount_cents, status)
           select gen_random_uuid(), id, 99700, 'pending' from purchases where user_id = %s returning id""",
        buyer.id,
    )

    refund_id = await refund(shop, session, metadata={"refund_id": str(begun)})
    await shop.catch_up()

    query = (
        "select id, stripe_refund_id, status from refunds where purchase_id = "
        "(select id from purchases where user_id = %s)"
    )
    assert await rows(owner_db, query, buyer.id) == [(begun, refund_id, "succeeded")]


async def test_a_dispute_freezes_and_winning_it_restores(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    session = await shop.buy(buyer)
    await shop.stripe.operate(f"charges/{await charge_of(shop, session)}/dispute")
    await shop.catch_up()
    assert await standing(owner_db, buyer) == ("disputed", Door.closed, 0)

    [dispute] = (await shop.stripe.v1.disputes.list_async({"payment_intent": session.payment_intent})).data
    await shop.stripe.operate(f"disputes/{dispute.id}/win")
    await shop.catch_up()
    assert await standing(owner_db, buyer) == OPEN


@pytest.mark.parametrize("is_told_in_between", [True, False])
async def test_a_lost_dispute_is_as_a_refund_however_it_was_told(
    shop: Shop, buyer: Member, admin: UUID, is_told_in_between: bool, owner_db: psycopg.AsyncConnection
):
    session = await shop.buy(buyer)
    await shop.stripe.operate(f"charges/{await charge_of(shop, session)}/dispute")
    if is_told_in_between:
        await shop.catch_up()
    [dispute] = (await shop.stripe.v1.disputes.list_async({"payment_intent": session.payment_intent})).data
    await shop.stripe.operate(f"disputes/{dispute.id}/lose")
    await shop.catch_up()
    await shop.catch_up()

    assert await standing(owner_db, buyer) == SHUT
    query = "select amount_refunded_cents from purchases where user_id = %s"
    assert await one(owner_db, query, buyer.id) == 99_700
    assert "A payment is disputed" in [
        title
        for (title,) in await rows(owner_db, "select title from notifications where user_id = %s", admin)
    ]


async def test_a_second_payment_for_the_same_purchase_is_for_a_person_and_its_refund_closes_nothing(
    shop: Shop, buyer: Member, admin: UUID, owner_db: psycopg.AsyncConnection
):
    checkout = await shop.begin(buyer)
    await shop.pay(checkout)
    metadata = {"purchase_id": str(checkout.purchase_id)}
    second = await shop.stripe.bought(metadata=metadata, payment_intent_data={"metadata": metadata})
    await shop.catch_up()
    await refund(shop, second)
    await shop.catch_up()

    assert await standing(owner_db, buyer) == OPEN
    query = "select count(*) from notifications where user_id = %s and title = 'A purchase was paid twice'"
    assert await one(owner_db, query, admin) == 1


async def test_a_refund_that_comes_back_opens_everything_again_and_says_so(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    session = await shop.buy(buyer)
    refund_id = await refund(shop, session)
    await shop.catch_up()
    assert await standing(owner_db, buyer) == SHUT

    await shop.stripe.operate(f"refunds/{refund_id}/fail")
    await shop.catch_up()

    assert await standing(owner_db, buyer) == OPEN
    assert (await letters(owner_db, buyer.email)).count("refund_failed") == 1
    assert (await letters(owner_db, buyer.email)).count("friend_codes") == 1


async def test_a_bank_that_warns_is_passed_on_and_closes_nothing(
    shop: Shop, buyer: Member, admin: UUID, owner_db: psycopg.AsyncConnection
):
    session = await shop.buy(buyer)
    await shop.stripe.operate(f"charges/{await charge_of(shop, session)}/warn")
    for _ in range(2):
        await shop.catch_up()

    assert await standing(owner_db, buyer) == OPEN
    query = "select count(*) from notifications where user_id = %s and title = 'A bank warns of fraud'"
    assert await one(owner_db, query, admin) == 1

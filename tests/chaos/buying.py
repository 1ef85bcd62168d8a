"""Acts: somebody buys, with an account or without, pays or does not, looks whether it arrived, and comes."""

from contextlib import AbstractAsyncContextManager
from uuid import UUID, uuid4

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import as_member, as_visitor
from gynergy_app.domain.arrivals import Arrival
from gynergy_app.domain.payments.offers import Sold
from gynergy_app.domain.payments.paying import Price
from gynergy_app.errors import GynergyError
from gynergy_app.integrations.stripe_billing import PaymentsUnavailable
from gynergy_app.repositories import webhook_events
from gynergy_app.repositories.purchases import customer_of
from gynergy_app.services import referrals
from gynergy_app.services.payments import applying, claims, pay_page, prices, purchases
from gynergy_app.services.payments.applying.purchases import PurchaseTold
from gynergy_app.services.payments.orders import Checkout, NoSuchPurchase, Order
from gynergy_app.services.payments.pay_page import Payer
from tests.chaos.kept import Kept
from tests.chaos.scene import Person, Scene, sign_up
from tests.chaos.truth import FULL, Object, Truth

CRASHES, CHEATS = 0.1, 0.04
TRIES = 4


def door(person: Person) -> AbstractAsyncContextManager[AsyncSession]:
    return as_member(person.member.id) if person.member else as_visitor()


async def follow_link(scene: Scene) -> None:
    """Before anything else: she came by a link, or did not."""
    if scene.is_invited and scene.buyer.member:
        member = scene.buyer.member
        with scene.our_time() as now:
            async with as_member(member.id) as db:
                await referrals.remember(db, member, await _link(scene), now=now)


async def begin(scene: Scene, truth: Truth, rows: Kept) -> str | None:
    """To the page where one pays; rarely, what was made there is forgotten on the way back."""
    person, is_meant = scene.buyer, scene.happens(0.25)
    known = next((each for each, owner in reversed(scene.begun.items()) if owner is person.member), None)
    known = known if scene.happens(0.5) else None
    link = await _link(scene, person)
    with scene.our_time() as now:
        order = Order(known or uuid4(), Price(FULL), person.email, scene.session_id, Arrival(link))
        try:
            async with door(person) as db:
                checkout = await purchases.begin(db, order, buyer=person.member, now=now, is_meant=is_meant)
                customer_id = await customer_of(db, person.member.id) if person.member else None
        except GynergyError as refused:
            return f"begins to buy: {type(refused).__name__}"
        scene.begun.setdefault(checkout.purchase_id, person.member)
        if checkout.overtaken:
            await _close(scene, checkout.overtaken)
        if checkout.url:
            return f"goes on with {checkout.purchase_id}"
        made = await _a_page(scene, checkout, Payer(person.email, customer_id))
        if scene.happens(CRASHES):
            return f"begins to buy {checkout.purchase_id}, and we forget the page {made['id']}"
        async with door(person) as db:
            await purchases.attach(db, checkout, made["id"], made["url"])
    return f"begins to buy {checkout.purchase_id}, attempt {checkout.attempt}: {made['id']}"


async def _a_page(scene: Scene, checkout: Checkout, payer: Payer) -> Object:
    """One page, however often the answer is lost."""
    if scene.happens(0.2):
        kind = scene.chance.choice(("drop_after_commit", "503"))
        await scene.stripe.operate("trouble", kind=kind, count=scene.chance.randint(1, 2))
    for _ in range(TRIES):
        try:
            return await pay_page.open_page(checkout, await prices.charged(Sold.challenge), payer)
        except PaymentsUnavailable:
            continue
    raise RuntimeError("The page was not made however often it was asked for.")


async def _close(scene: Scene, checkout_id: str) -> None:
    """The page of an attempt that was overtaken; one that was paid on meanwhile is taken in."""
    async with door(scene.buyer) as db:
        asked_at = await webhook_events.moment(db)
    told = await pay_page.close_page(checkout_id, asked_at)
    if told:
        await _settle(scene, told)


async def _settle(scene: Scene, told: PurchaseTold) -> None:
    with scene.our_time() as now:
        async with door(scene.buyer) as db:
            await applying.purchases.settle_payment(db, told, now=now)


async def press(scene: Scene, truth: Truth, rows: Kept) -> str | None:
    """A button on a page that is open: most of the time, the one that pays."""
    session = _any(scene, truth.of_kind("checkout.session", status="open", mode="payment"))
    if session is None:
        return None
    button = scene.chance.choices(("pay", "decline", "debit", "code", "without"), (6, 1.5, 1.5, 1, 0.5))[0]
    code = scene.chance.choice(("TENOFF", "FIFTYOFF", "GIFT", "NOSUCH")) if button == "code" else ""
    await scene.stripe.press_at(
        session["id"], button, email=scene.buyer.email, name=scene.buyer.name, code=code
    )
    if button == "pay" and scene.happens(CHEATS):
        how = scene.chance.choice(("amount", "metadata"))
        await scene.stripe.operate(f"checkouts/{session['id']}/tamper", how=how)
        return f"pays {session['id']}, with another {how}"
    return f"presses {button} {code} on {session['id']}"


async def expire(scene: Scene, truth: Truth, rows: Kept) -> str | None:
    """Her time is over; one of two such pages is found again by its link."""
    session = _any(scene, truth.of_kind("checkout.session", status="open"))
    if session is None:
        return None
    await scene.stripe.operate(f"checkouts/{session['id']}/expire")
    if session["after_expiration"] and scene.happens(0.5):
        expired = await scene.stripe.v1.checkout.sessions.retrieve_async(session["id"])
        await scene.stripe.browser.get(expired.after_expiration.recovery.url)
        return f"{session['id']} expires and is followed by another"
    return f"{session['id']} expires"


async def settle(scene: Scene, truth: Truth, rows: Kept) -> str | None:
    """Her bank has spoken."""
    intent = _any(scene, truth.of_kind("payment_intent", status="processing"))
    if intent is None:
        return None
    button = "settle" if scene.happens(0.7) else "bounce"
    await scene.stripe.operate(f"payments/{intent['id']}/{button}")
    return f"{button} {intent['id']}"


async def look(scene: Scene, truth: Truth, rows: Kept) -> str | None:
    """The page of success asks by itself, as whoever it is shown to."""
    session = _any(scene, truth.of_kind("checkout.session", mode="payment"))
    if session is None:
        return None
    async with door(scene.buyer) as db:
        asked_at = await webhook_events.moment(db)
    told = await applying.purchases.look(session["id"], asked_at)
    if told is None:
        return None
    try:
        await _settle(scene, told)
    except NoSuchPurchase:
        return f"looks at {session['id']}, which was not bought by her account"
    return f"looks at {session['id']}"


async def come(scene: Scene, truth: Truth, rows: Kept) -> str | None:
    """She signs in, for the first time or again, and what she bought without an account becomes hers.

    The link she came by is remembered by her browser, or came along with what she bought.
    """
    if scene.buyer.member is None:
        await sign_up(scene.stage, scene.buyer)
        if scene.happens(0.5):
            await follow_link(scene)
    member = scene.buyer.member
    if member is None:
        return None
    with scene.our_time() as now:
        async with as_member(member.id) as db:
            claimed = await claims.claim(db, member, now=now)
    await follow_link(scene)
    return f"comes, and claims {[str(each) for each in claimed]}"


async def _link(scene: Scene, guest: Person | None = None) -> str:
    """A guest carries it along with her order."""
    if not scene.is_invited or (guest and guest.member):
        return ""
    query = "select code from referral_codes where user_id = %s"
    giver: UUID | None = scene.giver.member.id if scene.giver.member else None
    row = await (await scene.stage.ours.execute(query, [giver])).fetchone()
    return row[0] if row else ""


def _any(scene: Scene, things: list[Object]) -> Object | None:
    return scene.chance.choice(things) if things else None

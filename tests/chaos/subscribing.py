"""Acts: the journal for a month or a year, tried out, paid, owed, paid after all, ended, taken up again."""

from collections.abc import Awaitable, Callable
from typing import Any

import stripe

from gynergy_app.domain.payments.stripe_words import USER_ID
from tests.chaos.kept import Kept
from tests.chaos.scene import Scene
from tests.chaos.truth import Object, Truth

OVER = ("canceled", "incomplete_expired")


async def subscribe(scene: Scene, truth: Truth, rows: Kept) -> str | None:
    member = scene.buyer.member
    if member is None or _living(truth):
        return None
    data: dict[str, Any] = {"metadata": {USER_ID: str(member.id)}}
    said: dict[str, Any] = {"customer_email": member.email}
    button = "pay"
    if scene.happens(0.4):
        ending = scene.chance.choice(("cancel", "pause", "create_invoice"))
        data |= {
            "trial_period_days": 14, "trial_settings": {"end_behavior": {"missing_payment_method": ending}},
        }  # fmt: skip
        if scene.happens(0.4):
            said["payment_method_collection"], button = "if_required", "without"
    price = scene.chance.choice(("journal_month", "journal_month", "journal_year"))
    session = await scene.stripe.checkout(price, subscription_data=data, **said)
    if scene.happens(0.15):
        await scene.stripe.press(session, "decline", name=member.first_name)
    await scene.stripe.press(session, button, name=member.first_name)
    return f"subscribes ({price}, {data.get('trial_period_days', 0)} days of trial, {button})"


async def let_time_pass(scene: Scene, truth: Truth, rows: Kept) -> str | None:
    """To whatever comes next for it; every third time the card is declined then."""
    found = _any(scene, _living(truth))
    if found is None:
        return None
    button = scene.chance.choices(("next", "fail", "remind", "days"), (4, 3, 1, 1))[0]
    if button == "remind" and found["status"] not in ("trialing", "active"):
        button = "days"
    await scene.stripe.operate(f"subscriptions/{found['id']}/{button}", days=scene.chance.randint(1, 8))
    return f"{found['id']}: {button}"


async def look_after_it(scene: Scene, truth: Truth, rows: Kept) -> str | None:
    found = _any(scene, _living(truth))
    if found is None:
        return None
    act = scene.chance.choices((_new_card, _end_it, _go_on, _switch, _end_now, _resume), (4, 3, 3, 2, 1, 2))[
        0
    ]
    try:
        return f"{found['id']}: {await act(scene, found)}"
    except stripe.InvalidRequestError as refused:
        return f"{found['id']}: {act.__name__} is refused ({refused.user_message})"


async def _new_card(scene: Scene, found: Object) -> str:
    button = "card" if scene.happens(0.8) else "bad_card"
    portal = await scene.stripe.v1.billing_portal.sessions.create_async({"customer": found["customer"]})
    await scene.stripe.browser.post(portal.url, data={"press": button})
    return button


async def _end_it(scene: Scene, found: Object) -> str:
    await scene.stripe.v1.subscriptions.update_async(found["id"], {"cancel_at_period_end": True})
    return "ends with what is paid"


async def _go_on(scene: Scene, found: Object) -> str:
    await scene.stripe.v1.subscriptions.update_async(found["id"], {"cancel_at_period_end": False})
    return "goes on"


async def _switch(scene: Scene, found: Object) -> str:
    (item,) = found["items"]["data"]
    key = "journal_year" if item["price"]["lookup_key"] == "journal_month" else "journal_month"
    items = [{"id": item["id"], "price": (await scene.stripe.price(key)).id}]
    await scene.stripe.v1.subscriptions.update_async(found["id"], {"items": items})
    return key


async def _end_now(scene: Scene, found: Object) -> str:
    await scene.stripe.v1.subscriptions.cancel_async(found["id"])
    return "ends now"


async def _resume(scene: Scene, found: Object) -> str:
    await scene.stripe.v1.subscriptions.resume_async(found["id"])
    return "is resumed"


Change = Callable[[Scene, Object], Awaitable[str]]


def _living(truth: Truth) -> list[Object]:
    return [each for each in truth.of_kind("subscription") if each["status"] not in OVER]


def _any(scene: Scene, things: list[Object]) -> Object | None:
    return scene.chance.choice(things) if things else None

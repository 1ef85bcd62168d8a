"""Acts: money goes back, in whole or in part, arrives or does not; a bank fights for it and wins or loses."""

import stripe

from tests.chaos.kept import Kept
from tests.chaos.scene import Scene
from tests.chaos.truth import Object, Truth


async def refund(scene: Scene, truth: Truth, rows: Kept) -> str | None:
    intent = _any(scene, truth.of_kind("payment_intent", status="succeeded"))
    if intent is None:
        return None
    part = scene.chance.choice((None, None, 10_000, intent["amount"] // 2))
    said = {"payment_intent": intent["id"], **({"amount": part} if part else {})}
    try:
        made = await scene.stripe.v1.refunds.create_async(said)
    except stripe.InvalidRequestError as refused:
        return f"a refund of {intent['id']} is refused: {refused.code}"
    if scene.happens(0.4):
        await scene.stripe.operate(f"refunds/{made.id}/arrive")
    return f"refund {made.id} of {part or 'all'} of {intent['id']}"


async def arrive(scene: Scene, truth: Truth, rows: Kept) -> str | None:
    """Most refunds do."""
    made = _any(scene, truth.of_kind("refund", status="pending"))
    if made is None:
        return None
    button = "arrive" if scene.happens(0.75) else "fail"
    await scene.stripe.operate(f"refunds/{made['id']}/{button}")
    return f"refund {made['id']}: {button}"


async def come_back(scene: Scene, truth: Truth, rows: Kept) -> str | None:
    """A bank sends back what had arrived."""
    made = _any(scene, truth.of_kind("refund", status="succeeded"))
    if made is None:
        return None
    await scene.stripe.operate(f"refunds/{made['id']}/fail")
    return f"refund {made['id']} comes back"


async def dispute(scene: Scene, truth: Truth, rows: Kept) -> str | None:
    disputed = {each["payment_intent"] for each in truth.of_kind("dispute")}
    intents = truth.of_kind("payment_intent", status="succeeded")
    intent = _any(scene, [each for each in intents if each["id"] not in disputed])
    if intent is None:
        return None
    await scene.stripe.operate(f"charges/{intent['latest_charge']}/dispute")
    return f"{intent['id']} is disputed"


async def close(scene: Scene, truth: Truth, rows: Kept) -> str | None:
    found = _any(scene, truth.of_kind("dispute", status="needs_response"))
    if found is None:
        return None
    button = scene.chance.choice(("win", "lose"))
    await scene.stripe.operate(f"disputes/{found['id']}/{button}")
    return f"dispute {found['id']}: {button}"


def _any(scene: Scene, things: list[Object]) -> Object | None:
    return scene.chance.choice(things) if things else None

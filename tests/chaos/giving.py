"""Acts: a friend uses a code, or its giver takes it back. What comes of it is worked out beforehand."""

from uuid import UUID

from gynergy_app.db import as_member
from gynergy_app.services.payments import codes, redeeming
from gynergy_app.services.payments.codes import CodeIsGone
from gynergy_app.services.payments.redeeming import CodeRefused
from tests.chaos.kept import Kept, Row
from tests.chaos.scene import Scene
from tests.chaos.truth import Truth
from tests.chaos.watch import Wrong


async def redeem(scene: Scene, truth: Truth, rows: Kept) -> str | None:
    friend = scene.friend.member
    if friend is None or not rows.codes:
        return None
    code = scene.chance.choice(rows.codes)
    should = _answer(code, rows, str(friend.id))
    with scene.our_time() as now:
        try:
            async with as_member(friend.id) as db:
                await redeeming.redeem(db, friend, code["code"], now=now)
            answer = "redeemed"
        except CodeRefused as refused:
            answer = refused.refusal.value
    if answer != should and not (answer == "cohort_full" and scene.session_id):
        raise Wrong(f"{code['code']} was {answer} and should have been {should}.")
    return f"a friend tries {code['code']}: {answer}"


async def take_back(scene: Scene, truth: Truth, rows: Kept) -> str | None:
    giver = scene.buyer.member
    if giver is None or not rows.codes:
        return None
    code = scene.chance.choice(rows.codes)
    with scene.our_time() as now:
        try:
            async with as_member(giver.id) as db:
                await codes.revoke(db, giver, UUID(code["id"]), now=now)
        except CodeIsGone:
            return f"{code['code']} cannot be taken back"
    return f"{code['code']} is taken back"


def _answer(code: Row, rows: Kept, friend: str) -> str:
    """By the rows alone: a code is good while its purchase is, once, for somebody who has no place."""
    purchase = next(row for row in rows.purchases if row["id"] == code["purchase_id"])
    if code["used_at"]:
        return "used"
    if purchase["status"] != "completed" or code["revoked_by"] == "giver":
        return "revoked"
    if any(row["user_id"] == friend and row["status"] == "completed" for row in rows.purchases):
        return "has_access"
    if any(each["used_by_id"] == friend for each in rows.codes):
        return "redeemed_before"
    return "redeemed"

"""What time brings, and then the whole account: our rows and points against what the service says."""

import itertools
from datetime import timedelta

from gynergy_app.db import as_service
from gynergy_app.domain.referrals import POINTS
from gynergy_app.jobs.reconcile import reconcile
from gynergy_app.repositories import webhook_events
from gynergy_app.services.payments import seats
from tests.chaos import buying, kept, letters, post, workers
from tests.chaos.kept import Kept, Row
from tests.chaos.scene import PLACES, Scene
from tests.chaos.truth import Truth
from tests.chaos.watch import PAID, Watch, Wrong, payment_of, standings

AN_HOUR, A_WAIT = timedelta(hours=1), timedelta(hours=8)
MOST_ROUNDS = 8
FIRST_FRIEND = 100
"""The points of the first milestone."""
_OPEN = """select event_type, status, error_message from webhook_events
           where status not in ('processed', 'ignored')"""


async def settle(scene: Scene, watch: Watch) -> None:
    """An hour later we look back; then everything is tried again until nothing is left to do."""
    if scene.buyer.member is None and scene.happens(0.7):
        scene.say(f"at last: {await buying.come(scene, watch.latest, await watch.look())}")
    await _until_nothing_is_left(scene, watch)
    if scene.buyer.member:
        scene.say(f"once more: {await buying.come(scene, watch.latest, await watch.look())}")
    await _say_it_again(scene, watch)


async def _until_nothing_is_left(scene: Scene, watch: Watch) -> None:
    left: list[tuple[str, ...]] = []
    for _ in range(MOST_ROUNDS):
        scene.ahead += AN_HOUR
        with scene.our_time() as now:
            await reconcile()
            async with as_service() as db:
                await webhook_events.release_lost(db, now=now)
                await seats.let_go(db, now=now)
        await watch.look()
        await workers.a_rush(scene)
        await watch.look()
        left = await (await scene.stage.ours.execute(_OPEN)).fetchall()
        if not left:
            return
        scene.ahead += A_WAIT
    raise Wrong(f"Never done: {left}")


async def _say_it_again(scene: Scene, watch: Watch) -> None:
    """After the end, late letters change nothing."""
    before = _without_moments(await watch.look())
    for _ in range(2):
        await post.round_trip(scene)
    await workers.a_rush(scene)
    with scene.our_time():
        report = await reconcile()
    await workers.a_rush(scene)
    after = _without_moments(await watch.look())
    if changed := [(was, now) for was, now in zip(before, after, strict=True) if was != now]:
        raise Wrong(f"After the end, something changed: {changed}")
    if report is None or report.trouble or [each for each in report.differences if each.kind != "event"]:
        raise Wrong(f"After the end, a look back found {report}")


def _without_moments(rows: Kept) -> list[Row]:
    """In one line, so that two can be compared thing by thing."""
    those = (rows.purchases, rows.codes, rows.subscriptions, rows.entitlements.values(), rows.enrollments)
    moments = ("provider_fetched_at", "updated_at")
    return [
        {name: value for name, value in each.items() if name not in moments}
        for each in itertools.chain(*those)
    ]


async def judge(scene: Scene, watch: Watch) -> None:
    rows, said = await watch.look(), watch.latest
    for row in rows.purchases:
        if row["purchase_type"] == "challenge":
            _purchase(row, said)
            _place(scene, row, rows)
    _subscriptions(scene, rows, said)
    await _refunds(scene, rows, said)
    await _points(scene, rows)
    _seats(scene, rows)
    await letters.judge(scene, rows, watch.said)


def _purchase(row: Row, said: Truth) -> None:
    attempts = said.payments[row["id"]]
    shown = (row["status"], row["amount_refunded_cents"])
    if any(each.state == "paid" for each in attempts):
        if shown not in standings(row, said):
            raise Wrong(f"In the end the purchase {row['id']} shows {shown}, and was paid: {attempts}")
        payment = payment_of(row, said)
        if payment and row["amount_cents"] != payment.total:
            raise Wrong(f"The purchase {row['id']} cost {row['amount_cents']}, not {payment.total}.")
        return
    may_be = {"open": "pending", "waiting": "pending", "failed": "failed", "expired": "expired"}
    current = [each for each in attempts if each.session == row["stripe_checkout_session_id"]]
    right = {may_be[each.state] for each in current or attempts} | (set() if current else {"pending"})
    if row["status"] not in right:
        raise Wrong(f"In the end the purchase {row['id']} is {row['status']}, not {right}: {attempts}")


def _place(scene: Scene, row: Row, rows: Kept) -> None:
    """Whoever paid for a start has it, or was told that it is gone."""
    if row["status"] != "completed" or row["user_id"] is None or row["session_id"] is None:
        return
    has_place = any(each["user_id"] == row["user_id"] for each in rows.enrollments)
    if not has_place and not row["metadata"].get("seat_lost"):
        raise Wrong(f"The purchase {row['id']} is paid and has no place.")


def _seats(scene: Scene, rows: Kept) -> None:
    for row in rows.purchases:
        is_over = row["status"] in ("refunded", "expired", "failed")
        has_come = row["status"] == "completed" and row["user_id"]
        if row["seat_held_until"] and (is_over or has_come):
            raise Wrong(f"The purchase {row['id']} is {row['status']} and holds a seat: {row}")
    taken = {each["user_id"] for each in rows.enrollments}
    if len(taken) > PLACES:
        raise Wrong(f"{len(taken)} people in {PLACES} places.")


def _subscriptions(scene: Scene, rows: Kept, said: Truth) -> None:
    shown = {row["stripe_subscription_id"]: kept.subscribed(row) for row in rows.subscriptions}
    if shown != said.subscriptions:
        raise Wrong(f"In the end the subscriptions are {shown}, and should be {said.subscriptions}")
    since = {
        row["stripe_subscription_id"]: kept.seconds(row["past_due_since"])
        for row in rows.subscriptions
        if row["past_due_since"]
    }
    if since != said.owed_since:
        raise Wrong(f"Owed since {since}, and should be {said.owed_since}")


async def _refunds(scene: Scene, rows: Kept, said: Truth) -> None:
    query = "select stripe_refund_id, amount_cents, status from refunds where purchase_id = %s"
    for row in rows.purchases:
        payment = payment_of(row, said) if row["status"] in (*PAID, "review") else None
        shown = set(await (await scene.stage.ours.execute(query, [row["id"]])).fetchall())
        should_be = set(payment.refunds) if payment else set()
        if shown != should_be:
            raise Wrong(f"The refunds of {row['id']} are {shown}, and should be {should_be}")


async def _points(scene: Scene, rows: Kept) -> None:
    """An invitation counts while the place it brought is hers, a place that is fought over too."""
    assert scene.giver.member is not None
    buyer = str(scene.buyer.member.id) if scene.buyer.member else ""
    places = [row for row in rows.purchases if row["user_id"] == buyer and row["status"] in PAID]
    query = "select coalesce(sum(final_points), 0) from points_transactions where user_id = %s"
    row = await (await scene.stage.ours.execute(query, [scene.giver.member.id])).fetchone()
    points = row[0] if row else 0
    is_hers = any(each["status"] == "completed" for each in places)
    is_fought_over = any(each["status"] == "disputed" for each in places)
    # Somebody who comes while it is fought over brings nothing yet; what was brought before stays meanwhile.
    may_be = {is_hers} if is_hers or not is_fought_over else {True, False}
    right = {POINTS + FIRST_FRIEND if each and scene.is_invited else 0 for each in may_be}
    if points not in right:
        raise Wrong(
            f"Inviting brought {points} points; places: {[(each['id'], each['status']) for each in places]}"
        )

"""What our rows say about this story's people, in one statement: nobody changes anything in between."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.chaos.scene import Scene
from tests.chaos.truth import Subscribed

Row = dict[str, Any]
_QUERY = """
    with mine as (select * from purchases where user_id = any(%(people)s) or id = any(%(purchases)s))
    select
        (select coalesce(jsonb_agg(to_jsonb(p) order by p.created_at, p.id), '[]') from mine p) as purchases,
        (select coalesce(jsonb_agg(to_jsonb(c) order by c.code), '[]') from friend_codes c
            where c.purchase_id in (select id from mine)) as codes,
        (select coalesce(jsonb_agg(to_jsonb(e) order by e.user_id), '[]') from user_entitlements e
            where e.user_id = any(%(people)s)) as entitlements,
        (select coalesce(jsonb_agg(to_jsonb(s) order by s.created_at, s.id), '[]') from subscriptions s
            where s.user_id = any(%(people)s)) as subscriptions,
        (select coalesce(jsonb_agg(to_jsonb(n) order by n.id), '[]') from session_enrollments n
            where n.session_id = %(session)s) as enrollments"""


@dataclass(frozen=True)
class Kept:
    purchases: list[Row]
    codes: list[Row]
    entitlements: dict[str, Row]
    subscriptions: list[Row]
    enrollments: list[Row]

    def codes_of(self, purchase: Row) -> list[Row]:
        return [code for code in self.codes if code["purchase_id"] == purchase["id"]]


async def read(scene: Scene) -> Kept:
    people = [person.member.id for person in scene.people if person.member]
    said = {"people": people, "purchases": list(scene.begun), "session": scene.session_id}
    row = await (await scene.stage.ours.execute(_QUERY, said)).fetchone()
    assert row is not None
    purchases, codes, entitlements, subscriptions, enrollments = row
    return Kept(
        purchases, codes, {each["user_id"]: each for each in entitlements}, subscriptions, enrollments
    )


def subscribed(row: Row) -> Subscribed:
    return Subscribed(
        status=row["status"],
        price=row["stripe_price_id"],
        amount=row["amount_cents"],
        begins=seconds(row["current_period_start"]) or 0,
        ends=seconds(row["current_period_end"]) or 0,
        is_ending=row["cancel_at_period_end"],
        canceled_at=seconds(row["canceled_at"]),
        ended_at=seconds(row["ended_at"]),
        trial_end=seconds(row["trial_end"]),
    )


def seconds(moment: str | None) -> int | None:
    return int(datetime.fromisoformat(moment).timestamp()) if moment else None

"""The desk of points and badges: what is refused and why, from when it counts, and what ledgers keep."""

from collections.abc import Mapping
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy.exc import ProgrammingError

from gynergy_app.db import as_member, as_service
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import Activity
from gynergy_app.domain.journaling import JournalType
from gynergy_app.errors import Conflict, Invalid, NotFound
from gynergy_app.models.gamification import PointValue
from gynergy_app.services.desks import by_hand, gamification
from gynergy_app.services.desks.gamification import ValueInForce
from gynergy_app.services.gamification import recompute, statement
from gynergy_app.services.journaling import pages
from tests.features.conftest import MORNING, Living

WHY = "The page was lost by us."


@pytest.fixture
async def book(owner_db: psycopg.AsyncConnection, run: UUID) -> UUID:
    row = await (await owner_db.execute("select book_id from book_sessions where id = %s", [run])).fetchone()
    assert row
    return row[0]


async def announce(
    carla: Member, book: UUID, living: Living, on_day: int, *, at_day: int, points: str = "30"
) -> UUID:
    typed = {
        "activity": "morning_journal",
        "points": points,
        "effective_on": living.day(on_day).isoformat(),
    }
    async with as_member(carla.id) as db:
        return await gamification.announce(db, carla, book, typed, now=living.at(at_day, 9))


async def test_a_value_holds_from_its_day_on(carla: Member, book: UUID, living: Living, back_as_it_was: None):
    await announce(carla, book, living, 4, at_day=1)

    earned = [(await living.morning(day)).award for day in (3, 4, 5)]

    assert [award.base for award in earned if award] == [10, 30, 30]


async def test_a_page_for_yesterday_is_worth_what_yesterday_was(
    carla: Member, book: UUID, living: Living, back_as_it_was: None
):
    await announce(carla, book, living, 4, at_day=1)
    await living.evening(3)

    async with as_member(living.member.id) as db:
        late = await pages.finish(
            db,
            living.member,
            JournalType.morning,
            MORNING,
            day=living.day(3),
            base_revision=0,
            now=living.at(4, 2),
        )

    assert late.award
    assert late.award.base == 10


@pytest.mark.parametrize("day", [0, 1, 2])
async def test_a_day_that_has_begun_somewhere_takes_no_value(
    day: int, carla: Member, book: UUID, living: Living
):
    with pytest.raises(Invalid) as refused:
        await announce(carla, book, living, day, at_day=1 if day < 2 else 2)
    assert "first possible" in refused.value.problems["effective_on"]


async def test_a_value_is_taken_back_until_its_day_comes(
    carla: Member, book: UUID, living: Living, owner_db: psycopg.AsyncConnection, back_as_it_was: None
):
    first = await announce(carla, book, living, 7, at_day=1)
    second = await announce(carla, book, living, 8, at_day=1)

    async def take_back(value: UUID, day: int) -> None:
        async with as_member(carla.id) as db:
            await gamification.take_back_value(db, carla, value, now=living.at(day, 9))

    await take_back(second, 6)
    with pytest.raises(ValueInForce):
        await take_back(first, 7)
    left = await (await owner_db.execute("select id from point_values where book_id = %s", [book])).fetchall()
    assert left == [(first,)]


async def test_one_day_has_one_value(carla: Member, book: UUID, living: Living, back_as_it_was: None):
    await announce(carla, book, living, 4, at_day=1)

    with pytest.raises(Invalid) as refused:
        await announce(carla, book, living, 4, at_day=1, points="40")
    assert "has its value" in refused.value.problems["effective_on"]


async def change_band(carla: Member, band: UUID, typed: Mapping[str, str], living: Living, day: int) -> bool:
    async with as_member(carla.id) as db:
        return await gamification.change_band(db, carla, band, typed, now=living.at(day, 9))


async def band_of(carla: Member, living: Living, shortest: int) -> tuple[UUID, dict[str, str]]:
    async with as_member(carla.id) as db:
        desk = await gamification.read(db, now=living.at(1, 9))
        [row] = [line.row for line in desk.bands if line.band.shortest == shortest]
        return row.id, (await gamification.typed_band(db, row.id)).typed()


async def test_bands_may_not_overlap(carla: Member, living: Living):
    band, typed = await band_of(carla, living, 7)

    with pytest.raises(Invalid) as refused:
        await change_band(carla, band, {**typed, "longest": "20"}, living, 1)

    said = "Streaks of 14 to 20 days are in “Streak of 14 to 29 days” already. Bands may not overlap."
    assert refused.value.problems == {"shortest": said}


async def test_a_changed_band_counts_from_now_on_and_ledgers_keep_theirs(
    carla: Member, living: Living, back_as_it_was: None
):
    for day in range(1, 9):
        await living.morning(day)
    band, typed = await band_of(carla, living, 7)
    assert await change_band(carla, band, {**typed, "multiplier": "1.4"}, living, 9) is True
    try:
        after = await living.morning(9, hour=10)
        async with as_member(living.member.id) as db:
            told = await statement.read(db, living.member, now=living.at(9, 12))
        assert after.award
        assert told
        assert str(after.award.multiplier) == "1.40"
        of_pages = [str(entry.award.multiplier) for entry in told.entries if entry.kind == "page"]
        assert of_pages[:3] == ["1.40", "1.20", "1.20"]
        assert await differences(living, 10) == []
    finally:
        await change_band(carla, band, typed, living, 10)


async def differences(living: Living, day: int) -> list[recompute.Difference]:
    async with as_service() as db:
        law = await recompute.read_law(db)
        return (await recompute.check(db, law, [living.member.id], now=living.at(day, 12))).differences


async def give(carla: Member, living: Living, points: str, reason: str = WHY, key: UUID | None = None) -> int:
    async with as_member(carla.id) as db:
        typed = {"points": points, "reason": reason}
        return await by_hand.award(db, carla, living.member.id, typed, key or uuid4(), now=living.at(2, 9))


async def test_points_by_hand_stand_in_the_ledger_with_their_reason(
    carla: Member, living: Living, owner_db: psycopg.AsyncConnection
):
    await living.morning(1)
    key = uuid4()
    await give(carla, living, "20", key=key)
    await give(carla, living, "20", key=key)

    async with as_member(living.member.id) as db:
        told = await statement.read(db, living.member, now=living.at(2, 12))

    assert told
    assert [(e.points, e.reason) for e in told.entries if e.kind is statement.Kind.hand] == [(20, WHY)]
    query = "select title, body from notifications where user_id = %s and dedupe_key like 'points:%%'"
    bell = await (await owner_db.execute(query, [living.member.id])).fetchall()
    assert bell == [("20 points were added to your ledger", WHY)]
    assert await differences(living, 3) == []


@pytest.mark.parametrize(
    ("points", "reason", "field"),
    [
        ("0", WHY, "points"),
        ("ten", WHY, "points"),
        ("99999", WHY, "points"),
        ("5", " ", "reason"),
        ("-500", WHY, "points"),
    ],
)
async def test_points_by_hand_are_refused_with_a_sentence(
    points: str, reason: str, field: str, carla: Member, living: Living
):
    with pytest.raises(Invalid) as refused:
        await give(carla, living, points, reason)
    assert set(refused.value.problems) == {field}


async def test_a_correction_is_a_row_that_reverses_and_comes_once(
    carla: Member, living: Living, owner_db: psycopg.AsyncConnection
):
    await living.morning(1)
    await give(carla, living, "20")
    query = "select id from points_transactions where user_id = %s and source_type = 'hand'"
    row = await (await owner_db.execute(query, [living.member.id])).fetchone()
    assert row

    async def take_back() -> None:
        async with as_member(carla.id) as db:
            await by_hand.take_back(db, carla, row[0], "Given twice", now=living.at(2, 10))

    await take_back()
    with pytest.raises(Conflict):
        await take_back()
    async with as_member(living.member.id) as db:
        told = await statement.read(db, living.member, now=living.at(2, 12))
    assert told
    [correction] = [entry for entry in told.entries if entry.kind is statement.Kind.correction]
    assert (correction.points, correction.reason) == (-20, "Given twice")
    assert await differences(living, 3) == []


async def test_a_correction_never_leaves_less_than_nothing(
    carla: Member, living: Living, owner_db: psycopg.AsyncConnection
):
    await give(carla, living, "20")
    await give(carla, living, "-15")
    query = "select id from points_transactions where user_id = %s and final_points = 20"
    row = await (await owner_db.execute(query, [living.member.id])).fetchone()
    assert row

    with pytest.raises(Conflict, match="There are 5 points"):
        async with as_member(carla.id) as db:
            await by_hand.take_back(db, carla, row[0], "Given twice", now=living.at(2, 10))


async def test_a_badge_is_worded_anew_and_worth_more_for_whoever_comes_next(
    carla: Member, living: Living, back_as_it_was: None
):
    await living.morning(1)
    async with as_member(carla.id) as db:
        desk = await gamification.read(db, now=living.at(2, 9))
        [line] = [line for line in desk.badges if line.badge.key == "first-morning"] or [desk.badges[0]]
        draft, words = await gamification.typed_badge(db, line.badge.id)
        assert words == line.words
        typed = {**draft.typed(), "points_reward": "77", "name": "Renamed"}
        assert await gamification.change_badge(db, carla, line.badge.id, typed, now=living.at(2, 9))
    try:
        assert await differences(living, 3) == []
    finally:
        async with as_member(carla.id) as db:
            await gamification.change_badge(db, carla, line.badge.id, draft.typed(), now=living.at(2, 10))
    assert await differences(living, 3) == []


@pytest.mark.parametrize("is_moderator", [True, False])
async def test_nobody_else_changes_what_things_are_worth(
    is_moderator: bool, carla: Member, living: Living, book: UUID, owner_db: psycopg.AsyncConnection
):
    me = living.member
    role = "moderator" if is_moderator else "member"
    await owner_db.execute("update cohort_memberships set role = %s where user_id = %s", [role, me.id])
    band, typed = await band_of(carla, living, 7)

    async def announce_as_me() -> None:
        async with as_member(me.id) as db:
            db.add(PointValue(book_id=book, activity=Activity.vision, points=99, effective_on=living.day(9)))

    async def band_as_me() -> None:
        async with as_member(me.id) as db:
            await gamification.change_band(db, me, band, {**typed, "multiplier": "9"}, now=living.at(1, 9))

    async def award_as_me() -> None:
        async with as_member(me.id) as db:
            await by_hand.award(
                db, me, carla.id, {"points": "5", "reason": WHY}, uuid4(), now=living.at(1, 9)
            )

    with pytest.raises(ProgrammingError, match="row-level security"):
        await announce_as_me()
    with pytest.raises(NotFound):
        await band_as_me()
    with pytest.raises((NotFound, ProgrammingError)):
        await award_as_me()

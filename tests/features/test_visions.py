"""The four visions: earned once, changed for good, and every earlier reading within reach."""

import asyncio
from dataclasses import replace
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import dict_row

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.journaling import DiscoveryDraft, HighestSelfDraft, MantraDraft, VisionType
from gynergy_app.errors import Invalid
from gynergy_app.services import today
from gynergy_app.services.gamification import Completion
from gynergy_app.services.journaling import NotEnrolled, WrittenElsewhere, visions
from gynergy_app.services.journaling.versions import NoSuchVersion
from gynergy_app.services.journaling.writing import SessionIsOver
from tests.features.conftest import Living, NewLiving, as_somebody
from tests.features.visions import ALL_FOUR, DISCOVERY, MANTRA, SELF, Visionary

MIND = VisionType.mantra


@pytest.fixture
def ana(living: Living) -> Visionary:
    return Visionary(living)


@pytest.fixture
def rows(owner_db: psycopg.AsyncConnection, ana: Visionary):
    """`await rows("user_visions")`: what a table holds of her."""

    async def read(table: str) -> list[dict]:
        cursor = owner_db.cursor(row_factory=dict_row)
        query = sql.SQL("select * from {} where user_id = %s").format(sql.Identifier(table))
        await cursor.execute(query, [ana.living.member.id])
        return await cursor.fetchall()

    return read


def earned(kept: Completion) -> int | None:
    return kept.award.final if kept.award and not kept.was_already else None


class TestFinishing:
    @pytest.mark.parametrize("kind", VisionType)
    async def test_each_is_worth_twenty_points_once(self, ana: Visionary, rows, kind: VisionType):
        first = await ana.finish(kind)
        again = await ana.finish(kind, base=1)

        assert (earned(first), again.was_already) == (20, True)
        assert [row["final_points"] for row in await rows("points_transactions")] == [20]

    async def test_changed_and_finished_again_it_earns_nothing_more(self, ana: Visionary, rows):
        await ana.finish(MIND)

        again = await ana.finish(MIND, MantraDraft("Slower still."), base=1, day=4)

        assert again.was_already
        assert (await ana.open(MIND)).draft == MantraDraft("Slower still.")
        assert len(await rows("points_transactions")) == 1

    async def test_many_devices_earn_it_once(self, ana: Visionary, rows):
        answers = await asyncio.gather(*(ana.finish(MIND) for _ in range(8)))

        assert sorted(earned(kept) or 0 for kept in answers) == [0] * 7 + [20]
        assert len(await rows("user_visions")) == len(await rows("points_transactions")) == 1
        assert len(await rows("vision_versions")) == 1

    async def test_the_streak_of_days_multiplies_it(self, ana: Visionary):
        for day in range(1, 8):
            await ana.living.morning(day)

        kept = await ana.finish(MIND, day=7)

        assert kept.award is not None
        assert (kept.award.final, kept.award.band) == (24, "Streak of 7 to 13 days")

    async def test_the_fourth_brings_the_badge_and_no_other_does(self, ana: Visionary):
        kept = [await ana.finish(kind) for kind in VisionType]

        assert [[badge.key for badge in each.badges] for each in kept] == [[], [], [], ["vision-complete"]]

    async def test_it_keeps_no_day_and_reaches_no_milestone(self, ana: Visionary):
        kept = await ana.finish(MIND, day=10)

        async with as_member(ana.living.member.id) as db:
            view = await today.read(db, ana.living.member, now=ana.living.at(10, 20))
        assert view is not None
        assert (view.streak_days, view.pages_by_day, kept.milestone_day) == (0, {}, None)

    async def test_all_fifteen_questions_complete_the_discovery(self, ana: Visionary):
        with pytest.raises(Invalid) as refused:
            await ana.finish(VisionType.discovery, replace(DISCOVERY, legacy="", triggers=""))

        assert set(refused.value.problems) == {"legacy", "triggers"}

    async def test_one_answer_is_enough_to_be_saved(self, ana: Visionary):
        saved = await ana.write(VisionType.discovery, DiscoveryDraft(qualities="Patience."))

        page = await ana.open(VisionType.discovery)
        assert (saved.revision, page.is_completed) == (1, False)
        assert page.draft == DiscoveryDraft(qualities="Patience.")

    async def test_before_the_session_begins_it_can_be_written_too(self, ana: Visionary):
        assert earned(await ana.finish(MIND, day=0)) == 20

    async def test_after_the_session_it_is_read_and_not_changed(self, ana: Visionary):
        await ana.finish(MIND)

        async with as_member(ana.living.member.id) as db:
            page = await visions.open_vision(db, ana.living.member, MIND, now=ana.living.at(45, 12))
        assert page.is_editable
        with pytest.raises((SessionIsOver, NotEnrolled)):
            await ana.write(MIND, MantraDraft("Too late."), base=1, day=400)

    async def test_somebody_without_a_place_is_told_so(self, new_person):
        who = as_somebody(await new_person("Sara"))
        async with as_member(who.id) as db:
            with pytest.raises(NotEnrolled):
                await visions.open_vision(db, who, MIND, now=clock.now())

    async def test_words_of_another_device_are_never_written_over(self, ana: Visionary):
        await ana.write(MIND, MantraDraft("Here."))

        with pytest.raises(WrittenElsewhere) as clash:
            await ana.write(MIND, MantraDraft("There."))

        assert clash.value.theirs == MantraDraft("Here.")


class TestVersions:
    async def test_a_sitting_leaves_one_version_however_often_it_was_saved(self, ana: Visionary, rows):
        saved = await ana.write(MIND, MantraDraft("One"))
        saved = await ana.write(MIND, MantraDraft("One two"), base=saved.revision)
        await ana.finish(MIND, MantraDraft("One two three"), base=saved.revision)

        assert [row["fields"] for row in await rows("vision_versions")] == [{"mantra": "One two three"}]

    async def test_words_that_rested_are_kept_before_they_change(self, ana: Visionary):
        await ana.write(MIND, MantraDraft("Of the morning."))

        await ana.write(MIND, MantraDraft("Of noon."), base=1, minute=11)

        (version,) = (await ana.open(MIND)).versions
        assert version.begins == "Of the morning."
        assert (await ana.read_again(MIND, version.id)).draft == MantraDraft("Of the morning.")

    async def test_words_of_a_moment_ago_belong_to_the_same_sitting(self, ana: Visionary):
        await ana.write(MIND, MantraDraft("Of the morning."))

        await ana.write(MIND, MantraDraft("Of noon."), base=1, minute=9)

        assert (await ana.open(MIND)).versions == ()

    async def test_their_age_is_counted_from_the_last_change(self, ana: Visionary):
        """Eleven minutes after the first words, five after the last: one sitting."""
        await ana.write(MIND, MantraDraft("Of the morning."))
        await ana.write(MIND, MantraDraft("Of the morning, and more."), base=1, minute=6)
        await ana.write(MIND, MantraDraft("Of noon."), base=2, minute=11)

        assert (await ana.open(MIND)).versions == ()

    async def test_a_restored_version_is_a_new_one_and_nothing_is_lost(self, ana: Visionary):
        await ana.finish(MIND, MantraDraft("First."))
        await ana.finish(MIND, MantraDraft("Second."), base=1)
        await ana.write(MIND, MantraDraft("Third, not finished."), base=2)
        first = (await ana.open(MIND)).versions[-1]

        await ana.restore(MIND, first.id)

        page = await ana.open(MIND)
        assert (page.draft, page.revision, page.is_completed) == (MantraDraft("First."), 4, True)
        begun = [version.begins for version in page.versions]
        assert begun == ["Third, not finished.", "Second.", "First."]

    async def test_what_stands_there_is_not_brought_back_once_more(self, ana: Visionary, rows):
        await ana.finish(MIND, MantraDraft("First."))
        await ana.finish(MIND, MantraDraft("Second."), base=1)
        (first,) = (await ana.open(MIND)).versions

        await ana.restore(MIND, first.id)
        before = await rows("vision_versions")
        await ana.restore(MIND, first.id)

        assert await rows("vision_versions") == before
        assert (await ana.open(MIND)).revision == 3

    async def test_every_version_can_be_brought_back(self, ana: Visionary):
        for base, text in enumerate(("One.", "Two.", "Three.", "Four.")):
            await ana.finish(MIND, MantraDraft(text), base=base)

        for version in (await ana.open(MIND)).versions:
            await ana.restore(MIND, version.id)
            assert (await ana.open(MIND)).draft == MantraDraft(version.begins)

    async def test_a_version_of_somebody_else_is_not_there(self, ana: Visionary, new_living: NewLiving):
        ben = Visionary(await new_living("Ben"))
        await ben.finish(MIND)
        await ben.finish(MIND, MantraDraft("Mine alone."), base=1)
        (theirs,) = (await ben.open(MIND)).versions

        for attempt in (ana.read_again(MIND, theirs.id), ana.restore(MIND, theirs.id)):
            with pytest.raises(NoSuchVersion):
                await attempt

    async def test_a_version_of_another_vision_is_not_there(self, ana: Visionary):
        await ana.finish(MIND)
        await ana.finish(MIND, MantraDraft("Another."), base=1)
        (version,) = (await ana.open(MIND)).versions

        with pytest.raises(NoSuchVersion):
            await ana.restore(VisionType.creed, version.id)

    async def test_restoring_in_parallel_leaves_one_reading(self, ana: Visionary, rows):
        await ana.finish(MIND, MantraDraft("First."))
        await ana.finish(MIND, MantraDraft("Second."), base=1)
        (first,) = (await ana.open(MIND)).versions

        await asyncio.gather(*(ana.restore(MIND, first.id) for _ in range(4)))

        assert [row["mantra"] for row in await rows("user_visions")] == ["First."]
        kept = {(row["revision"], row["fields"]["mantra"]) for row in await rows("vision_versions")}
        assert {(1, "First."), (2, "Second."), (3, "First.")} <= kept

    async def test_what_was_typed_on_another_device_meanwhile_clashes_and_is_not_lost(self, ana: Visionary):
        await ana.finish(MIND, MantraDraft("First."))
        await ana.finish(MIND, MantraDraft("Second."), base=1)
        (first,) = (await ana.open(MIND)).versions
        await ana.restore(MIND, first.id)

        with pytest.raises(WrittenElsewhere) as clash:
            await ana.write(MIND, MantraDraft("Second, and more."), base=2)

        assert clash.value.theirs == MantraDraft("First.")


class TestEmblem:
    async def test_it_is_kept_with_the_version_it_stood_beside(self, ana: Visionary):
        oak, rose = (f"{ana.living.member.id}/{uuid4().hex}.webp" for _ in range(2))
        await ana.give_emblem(oak)
        await ana.finish(VisionType.highest_self, base=1)
        await ana.give_emblem(rose)

        page = await ana.open(VisionType.highest_self)
        (version,) = page.versions
        assert (page.emblem, (await ana.read_again(VisionType.highest_self, version.id)).emblem) == (
            rose,
            oak,
        )
        await ana.restore(VisionType.highest_self, version.id)
        assert (await ana.open(VisionType.highest_self)).emblem == oak

    async def test_taken_away_it_can_be_brought_back(self, ana: Visionary):
        oak = f"{ana.living.member.id}/{uuid4().hex}.webp"
        await ana.give_emblem(oak)
        await ana.give_emblem(None)

        page = await ana.open(VisionType.highest_self)

        assert page.emblem == ""
        assert (await ana.read_again(VisionType.highest_self, page.versions[0].id)).emblem == oak

    async def test_it_is_not_asked_for(self, ana: Visionary):
        assert earned(await ana.finish(VisionType.highest_self, SELF)) == 20

    async def test_words_typed_before_it_arrived_are_saved_over_it(self, ana: Visionary):
        await ana.write(VisionType.highest_self, HighestSelfDraft(name="The gardener"))
        await ana.give_emblem(f"{ana.living.member.id}/{uuid4().hex}.webp")

        with pytest.raises(WrittenElsewhere) as clash:
            await ana.write(VisionType.highest_self, SELF, base=1)

        assert clash.value.theirs == HighestSelfDraft(name="The gardener")


async def test_the_overview_tells_what_is_begun_and_what_is_finished(ana: Visionary):
    await ana.finish(MIND)
    await ana.write(VisionType.creed, ALL_FOUR[VisionType.creed])

    async with as_member(ana.living.member.id) as db:
        seen = await visions.overview(db, ana.living.member, now=ana.living.at(3, 13))

    assert seen is not None
    assert {kind: glance.is_completed for kind, glance in seen.visions.items()} == {
        MIND: True,
        VisionType.creed: False,
    }
    assert (seen.finished, seen.visions[MIND].draft) == (1, MANTRA)


async def test_nobody_but_the_writer_reads_a_vision_or_its_versions(
    ana: Visionary, new_living: NewLiving, admin: UUID
):
    await ana.finish(MIND)
    ben = await new_living("Ben")
    for reader in (ben.member.id, admin):
        async with as_member(reader) as db:
            for table in ("user_visions", "vision_versions", "journey"):
                query = f"select count(*) from {table} where user_id = '{ana.living.member.id}'"
                found = await (await db.connection()).exec_driver_sql(query)
                assert found.scalar() == 0

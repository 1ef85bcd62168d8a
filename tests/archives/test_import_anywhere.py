"""An archive brought in by anybody, anywhere: its pages earn what they earned, at the hour they were kept."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.journaling import VisionType
from gynergy_app.domain.journaling.life_map import LifeMapDraft
from gynergy_app.domain.journaling.visions import MantraDraft
from gynergy_app.services import travel
from gynergy_app.services.journaling import life_map, visions
from tests.archives.bringing import bring, content_of, rebuilt
from tests.archives.conftest import Archive, archive_of
from tests.archives.test_import_ledger import differences
from tests.features.conftest import Living, NewLiving
from tests.features.weeks import CHALLENGE, Weeks


async def lived_again(living: Living, fresh: Living, tmp_path: Path) -> tuple[Archive, Archive]:
    """As it left, and as it is in the account it was brought to."""
    before = await archive_of(living)
    await bring(fresh, before, tmp_path)
    return before, await archive_of(fresh)


class TestAWeekOfMeditation:
    @pytest.fixture
    async def sat(self, living: Living) -> Living:
        weeks = Weeks(living)
        await weeks.take_up(on=3, draft=CHALLENGE)
        for day in range(8, 15):
            await weeks.sit(day)
        return living

    async def test_comes_back_finished_with_all_it_earned(
        self, sat: Living, new_living: NewLiving, tmp_path: Path
    ):
        before, after = await lived_again(sat, await new_living("Ben"), tmp_path)

        assert content_of(after) == content_of(before)

    @pytest.mark.parametrize(
        "forge",
        [
            pytest.param({"meditations": []}, id="without its sittings"),
            pytest.param({"meditations": {"reflection": ""}}, id="with empty ones"),
            pytest.param({"action_logs": {"period_key": "8"}}, id="in a week nobody sat in"),
            pytest.param({"action_logs": {"period_key": "3"}}, id="in a week that asked for something else"),
        ],
    )
    async def test_is_finished_by_its_sittings_alone(
        self, forge: dict[str, Any], sat: Living, new_living: NewLiving, tmp_path: Path
    ):
        def change(data: dict[str, Any]) -> None:
            for table, said in forge.items():
                if not said:
                    data["tables"][table] = []
                for row in data["tables"][table]:
                    if table == "meditations" or row["period_key"] == "2":
                        row |= said

        fresh = await new_living("Ben")

        await bring(fresh, rebuilt(await archive_of(sat), change), tmp_path)

        after = await archive_of(fresh)
        assert [row["is_completed"] for row in after.tables["action_logs"]] == [True, False]
        pages = [row for row in after.tables["points_transactions"] if row["source_type"] == "page"]
        assert len(pages) == 1


async def test_visions_and_how_they_read_before_keep_their_dates(
    living: Living, new_living: NewLiving, tmp_path: Path
):
    mantra, me = VisionType.mantra, living.member
    async with as_member(me.id) as db:
        for number, words in enumerate(("Slowly.", "Slowly, and then it is done.")):
            at = living.at(3 + number, 20)
            await visions.finish(db, me, mantra, MantraDraft(mantra=words), base_revision=number, now=at)
        now = living.at(5, 12)
        await life_map.keep_draft(
            db, me, LifeMapDraft(health_fitness_why="To walk."), base_revision=0, now=now
        )
        await life_map.keep_draft(
            db, me, LifeMapDraft(health_fitness_why="To run."), base_revision=1, now=living.at(6, 12)
        )

    before, after = await lived_again(living, await new_living("Ben"), tmp_path)

    assert content_of(after) == content_of(before)
    [kept] = after.tables["user_visions"]
    assert datetime.fromisoformat(kept["updated_at"]) == living.at(4, 20)
    versions = [datetime.fromisoformat(row["saved_at"]) for row in after.tables["vision_versions"]]
    assert sorted(versions) == [living.at(3, 20), living.at(4, 20), living.at(5, 12)]


async def test_nothing_was_kept_in_the_future(full: Living, new_living: NewLiving, tmp_path: Path):
    def hurry(data: dict[str, Any]) -> None:
        data["tables"]["user_visions"][0]["updated_at"] = "2099-01-01T00:00:00+00:00"

    fresh, now = await new_living("Ben"), clock.now()

    await bring(fresh, rebuilt(await archive_of(full), hurry), tmp_path)

    [kept] = (await archive_of(fresh)).tables["user_visions"]
    assert now <= datetime.fromisoformat(kept["updated_at"]) <= clock.now()


class TestAnotherZone:
    @pytest.fixture
    async def traveller(self, new_living: NewLiving) -> Living:
        """Early days in Lisbon, a week looked back on late in the evening, then two more days in Nepal."""
        lisbon = await new_living("Ana", timezone="Europe/Lisbon")
        for day in range(1, 9):
            await lisbon.morning(day, hour=7)
        await Weeks(lisbon).reflect(1, on=8, hour=22)
        async with as_member(lisbon.member.id) as db:
            await travel.change_timezone(db, lisbon.member, "Asia/Kathmandu", now=lisbon.at(8, 23))
        nepal = Living(replace(lisbon.member, timezone="Asia/Kathmandu"), lisbon.session_id)
        await nepal.morning(9, hour=7)
        await nepal.morning(10, hour=2)
        return nepal

    @pytest.mark.parametrize("timezone", ["Europe/Lisbon", "Asia/Tokyo", "America/Los_Angeles"])
    async def test_earns_the_same_at_the_same_hour(
        self, timezone: str, traveller: Living, new_living: NewLiving, tmp_path: Path
    ):
        fresh = await new_living("Ben", timezone=timezone)

        before, after = await lived_again(traveller, fresh, tmp_path)

        assert content_of(after) == content_of(before)
        assert clocks(after) == clocks(before)
        assert await differences(fresh) == []

    async def test_a_page_never_counted_is_read_by_the_clock_of_its_archive(
        self, new_living: NewLiving, tmp_path: Path
    ):
        lisbon = await new_living("Ana", timezone="Europe/Lisbon")
        for day in range(1, 6):
            await lisbon.morning(day, hour=7)
        tokyo, before = await new_living("Ben", timezone="Asia/Tokyo"), await archive_of(lisbon)

        def forget(data: dict[str, Any]) -> None:
            data["tables"]["points_transactions"] = []

        await bring(tokyo, rebuilt(before, forget), tmp_path)

        after = await archive_of(tokyo)
        assert content_of(after) == content_of(before)
        assert clocks(after) == clocks(before)

    async def test_a_clock_that_was_nowhere_is_not_believed(self, new_living: NewLiving, tmp_path: Path):
        late = await new_living("Ana")
        await late.morning(1, hour=9)

        def hurry(data: dict[str, Any]) -> None:
            for row in data["tables"]["points_transactions"]:
                row["metadata"]["local_at"] = "2026-03-02T07:59:59"

        fresh, before = await new_living("Ben"), await archive_of(late)
        await bring(fresh, rebuilt(before, hurry), tmp_path)

        assert clocks(await archive_of(fresh)) == clocks(before)


def clocks(archive: Archive) -> list[str]:
    """What her wall clock showed at the end of each page."""
    return sorted(
        row["metadata"]["local_at"]
        for row in archive.tables["points_transactions"]
        if row["source_type"] == "page"
    )

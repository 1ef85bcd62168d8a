"""The life map: as much of it as she likes, three areas for now, and nothing of it ever lost."""

import asyncio
from dataclasses import replace

import psycopg
import pytest

from gynergy_app.db import as_member
from gynergy_app.domain.journaling import CELLS, Area, LifeMapDraft
from gynergy_app.services import history
from gynergy_app.services.journaling import WrittenElsewhere, life_map
from gynergy_app.services.journaling.life_map import ThreeAtOnce
from tests.features.conftest import Living
from tests.features.visions import WHOLE_MAP, Visionary

FAITH = LifeMapDraft(spiritual_situation="Quiet, and a little dusty.")


@pytest.fixture
def ana(living: Living) -> Visionary:
    return Visionary(living)


async def pick(ana: Visionary, *areas: str) -> None:
    who = ana.living.member
    async with as_member(who.id) as db:
        await life_map.pick(db, who, areas, now=ana.living.at(3, 12))


async def hide(ana: Visionary, *areas: str) -> None:
    who = ana.living.member
    async with as_member(who.id) as db:
        await life_map.hide(db, who, areas, now=ana.living.at(3, 12))


async def test_a_single_line_is_kept(ana: Visionary):
    await ana.draw(FAITH)

    page = await ana.map()

    assert (page.draft, page.revision, page.is_editable) == (FAITH, 1, True)


async def test_an_empty_map_leaves_no_row(ana: Visionary):
    assert (await ana.draw(LifeMapDraft())).revision == 0
    assert await ana.end_sitting(LifeMapDraft()) == ()
    assert (await ana.map()).versions == ()


async def test_all_eight_areas_bring_the_badge_once(ana: Visionary):
    almost = replace(WHOLE_MAP, financial_why="")
    first = await ana.end_sitting(almost)
    second = await ana.end_sitting(WHOLE_MAP, base=1)
    third = await ana.end_sitting(WHOLE_MAP, base=2)

    assert [[badge.key for badge in each] for each in (first, second, third)] == [
        [],
        ["journey-complete"],
        [],
    ]


async def test_a_map_filled_in_and_left_open_is_rewarded_with_the_next_page(ana: Visionary):
    await ana.draw(WHOLE_MAP)

    kept = await ana.living.morning(4)

    assert "journey-complete" in {badge.key for badge in kept.badges}


async def test_the_badge_tells_how_far_it_is(ana: Visionary):
    await ana.draw(LifeMapDraft.of({name: "Said." for name in CELLS[:9]}))

    async with as_member(ana.living.member.id) as db:
        past = await history.read(db, ana.living.member, now=ana.living.at(3, 20))

    assert past is not None
    assert past.story.journey_areas == 2


async def test_many_devices_ending_at_once_leave_one_version(
    ana: Visionary, owner_db: psycopg.AsyncConnection
):
    await asyncio.gather(*(ana.end_sitting(FAITH) for _ in range(8)))

    query = "select count(*) from vision_versions where user_id = %s"
    assert await (await owner_db.execute(query, [ana.living.member.id])).fetchone() == (1,)


async def test_another_device_does_not_write_over_it(ana: Visionary):
    await ana.draw(FAITH)

    with pytest.raises(WrittenElsewhere) as clash:
        await ana.draw(LifeMapDraft(spiritual_situation="Loud."))

    assert clash.value.theirs == FAITH


async def test_every_sitting_can_be_brought_back(ana: Visionary):
    await ana.end_sitting(FAITH)
    await ana.draw(WHOLE_MAP, base=1)
    (first,) = (await ana.map()).versions

    who = ana.living.member
    async with as_member(who.id) as db:
        await life_map.restore(db, who, first.id, now=ana.living.at(3, 14))

    page = await ana.map()
    assert (page.draft, page.revision) == (FAITH, 3)
    assert len(page.versions) == 2
    async with as_member(who.id) as db:
        newest = await life_map.open_version(db, who, page.versions[0].id, now=ana.living.at(3, 14))
    assert newest.draft == WHOLE_MAP


async def test_three_areas_are_picked_and_no_fourth(ana: Visionary):
    await pick(ana, "financial", "spiritual", "health_fitness")

    with pytest.raises(ThreeAtOnce):
        await pick(ana, "financial", "spiritual", "health_fitness", "career_business")

    assert (await ana.map()).focus == (Area.spiritual, Area.health_fitness, Area.financial)


async def test_what_is_no_area_is_not_picked(ana: Visionary):
    await pick(ana, "pets", "spiritual")

    assert (await ana.map()).focus == (Area.spiritual,)


async def test_a_hidden_area_keeps_its_words_and_shows_none_of_them_in_the_list(ana: Visionary):
    await ana.end_sitting(FAITH)
    await hide(ana, "spiritual")
    await ana.draw(replace(FAITH, spiritual_why="Because."), base=1)

    page = await ana.map()

    assert page.hidden == (Area.spiritual,)
    assert page.draft.spiritual_situation == FAITH.spiritual_situation
    assert [version.begins for version in page.versions] == [""]


async def test_picking_and_hiding_change_no_word_and_stand_in_the_way_of_none(ana: Visionary):
    await ana.draw(FAITH)
    await pick(ana, "financial")
    await hide(ana, "spiritual")

    await ana.draw(replace(FAITH, spiritual_vision="Light through it."), base=1)

    page = await ana.map()
    assert (page.focus, page.hidden, page.revision) == ((Area.financial,), (Area.spiritual,), 2)

"""Visions and the life map as a browser is told about them."""

from datetime import datetime
from typing import Any, TypeVar
from uuid import uuid4

import pytest
import reflex as rx
from reflex.istate.data import ReflexURL, RouterData

from gynergy_app import routes
from gynergy_app.domain.journaling import CELLS, Area, LifeMapDraft, MantraDraft, VisionType
from gynergy_app.errors import GynergyError
from gynergy_app.services.journaling.versions import NoSuchVersion
from gynergy_app.state.journaling import (
    ChallengeState,
    HighestSelfState,
    LifeMapState,
    MantraState,
    VisionsState,
)
from gynergy_app.state.journaling.fields import as_fields
from gynergy_app.state.journaling.sheet import NotThisPage
from gynergy_app.state.journaling.writing import PAPER_TITLE
from gynergy_app.state.programs.history import HistoryState
from gynergy_app.state.programs.today import TodayState
from tests.features.conftest import Living
from tests.features.visions import ALL_FOUR, MANTRA, WHOLE_MAP, Visionary
from tests.state.test_weeks import AScreen, being, opened, press

Screen = TypeVar("Screen", bound=rx.State)
SLOWLY = as_fields(MANTRA)


def noon(living: Living) -> datetime:
    return living.at(3, 12)


async def do(handler: Any, screen: rx.State, living: Living, *arguments: object) -> Any:
    with being(living, noon(living)):
        answer = handler.fn(screen, *arguments)
        return [step async for step in answer] if hasattr(answer, "__aiter__") else await answer


async def finish(screen: Any, living: Living, fields: dict[str, str], attempt: str = "a1") -> None:
    await do(type(screen).finish, screen, living, screen.sheet.key, fields, screen.sheet.revision, attempt)


class TestAVision:
    async def test_it_is_written_for_the_whole_session(self, a_screen: AScreen, living: Living):
        screen = await opened(a_screen, MantraState, living, day=3)

        assert (screen.mode, screen.heading.day_line) == ("writing", "For your whole session")
        assert not screen.heading.is_practice
        assert not screen.heading.may_change_day

    async def test_before_day_one_it_is_no_practice(self, a_screen: AScreen, living: Living):
        screen = await opened(a_screen, MantraState, living, day=-1)

        assert (screen.mode, screen.heading.is_practice) == ("writing", False)

    async def test_finished_it_is_celebrated_and_leads_back_to_the_others(
        self, a_screen: AScreen, living: Living
    ):
        screen = await opened(a_screen, MantraState, living, day=3)

        await finish(screen, living, SLOWLY)

        told = screen.celebration
        assert (told.is_open, told.title, told.points, told.line) == (
            True,
            "Kept.",
            20,
            "Vision, Wednesday 12:00",
        )
        assert (told.closing, told.next_href) == ("", routes.VISIONS)
        assert (screen.mode, screen.heading.is_completed) == ("reading", True)

    async def test_a_finish_that_is_repeated_celebrates_once(self, a_screen: AScreen, living: Living):
        screen = await opened(a_screen, MantraState, living, day=3)
        await finish(screen, living, SLOWLY)
        await do(MantraState.close_celebration, screen, living)

        await finish(screen, living, SLOWLY)

        assert not screen.celebration.is_open

    async def test_it_may_be_changed_until_the_session_has_ended(self, a_screen: AScreen, living: Living):
        screen = await opened(a_screen, MantraState, living, day=3)
        await finish(screen, living, SLOWLY)

        assert screen.heading.open_until == "Friday 15 May"

    async def test_the_key_of_one_vision_opens_no_other(self, a_screen: AScreen, living: Living):
        mantra = await opened(a_screen, MantraState, living, day=3)
        screen = await opened(a_screen, HighestSelfState, living, day=3)

        with pytest.raises(NotThisPage):
            await do(HighestSelfState.keep, screen, living, mantra.sheet.key, {}, 0, "a1")

    async def test_other_words_standing_there_are_handed_to_the_browser(
        self, a_screen: AScreen, living: Living
    ):
        here = await opened(a_screen, MantraState, living, day=3)
        there = await opened(a_screen, MantraState, living, day=3)
        await do(MantraState.keep, there, living, there.sheet.key, {"mantra": "There."}, 0, "b1")

        await do(MantraState.keep, here, living, here.sheet.key, {"mantra": "Here."}, 0, "a1")

        assert (here.sheet.outcome, here.sheet.fields, here.sheet.revision) == (
            "elsewhere",
            {"mantra": "There."},
            1,
        )


class TestItsVersions:
    @pytest.fixture
    async def screen(self, a_screen: AScreen, living: Living) -> MantraState:
        screen = await opened(a_screen, MantraState, living, day=3)
        await finish(screen, living, as_fields(MantraDraft("First.")), "a1")
        await finish(screen, living, as_fields(MantraDraft("Second.")), "a2")
        return screen

    async def test_the_one_that_stands_there_is_not_among_them(self, screen: MantraState):
        (version,) = screen.versions

        assert (version.begins, version.saved) == ("First.", "Wednesday 4 March, 12:00")

    async def test_one_is_read_and_put_away(self, screen: MantraState, living: Living):
        (version,) = screen.versions

        await do(MantraState.look_at, screen, living, version.id)
        assert [(part.title, part.text) for part in screen.reading.parts] == [("Your mantra", "First.")]
        await do(MantraState.look_at, screen, living, version.id)
        assert screen.reading.id == ""

    async def test_brought_back_it_stands_on_the_page_and_the_other_in_the_list(
        self, screen: MantraState, living: Living
    ):
        await do(MantraState.restore, screen, living, screen.versions[0].id)

        assert (screen.sheet.fields, screen.sheet.revision) == ({"mantra": "First."}, 3)
        assert [version.begins for version in screen.versions] == ["Second.", "First."]
        assert screen.mode == "reading"

    async def test_asked_twice_it_is_brought_back_and_said_once(self, screen: MantraState, living: Living):
        (version,) = screen.versions
        await do(MantraState.look_at, screen, living, version.id)

        busy, said, focus = await do(MantraState.restore, screen, living, version.id)
        again = await do(MantraState.restore, screen, living, version.id)

        assert busy is None
        assert "That version is back" in str(said.args)
        assert PAPER_TITLE.replace("-", "_") in str(focus.args)
        assert again == [None]
        assert screen.sheet.revision == 3
        assert len(screen.versions) == 2
        assert not screen.is_restoring

    async def test_the_keyboard_goes_on_from_the_heading(self, screen: MantraState, living: Living):
        focus = await do(MantraState.edit, screen, living)

        assert PAPER_TITLE.replace("-", "_") in str(focus.args)
        assert screen.mode == "writing"

    @pytest.mark.parametrize("said", ["", "nothing", "00000000-0000-4000-8000-000000000000"])
    async def test_one_that_is_not_there_is_refused_in_a_sentence(
        self, screen: MantraState, living: Living, said: str
    ):
        with pytest.raises(NoSuchVersion) as refused:
            await do(MantraState.restore, screen, living, said)

        assert isinstance(refused.value, GynergyError)
        assert screen.sheet.fields == {"mantra": "Second."}


class TestTheEmblem:
    async def test_taken_off_it_can_be_put_back(self, a_screen: AScreen, living: Living):
        oak = f"{living.member.id}/{uuid4().hex}.webp"
        await Visionary(living).give_emblem(oak)
        screen = await opened(a_screen, HighestSelfState, living, day=3)
        assert screen.emblem == f"/media/{oak}"

        await do(HighestSelfState.remove_emblem, screen, living)
        assert screen.emblem == ""
        await do(HighestSelfState.put_back, screen, living, oak)

        assert screen.emblem == f"/media/{oak}"

    async def test_a_picture_of_somebody_else_is_not_taken(self, a_screen: AScreen, living: Living):
        screen = await opened(a_screen, HighestSelfState, living, day=3)

        with pytest.raises(NotThisPage):
            await do(HighestSelfState.put_back, screen, living, f"{uuid4()}/{uuid4().hex}.webp")


class TestTheHub:
    async def test_it_says_what_is_begun_and_what_is_kept(self, a_screen: AScreen, living: Living):
        ana = Visionary(living)
        await ana.finish(VisionType.mantra)
        await ana.write(VisionType.discovery, ALL_FOUR[VisionType.discovery].of({"qualities": "Patience."}))

        screen = await opened(a_screen, VisionsState, living, day=3)

        cards = {card.name: card for card in screen.cards}
        assert list(cards) == ["Highest self", "Mantra", "Creed", "Discovery"]
        assert (cards["Mantra"].begins, cards["Mantra"].is_finished) == (MANTRA.mantra, True)
        assert cards["Discovery"].note.startswith("1 of 15 answered.")
        assert cards["Creed"].note == "Not begun. About twenty minutes."
        assert (screen.lede, screen.map_note) == (
            "One of four kept.",
            "Eight areas of a life. Nothing is written on it yet.",
        )

    async def test_nothing_of_an_area_out_of_sight_is_drawn(self, a_screen: AScreen, living: Living):
        await Visionary(living).draw(LifeMapDraft(spiritual_situation="Quiet."))
        mapped = await opened(a_screen, LifeMapState, living, day=3)
        await do(LifeMapState.hide, mapped, living, "spiritual")

        screen = await opened(a_screen, VisionsState, living, day=3)

        assert screen.radar.first.path == ""


class TestTheLifeMap:
    @pytest.fixture
    async def screen(self, a_screen: AScreen, living: Living) -> LifeMapState:
        return await opened(a_screen, LifeMapState, living, day=3)

    async def write(self, screen: LifeMapState, living: Living, attempt: str = "k1", **said: str) -> None:
        fields = {**screen.sheet.fields, **said}
        await do(LifeMapState.keep, screen, living, screen.sheet.key, fields, screen.sheet.revision, attempt)

    async def test_the_browser_is_given_every_cell(self, screen: LifeMapState):
        assert set(screen.sheet.fields) == set(CELLS)

    async def test_the_drawing_and_the_table_say_the_same(self, screen: LifeMapState, living: Living):
        await self.write(
            screen, living, spiritual_situation="Quiet and a little dusty", spiritual_why="Home."
        )

        row = screen.areas["spiritual"]
        assert (row.now, row.why) == ("5 words", "1 word")
        assert "Spirit: now and vision 5 words, why and strategy 1 word." in screen.radar.says
        assert (len(screen.radar.first.dots), len(screen.radar.second.dots)) == (1, 1)

    async def test_it_grows_with_every_save(self, screen: LifeMapState, living: Living):
        before = screen.radar
        await self.write(screen, living, financial_vision="Enough, and a little more.")

        assert screen.radar != before

    async def test_picked_areas_fold_the_others(self, screen: LifeMapState, living: Living):
        for area in ("financial", "spiritual"):
            await do(LifeMapState.pick, screen, living, area)

        assert [name for name, row in screen.areas.items() if not row.is_folded] == ["spiritual", "financial"]
        assert screen.others == "The other six areas"
        await do(LifeMapState.show_all, screen, living)
        assert not any(row.is_folded for row in screen.areas.values())

    async def test_a_fourth_is_refused_and_taking_one_back_makes_room(
        self, screen: LifeMapState, living: Living
    ):
        for area in ("financial", "spiritual", "health_fitness"):
            await do(LifeMapState.pick, screen, living, area)

        refused = await do(LifeMapState.pick, screen, living, "career_business")
        assert refused is not None
        assert len(screen.focus) == 3
        await do(LifeMapState.pick, screen, living, "financial")
        await do(LifeMapState.pick, screen, living, "career_business")

        assert screen.focus == ["spiritual", "health_fitness", "career_business"]

    async def test_what_is_picked_and_hidden_is_there_on_the_next_visit(
        self, screen: LifeMapState, living: Living, a_screen: AScreen
    ):
        await do(LifeMapState.pick, screen, living, "financial")
        await do(LifeMapState.hide, screen, living, "spiritual")

        again = await opened(a_screen, LifeMapState, living, day=4)

        assert (again.focus, again.hidden) == (["financial"], ["spiritual"])
        assert again.areas["spiritual"].is_covered

    async def test_a_hidden_area_is_seen_when_asked_for_and_never_by_itself(
        self, screen: LifeMapState, living: Living
    ):
        await self.write(screen, living, spiritual_situation="Quiet.")
        await do(LifeMapState.hide, screen, living, "spiritual")
        assert "Spirit:" not in screen.radar.says

        await do(LifeMapState.uncover, screen, living, "spiritual")
        assert not screen.areas["spiritual"].is_covered
        assert "Spirit:" in screen.radar.says
        await do(LifeMapState.uncover, screen, living, "spiritual")
        assert screen.areas["spiritual"].is_covered

    async def test_a_visit_begins_with_what_is_hidden_out_of_sight(
        self, screen: LifeMapState, living: Living
    ):
        await do(LifeMapState.hide, screen, living, "spiritual")
        await do(LifeMapState.uncover, screen, living, "spiritual")

        await do(LifeMapState.cover, screen, living)

        assert screen.areas["spiritual"].is_covered

    async def test_a_line_found_again_covers_nothing_she_has_just_revealed(
        self, screen: LifeMapState, living: Living
    ):
        for area in ("spiritual", "financial"):
            await do(LifeMapState.hide, screen, living, area)
        await do(LifeMapState.uncover, screen, living, "spiritual")

        await do(LifeMapState.open, screen, living)

        assert not screen.areas["spiritual"].is_covered
        assert screen.areas["financial"].is_covered

    async def test_a_version_shows_nothing_of_a_hidden_area(self, screen: LifeMapState, living: Living):
        await finish(screen, living, as_fields(LifeMapDraft(spiritual_why="Home.", financial_why="Freedom.")))
        await self.write(screen, living, financial_why="Rest.")
        await do(LifeMapState.hide, screen, living, "spiritual")
        await do(LifeMapState.look_at, screen, living, await self._only_version(screen, living))

        assert [part.text for part in screen.reading.parts] == ["Freedom."]
        assert screen.reading.note == "One area of it not shown here."

    async def _only_version(self, screen: LifeMapState, living: Living) -> str:
        await do(LifeMapState.open, screen, living)
        (version,) = screen.versions
        return version.id

    async def test_a_sitting_ends_without_a_party_and_goes_on_writing(
        self, screen: LifeMapState, living: Living
    ):
        await finish(screen, living, as_fields(LifeMapDraft(financial_why="Freedom.")))

        assert (screen.mode, screen.celebration.is_open, screen.sheet.revision) == ("writing", False, 1)

    async def test_the_whole_map_is_celebrated_once(self, screen: LifeMapState, living: Living):
        await finish(screen, living, as_fields(WHOLE_MAP))

        told = screen.celebration
        assert (told.is_open, told.points, told.rows) == (True, 0, ())
        assert [badge.key for badge in told.badges] == ["journey-complete"]
        assert told.line == "Life map, Wednesday 12:00"
        await do(LifeMapState.close_celebration, screen, living)
        await finish(screen, living, as_fields(WHOLE_MAP), "a2")
        assert not screen.celebration.is_open

    async def test_no_id_of_hers_is_sent_but_in_the_name_of_the_page(
        self, screen: LifeMapState, living: Living
    ):
        assert str(living.member.id) not in str(screen.dict()).replace(screen.sheet.key, "")

    async def test_every_area_has_its_row(self, screen: LifeMapState):
        assert set(screen.areas) == {area.value for area in Area}


async def test_the_week_of_the_vision_table_leads_to_the_map(a_screen: AScreen, living: Living):
    fifth = (await opened(a_screen, TodayState, living, day=29)).view.week
    fourth = (await opened(a_screen, TodayState, living, day=22)).view.week
    challenge = await opened(a_screen, ChallengeState, living, day=29)

    assert [row.href for row in fifth.rows if row.name == "Life map"] == [routes.LIFE_MAP]
    assert [row for row in fourth.rows if row.name == "Life map"] == []
    assert challenge.ask.has_map


async def test_history_shows_the_visions_that_are_begun(a_screen: AScreen, living: Living):
    await Visionary(living).finish(VisionType.mantra)
    screen = await a_screen(HistoryState)
    screen.router = RouterData(url=ReflexURL(f"http://localhost{routes.HISTORY}"))

    with being(living, living.at(4, 12)):
        await press(HistoryState.open, screen)

    assert [(card.name, card.begins) for card in screen.visions] == [("Mantra", MANTRA.mantra)]

"""What the visions and the life map ask for, and how much of them is written."""

from dataclasses import fields

import pytest

from gynergy_app.domain.journaling import (
    ASPECTS,
    CELLS,
    VISION_DRAFTS,
    Area,
    Aspect,
    CreedDraft,
    DiscoveryDraft,
    Draft,
    HighestSelfDraft,
    LifeMapDraft,
    MantraDraft,
    Side,
    VisionType,
    answered,
    areas_of,
    cell,
    first_words,
)
from gynergy_app.models.journaling import UserVision
from gynergy_app.models.journey import Journey

SELF = {"name": "The gardener", "abilities": "Waits", "purpose": "To grow things", "traits": "Calm"}


@pytest.mark.parametrize(
    ("draft", "open_fields"),
    [
        (HighestSelfDraft.of(SELF), set()),
        (HighestSelfDraft.of({**SELF, "traits": " "}), {"traits"}),
        (HighestSelfDraft(), {"name", "abilities", "purpose", "traits"}),
        (MantraDraft("Slowly."), set()),
        (MantraDraft.of({"mantra": "\n"}), {"mantra"}),
        (CreedDraft("I stand by my word."), set()),
        (CreedDraft(), {"creed"}),
        (DiscoveryDraft(*["said"] * 15), set()),
        (DiscoveryDraft(*["said"] * 14), {"contributions"}),
        (LifeMapDraft(), set()),
    ],
)
def test_what_a_vision_asks_for(draft: Draft, open_fields: set[str]):
    assert set(draft.problems()) == open_fields


@pytest.mark.parametrize(("words", "is_kept"), [(1, True), (1000, True), (1001, False)])
def test_a_mantra_holds_a_thousand_words(words: int, is_kept: bool):
    assert (not MantraDraft(" ".join(["om"] * words)).too_long()) is is_kept


def test_a_single_endless_word_is_refused_as_well():
    assert MantraDraft("o" * 10_001).too_long()


@pytest.mark.parametrize("kind", VisionType)
def test_every_question_has_its_column(kind: VisionType):
    assert {field.name for field in fields(VISION_DRAFTS[kind])} <= set(UserVision.model_fields)


def test_every_cell_of_the_map_has_its_column_and_its_field():
    assert {field.name for field in fields(LifeMapDraft)} == set(CELLS)
    assert set(CELLS) <= set(Journey.model_fields)
    assert len(CELLS) == 32


def test_the_sixteen_panels_hold_every_cell_once():
    panels = [cell(area, aspect) for area in Area for side in Side for aspect in ASPECTS[side]]

    assert (sorted(panels), len(list(Area)) * len(list(Side))) == (sorted(CELLS), 16)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, 0),
        ({"spiritual_situation": "Quiet and a little dusty"}, 5),
        ({"spiritual_situation": "Quiet", "spiritual_vision": "Light  through\nit"}, 4),
        ({"spiritual_why": "This is in the other panel"}, 0),
        ({"financial_situation": "This is another area"}, 0),
    ],
)
def test_a_panel_counts_the_words_that_stand_in_it(said: dict[str, str], words: int):
    assert LifeMapDraft.of(said).words_in(Area.spiritual, Side.now_and_vision) == words


def test_an_area_is_filled_in_by_all_four_answers():
    three = {
        cell(Area.financial, aspect): "Said." for aspect in (Aspect.situation, Aspect.vision, Aspect.why)
    }
    all_four = {cell(Area.spiritual, aspect): "Said." for aspect in Aspect}
    draft = LifeMapDraft.of({**three, **all_four})

    assert (draft.filled, draft.begun) == ((Area.spiritual,), (Area.spiritual, Area.financial))


def test_areas_are_named_once_and_in_the_order_of_the_map():
    assert areas_of(["financial", "nothing", "spiritual", "financial"]) == (Area.spiritual, Area.financial)


@pytest.mark.parametrize(("draft", "count"), [(MantraDraft(), 0), (DiscoveryDraft(qualities="Patience."), 1)])
def test_how_many_questions_are_answered(draft: Draft, count: int):
    assert answered(draft) == count


@pytest.mark.parametrize(
    ("texts", "begins"),
    [
        ({"mantra": ""}, ""),
        ({"mantra": "Short."}, "Short."),
        ({"name": "", "purpose": "Two  lines"}, "Two lines"),
        ({"mantra": "one two three four"}, "one two…"),
        ({"mantra": "onewordwithoutanend"}, "onewordwit…"),
    ],
)
def test_a_list_shows_how_a_text_begins(texts: dict[str, str], begins: str):
    assert first_words(texts, 10) == begins

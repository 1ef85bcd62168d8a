"""What a page asks for, and what happens to whatever a browser may send."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gynergy_app.domain.journaling import (
    ACTION_STARTERS,
    EVENING_STARTERS,
    FIELD_LIMIT,
    MORNING_STARTERS,
    PHOTO_LIMIT,
    ActionDraft,
    Draft,
    EveningDraft,
    MorningDraft,
    ShortDraft,
    differences,
)
from gynergy_app.domain.text import tidy

MORNING = MorningDraft(
    affirmations=("I am awake",) * 5,
    gratitudes=("Tea", "Rain", "Ben"),
    excitements=("Lunch", "A walk", "The letter"),
    mantra="Slowly",
    mood_score=7,
    mood_contribution="Slept well",
)
EVENING = EveningDraft(
    insight="Enough is a decision",
    insight_impact="I stop earlier",
    success="I called",
    changes="Phone in the hall",
    dreams=("I am at the sea",) * 5,
    mood_score=8,
)
ACTION = ActionDraft(is_done=True, reflection="Warm")
DRAFTS: list[type[Draft]] = [MorningDraft, EveningDraft, ActionDraft, ShortDraft]


@pytest.mark.parametrize(
    "draft", [MORNING, EVENING, ACTION, ShortDraft(success="Rest", insight="I needed it")]
)
def test_a_whole_page_is_complete(draft: Draft):
    assert draft.is_complete
    assert not draft.is_empty


@pytest.mark.parametrize("kind", DRAFTS)
def test_an_empty_page_is_empty_and_keeps_nothing_back(kind: type[Draft]):
    assert kind().is_empty
    assert kind.of({}).is_empty
    assert kind.of({}).problems()
    assert not kind.of({}).too_long()


@pytest.mark.parametrize(
    ("page", "optional"),
    [(MORNING, {"captured_essence"}), (EVENING, {"freeflow"}), (ACTION, {"note", "items"})],
)
def test_everything_but_the_optional_is_asked_for(page: Draft, optional: set[str]):
    kind, written = type(page), page.as_dict()
    asked = {field for field in written if field in kind.of({**written, field: None}).problems()}

    assert not asked & optional
    assert asked == {field for field in written if written[field] and field != "images"}


def test_each_missing_field_has_a_sentence_in_the_order_of_the_page():
    problems = MorningDraft().problems()

    assert list(problems) == [
        "affirmations",
        "gratitudes",
        "excitements",
        "mantra",
        "mood_score",
        "mood_contribution",
    ]
    assert all(sentence.endswith(".") for sentence in problems.values())


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["Tea"], "Two of three lines are still open."),
        (["Tea", " \n", "Ben"], "One of three lines is still open."),
        ([], "Three short lines belong here. A few words each are enough."),
    ],
)
def test_open_lines_are_counted(lines: list[str], said: str):
    assert MorningDraft.of({"gratitudes": lines}).problems()["gratitudes"] == said


@pytest.mark.parametrize(
    ("done", "asked"),
    [(None, {"is_done"}), (True, {"reflection"}), (False, {"obstacles"}), ("yes", {"is_done"})],
)
def test_an_action_asks_how_it_felt_or_what_was_in_the_way(done: object, asked: set[str]):
    assert set(ActionDraft.of({"is_done": done}).problems()) == asked


@pytest.mark.parametrize(
    ("sent", "mood"),
    [
        (1, 1),
        (10, 10),
        ("7", 7),
        (0, None),
        (11, None),
        (-3, None),
        (5.5, None),
        (True, None),
        ("٣", None),
        ("999999999999", None),
        ([7], None),
        (float("nan"), None),
        (None, None),
    ],
)
def test_a_mood_is_a_whole_number_from_one_to_ten(sent: object, mood: int | None):
    assert EveningDraft.of({"mood_score": sent}).mood_score == mood


@pytest.mark.parametrize("text", ["", " \n\t ", "\u200b\u200d", "\x00\x01", "\ufeff", "\u3000"])
def test_what_cannot_be_seen_is_not_an_answer(text: str):
    assert "mantra" in MorningDraft.of({**MORNING.as_dict(), "mantra": text}).problems()


def test_text_arrives_as_it_was_meant():
    sent = "  Cafe\u0301 \x00with\x1b[31m Ana\r\n👩‍👩‍👧 \ud800ende  "

    assert MorningDraft.of({"mantra": sent}).mantra == "Café with[31m Ana\n👩‍👩‍👧 ende"


@pytest.mark.parametrize("length", [FIELD_LIMIT, FIELD_LIMIT + 1, 250_000])
def test_no_text_is_ever_cut(length: int):
    draft = EveningDraft.of({**EVENING.as_dict(), "insight": "ä" * length})

    assert len(draft.insight) == length
    assert draft.is_complete is (length <= FIELD_LIMIT)
    assert set(draft.too_long()) == (set() if length <= FIELD_LIMIT else {"insight"})


def test_a_single_long_line_is_named_by_its_list():
    draft = MorningDraft.of({**MORNING.as_dict(), "gratitudes": ["Tea", "Rain", "x" * 10_001]})

    assert "10,001 characters" in draft.problems()["gratitudes"]


def test_too_many_photos_are_refused_and_not_dropped():
    keys = [f"photo-{n}" for n in range(PHOTO_LIMIT + 1)]
    draft = ActionDraft.of({"is_done": True, "reflection": "Warm", "images": keys})

    assert list(draft.images) == keys
    assert "take some out" in draft.problems()["images"]


def test_lines_keep_their_places_and_lists_close_their_gaps():
    assert MorningDraft.of({"gratitudes": ["", "Rain"]}).gratitudes == ("", "Rain", "")
    assert ActionDraft.of({"items": ["Tea", "", "Rain"]}).items == ("Tea", "Rain")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=12), inner, max_size=6),
    max_leaves=12,
)
FIELDS = sorted({name for kind in DRAFTS for name in kind().as_dict()})


@given(st.sampled_from(DRAFTS), st.dictionaries(st.sampled_from(FIELDS), json_values) | json_values)
def test_nothing_a_browser_sends_breaks_a_draft(kind: type[Draft], sent: Any):
    draft = kind.of(sent)

    assert kind.of(draft.as_dict()) == draft
    assert json.loads(json.dumps(draft.as_dict())) == draft.as_dict()
    assert set(draft.problems()) <= set(draft.as_dict())
    assert draft.too_long().keys() <= draft.problems().keys()


any_text = st.text(
    st.characters(codec=None) | st.sampled_from("\x00\ud800\u200b\u202e\r\n👩‍👧é"), max_size=60
)


@given(any_text)
def test_tidied_text_can_always_be_stored_and_is_stable(text: str):
    kept = tidy(text)

    assert "\x00" not in kept
    kept.encode()
    assert tidy(kept) == kept


@pytest.mark.parametrize(
    ("draft", "starters"),
    [(MORNING, MORNING_STARTERS), (EVENING, EVENING_STARTERS), (ACTION, ACTION_STARTERS)],
)
def test_every_field_of_words_has_three_ways_to_begin(draft: Draft, starters: dict[str, tuple[str, ...]]):
    worded = set(draft.as_dict()) - {"mood_score", "is_done", "images"}

    assert set(starters) == worded
    assert all(len(set(ways)) == 3 and all(way.endswith("…") for way in ways) for ways in starters.values())


def test_differences_name_the_fields_in_the_order_of_the_page():
    theirs = MorningDraft.of({**MORNING.as_dict(), "mood_score": 4, "gratitudes": ["Tea", "Snow", "Ben"]})

    found = differences(MORNING, theirs)

    assert [(one.field, one.mine, one.theirs) for one in found] == [
        ("gratitudes", "Tea\nRain\nBen", "Tea\nSnow\nBen"),
        ("mood_score", "7", "4"),
    ]
    assert all(one.is_contested for one in found)


def test_a_side_that_is_empty_contests_nothing():
    [found] = differences(ActionDraft(is_done=True), ActionDraft(is_done=True, note="Flowers"))

    assert not found.is_contested


def test_yes_and_no_differ_in_words():
    [found] = differences(ActionDraft(is_done=False), ActionDraft(is_done=True))

    assert (found.mine, found.theirs, found.is_contested) == ("No", "Yes", True)


@given(st.sampled_from(DRAFTS), json_values, json_values)
def test_a_draft_differs_from_itself_in_nothing(kind: type[Draft], one: Any, other: Any):
    mine, theirs = kind.of({"insight": one, "note": one}), kind.of({"insight": other, "note": other})

    assert differences(mine, mine) == []
    assert bool(differences(mine, theirs)) is (mine != theirs)

"""What may be sent, and how it reads."""

import pytest

from gynergy_app.domain.encouragements import LONGEST, READY, EncouragementKind, Words, said
from gynergy_app.errors import Invalid


@pytest.mark.parametrize("kind", READY)
def test_a_ready_sentence_is_kept_by_its_name(kind: EncouragementKind):
    words = Words.read({"kind": kind.value, "own": "typed and then left"})

    assert words == Words(kind)
    assert said(words.kind, words.own) == READY[kind]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Your page was early.", "Your page was early."),
        ("  two\nlines ", "two lines"),
        ("x" * LONGEST, "x" * LONGEST),
        ("Cafe\u0301", "Café"),
    ],
)
def test_own_words_are_kept_on_one_line(typed: str, kept: str):
    assert Words.read({"kind": "custom", "own": typed}) == Words(EncouragementKind.custom, kept)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({}, "kind", "Please choose a sentence, or your own words."),
        ({"kind": "cheer"}, "kind", "Please choose a sentence, or your own words."),
        (
            {"kind": "custom", "own": " \u200b "},
            "own",
            "Please write a few words, or choose one of the sentences.",
        ),
        ({"kind": "custom", "own": None}, "own", "Please write a few words, or choose one of the sentences."),
        ({"kind": "custom", "own": "x" * 201}, "own", "These are 201 characters; 200 fit."),
    ],
)
def test_what_cannot_be_sent_is_said_beside_its_field(typed: dict[str, str], field: str, sentence: str):
    with pytest.raises(Invalid) as refused:
        Words.read(typed)

    assert refused.value.problems == {field: sentence}


def test_every_ready_sentence_is_calm():
    assert set(READY) == set(EncouragementKind) - {EncouragementKind.custom}
    assert all(words.endswith(".") and "!" not in words for words in READY.values())

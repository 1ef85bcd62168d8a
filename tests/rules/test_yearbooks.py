"""What stands in a yearbook, and what can be printed of it."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from gynergy_app.domain.yearbooks import MOST, Choices, Leaf, Line, suggest_gratitudes, toggled
from gynergy_app.drawing import yearbook
from gynergy_app.drawing.dial import rays
from gynergy_app.drawing.yearbook import covered, printable, set_book

PAGES = {
    "brand": "GYNERGY", "title": "Forty-five days", "name": "Ana Reyes", "program": "Date Zero",
    "dates": "1 March to 14 April 2026", "kept": "1 of 45 days kept", "phases": ["One"], "moods": [6.5],
    "mood_line": "", "gratitudes": [], "gratitudes_line": "", "words": [], "words_line": "", "badges": [],
    "badges_line": "", "photos": [], "photos_line": "", "closing": None, "note": "", "colophon": "",
}  # fmt: skip
NOON = datetime(2026, 4, 14, 12, tzinfo=UTC)


def made_of(**pages: object) -> bytes:
    return set_book({**PAGES, **pages}, rays({1: 3}, today=46), {}, NOON)


def test_an_empty_book_has_its_title_its_moods_and_a_last_page():
    assert made_of().count(b"/Type /Page\n") + made_of().count(b"/Type /Page ") >= 0
    assert made_of().startswith(b"%PDF-")


def test_the_same_book_is_the_same_file():
    assert made_of() == made_of()


def test_words_are_shown_as_typed_and_run_nothing():
    hostile = '#{1+1} *x* <b> $y$ @z #read("/etc/passwd") #image("dial.svg")'

    assert made_of(gratitudes=[{"day": 1, "text": hostile}]).startswith(b"%PDF-")


def test_every_letter_that_is_promised_has_a_shape(monkeypatch):
    """One of each script: with its glyph the page differs from the one with the mark of a missing glyph."""
    missing = made_of(closing={"day": 1, "text": "\u0378"})
    for character in "aéłЯΩא😀🌊":
        assert ord(character) in covered(), character
        assert len(made_of(closing={"day": 1, "text": character})) != len(missing), character


def test_accents_cyrillic_and_emoji_are_printed_and_what_is_not_is_marked_once():
    assert printable("Żółć, naïve, Яна 👩‍👩‍👧 ❤️") == "Żółć, naïve, Яна 👩‍👩‍👧 ❤️"
    assert printable("今日は good नमस्ते") == f"{yearbook.PRINTED_AS} good {yearbook.PRINTED_AS}"


@given(st.text())
def test_nothing_unprintable_is_ever_left(text: str):
    assert yearbook.unprintable(printable(text)) == ""


def test_a_suggestion_comes_from_the_whole_way_and_never_twice():
    lines = [
        Line(f"{day}.{n}", day, f"line {day if n else 'same'}") for day in range(1, 46) for n in range(2)
    ]

    suggested = suggest_gratitudes(lines)

    assert len(suggested) == 15
    days = [int(item.split(".")[0]) for item in suggested]
    assert days == sorted(days)


def test_a_long_line_is_not_suggested_but_may_be_chosen():
    long = Line("a", 1, "word " * 60)

    assert suggest_gratitudes([long]) == ()
    assert Choices().with_items(Leaf.gratitudes, ["a"]).of(Leaf.gratitudes, ["a"], ()) == ("a",)


def test_choices_survive_their_row_and_forget_what_is_gone():
    choices = Choices().with_items(Leaf.photos, ["x", "gone"]).without(Leaf.words, True)

    back = Choices.read(choices.as_stored())

    assert back == choices
    assert back.of(Leaf.photos, ["y", "x"], ["y"]) == ("x",)
    assert back.of(Leaf.badges, ["b"], ["b"]) == ("b",), "what was not chosen is suggested"
    assert back.as_suggested(Leaf.photos).of(Leaf.photos, ["y", "x"], ["y"]) == ("y",)


def test_a_row_that_makes_no_sense_chooses_nothing():
    assert Choices.read({"left_out": "words", "items": {"photos": 4, "moods": ["a"]}}) == Choices(
        items={Leaf.photos: ()}
    )


def test_a_full_page_takes_nothing_more():
    full = tuple(str(n) for n in range(MOST[Leaf.photos]))

    assert toggled(full, "more", True, Leaf.photos) == full
    assert "more" not in toggled(full, "more", False, Leaf.photos)

"""The rows every installation starts with: whole, distinct, and in step with the rules that read them."""

import json
import re
from decimal import Decimal

import pytest

from gynergy_app.domain.gamification import Rules, parse
from gynergy_app.domain.programs import MILESTONE_DAYS, PHASES, PROGRAM_DAYS, read_phases
from tests.rules import catalogue

BADGES, INVITING = catalogue.badges(), catalogue.badges_of_invitations()


def test_there_are_36_badges_each_with_its_own_key_name_and_place():
    assert len(BADGES) == 36
    assert len({badge.key for badge in BADGES}) == len({badge.name for badge in BADGES}) == 36
    assert sorted(badge.sort_order for badge in BADGES) == list(range(1, 37))


def test_beside_them_stand_five_for_invitations_named_like_their_milestones():
    milestones = {key: int(required) for key, required, *_ in catalogue.rows("referral_milestones")}

    assert {badge.key: badge.condition["count"] for badge in INVITING} == milestones
    assert list(milestones.values()) == [1, 2, 5, 10, 25]
    assert not {badge.name for badge in INVITING} & {badge.name for badge in BADGES}
    assert [badge.sort_order for badge in INVITING] == list(range(37, 42))


@pytest.mark.parametrize("badge", [*BADGES, *INVITING], ids=lambda badge: badge.key)
def test_a_badges_stored_words_are_the_ones_its_condition_says(badge: catalogue.BadgeRow):
    assert badge.description == parse(badge.condition).words


def test_badge_points_add_up():
    assert sum(badge.points for badge in BADGES) == 2_310 + 500


def test_names_are_calm():
    assert not [
        badge.name
        for badge in [*BADGES, *INVITING]
        if re.search(r"[!]|Guru|Hero|Rockstar|Warrior|Force", badge.name)
    ]


def test_bands_meet_without_a_gap_and_do_not_overlap():
    bands = Rules.of(catalogue.multipliers()).bands

    assert [(band.shortest, band.longest, band.multiplier) for band in bands] == [
        (7, 13, Decimal("1.20")),
        (14, 29, Decimal("1.50")),
        (30, None, Decimal("2.00")),
    ]


def test_bands_are_named_as_they_explain_themselves():
    rows = catalogue.multipliers()

    assert [band.words for band in Rules.of(rows).bands] == [
        row.name for row in rows if row.bonus_points == 0
    ]


def test_every_day_has_its_own_action():
    actions = list(catalogue.rows("books_actions"))
    titles = [title for *_, title, _tip in actions]

    assert [int(period) for period, *_ in actions] == list(range(1, PROGRAM_DAYS + 1))
    assert len(set(titles)) == PROGRAM_DAYS
    assert all(len(title) <= 60 and tip.endswith((".", "?")) for *_, title, tip in actions)
    assert all(sum((is_self, is_list, is_draw)) <= 1 for _, is_self, is_list, is_draw, *_ in actions)


def test_there_are_six_weekly_challenges():
    challenges = list(catalogue.rows("books_actions", statement=1))

    assert [int(period) for period, *_ in challenges] == [1, 2, 3, 4, 5, 6]
    assert [sum(flags) for _, *flags, _title, _tip in challenges] == [0, 1, 1, 0, 1, 0]


def test_every_day_has_its_own_quote_with_an_author_and_a_source():
    quotes = list(catalogue.rows("books_quotes"))

    assert [int(day) for day, *_ in quotes] == list(range(1, PROGRAM_DAYS + 1))
    assert len({content for _, content, *_ in quotes}) == PROGRAM_DAYS
    assert all(author and source for *_, author, source in quotes)


def test_no_quote_is_younger_than_its_public_domain():
    years = [
        int(year)
        for *_, source in catalogue.rows("books_quotes")
        for year in re.findall(r"\b1\d{3}\b", source)
    ]

    assert max(years) < 1926


def test_milestones_end_where_the_rules_say():
    milestones = list(catalogue.rows("books_milestones"))

    assert tuple(int(end) for _, _, _, end in milestones) == MILESTONE_DAYS
    assert [int(start) for _, _, start, _ in milestones] == [1, 10, 19, 28, 37]


def test_milestones_and_their_badges_bear_the_same_name_and_day():
    milestones = {int(order): (name, int(end)) for order, name, _, end in catalogue.rows("books_milestones")}
    badges = {
        badge.condition["number"]: (badge.name, badge.condition["day"])
        for badge in BADGES
        if badge.condition["type"] == "milestone"
    }

    assert badges == milestones


def test_the_book_holds_the_points_and_phases_of_the_rules():
    [book] = catalogue.rows("books")
    phases = read_phases(json.loads(book[-1]))

    assert [int(points) for points in book[-7:-1]] == [10, 10, 25, 15, 25, 20]
    assert [(phase.name, phase.start_day, phase.end_day) for phase in phases] == [
        (phase.name, phase.start_day, phase.end_day) for phase in PHASES
    ]


def test_nothing_we_wrote_shouts():
    ours = [
        book_text for [*book] in catalogue.rows("books") for book_text in book if isinstance(book_text, str)
    ]
    ours += [text for *_, title, tip in catalogue.rows("books_actions") for text in (title, tip)]

    assert not [text for text in ours if "!" in text]

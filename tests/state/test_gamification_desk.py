"""The shelf at the desk: twenty badges at first, and whichever one looks for."""

from collections.abc import Awaitable, Callable

import pytest

from gynergy_app.state.admin.gamification import SEEN_AT_FIRST, BadgeRow, DeskView, GamificationState


@pytest.fixture
async def desk(a_screen: Callable[..., Awaitable[GamificationState]]) -> GamificationState:
    desk = await a_screen(GamificationState)
    desk.view = DeskView(
        badges=[_badge(n, "Seven Mornings" if n == 31 else f"Badge {n}") for n in range(1, 41)]
    )
    return desk


async def test_the_first_badges_are_shown_and_all_when_asked_for(desk: GamificationState):
    assert [len(desk.badges), desk.has_more_badges] == [SEEN_AT_FIRST, True]

    await GamificationState.show_all.fn(desk)

    assert [len(desk.badges), desk.has_more_badges, desk.badges_end] == [40, False, "40 badges."]


async def test_a_badge_is_found_by_its_name_and_by_what_it_takes(desk: GamificationState):
    await GamificationState.look.fn(desk, " seven m")
    assert [row.name for row in desk.badges] == ["Seven Mornings"]

    await GamificationState.look.fn(desk, "33 times")
    assert [row.name for row in desk.badges] == ["Badge 33"]

    await GamificationState.look.fn(desk, "nothing like it")
    assert (desk.badges, desk.has_more_badges) == ([], False)
    assert desk.badges_end == "No badge has these letters."


def _badge(number: int, name: str) -> BadgeRow:
    words = f"Write {number} times."
    return BadgeRow(str(number), name, words, "10", "0", str(number), is_hidden=False)

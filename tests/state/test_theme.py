"""What a device without a theme of its own is told."""

from collections.abc import Awaitable, Callable
from typing import Any

import psycopg

from gynergy_app import clock
from gynergy_app.guard import acting_as
from gynergy_app.state.session import MemberState
from gynergy_app.state.shell import ShellState
from tests.features.conftest import Living


async def test_the_frame_tells_the_theme_of_whoever_is_here(
    a_screen: Callable[[type[Any]], Awaitable[Any]], living: Living, owner_db: psycopg.AsyncConnection
):
    await owner_db.execute(
        "update profile_settings set theme = 'dark' where user_id = %s", [living.member.id]
    )
    screen = await a_screen(MemberState)

    with acting_as(living.member), clock.travelling(living.at(1, 9)):
        await MemberState.enter.fn(screen)

    assert (await screen.get_state(ShellState)).theme == "dark"

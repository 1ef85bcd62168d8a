"""The list behind the bell: what is new, and what came before it."""

import psycopg
import pytest

from gynergy_app.state.notifications import NotificationsState
from gynergy_app.state.shell import ShellState
from tests.features.conftest import Living
from tests.state.conftest import AScreen, call


@pytest.fixture
async def bell(a_screen: AScreen) -> NotificationsState:
    return await a_screen(NotificationsState)


class TestTheBell:
    async def test_what_is_new_is_marked_while_the_dot_goes(self, bell: NotificationsState, living: Living):
        await living.morning(1)
        shell = await bell.get_state(ShellState)
        shell.unread_count = 1

        await call(NotificationsState.open, bell, living.member, living.at(1, 22))

        assert [(line.title, line.is_new, line.told_at) for line in bell.lines] == [
            ("New badge: First Light", True, "Today, 09:00")
        ]
        assert shell.unread_count == 0
        await call(NotificationsState.open, bell, living.member, living.at(2, 9))
        assert [(line.is_new, line.told_at) for line in bell.lines] == [(False, "Yesterday, 09:00")]

    async def test_earlier_lines_follow_until_the_end(
        self, bell: NotificationsState, living: Living, owner_db: psycopg.AsyncConnection
    ):
        await owner_db.execute(
            "insert into notifications (user_id, category, title, dedupe_key, created_at)"
            " select %s, 'system', 'Line ' || n, 'line:' || n, %s from generate_series(1, 65) n",
            [living.member.id, living.at(1, 9)],
        )
        at = living.at(1, 22)

        await call(NotificationsState.open, bell, living.member, at)
        counts = [len(bell.lines)]
        while bell.has_earlier:
            await call(NotificationsState.show_earlier, bell, living.member, at)
            counts.append(len(bell.lines))
        await call(NotificationsState.show_earlier, bell, living.member, at)

        assert counts == [30, 60, 65]
        assert len({line.id for line in bell.lines}) == 65

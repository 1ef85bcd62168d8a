"""Which tabs hear that a cohort has something new."""

from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

from reflex.app import App
from reflex.state import StateUpdate
from socketio import AsyncServer

from gynergy_app.live import POSTS, Rooms

WHERE = "/_event"


def the_line() -> tuple[Rooms, Any]:
    line: Any = AsyncServer(async_mode="asgi")
    rooms = Rooms()
    app: Any = SimpleNamespace(sio=line, event_namespace=SimpleNamespace(namespace=WHERE))
    rooms.serve(cast(App, app), lambda by, at: StateUpdate())
    return rooms, line


async def test_a_tab_hears_of_the_cohort_it_shows_alone():
    rooms, line = the_line()
    tab = await line.manager.connect("line", WHERE)
    before, now = uuid4(), uuid4()

    await rooms.enter(tab, before)
    await rooms.enter(tab, now)

    assert [room for room in line.rooms(tab, WHERE) if room != tab] == [f"{POSTS}:{now}"]


async def test_a_tab_that_left_while_its_page_was_read_is_let_go():
    rooms, line = the_line()
    await line.manager.connect("line", WHERE)

    await rooms.enter("gone", uuid4())

    assert not any(str(room).startswith(POSTS) for room in line.manager.rooms[WHERE])

"""A screen as somebody's browser has it, and the members of the stories to look at it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

import psycopg
import pytest
import reflex as rx
from psycopg.types.json import Jsonb

from gynergy_app import clock
from gynergy_app.domain.accounts import Member
from gynergy_app.guard import acting_as
from tests.conftest import NewPerson
from tests.features.conftest import living, new_living, new_run, run

Screen = TypeVar("Screen", bound=rx.State)
AScreen = Callable[[type], Awaitable[Any]]

__all__ = ["a_screen", "living", "new_living", "new_run", "run"]


@pytest.fixture
def a_screen() -> Callable[[type[Screen]], Awaitable[Screen]]:
    """A state in a tab of its own: `screen = await a_screen(PointsState)`."""

    async def opened(state: type[Screen]) -> Screen:
        tab = rx.State(_reflex_internal_init=True)  # pyright: ignore[reportCallIssue]
        return await tab.get_state(state)

    return opened


async def call(handler: Any, screen: rx.State, who: Member | None, at: datetime, *said: Any) -> Any:
    """Run a handler as the browser would, at that moment."""
    with acting_as(who), clock.travelling(at):
        answer = handler.fn(screen, *said)
        if hasattr(answer, "__aiter__"):
            return [step async for step in answer]
        return await answer if hasattr(answer, "__await__") else answer


@pytest.fixture
async def carla(new_person: NewPerson) -> Member:
    person = await new_person("Carla", "Winter", is_admin=True)
    return Member(person, "carla@example.com", "Carla", "Winter", "UTC", is_admin=True)


@pytest.fixture
async def dead_letter(owner_db: psycopg.AsyncConnection) -> AsyncIterator[UUID]:
    """An event of Stripe's that was given up."""
    row_id, event_id = uuid4(), f"evt_{uuid4().hex}"
    payload = {
        "id": event_id,
        "type": "price.updated",
        "data": {"object": {"id": "price_1", "nickname": "Ana"}},
    }
    await owner_db.execute(
        "insert into webhook_events (id, event_id, event_type, status, attempts, payload, error_message)"
        " values (%s, %s, 'price.updated', 'dead', 12, %s, 'RuntimeError: A mistake of ours.')",
        [row_id, event_id, Jsonb(payload)],
    )
    yield row_id
    await owner_db.execute("delete from webhook_events where id = %s", [row_id])


@pytest.fixture
async def ruth(new_person: NewPerson) -> Member:
    person = await new_person("Ruth", "Adeyemi", is_admin=True)
    return Member(person, "ruth@example.com", "Ruth", "Adeyemi", "UTC", is_admin=True)

"""A screen as somebody's browser has it, and the members of the stories to look at it."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, TypeVar

import pytest
import reflex as rx

from gynergy_app import clock
from gynergy_app.domain.accounts import Member
from gynergy_app.guard import acting_as
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

"""A screen as somebody's browser has it, and the members of the stories to look at it."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest
import reflex as rx

from tests.features.conftest import living, new_living, new_run, run

Screen = TypeVar("Screen", bound=rx.State)

__all__ = ["a_screen", "living", "new_living", "new_run", "run"]


@pytest.fixture
def a_screen() -> Callable[[type[Screen]], Awaitable[Screen]]:
    """A state in a tab of its own: `screen = await a_screen(PointsState)`."""

    async def opened(state: type[Screen]) -> Screen:
        tab = rx.State(_reflex_internal_init=True)  # pyright: ignore[reportCallIssue]
        return await tab.get_state(state)

    return opened

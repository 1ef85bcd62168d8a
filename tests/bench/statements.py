"""Listening to what the application sends its database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from gynergy_app.db import web_engine

Statement = tuple[str, Any]


@contextmanager
def overheard(by: AsyncEngine | None = None) -> Iterator[list[Statement]]:
    """Every statement the web's doors, or those of `by`, send meanwhile, with its parameters."""
    heard: list[Statement] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        heard.append((statement, parameters))

    engine = (by or web_engine()).sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield heard
    finally:
        event.remove(engine, "before_cursor_execute", note)

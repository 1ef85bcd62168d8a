"""What goes wrong without a mistake in our code: it is worth a line and no traceback.

Anybody may send anything over a socket, and a database may be away for a while. Libraries tell of both with
everything they know, what was sent included.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType

import psycopg

_UNKNOWN = "No registered handler found for event: "
"""How Reflex begins what it says of an event whose name nobody has."""

_SOCKET_LIBRARIES = {"socketio", "engineio"}
_FIRST_LOOK = {"_sio_loads", "on_connect", "on_event", "on_ping", "on_client_error"}
"""Where Reflex makes an event of a message, before anything of ours runs."""

_UNREADABLE = (ValueError, TypeError, AttributeError, LookupError, RecursionError)
_AWAY = ("08", "57P")
"""SQLSTATE: the connection failed, or an operator ended it."""


@dataclass(frozen=True)
class Line:
    said: str
    level: int


def line_for(error: BaseException, message: str, level: int) -> Line | None:
    """The one line to write in place of a traceback, if this is nobody's mistake."""
    if name := _unknown_event(error):
        return Line(f"Refused an event of a name that does not exist: {name[:120]!r}", logging.WARNING)
    if _is_unreadable(error):
        return Line(f"Refused a message that cannot be read: {type(error).__name__}", logging.WARNING)
    if cause := _database_away(error):
        return Line(f"{_first_line(message)} (the database is away: {_first_line(str(cause))})", level)
    return None


def _unknown_event(error: BaseException) -> str:
    said = str(error.args[0]) if isinstance(error, KeyError) and error.args else ""
    return said.removeprefix(_UNKNOWN) if said.startswith(_UNKNOWN) else ""


def _is_unreadable(error: BaseException) -> bool:
    """Raised while a socket's message was taken apart, by those who take it apart."""
    if type(error).__name__ != "EventDeserializationError" and not isinstance(error, _UNREADABLE):
        return False
    places = list(_places(error.__traceback__))
    libraries = [module.partition(".")[0] for module, _ in places]
    last = max((i for i, library in enumerate(libraries) if library in _SOCKET_LIBRARIES), default=None)
    return last is not None and all(
        module.startswith("json") or (module.startswith("reflex") and function in _FIRST_LOOK)
        for module, function in places[last + 1 :]
    )


def _places(traceback: TracebackType | None) -> Iterator[tuple[str, str]]:
    while traceback:
        frame = traceback.tb_frame
        yield frame.f_globals.get("__name__", ""), frame.f_code.co_name
        traceback = traceback.tb_next


def _database_away(error: BaseException | None) -> psycopg.OperationalError | None:
    """The driver's own word for it, however many libraries have wrapped it."""
    while error and not isinstance(error, psycopg.OperationalError):
        error = error.__cause__
    return error if error and (error.sqlstate or _AWAY[0]).startswith(_AWAY) else None


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0]

"""Logs: JSON lines in production, readable lines elsewhere, and never a secret in either.

Redaction happens where records are made, before any handler sees them, so it holds for Reflex's and every
other library's records too: Reflex writes whole events, request headers included, when a handler fails.
"""

import json
import logging
import re
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from gynergy_app.settings import settings

reference: ContextVar[str] = ContextVar("reference", default="-")
"""Names the request or event being served; an apology shows it, a log line carries it."""

ACCESS_FORMAT = "%(method)s %(path)s %(status)d %(dt_ms).1f ms"
"""Granian's `path` comes without the query, which may hold a token."""

GRANIAN: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {},
    "handlers": {},
    "loggers": {
        "_granian": {"handlers": [], "propagate": True},
        "granian.access": {"handlers": [], "propagate": True},
    },
}
"""Lets granian's records flow to our handler instead of its own."""

_UNKNOWN = "No registered handler found for event: "
"""How Reflex begins what it says of an event whose name nobody has."""

_NAME = r"[\w-]*(?:cookie|authorization|apikey|password|passwd|secret|token|token_hash)"
_QUOTED = re.compile(rf"""(?i)(b?["']{_NAME}["']\s*[:,]\s*b?)(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
_HEADER = re.compile(r"(?im)\b((?:set-)?cookie|(?:proxy-)?authorization):[^\r\n]*")
_ASSIGNED = re.compile(rf"""(?i)\b({_NAME}|code)=[^\s&;,"')]+""")
_BEARER = re.compile(r"(?i)\bbearer\s+[\w.~+/=-]+")
_JWT = re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]*")
_USERINFO = re.compile(r"(\w://[^/\s:@]*:)[^@\s/]+@")


def redacted(text: str) -> str:
    """The same text without cookies, tokens, passwords and keys.

    >>> redacted("GET /auth/confirm?token_hash=abc&type=email {'cookie': 'gynergy=123'}")
    "GET /auth/confirm?token_hash=…&type=email {'cookie': '…'}"
    """
    text = _QUOTED.sub(r"\1'…'", text)
    text = _HEADER.sub(r"\1: …", text)
    text = _ASSIGNED.sub(r"\1=…", text)
    text = _BEARER.sub("Bearer …", text)
    text = _JWT.sub("…", text)
    return _USERINFO.sub(r"\1…@", text)


class SafeRecord(logging.LogRecord):
    """A record whose words and traceback are redacted from the start."""

    def __init__(self, *parts: Any, **named: Any) -> None:
        super().__init__(*parts, **named)
        try:
            self.msg = redacted(self.getMessage())
        except (TypeError, ValueError):
            self.msg = f"A log line could not be put together at {self.pathname}:{self.lineno}"
        self.args = ()
        if unknown := _unknown_event(self.exc_info):
            # Anybody may send any name. That is worth a line, and says nothing about our code.
            self.msg, self.exc_info = redacted(unknown), None
            self.levelno, self.levelname = logging.WARNING, "WARNING"
        if self.exc_info:
            self.exc_text = redacted(logging.Formatter().formatException(self.exc_info))
            self.exc_info = None
        self.reference = reference.get()


def _unknown_event(exc_info: Any) -> str | None:
    """What to say of an event whose name Reflex does not know."""
    error = exc_info[1] if isinstance(exc_info, tuple) else None
    said = str(error.args[0]) if isinstance(error, KeyError) and error.args else ""
    if not said.startswith(_UNKNOWN):
        return None
    return f"Refused an event of a name that does not exist: {said.removeprefix(_UNKNOWN)[:120]!r}"


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "reference": getattr(record, "reference", "-"),
        }
        if record.exc_text:
            line["traceback"] = record.exc_text
        return json.dumps(line, ensure_ascii=False)


def configure() -> None:
    """Point every logger of this process at standard error, in the manner of where we are."""
    logging.setLogRecordFactory(SafeRecord)
    handler = logging.StreamHandler(sys.stderr)
    if settings.is_production:
        handler.setFormatter(JsonLines())
    else:
        handler.setFormatter(
            logging.Formatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s", "%H:%M:%S")
        )
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    # At these levels they tell a developer how they work, not what happened.
    for chatty in ("httpx", "httpcore", "_granian", "mail.log", "procrastinate", "alembic"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, logging.getLogger().level))

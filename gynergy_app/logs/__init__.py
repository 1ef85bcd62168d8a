"""Logs: JSON lines in production, readable lines elsewhere, and never a secret in either.

Redaction happens where records are made, before any handler sees them, so it holds for Reflex's and every
other library's records too: Reflex writes whole events, request headers included, when a handler fails.
"""

import json
import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from gynergy_app.logs import expected
from gynergy_app.logs.redaction import redacted
from gynergy_app.logs.seldom import Seldom
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

_SELDOM = Seldom(seconds=30)


class SafeRecord(logging.LogRecord):
    """A record whose words and traceback are redacted from the start."""

    def __init__(self, *parts: Any, **named: Any) -> None:
        super().__init__(*parts, **named)
        try:
            self.msg = redacted(self.getMessage())
        except (TypeError, ValueError):
            self.msg = f"A log line could not be put together at {self.pathname}:{self.lineno}"
        self.args = ()
        error = self.exc_info[1] if self.exc_info else None
        if error and (line := expected.line_for(error, self.msg, self.levelno)):
            self.msg, self.exc_info = redacted(line.said), None
            self.levelno, self.levelname = line.level, logging.getLevelName(line.level)
        if self.exc_info:
            self.exc_text = redacted(logging.Formatter().formatException(self.exc_info))
            self.exc_info = None
        self.reference = reference.get()


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


class ReadableLines(logging.Formatter):
    """For a terminal. No line stands without its time and its origin, a traceback's lines neither."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s:", "%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        record.asctime = self.formatTime(record, self.datefmt)
        head = self.formatMessage(record)
        said = " ".join(line.strip() for line in record.getMessage().splitlines())
        traced = (record.exc_text or "").splitlines()
        return "\n".join([f"{head} {said}", *(f"{head}   {line}" for line in traced)])


def configure() -> None:
    """Point every logger of this process at standard error, in the manner of where we are."""
    logging.setLogRecordFactory(SafeRecord)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if settings.is_production else ReadableLines())
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    # At these levels they tell a developer how they work, not what happened.
    for chatty in ("httpx", "httpcore", "stripe", "_granian", "mail.log", "procrastinate", "alembic"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, logging.getLogger().level))
    # Left without a level, they would add a handler of their own, which knows nothing of ours.
    for library in ("engineio.server", "socketio.server"):
        logging.getLogger(library).setLevel(logging.ERROR)
    # While the database is away they say so several times a second.
    for impatient in ("psycopg.pool", "gynergy_app.jobs.worker"):
        logging.getLogger(impatient).addFilter(_SELDOM)

"""Cookies, tokens and passwords never reach a log, whoever writes the line."""

import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator

import psycopg
import pytest
from procrastinate.exceptions import ConnectorException

from gynergy_app import logs
from gynergy_app.logs.seldom import Seldom
from gynergy_app.settings import ROOT

SECRET = "s3cr3t-of-ana"


@pytest.fixture(autouse=True)
def _safe_records() -> Iterator[None]:
    before = logging.getLogRecordFactory()
    logging.setLogRecordFactory(logs.SafeRecord)
    yield
    logging.setLogRecordFactory(before)


def away() -> psycopg.OperationalError:
    return psycopg.OperationalError("connection failed: refused\n\tIs the server running on that host?")


def written(say: Callable[[logging.Logger], None], formatter: logging.Formatter | None = None) -> str:
    """What a handler of any library would write down."""
    lines: list[str] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    handler = Keeping()
    handler.setFormatter(formatter)
    logger = logging.getLogger("some.library")
    logger.addHandler(handler)
    try:
        say(logger)
    finally:
        logger.removeHandler(handler)
    return "\n".join(lines)


@pytest.mark.parametrize(
    "line",
    [
        f"Event(name='save', router_data={{'headers': {{'cookie': 'gynergy={SECRET}; theme=dark'}}}})",
        f"headers=[(b'cookie', b'gynergy={SECRET}'), (b'host', b'localhost')]",
        f"Cookie: gynergy={SECRET}; a=b",
        f"set-cookie: gynergy={SECRET}; HttpOnly",
        f"{{'authorization': 'Bearer {SECRET}'}}",
        f"Authorization: Basic {SECRET}",
        f"GET /_event/?token={SECRET}&EIO=4",
        f"GET /auth/confirm?token_hash={SECRET}&type=recovery",
        f"GET /auth/callback?code={SECRET}",
        f'{{"access_token": "{SECRET}", "refresh_token":"{SECRET}"}}',
        f"{{'password': '{SECRET}'}}",
        f"email=ana%40example.com&password={SECRET}",
        f"postgresql://app_web:{SECRET}@127.0.0.1/gynergy",
        f"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbmEifQ.{SECRET}",
    ],
)
def test_a_secret_in_a_line_is_replaced(line: str):
    assert SECRET not in written(lambda log: log.error(line))
    assert SECRET not in written(lambda log: log.error("Failed: %s", line))


def test_what_is_no_secret_is_still_there():
    line = written(
        lambda log: log.error("GET /history/2026-03-02?token=x&page=2 {'cookie': 'a', 'host': 'here'}")
    )

    assert line == "GET /history/2026-03-02?token=…&page=2 {'cookie': '…', 'host': 'here'}"


def test_a_traceback_is_redacted_too():
    def fail(log: logging.Logger) -> None:
        try:
            raise RuntimeError(f"refused: {{'cookie': 'gynergy={SECRET}'}}")
        except RuntimeError:
            log.exception("Unhandled")

    said = written(fail)

    assert "RuntimeError: refused" in said
    assert SECRET not in said


def test_reflexs_own_event_dump_is_redacted():
    """Reflex logs the whole event when a handler fails."""
    from reflex_base.event import Event

    event = Event(name="state.save", router_data={"headers": {"cookie": f"gynergy={SECRET}"}})

    said = written(lambda log: log.error(f"Failed to process {event}"))

    assert "state.save" in said
    assert SECRET not in said


def test_a_line_that_cannot_be_put_together_says_where_it_came_from():
    said = written(lambda log: log.error("%d of %d", SECRET))

    assert "test_logs.py" in said
    assert SECRET not in said


def test_production_writes_one_object_a_line():
    logs.reference.set("request-1")

    line = json.loads(written(lambda log: log.warning("Slow\nday"), logs.JsonLines()))

    assert (line["level"], line["message"], line["reference"]) == ("warning", "Slow\nday", "request-1")


def test_a_terminal_shows_no_line_without_its_time_and_origin():
    def fail(log: logging.Logger) -> None:
        try:
            raise RuntimeError("a mistake")
        except RuntimeError:
            log.exception("Unhandled\n\tin a handler")

    first, *traced = written(fail, logs.ReadableLines()).splitlines()

    assert re.fullmatch(r"\d\d:\d\d:\d\d ERROR   some\.library: Unhandled in a handler", first)
    assert traced[-1].endswith("RuntimeError: a mistake")
    assert all(re.match(r"\d\d:\d\d:\d\d ERROR   some\.library:   ", line) for line in traced)


def test_a_library_does_not_tell_of_every_request():
    said = "from gynergy_app import logs; logs.configure(); import logging"
    asks = "; logging.getLogger('stripe').info('Request'); logging.getLogger('httpx').info('Request')"
    done = subprocess.run(
        [sys.executable, "-c", said + asks], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stderr == ""


def test_a_database_that_is_away_is_a_line_however_often_it_was_wrapped():
    def fail(log: logging.Logger) -> None:
        try:
            try:
                raise away()
            except psycopg.Error as error:
                raise ConnectorException from error
        except ConnectorException:
            log.exception("Side task failed: Database error.\nMore")

    assert written(fail) == (
        "Side task failed: Database error. (the database is away: connection failed: refused)"
    )


def test_a_statement_that_took_too_long_keeps_its_traceback():
    def fail(log: logging.Logger) -> None:
        try:
            raise psycopg.errors.QueryCanceled("statement timeout")
        except psycopg.Error:
            log.exception("Unhandled")

    assert "Traceback" in written(fail)


def test_what_was_sent_does_not_stand_in_what_reflex_says_of_it():
    said = written(
        lambda log: log.warning(
            "Error transforming event payload for handler VisionState.save: Error transforming event "
            "argument 'form' with value 'my most private\nwords'"
        )
    )

    assert said == "Error transforming event payload for handler VisionState.save: …"


def test_a_complaint_is_repeated_after_a_while_and_counted_in_between():
    log, seldom = logging.getLogger("some.pool"), Seldom(seconds=30)
    said: list[str] = []
    for second in (0, 1, 29, 31, 32):
        record = log.makeRecord(log.name, logging.WARNING, "pool.py", 758, "error connecting", (), None)
        record.created = second
        if seldom.filter(record):
            said.append(record.getMessage())

    assert said == ["error connecting", "error connecting (and 2 more like it)"]


def test_different_complaints_do_not_hold_each_other_down():
    log, seldom = logging.getLogger("some.pool"), Seldom(seconds=30)

    records = [log.makeRecord(log.name, logging.WARNING, "pool.py", line, "", (), None) for line in (1, 2)]

    assert all(seldom.filter(record) for record in records)


def test_reading_the_application_starts_nothing_so_that_workers_may_be_forked_from_it():
    """`web` reads it once, before it forks: no thread, no open engine and no running loop may be copied."""
    code = (
        "import threading, gynergy_app.gynergy_app, engineio, logging; from gynergy_app import db;"
        "print(threading.active_count(), db.web_engine.cache_info().currsize,"
        " logging.getLogger('engineio.server').handlers)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "__REFLEX_SKIP_COMPILE": "true"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert told.stdout.strip() == "1 0 []"

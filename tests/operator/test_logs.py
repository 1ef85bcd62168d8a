"""Cookies, tokens and passwords never reach a log, whoever writes the line."""

import json
import logging
from collections.abc import Callable, Iterator

import pytest

from gynergy_app import logs

SECRET = "s3cr3t-of-ana"


@pytest.fixture(autouse=True)
def _safe_records() -> Iterator[None]:
    before = logging.getLogRecordFactory()
    logging.setLogRecordFactory(logs.SafeRecord)
    yield
    logging.setLogRecordFactory(before)


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

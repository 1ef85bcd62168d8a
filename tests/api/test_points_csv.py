"""The statement as a file: complete, readable by a spreadsheet, and never a formula."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from psycopg.types.json import Jsonb

from gynergy_app import clock
from gynergy_app.api.points_csv import plain
from tests.api.conftest import Visitor


@pytest.fixture
async def statement(ana: Visitor, email: str, owner_db: psycopg.AsyncConnection) -> Visitor:
    """Ana has a place, a page, a badge with a hostile name, and a correction of the page."""
    row = await (await owner_db.execute("select id from users where email = %s", [email])).fetchone()
    assert row
    person, run, page = row[0], uuid4(), uuid4()
    today = clock.day_in("Europe/Lisbon", clock.now())
    await owner_db.execute(
        "insert into book_sessions (id, book_id, start_date, end_date, status)"
        " select %s, id, %s, %s, 'active' from books where slug = 'date-zero-gratitude'",
        [run, today - timedelta(days=3), today + timedelta(days=41)],
    )
    await owner_db.execute(
        "insert into session_enrollments (user_id, book_id, session_id, enrollment_date)"
        " select %s, book_id, id, %s from book_sessions where id = %s",
        [person, today, run],
    )
    bonus = {"bonuses": [["Before 08:00", 5]], "local_at": f"{today}T06:48:00"}
    rows = [
        (page, "morning_journal", 10, 5, 15, "page", bonus, None, None),
        (uuid4(), "badge_reward", 10, 0, 10, "badge", {"badge": True, "name": "=HYPERLINK(1)"}, None, None),
        (uuid4(), "morning_journal", 0, 0, -15, "page", {}, page, "+Counted twice, “sorry”."),
    ]
    for n, (key, activity, base, extra, final, source, details, reverses, reason) in enumerate(rows):
        await owner_db.execute(
            "insert into points_transactions (id, user_id, session_id, activity_type, base_points,"
            " bonus_points, final_points, source_type, source_id, metadata, earned_on, earned_at,"
            " reverses_id, reason) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [key, person, run, activity, base, extra, final, source, uuid4(), Jsonb(details), today,
             clock.now() + timedelta(seconds=n), reverses, reason],
        )  # fmt: skip
    return ana


async def test_it_holds_every_row_with_its_balance_and_its_reason(statement: Visitor):
    answer = await statement.get("/points.csv")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith('attachment; filename="gynergy-points-20')
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.content.startswith(b"\xef\xbb\xbfDay,Time,What,")
    page, badge, correction = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (page["Time"], page["What"], page["Bonus"], page["Points"], page["Balance"]) == (
        "06:48",
        "Morning journal",
        "5",
        "15",
        "15",
    )
    assert page["Why"] == "What the page is worth 10; Before 08:00 + 5"
    assert (badge["Kind"], badge["Points"], badge["Balance"]) == ("badge", "10", "25")
    assert (correction["Kind"], correction["Points"], correction["Balance"]) == ("correction", "-15", "10")
    assert correction["Why"] == "'+Counted twice, “sorry”."


async def test_no_text_in_it_is_a_formula(statement: Visitor):
    answer = await statement.get("/points.csv")

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[2][2] == "'=HYPERLINK(1)"
    dangerous = [
        cell for row in rows for cell in row if cell[:1] in "=+@-\t" and cell and not _is_number(cell)
    ]
    assert dangerous == []


def _is_number(cell: str) -> bool:
    return cell.removeprefix("-").isdigit()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_what_a_spreadsheet_would_run_is_quoted(start: str):
    assert plain(f"{start}1") == f"'{start}1"


async def test_strangers_get_a_sentence(visitor: Visitor):
    answer = await visitor.get("/points.csv")

    assert answer.status_code == 401
    assert "Please sign in" in answer.text


async def test_without_a_place_there_is_nothing_to_download(ana: Visitor):
    answer = await ana.get("/points.csv")

    assert answer.status_code == 404
    assert "no statement yet" in answer.text

"""Values no archive of ours can hold end in a sentence or are left out, never in an error of ours."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gynergy_app.domain.accounts import ArchiveStatus
from gynergy_app.jobs.archives import OURS_TO_MEND
from gynergy_app.models.programs import BookSession
from gynergy_app.repositories.book_sessions import Living as BookPlace
from gynergy_app.services.archives.opening import NOT_READABLE, ArchiveRefused
from gynergy_app.services.archives.place import Place
from gynergy_app.services.archives.rows import ArchivedRun, Row
from gynergy_app.services.archives.steps import steps_of
from tests.archives.bringing import bring, rebuilt
from tests.archives.conftest import archive_of
from tests.features.conftest import Living, NewLiving, as_somebody

SESSIONS = {
    "a first day before every calendar": {"start_date": "0001-01-01", "end_date": "0001-02-14"},
    "a first day after every calendar": {"start_date": "9999-12-01", "end_date": "9999-12-31"},
    "an end before its beginning": {"start_date": "2026-03-02", "end_date": "2026-03-01"},
    "no day at all": {"start_date": None, "end_date": {}},
}


@pytest.mark.parametrize("what", SESSIONS)
async def test_a_session_on_no_day_refuses_the_archive(
    what: str, full: Living, new_living: NewLiving, tmp_path: Path
):
    archive, ben = await archive_of(full), await new_living("Ben")

    brought = await bring(
        ben, rebuilt(archive, lambda data: data["sessions"][0].update(SESSIONS[what])), tmp_path
    )

    assert (brought.status, brought.error) == (ArchiveStatus.failed, NOT_READABLE)


JOURNAL = {
    "a kind that is an object": {"journal_type": {}},
    "words with a letter that ends texts": {"mantra": "a\x00b", "freeflow": "\x00"},
    "half of a letter": {"mantra": "\ud800"},
    "a mood beyond every scale": {"mood_score": 10**30},
    "no number": {"mood_score": float("nan")},
    "moments before every clock": {"completed_at": "0001-01-01T00:00:00+14:00", "created_at": "0001-01-01"},
    "a page of years ago": {"entry_date": "0001-01-01"},
    "lists in each other": {"mantra": [[[]]], "images": [{}], "id": []},
}


@pytest.mark.parametrize("what", JOURNAL)
async def test_a_page_that_makes_no_sense_is_no_fault_of_ours(
    what: str, full: Living, new_living: NewLiving, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    archive, ben = await archive_of(full), await new_living("Ben")

    def confuse(data: dict[str, Any]) -> None:
        for row in data["tables"]["journals"]:
            row.update(JOURNAL[what])

    brought = await bring(ben, rebuilt(archive, confuse), tmp_path)

    assert OURS_TO_MEND not in (brought.error or "")
    assert brought.status == ArchiveStatus.ready or brought.error == NOT_READABLE
    assert not [record for record in caplog.records if record.exc_info]


NOW = datetime(2026, 6, 1, tzinfo=UTC)
RUN = ArchivedRun("run", "date-zero-gratitude", date(2026, 3, 2), date(2026, 4, 15), date(2026, 3, 2))
TABLES = {
    "journals": {"id": "j", "journal_type": "morning", "entry_date": "2026-03-02", "is_completed": True},
    "journal_entries": {"journal_id": "j", "entry_type": "gratitude", "content": ["Rain"]},
    "action_logs": {"id": "a", "action_type": "gratitude", "entry_date": "2026-03-02", "list": []},
    "meditations": {"entry_date": "2026-03-02", "reflection": "The clock."},
    "user_visions": {"id": "v", "vision_type": "mantra", "is_completed": True, "updated_at": "2026-03-02"},
    "journey": {"focus": ["career_business"], "hidden": [], "updated_at": "2026-03-02T10:00:00Z"},
    "streak_events": {"kind": "repair", "day": "2026-03-03", "created_at": "2026-03-04T10:00:00Z"},
    "vision_versions": {"subject": "mantra", "fields": {"mantra": "x"}, "revision": 1},
    "points_transactions": {"activity_type": "vision", "source_id": "v", "earned_at": "2026-03-02T10:00:00Z"},
}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9)
    | st.sampled_from(["0001-01-01", "9999-12-31T23:59:59-12:00", "morning", "2026-03-02"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
CELLS = [(table, name) for table, row in TABLES.items() for name in row]


@settings(deadline=None)
@given(st.sampled_from(CELLS), ANYTHING)
def test_whatever_stands_in_a_row_it_is_read_or_refused(cell: tuple[str, str], value: Any):
    where, name = cell
    tables: dict[str, list[Row]] = {
        table: [{**row, name: value} if table == where else row] for table, row in TABLES.items()
    }
    nowhere = cast("Any", None)
    session = BookSession(book_id=uuid4(), start_date=RUN.start, end_date=RUN.end)
    living = BookPlace(nowhere, session, nowhere, None, "", nowhere, nowhere)
    place = Place(nowhere, as_somebody(uuid4()), living, RUN, tables, set(), NOW, nowhere, [])
    try:
        found = list(steps_of(place))
    except ArchiveRefused:
        return
    assert all(step.at <= NOW for step in found)


@settings(deadline=None)
@given(st.fixed_dictionaries({name: ANYTHING for name in ("id", "slug", "start_date", "end_date")}))
def test_whatever_stands_in_a_session_it_is_read_or_refused(row: dict[str, Any]):
    try:
        run = ArchivedRun.of(row)
    except ArchiveRefused:
        return
    assert run.start <= run.end

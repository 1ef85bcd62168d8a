"""What returns from an archive, page by page, each at its own moment."""

from collections.abc import Awaitable, Callable, Collection, Container, Iterator
from datetime import date, datetime

from sqlmodel import SQLModel

from gynergy_app.db import elevated
from gynergy_app.domain.gamification import Activity, StreakEventKind
from gynergy_app.domain.journaling import (
    VISION_DRAFTS,
    ActionDraft,
    ChallengeDraft,
    Draft,
    EntryType,
    JournalType,
    LoggedActionType,
    MeditationDraft,
    VisionSubject,
    VisionType,
    challenge_of,
)
from gynergy_app.domain.journaling.life_map import FOCUS_LIMIT, Area, LifeMapDraft
from gynergy_app.domain.text import spoken_day
from gynergy_app.models.gamification import StreakEvent
from gynergy_app.models.journaling import ActionLog, Journal, Meditation, UserVision, VisionVersion
from gynergy_app.models.journey import Journey
from gynergy_app.repositories import (
    action_logs,
    archive_places,
    journals,
    meditations,
    restored_rows,
    streak_events,
)
from gynergy_app.services import gamification
from gynergy_app.services.archives.place import FIRST, LAST, THEN, Place, Step
from gynergy_app.services.archives.rows import (
    Row,
    choice_in,
    day_in,
    draft_in,
    id_in,
    moment_in,
    number_in,
)
from gynergy_app.services.gamification import stories
from gynergy_app.services.journaling import challenges
from gynergy_app.services.journaling.pages import ACTIVITIES, DRAFTS, LINES


def steps_of(place: Place) -> Iterator[Step]:
    """Of one moment in this order: a sitting comes before the page that it completes."""
    yield from _sittings(place)
    yield from _pages(place)
    yield from _actions(place)
    yield from _visions(place)
    yield from _maps(place)
    if not place.is_exact:
        yield from _repairs(place)
    yield from _versions(place)


def _write_on(row: SQLModel, draft: Draft, *, without: Container[str] = ()) -> None:
    for name, value in draft.as_dict().items():
        if name not in without:
            setattr(row, name, value if value != "" else None)


def _finished_at(place: Place, row: Row, draft: Draft, *, is_answered: bool = False) -> datetime | None:
    """When: as it says itself where its ledger comes along, else if it is what a page asks for today.

    `is_answered` when something beside the page is its answer.
    """
    is_finished = row.get("is_completed") is True and (place.is_exact or is_answered or not draft.problems())
    return moment_in(row, "completed_at", place.now) if is_finished else None


def _pages(place: Place) -> Iterator[Step]:
    lines: dict[str, dict[str, object]] = {}
    for row in place.rows("journal_entries"):
        lines.setdefault(str(row.get("journal_id")), {})[str(row.get("entry_type"))] = row.get("content")
    for row, day in place.dated("journals"):
        kind = choice_in(JournalType, row, "journal_type")
        if kind is None:
            continue
        said = lines.get(str(row.get("id")), {})
        listed = {name: said.get(entry_type) for name, entry_type in LINES[kind].items()}
        draft = draft_in(DRAFTS[kind], {**row, **listed}, f"The page of {spoken_day(day)}")
        finished = _finished_at(place, row, draft)
        yield Step(
            finished or place.written_at(row),
            FIRST,
            "journals",
            _page(place, row, kind, day, draft, finished),
        )


def _page(
    place: Place, row: Row, kind: JournalType, day: date, draft: Draft, finished: datetime | None
) -> Callable[[], Awaitable[bool]]:
    async def do() -> bool:
        if await journals.on_day(place.db, place.session_id, place.member.id, day, kind):
            return False
        page = Journal(
            **place.hers,
            book_id=place.living.book.id,
            entry_date=day,
            journal_type=kind,
            is_completed=finished is not None,
            completed_at=finished,
            revision=max(number_in(row, "revision"), 1),
            images=place.images(row),
            **place.moments(row),
        )
        place.move(row, page.id)
        _write_on(page, draft, without=LINES[kind])
        place.db.add(page)
        await place.db.flush()
        lines: dict[EntryType, list[str]] = {
            entry_type: draft.as_dict()[name] for name, entry_type in LINES[kind].items()
        }
        await journals.write_lines(place.db, page.id, lines)
        await place.db.flush()
        if finished:
            await place.keep(row, ACTIVITIES[kind], day, page.id, finished)
        return True

    return do


def _actions(place: Place) -> Iterator[Step]:
    sat = {day for _, day, draft in _logged(place) if not draft.problems()}
    for row, day in place.dated("action_logs"):
        if row.get("action_type") == LoggedActionType.gratitude:
            draft: Draft = draft_in(
                ActionDraft, {**row, "items": row.get("list")}, f"The gratitude action of {spoken_day(day)}"
            )
        elif row.get("action_type") == LoggedActionType.weekly_challenge and _week_in(row):
            draft = draft_in(ChallengeDraft, row, f"The challenge of {spoken_day(day)}")
        else:
            continue
        finished = _finished_at(place, row, draft, is_answered=_is_sat(place, _week_in(row), sat))
        yield Step(
            finished or place.written_at(row), FIRST, "action_logs", _action(place, row, day, draft, finished)
        )


def _week_in(row: Row) -> int:
    key = str(row.get("period_key"))
    return int(key) if key.isascii() and key.isdigit() and len(key) < 4 else 0


def _is_sat(place: Place, number: int, sat: Collection[date]) -> bool:
    """Whether that week is one of meditation, and somebody sat in it: the log is its answer. 0 is no week."""
    week = challenge_of(place.run.start, number)
    asked = challenges.asked_in(week, place.challenges) if number else None
    return bool(asked and asked.is_meditation) and any(week.first <= day <= week.last for day in sat)


def _action(
    place: Place, row: Row, day: date, draft: Draft, finished: datetime | None
) -> Callable[[], Awaitable[bool]]:
    kind = LoggedActionType(row["action_type"])
    is_daily = kind is LoggedActionType.gratitude
    activity = Activity.gratitude_action if is_daily else Activity.weekly_challenge

    async def do() -> bool:
        hers = (place.db, place.session_id, place.member.id)
        there = await (
            action_logs.on_day(*hers, day) if is_daily else action_logs.of_week(*hers, _week_in(row))
        )
        if there:
            return False
        asked = id_in(row, "action_id")
        is_known = asked and await archive_places.is_action_of(place.db, asked, place.living.book.id)
        log = ActionLog(
            **place.hers,
            action_id=asked if is_known else None,
            action_type=kind,
            period_key=day.isoformat() if is_daily else str(_week_in(row)),
            entry_date=day,
            images=place.images(row),
            is_completed=finished is not None,
            completed_at=finished,
            revision=max(number_in(row, "revision"), 1),
            **place.moments(row),
        )
        place.move(row, log.id)
        _write_on(log, draft, without=("images",))
        place.db.add(log)
        await place.db.flush()
        if finished:
            await place.keep(row, activity, day, log.id, finished)
        return True

    return do


def _sittings(place: Place) -> Iterator[Step]:
    for row, day, draft in _logged(place):
        at = place.written_at(row)
        yield Step(at, FIRST, "meditations", _sitting(place, row, day, draft))


def _logged(place: Place) -> Iterator[tuple[Row, date, MeditationDraft]]:
    for row, day in place.dated("meditations"):
        yield row, day, draft_in(MeditationDraft, row, f"The meditation of {spoken_day(day)}")


def _sitting(place: Place, row: Row, day: date, draft: MeditationDraft) -> Callable[[], Awaitable[bool]]:
    async def do() -> bool:
        if await meditations.on_day(place.db, place.session_id, place.member.id, day):
            return False
        sitting = Meditation(
            **place.hers, entry_date=day, reflection=draft.reflection or None, **place.moments(row)
        )
        place.db.add(sitting)
        await place.db.flush()
        return True

    return do


def _visions(place: Place) -> Iterator[Step]:
    rewarded = {
        str(row.get("source_id")): moment_in(row, "earned_at", place.now)
        for row in place.rows("points_transactions")
        if row.get("activity_type") == Activity.vision
    }
    for row in place.rows("user_visions"):
        kind = choice_in(VisionType, row, "vision_type")
        if kind is None:
            continue
        draft = draft_in(VISION_DRAFTS[kind], row, f"The vision “{kind}”")
        is_finished = row.get("is_completed") is True and (place.is_exact or not draft.problems())
        at = rewarded.get(str(row.get("id"))) or place.written_at(row, "updated_at")
        yield Step(at, FIRST, "user_visions", _vision(place, row, kind, draft, at, is_finished))


def _vision(
    place: Place, row: Row, kind: VisionType, draft: Draft, at: datetime, is_finished: bool
) -> Callable[[], Awaitable[bool]]:
    async def do() -> bool:
        if await restored_rows.vision(place.db, place.session_id, place.member.id, kind):
            return False
        emblem = place.images({"images": [row.get("symbols")]})
        vision = UserVision(
            **place.hers,
            vision_type=kind,
            is_completed=is_finished,
            revision=max(number_in(row, "revision"), 1),
            symbols=emblem[0] if emblem else None,
            images=place.images(row),
            **place.moments(row),
        )
        place.move(row, vision.id)
        _write_on(vision, draft)
        place.db.add(vision)
        await place.db.flush()
        if is_finished:
            await place.credit(row, vision.id, at)
        return True

    return do


def _maps(place: Place) -> Iterator[Step]:
    for row in place.rows("journey"):
        draft = draft_in(LifeMapDraft, row, "The map of your life")
        at = place.written_at(row, "updated_at")
        yield Step(at, FIRST, "journey", _map(place, row, draft, at))


def _map(place: Place, row: Row, draft: LifeMapDraft, at: datetime) -> Callable[[], Awaitable[bool]]:
    async def do() -> bool:
        if await restored_rows.life_map(place.db, place.session_id, place.member.id):
            return False
        life_map = Journey(
            **place.hers,
            entry_date=day_in(row, "entry_date") or place.run.start,
            revision=max(number_in(row, "revision"), 1),
            focus=_areas(row, "focus")[:FOCUS_LIMIT],
            hidden=_areas(row, "hidden"),
            **place.moments(row),
        )
        _write_on(life_map, draft)
        place.db.add(life_map)
        await place.db.flush()
        await place.look_for_badges(at)
        return True

    return do


def _areas(row: Row, name: str) -> list[str]:
    given = row.get(name)
    known = {area.value for area in Area}
    return (
        [area for area in given if isinstance(area, str) and area in known] if isinstance(given, list) else []
    )


def _repairs(place: Place) -> Iterator[Step]:
    """Days that two lines brought back. Freezes are not read: the pages themselves say where one was used."""
    for row in place.rows("streak_events"):
        day = day_in(row, "day")
        if row.get("kind") == StreakEventKind.repair and day and place.run.start <= day <= place.run.end:
            at = place.written_at(row)
            yield Step(at, THEN, "streak_events", _repair(place, day, at))


def _repair(place: Place, day: date, at: datetime) -> Callable[[], Awaitable[None]]:
    async def do() -> None:
        event = await streak_events.on_day(place.db, place.session_id, place.member.id, day)
        event = event or StreakEvent(**place.hers, day=day, kind=StreakEventKind.repair)
        enrolled = place.enrolled_at(at, place.writer)
        async with elevated(place.db):
            event.kind, event.created_at = StreakEventKind.repair, at
            place.db.add(event)
            await place.db.flush()
            record = await stories.read(place.db, place.writer, enrolled)
            gamification.count(enrolled, record.story(place.writer, enrolled, at))
            place.db.add(enrolled.enrollment)

    return do


def _versions(place: Place) -> Iterator[Step]:
    """How visions and the map read before: put back beside them, where that version is not here."""
    for row in place.rows("vision_versions"):
        subject, fields = choice_in(VisionSubject, row, "subject"), row.get("fields")
        if subject is None or not isinstance(fields, dict):
            continue
        kind = LifeMapDraft if subject == VisionSubject.life_map else VISION_DRAFTS[VisionType(subject)]
        draft = draft_in(kind, fields, "An earlier version of a vision")
        version = VisionVersion(
            **place.hers,
            subject=subject,
            revision=number_in(row, "revision"),
            fields=draft.as_dict(),
            images=place.images(row),
            saved_at=place.written_at(row, "saved_at"),
        )
        yield Step(version.saved_at, LAST, "vision_versions", _version(place, version))


def _version(place: Place, version: VisionVersion) -> Callable[[], Awaitable[None]]:
    async def do() -> None:
        await restored_rows.add_version(place.db, version)

    return do

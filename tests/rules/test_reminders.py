"""When a member is reminded, and when we are silent: as a table, then for whatever anybody may choose."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gynergy_app.domain.gamification import DAILY, Activity, Kept, streak_ending
from gynergy_app.domain.notifications import (
    MOST_UNANSWERED,
    Due,
    LookBack,
    Practice,
    Reminder,
    Wishes,
    due,
    look_back,
    occasions,
    reminder_key,
    reminder_notice,
    silent_from,
    told_by,
    words_on_a_device,
)
from tests.rules.stories import ACTION, EVENING, MORNING, START, march, the_day

LAST = the_day(45)
ALL = frozenset(Reminder)
WEEKLY = Activity.weekly_reflection
AS_GIVEN = Wishes(ALL, time(7), time(20), time(22), time(7))
TICK = timedelta(minutes=5)
A_WEEK = LookBack(1, START, the_day(7), 7, 5, 4, 1, 0, 62)


def wishing(
    *wanted: Reminder,
    morning: str = "07:00",
    evening: str = "20:00",
    quiet: tuple[str, str] = ("22:00", "07:00"),
) -> Wishes:
    times = [time.fromisoformat(said) for said in (morning, evening, *quiet)]
    return Wishes(frozenset(wanted) or ALL, *times)


def a_practice(
    pages: Mapping[Activity, Iterable[int]] | None = None,
    told: Mapping[int, Iterable[str]] | None = None,
    frozen: Iterable[int] = (),
    weekly: Iterable[int] = (),
) -> Practice:
    """Days are programme days."""
    days = {activity: march(*numbers) for activity, numbers in (pages or {}).items()}
    return Practice(
        first_day=START,
        last_day=LAST,
        kept=Kept(days, frozen=march(*frozen)),
        written_on=frozenset().union(*days.values(), march(*weekly)),
        told={the_day(n): frozenset(map(Reminder, kinds)) for n, kinds in (told or {}).items()},
    )


def moment(day: int, wall: str, timezone: str = "UTC") -> datetime:
    return datetime.combine(the_day(day), time.fromisoformat(wall), ZoneInfo(timezone)).astimezone(UTC)


def told_at(
    day: int, wall: str, wishes: Wishes = AS_GIVEN, practice: Practice | None = None, timezone: str = "UTC"
) -> Due | None:
    """What a sweep at this moment tells this member."""
    now = moment(day, wall, timezone)
    found = (due(occasion, wishes, practice or a_practice()) for occasion in occasions(now, timezone, wishes))
    return next((told for told in found if told), None)


NO_EVENING = wishing(Reminder.morning, Reminder.streak_warning)
NO_WARNING = wishing(Reminder.morning, Reminder.evening)
NIGHT_OWL = wishing(evening="23:55", quiet=("02:00", "08:00"))
UNHEARD = {2: {"morning", "evening"}, 3: {"morning"}}
THREE = {1: {"morning", "evening"}, 2: {"morning"}}
KEPT_TWO, HELD = {EVENING: [1, 2]}, {EVENING: [1, 2, 4, 6]}


@pytest.mark.parametrize(
    ("day", "wall", "wishes", "practice", "reminder"),
    [
        # the chosen time, and a quarter of an hour after it
        (1, "06:59", AS_GIVEN, a_practice(), None),
        (1, "07:00", AS_GIVEN, a_practice(), "morning"),
        (1, "07:15", AS_GIVEN, a_practice(), "morning"),
        (1, "07:16", AS_GIVEN, a_practice(), None),
        (1, "20:00", AS_GIVEN, a_practice(), "evening"),
        (1, "12:00", AS_GIVEN, a_practice(), None),
        # only what is wanted
        (1, "07:00", wishing(Reminder.evening), a_practice(), None),
        (1, "20:00", wishing(Reminder.morning), a_practice(), None),
        # quiet hours: the time itself, or the moment the sweep comes
        (1, "06:30", wishing(morning="06:30"), a_practice(), None),
        (1, "07:00", wishing(morning="06:50"), a_practice(), None),
        (1, "21:59", wishing(evening="21:50"), a_practice(), "evening"),
        (1, "22:00", wishing(evening="21:50"), a_practice(), None),
        (1, "13:00", wishing(evening="13:00", quiet=("12:00", "14:00")), a_practice(), None),
        (1, "03:00", wishing(morning="03:00", quiet=("05:00", "05:00")), a_practice(), "morning"),
        # a page that is written
        (1, "07:05", AS_GIVEN, a_practice({MORNING: [1]}), None),
        (1, "07:05", AS_GIVEN, a_practice({EVENING: [1]}), "morning"),
        (1, "20:05", AS_GIVEN, a_practice({EVENING: [1]}), None),
        (1, "20:05", AS_GIVEN, a_practice({MORNING: [1]}), "evening"),
        # the session
        (0, "07:00", AS_GIVEN, a_practice(), None),
        (45, "20:00", AS_GIVEN, a_practice(), "evening"),
        (46, "07:00", AS_GIVEN, a_practice(), None),
        # once an occasion
        (1, "07:05", AS_GIVEN, a_practice(told={1: {"morning"}}), None),
        (1, "20:05", AS_GIVEN, a_practice(told={1: {"morning"}}), "evening"),
        (1, "20:05", AS_GIVEN, a_practice(told={1: {"evening"}}), None),
        (3, "20:05", AS_GIVEN, a_practice(KEPT_TWO, told={3: {"streak_warning"}}, frozen=[]), None),
        # a time just before midnight is still of its own day after it
        (2, "00:05", NIGHT_OWL, a_practice(), "evening"),
        (1, "00:05", NIGHT_OWL, a_practice(), None),
        (46, "00:05", NIGHT_OWL, a_practice(), "evening"),
        # a streak that ends tonight takes the place of the evening reminder
        (7, "20:00", AS_GIVEN, a_practice(HELD, frozen=[3, 5]), "streak_warning"),
        (7, "20:00", NO_EVENING, a_practice(HELD, frozen=[3, 5]), "streak_warning"),
        (7, "20:00", NO_WARNING, a_practice(HELD, frozen=[3, 5]), "evening"),
        (7, "20:00", AS_GIVEN, a_practice({**HELD, ACTION: [7]}, frozen=[3, 5]), "evening"),
        (7, "20:00", NO_EVENING, a_practice({**HELD, ACTION: [7]}, frozen=[3, 5]), None),
        (7, "20:00", AS_GIVEN, a_practice({EVENING: [1, 2, 4, 6]}), "streak_warning"),  # both spent
        (3, "20:00", AS_GIVEN, a_practice(KEPT_TWO), "evening"),  # a freeze is left for tonight
        (6, "20:00", AS_GIVEN, a_practice(KEPT_TWO), "evening"),  # it ended yesterday
        (1, "20:00", NO_EVENING, a_practice(), None),  # there is none
        # the day after a week: a look back in place of the morning reminder, if there is something to look at
        (8, "07:00", AS_GIVEN, a_practice({EVENING: [7]}), "weekly_digest"),
        (8, "07:00", AS_GIVEN, a_practice({MORNING: [1, 8]}), "weekly_digest"),
        (15, "07:00", AS_GIVEN, a_practice({ACTION: [8]}), "weekly_digest"),
        (15, "07:00", AS_GIVEN, a_practice({ACTION: [7]}), "morning"),
        (15, "07:00", wishing(Reminder.weekly_digest), a_practice({ACTION: [7]}), None),
        (9, "07:00", AS_GIVEN, a_practice({EVENING: [8]}), "morning"),
        (8, "20:00", AS_GIVEN, a_practice({EVENING: [7]}), "evening"),
        (8, "07:00", wishing(Reminder.weekly_digest), a_practice({EVENING: [7]}), "weekly_digest"),
        (8, "07:00", wishing(Reminder.morning), a_practice({EVENING: [7]}), "morning"),
        (8, "07:05", AS_GIVEN, a_practice({EVENING: [7]}, told={8: {"weekly_digest"}}), None),
        (8, "07:05", AS_GIVEN, a_practice({EVENING: [7]}, told={8: {"morning"}}), None),
        (8, "06:00", wishing(morning="06:00"), a_practice({EVENING: [7]}), None),
        (8, "07:00", AS_GIVEN, a_practice({ACTION: [1]}, told=UNHEARD), None),
        # silence after three, until a page
        (2, "20:00", AS_GIVEN, a_practice(told={1: {"morning"}, 2: {"morning"}}), "evening"),
        (2, "20:00", AS_GIVEN, a_practice(told=THREE), None),
        (9, "07:00", AS_GIVEN, a_practice(told=THREE), None),
        (9, "20:00", AS_GIVEN, a_practice({ACTION: [9]}, told=THREE), "evening"),
        (9, "07:00", AS_GIVEN, a_practice(weekly=[8], told=THREE), "morning"),
        (3, "07:00", AS_GIVEN, a_practice({MORNING: [2]}, told=THREE), "morning"),
    ],
)  # fmt: skip
def test_what_is_told(day: int, wall: str, wishes: Wishes, practice: Practice, reminder: str | None):
    told = told_at(day, wall, wishes, practice)

    assert (told and told.reminder) == reminder


def test_midnight_belongs_to_the_evening_before_it():
    told = told_at(2, "00:05", NIGHT_OWL)

    assert told == Due(Reminder.evening, the_day(1), 1)


@pytest.mark.parametrize("timezone", ["Asia/Kathmandu", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_time_is_the_members_own(timezone: str):
    assert told_at(1, "07:00", timezone=timezone) == Due(Reminder.morning, START, 1)


@pytest.mark.parametrize(
    ("night", "morning", "told_at"),
    [
        (date(2026, 3, 8), "02:30", "03:00 PDT"),  # the clocks skip it: when they jump
        (date(2026, 11, 1), "01:30", "01:30 PDT"),  # they repeat it: the first time
        (date(2026, 11, 1), "02:10", "02:10 PST"),
    ],
)
def test_when_the_clocks_change_a_reminder_comes_once(night: date, morning: str, told_at: str):
    zone, told = ZoneInfo("America/Los_Angeles"), []
    wishes = Wishes(ALL, time.fromisoformat(morning), time(12), time(0), time(0))
    midnight = datetime.combine(night, time(), zone).astimezone(UTC)
    for now in (midnight + n * TICK for n in range(12 * 9)):
        seen = Practice(night, night, told={night: {Reminder.morning}} if told else {})
        found = [due(each, wishes, seen) for each in occasions(now, zone.key, wishes)]
        told += [f"{now.astimezone(zone):%H:%M %Z}" for each in found if each]

    assert told == [told_at]


times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
wishes = st.builds(Wishes, st.frozensets(st.sampled_from(Reminder)), times, times, times, times)
zones = st.sampled_from(["UTC", "America/Los_Angeles", "Asia/Tokyo", "Pacific/Apia", "Australia/Lord_Howe"])
kept = st.dictionaries(st.sampled_from(DAILY), st.frozensets(st.integers(1, 45), max_size=12))
histories = st.dictionaries(
    st.integers(1, 45), st.frozensets(st.sampled_from(Reminder), max_size=2), max_size=3
)
practices = st.builds(lambda pages, told: a_practice(pages, told), kept, histories)


@given(wishes, zones, st.integers(0, 12 * 24 * 55), practices)
def test_nothing_is_told_in_quiet_hours_unwanted_or_outside_the_session(
    wishes: Wishes, timezone: str, sweep: int, practice: Practice
):
    now = moment(-3, "00:00") + sweep * TICK

    for occasion in occasions(now, timezone, wishes):
        assert not wishes.is_quiet(now.astimezone(ZoneInfo(timezone)).time())
        told = due(occasion, wishes, practice)
        if told:
            assert told.reminder in wishes.wanted
            assert practice.first_day <= told.day <= practice.last_day
            is_look_back = told.reminder is Reminder.weekly_digest
            assert is_look_back or told.day not in practice.kept.of(occasion.page)
            assert bool(told.week) is is_look_back
            assert practice.unanswered < MOST_UNANSWERED
            assert bool(told.streak) is (told.reminder is Reminder.streak_warning)


@given(wishes, zones, kept, st.data())
def test_however_the_times_are_moved_a_day_brings_two_at_most_and_silence_follows_three(
    wishes: Wishes, timezone: str, pages: dict[Activity, frozenset[int]], data: st.DataObject
):
    practice = a_practice(pages)
    told: dict[date, set[Reminder]] = {}
    now = moment(data.draw(st.integers(1, 40)), "00:00", timezone)
    for _ in range(12 * 72):
        now += TICK
        if now.minute == 0 and data.draw(st.integers(0, 20)) == 0:
            wishes = Wishes(
                wishes.wanted, data.draw(times), data.draw(times), wishes.quiet_from, wishes.quiet_to
            )
        for occasion in occasions(now, timezone, wishes):
            seen = Practice(START, LAST, practice.kept, practice.written_on, told)
            if found := due(occasion, wishes, seen):
                told.setdefault(found.day, set()).add(found.reminder)

    assert all(len(reminders) <= 2 for reminders in told.values())
    assert Practice(START, LAST, practice.kept, practice.written_on, told).unanswered <= MOST_UNANSWERED


@given(kept, st.integers(1, 45))
def test_a_streak_that_is_said_to_end_does_and_a_page_would_keep_it(
    pages: dict[Activity, frozenset[int]], number: int
):
    day = the_day(number)
    before = {activity: march(*(n for n in numbers if n < number)) for activity, numbers in pages.items()}
    written = Kept(before)

    ending = streak_ending(written, day, START)

    if ending:
        assert streak_ending(written, day + timedelta(days=1), START) == 0
        assert streak_ending(written.with_page(EVENING, day), day, START) == 0
        assert streak_ending(written.with_page(EVENING, day), day + timedelta(days=1), START) == ending + 1


def test_each_occasion_has_a_name_of_its_own_that_can_be_read_back():
    keys = {reminder_key(kind, who, the_day(n)) for kind in Reminder for who in (1, 2) for n in (1, 2)}

    assert len(keys) == 16
    assert told_by([*keys, "freeze:s:2026-03-02", "badge:s:first"]) == {the_day(1): ALL, the_day(2): ALL}


@pytest.mark.parametrize("reminder", Reminder)
def test_the_words_are_calm(reminder: Reminder):
    news = Due(reminder, START, 1, 12 if reminder is Reminder.streak_warning else 0)
    week = A_WEEK if reminder is Reminder.weekly_digest else None
    notice = reminder_notice(news, "u", week)

    assert notice.dedupe_key == f"reminder:{reminder}:u:{START}"
    assert "!" not in notice.title + notice.body + "".join(words_on_a_device(news))


def test_a_device_shows_nothing_of_the_practice():
    shown = [words_on_a_device(Due(reminder, START, 13, 12, 1)) for reminder in Reminder]

    assert "12" not in str(shown)
    assert "twelve" not in str(shown).lower()
    assert "streak" not in str(shown).lower()


def test_a_look_back_counts_days_from_the_first_that_was_hers():
    written = Kept({MORNING: march(5, 6, 8), EVENING: march(6)}, repaired=march(7))

    week = look_back(written, START, the_day(5), 1)

    assert (week.first, week.last, week.days, week.days_kept) == (START, the_day(7), 3, 3)
    assert (week.mornings, week.evenings, week.actions) == (2, 1, 0)
    assert week.words == (
        "Week 1: three of three days kept",
        "Two mornings and one evening. No points came with the week.",
    )


@given(kept, st.integers(1, 7))
def test_every_page_of_the_session_is_in_one_look_back(pages: dict[Activity, frozenset[int]], joined: int):
    later = {page: march(*(n for n in days if n >= joined)) for page, days in pages.items()}
    weeks = [look_back(Kept(later), START, the_day(joined), week) for week in range(1, 8)]

    assert sum(week.mornings for week in weeks) == len(later.get(MORNING, ()))
    assert sum(week.days_kept for week in weeks) == len(Kept(later).any_day)
    assert all(week.days_kept <= week.days <= 7 for week in weeks)


def test_the_quiet_hours_that_come_next_are_today_tonight_or_never():
    wall = moment(1, "21:50", "Asia/Tokyo")

    assert silent_from(wall, "Asia/Tokyo", AS_GIVEN) == moment(1, "22:00", "Asia/Tokyo")
    assert silent_from(wall, "Asia/Tokyo", wishing(quiet=("21:00", "21:30"))) == moment(
        2, "21:00", "Asia/Tokyo"
    )
    assert silent_from(wall, "Asia/Tokyo", wishing(quiet=("05:00", "05:00"))) is None


def test_a_warning_says_how_long_the_streak_is():
    notice = reminder_notice(Due(Reminder.streak_warning, START, 13, 12), "u")

    assert notice.title == "Your streak of twelve days ends tonight without a page"

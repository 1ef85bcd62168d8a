"""Which day a page belongs to, in every zone of the world and whenever the clocks change."""

# ruff: noqa: DTZ001  wall clocks have no zone
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gynergy_app import clock
from gynergy_app.domain.accounts import known_timezones
from gynergy_app.domain.journaling import (
    YesterdayIsClosed,
    days_crossed,
    editable,
    local_time,
    may_write_yesterday,
    open_from,
    writable_day,
)

ZONES = sorted(known_timezones())
zones = st.sampled_from(ZONES)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))
ONE_DAY = timedelta(days=1)


def in_(zone: str, year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)


@given(moments, zones)
def test_today_is_what_the_members_calendar_says(now: datetime, zone: str):
    assert writable_day(now, zone) == clock.day_in(zone, now)


@given(moments, zones)
def test_yesterday_is_open_until_three_and_no_longer(now: datetime, zone: str):
    today = clock.day_in(zone, now)

    if local_time(now, zone).hour < 3:
        assert writable_day(now, zone, for_yesterday=True) == open_from(now, zone) == today - ONE_DAY
        assert may_write_yesterday(now, zone)
    else:
        assert open_from(now, zone) == today
        with pytest.raises(YesterdayIsClosed, match="03:00"):
            writable_day(now, zone, for_yesterday=True)


@pytest.mark.parametrize(
    ("zone", "before", "after"),
    [
        # Spring: 02:00 becomes 03:00, and yesterday closes an hour early by the stopwatch.
        ("Europe/Berlin", datetime(2026, 3, 29, 1, 59), datetime(2026, 3, 29, 3)),
        # Autumn: 02:30 comes twice, and the second time yesterday is still open.
        ("Europe/Berlin", datetime(2026, 10, 25, 2, 30, fold=1), datetime(2026, 10, 25, 3)),
        # A midnight that does not exist, and a change of half an hour.
        ("Africa/Cairo", datetime(2026, 4, 24, 1), datetime(2026, 4, 24, 3)),
        ("Australia/Lord_Howe", datetime(2026, 10, 4, 2, 40), datetime(2026, 10, 4, 3)),
    ],
)
def test_three_oclock_is_what_the_wall_shows_when_clocks_change(zone: str, before: datetime, after: datetime):
    assert may_write_yesterday(before.replace(tzinfo=ZoneInfo(zone)), zone)
    assert not may_write_yesterday(after.replace(tzinfo=ZoneInfo(zone)), zone)


@given(moments, zones)
def test_no_hour_of_the_clock_change_skips_a_day(now: datetime, zone: str):
    """From one quarter of an hour to the next the day stays or becomes the next one."""
    step = clock.day_in(zone, now + timedelta(minutes=15)) - clock.day_in(zone, now)

    assert step in (timedelta(), ONE_DAY)


@given(moments, zones)
def test_a_page_can_be_changed_until_the_end_of_the_next_day(now: datetime, zone: str):
    written = clock.day_in(zone, now)

    assert [editable(written, written + n * ONE_DAY) for n in (0, 1, 2, 3)] == [True, True, False, False]


@given(moments, zones, zones)
def test_a_page_can_be_changed_after_any_flight(now: datetime, here: str, there: str):
    """Going back a date never locks what was just written."""
    if clock.day_in(there, now) <= clock.day_in(here, now):
        assert editable(clock.day_in(here, now), clock.day_in(there, now))


@pytest.mark.parametrize(
    ("before", "after", "when", "taken"),
    [
        # The longest way there is, 25 hours: a quarter before midnight, and the second of March never comes.
        ("Pacific/Pago_Pago", "Pacific/Kiritimati", in_("Pacific/Pago_Pago", 2026, 3, 1, 23, 45), [1, 2]),
        ("Pacific/Honolulu", "Pacific/Auckland", in_("Pacific/Honolulu", 2026, 3, 2, 8), [2]),
        ("America/Los_Angeles", "Asia/Tokyo", in_("America/Los_Angeles", 2026, 3, 2, 22), [2]),
        ("America/Los_Angeles", "America/New_York", in_("America/Los_Angeles", 2026, 3, 2, 12), []),
        ("Asia/Tokyo", "America/Los_Angeles", in_("Asia/Tokyo", 2026, 3, 2, 12), []),
        ("Pacific/Apia", "Pacific/Pago_Pago", in_("Pacific/Apia", 2026, 3, 2, 0, 15), []),
    ],
)
def test_a_journey_takes_the_days_it_ends(before: str, after: str, when: datetime, taken: list[int]):
    assert days_crossed(before, after, when, kept=set()) == [date(2026, 3, day) for day in taken]


def test_a_written_day_cannot_be_taken():
    when = in_("Pacific/Pago_Pago", 2026, 3, 1, 23, 45)

    taken = days_crossed("Pacific/Pago_Pago", "Pacific/Kiritimati", when, kept={date(2026, 3, 1)})

    assert taken == [date(2026, 3, 2)]


@pytest.mark.parametrize(("earlier", "is_taken"), [(date(2026, 2, 22), False), (date(2026, 2, 21), True)])
def test_a_day_is_taken_once_in_nine(earlier: date, is_taken: bool):
    when = in_("Pacific/Honolulu", 2026, 3, 2, 8)

    assert bool(days_crossed("Pacific/Honolulu", "Pacific/Auckland", when, set(), {earlier})) is is_taken


@given(moments, zones, zones)
def test_no_journey_takes_more_than_two_days(now: datetime, here: str, there: str):
    assert len(days_crossed(here, there, now, kept=set())) <= 2

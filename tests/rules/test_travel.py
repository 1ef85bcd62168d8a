"""Whole journeys: whoever keeps one page a day keeps the streak, and nobody gets two days out of one."""

# ruff: noqa: DTZ001  wall clocks have no zone

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from gynergy_app import clock
from gynergy_app.domain.accounts import known_timezones
from gynergy_app.domain.gamification import streak_on
from gynergy_app.domain.journaling import (
    days_crossed,
    local_time,
    may_write_yesterday,
    open_from,
    writable_day,
)

ZONES = sorted(known_timezones())
zones = st.sampled_from(ZONES)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))
QUARTER = timedelta(minutes=15)
ONE_DAY = timedelta(days=1)


@dataclass
class Traveller:
    """Somebody with a clock, a habit of writing from a certain hour on, and the rows that leaves behind."""

    zone: str
    habit: time
    kept: set[date] = field(default_factory=set)
    crossed: set[date] = field(default_factory=set)

    def live(self, now: datetime) -> None:
        wall = local_time(now, self.zone)
        if wall.time() >= self.habit:
            self.kept.add(writable_day(now, self.zone))

    def fly(self, to: str, now: datetime) -> None:
        self.crossed |= set(days_crossed(self.zone, to, now, self.kept, self.crossed))
        self.zone = to

    def streak(self, now: datetime) -> int:
        today = clock.day_in(self.zone, now)
        return streak_on(today, self.kept, self.crossed, open_from=open_from(now, self.zone))


def quarters(start: datetime, length: timedelta) -> Iterator[datetime]:
    return (start + QUARTER * n for n in range(length // QUARTER))


habits = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30]))
flights = st.dictionaries(st.integers(1, 44 * 24 * 4), zones, max_size=6)


@settings(max_examples=40)
@given(zones, habits, moments)
def test_one_page_a_day_never_lowers_a_streak_at_home(zone: str, habit: time, start: datetime):
    """Fourteen days in any zone, whatever its clocks do."""
    ana = Traveller(zone, habit)
    seen = 0
    for now in quarters(start, timedelta(days=14)):
        ana.live(now)
        assert ana.streak(now) >= seen
        seen = ana.streak(now)


@settings(max_examples=60)
@given(zones, habits, moments, st.lists(zones, min_size=1, max_size=3), st.integers(0, 95))
def test_one_page_a_day_never_lowers_a_streak_on_the_way(
    zone: str, habit: time, start: datetime, route: list[str], quarter: int
):
    """A flight every ten days, from anywhere to anywhere, at any time of day."""
    ana = Traveller(zone, habit)
    departures = {start + timedelta(days=10 * (n + 1)) + quarter * QUARTER: to for n, to in enumerate(route)}
    seen = 0
    for now in quarters(start, timedelta(days=10 * len(route) + 4)):
        if now in departures:
            ana.fly(departures[now], now)
        ana.live(now)
        assert ana.streak(now) >= seen
        seen = ana.streak(now)


@settings(max_examples=60)
@given(zones, moments, flights)
def test_no_journey_makes_two_days_of_one(zone: str, start: datetime, route: dict[int, str]):
    """Whoever writes at every chance, in whatever zone, holds at most the dates the world has had."""
    restless = Traveller(zone, time(0))
    length = timedelta(days=45)
    for n, now in enumerate(quarters(start, length)):
        if n in route:
            restless.fly(route[n], now)
        if n % 8 == 0:
            restless.live(now)
            if may_write_yesterday(now, restless.zone):
                restless.kept.add(writable_day(now, restless.zone, for_yesterday=True))

    end = start + length
    first, last = clock.day_in("Etc/GMT+12", start) - ONE_DAY, clock.day_in("Pacific/Kiritimati", end)
    assert all(first <= day <= last for day in restless.kept)
    assert restless.streak(end) <= len(restless.kept) <= (last - first).days + 1


@given(zones, zones, moments)
def test_a_date_lived_twice_counts_once(here: str, there: str, now: datetime):
    ana = Traveller(here, time(0))
    ana.live(now)
    day = clock.day_in(here, now)
    ana.fly(there, now)
    if clock.day_in(there, now) == day:
        ana.live(now)

        assert ana.streak(now) == 1


@given(zones, moments, st.integers(-120, 120), st.integers(1, 30))
def test_a_server_clock_that_is_off_takes_no_day(zone: str, now: datetime, minutes: int, length: int):
    """Up to two hours early or late, and the chain of somebody who wrote today still stands."""
    today = clock.day_in(zone, now)
    kept = {today - n * ONE_DAY for n in range(length)}
    skewed = now + timedelta(minutes=minutes)

    assert streak_on(clock.day_in(zone, skewed), kept, open_from=open_from(skewed, zone)) == length


def test_the_day_samoa_left_out_is_held_like_any_crossing():
    """Apia went from 29 to 31 December 2011. With the missing date held, the chain goes on."""
    apia = "Pacific/Apia"
    before, after = datetime(2011, 12, 30, 8, tzinfo=UTC), datetime(2011, 12, 30, 20, tzinfo=UTC)
    kept = {clock.day_in(apia, before), clock.day_in(apia, after)}

    assert kept == {date(2011, 12, 29), date(2011, 12, 31)}
    assert streak_on(date(2011, 12, 31), kept, frozen={date(2011, 12, 30)}) == 2

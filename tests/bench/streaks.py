"""The streak, worked out from every day there ever was."""

from datetime import date, timedelta
from statistics import median

from gynergy_app.domain.gamification import DAILY, Kept
from tests.bench.timing import Finding, in_turns, ms

LAST = date(2036, 11, 22)
TEN_YEARS, A_SESSION = 3_652, 45


async def measure() -> list[Finding]:
    async def ten_years() -> None:
        _kept(TEN_YEARS).streak(LAST)

    async def a_session() -> None:
        _kept(A_SESSION).streak(LAST)

    long, short = map(median, await in_turns(60, ten_years, a_session, warm_up=5))
    per_day = (long / TEN_YEARS) / (short / A_SESSION)
    details = f"{ms(long)} for {TEN_YEARS} days, {ms(short)} for {A_SESSION}: time for each day, compared"
    return [Finding("The day's streak over ten years of whole days", per_day, "×", 1.5, details)]


def _kept(days: int) -> Kept:
    """All three pages on each day but every tenth, which was frozen."""
    dates = [LAST - timedelta(days=n) for n in range(days)]
    written = frozenset(dates[n] for n in range(days) if n % 10)
    return Kept({activity: written for activity in DAILY}, frozen=frozenset(dates[::10]))

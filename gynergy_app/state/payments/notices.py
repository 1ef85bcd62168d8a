"""What every page says about a subscription: what is owed, what stands still, what is about to end.

One that is over is told where something is closed by it: see `state/closed.py`.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from gynergy_app import clock
from gynergy_app.domain.journaling import local_time
from gynergy_app.domain.payments.access import Door, Entitlement
from gynergy_app.domain.payments.kinds import SubscriptionStatus
from gynergy_app.domain.text import spoken_day
from gynergy_app.state.shell import Notice

TRIAL_NEAR, END_NEAR = timedelta(days=3), timedelta(days=7)
"""How long before its end a trial, or a subscription that was cancelled, is spoken of on every page."""

QUIET = Notice()
_OWED = (SubscriptionStatus.past_due, SubscriptionStatus.unpaid)
_UNTOUCHED = "Your place in the challenge is not touched by it."
_WAITING = {
    SubscriptionStatus.paused: Notice(
        key="paused",
        headline="Your journal subscription is paused.",
        words="Nothing is charged, and writing is closed until you go on with it.",
        opens="Go on with it",
    ),
    SubscriptionStatus.incomplete: Notice(
        key="incomplete",
        headline="Your journal subscription has not begun.",
        words="Its first payment has not come yet, and writing opens with it.",
        opens="See what is open",
    ),
}


def notice_of(hers: Entitlement, timezone: str, now: datetime) -> Notice:
    if hers.subscription in _OWED:
        return _owed(hers, timezone, now)
    if hers.subscription and (waiting := _WAITING.get(hers.subscription)):
        return _waiting(hers, waiting, now)
    if hers.trial_until and now < hers.trial_until <= now + TRIAL_NEAR:
        return _trial(hers, hers.trial_until, timezone)
    if hers.journal_until and hers.journal(now) is not Door.closed and _is_near(hers.journal_until, now):
        return _ending(hers.journal_until, timezone)
    return QUIET


def day_of(moment: datetime, timezone: str, now: datetime) -> str:
    """The day in her zone, with its year where that is another one."""
    day = clock.day_in(timezone, moment)
    spoken = spoken_day(day)
    return spoken if day.year == clock.day_in(timezone, now).year else f"{spoken} {day.year}"


def moment_of(moment: datetime, timezone: str, now: datetime) -> str:
    return f"{day_of(moment, timezone, now)}, {local_time(moment, timezone):%H:%M}"


def _is_near(moment: datetime, now: datetime) -> bool:
    return now < moment <= now + END_NEAR


def _owed(hers: Entitlement, timezone: str, now: datetime) -> Notice:
    has_challenge = hers.challenge(now) is Door.open
    closes_at = hers.journal_closes_at
    if hers.journal(now) is Door.grace and closes_at:
        until = f"Writing stays open until {moment_of(closes_at, timezone, now)}."
        return Notice(
            key=f"owed:{closes_at.isoformat()}",
            headline="Your journal subscription could not be paid.",
            words=_UNTOUCHED if has_challenge else until,
            opens="Change the card",
            is_urgent=True,
        )
    closed = "Writing is closed until it is; reading and taking along stay open."
    return Notice(
        key="unpaid",
        headline="Your journal subscription is not paid.",
        words=_UNTOUCHED if has_challenge else closed,
        opens="Set it right",
        is_urgent=True,
    )


def _waiting(hers: Entitlement, notice: Notice, now: datetime) -> Notice:
    return replace(notice, words=_UNTOUCHED) if hers.challenge(now) is Door.open else notice


def _trial(hers: Entitlement, ends_at: datetime, timezone: str) -> Notice:
    day = spoken_day(clock.day_in(timezone, ends_at))
    words = "Then the journal costs what you chose. Cancel before, and nothing is charged."
    if hers.journal_until:
        words = "It is cancelled: nothing will be charged."
    return Notice(f"trial:{ends_at.isoformat()}", f"Your trial ends on {day}.", words, "See the subscription")


def _ending(ends_at: datetime, timezone: str) -> Notice:
    day = spoken_day(clock.day_in(timezone, ends_at))
    words = "Until then you can keep it. What you wrote stays yours to read."
    return Notice(
        f"ending:{ends_at.isoformat()}", f"Your journal subscription ends on {day}.", words, "Keep it"
    )

"""A subscription as its page tells it: in all of Stripe's eight states, with what can be done about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gynergy_app.domain.journaling import local_time
from gynergy_app.domain.payments.access import PAST_DUE_GRACE
from gynergy_app.domain.payments.kinds import SubscriptionStatus
from gynergy_app.domain.payments.offers import spoken_price
from gynergy_app.services.payments.papers import Paying
from gynergy_app.services.payments.subscriptions import Held
from gynergy_app.state.payments.notices import day_of, moment_of
from gynergy_app.state.payments.plans import NAMES


@dataclass(frozen=True)
class Fact:
    name: str
    value: str


@dataclass(frozen=True)
class Card:
    """`tone` colours the tag. An empty label: that cannot be done now."""

    id: str = ""
    name: str = ""
    tag: str = ""
    tone: str = "normal"
    words: str = ""
    facts: tuple[Fact, ...] = ()
    switch_label: str = ""
    resume_label: str = ""
    card_label: str = ""
    cancel_label: str = ""
    cancel_words: str = ""


@dataclass(frozen=True)
class _Told:
    tag: str
    tone: str
    words: str


def as_of(held: Sequence[Held], timezone: str, now: datetime) -> str:
    """When Stripe last said how they are: the oldest of these answers."""
    told = [each.fetched_at for each in held if each.fetched_at]
    if not told:
        return ""
    there = local_time(min(told), timezone)
    if there.date() == local_time(now, timezone).date():
        return f"As of {there:%H:%M}"
    return f"As of {day_of(min(told), timezone, now)}, {there:%H:%M}"


def card_of(held: Held, way: Paying | None, timezone: str, now: datetime) -> Card:
    """`way` is how it is paid, once Stripe has said so."""
    told = _told(held, timezone, now)
    return Card(
        id=str(held.id),
        name=f"The journal, {NAMES[held.interval]}",
        tag=told.tag,
        tone=told.tone,
        words=told.words,
        facts=tuple(_facts(held, way, timezone, now)),
        switch_label=_switch_label(held),
        resume_label=_resume_label(held),
        card_label="" if held.is_over else "Change the card",
        cancel_label="" if held.is_over or held.is_ending else "Cancel the subscription",
        cancel_words=_cancel_words(held, timezone, now),
    )


def _told(held: Held, timezone: str, now: datetime) -> _Told:
    match held.status:
        case SubscriptionStatus.trialing if held.is_ending:
            words = "It is cancelled: the trial runs on until its last day, and nothing will be charged."
            return _Told("Trial, ending", "wait", words)
        case SubscriptionStatus.trialing:
            return _Told("Trial", "good", "You are trying the journal. Nothing has been charged.")
        case SubscriptionStatus.active if held.is_ending:
            words = "It is cancelled: it stays open until the day that is paid, and nothing more is charged."
            return _Told("Ending", "wait", words)
        case SubscriptionStatus.active:
            return _Told("Active", "good", "It renews by itself until you cancel it.")
        case SubscriptionStatus.past_due:
            return _past_due(held, timezone, now)
        case SubscriptionStatus.unpaid:
            words = (
                "The card was refused until nobody tried any more, so the journal is closed. Pay the open "
                "invoice below, or end it."
            )
            return _Told("Unpaid", "bad", words)
        case SubscriptionStatus.paused:
            return _Told("Paused", "wait", "It stands still: nothing is charged, and the journal is closed.")
        case SubscriptionStatus.incomplete:
            words = (
                "The first payment has not come yet, and it opens nothing before. The invoice below is open."
            )
            return _Told("Not complete", "wait", words)
        case SubscriptionStatus.incomplete_expired:
            return _Told("Not begun", "normal", "The first payment never came, so it did not begin.")
        case SubscriptionStatus.canceled:
            when = f" on {day_of(held.ended_at, timezone, now)}" if held.ended_at else ""
            return _Told("Ended", "normal", f"It ended{when}. Nothing more is charged.")


def _past_due(held: Held, timezone: str, now: datetime) -> _Told:
    closes_at = (held.past_due_since or now) + PAST_DUE_GRACE
    until = moment_of(closes_at, timezone, now)
    again = "The payment service tries the card again by itself; with another card it uses that one."
    if now < closes_at:
        return _Told(
            "Not paid", "bad", f"Your card was refused. The journal stays open until {until}. {again}"
        )
    return _Told("Not paid", "bad", f"Your card was refused, and the journal closed on {until}. {again}")


def _facts(held: Held, way: Paying | None, timezone: str, now: datetime) -> list[Fact]:
    facts = [Fact("Price", f"{spoken_price(held.price)} a {held.interval}")]
    if held.is_over:
        return facts
    if held.status is SubscriptionStatus.trialing and held.trial_end:
        facts.append(Fact("Trial until", moment_of(held.trial_end, timezone, now)))
    is_trial_ending = held.status is SubscriptionStatus.trialing and held.is_ending
    if held.runs and held.period_end and not is_trial_ending:
        facts.append(_next(held, held.period_end, way, timezone, now))
    if way and way.card:
        lasts = f", good until {way.card_until}" if way.card_until else ""
        facts.append(Fact("Paid by", f"{way.card}{lasts}"))
    return facts


def _next(held: Held, period_end: datetime, way: Paying | None, timezone: str, now: datetime) -> Fact:
    day = day_of(period_end, timezone, now)
    if held.is_ending:
        return Fact("Open until", moment_of(period_end, timezone, now))
    due = way.due if way and way.due else held.price
    name = "First charge" if held.status is SubscriptionStatus.trialing else "Next charge"
    credit = ", the rest is in credit" if due.amount_cents < held.price.amount_cents else ""
    return Fact(name, f"{spoken_price(due)} on {day}{credit}")


def _switch_label(held: Held) -> str:
    return f"Pay {NAMES[held.other]} instead" if held.runs and not held.is_ending else ""


def _resume_label(held: Held) -> str:
    if held.status is SubscriptionStatus.paused:
        return f"Go on, for {spoken_price(held.price)} now"
    return "Keep it after all" if held.is_ending and held.runs else ""


def _cancel_words(held: Held, timezone: str, now: datetime) -> str:
    kept = "What you wrote stays yours to read and to take along."
    if not held.runs or held.period_end is None:
        return f"It ends at once, and nothing more is charged. {kept}"
    day = day_of(held.period_end, timezone, now)
    until = f"It stays open until {day}, and nothing more is charged."
    if held.status is SubscriptionStatus.trialing:
        until = f"The trial runs on until {day}, and nothing is charged."
    return f"{until} Until then you can keep it after all. {kept}"

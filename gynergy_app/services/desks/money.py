"""The payments desk: figures of a period, what comes again, and what waits for a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.domain.payments.codes import CodeState
from gynergy_app.domain.payments.figures import (
    Period,
    Recurring,
    Step,
    Subscribed,
    Takings,
    fitting,
    in_steps,
    last_days,
    recurring,
    total,
)
from gynergy_app.repositories import desk_codes, money_figures
from gynergy_app.repositories.desk_codes import DeskCode, EndedTrial
from gynergy_app.repositories.money_figures import Codes, InCurrency, Places, Trials, Waiting

CURRENCY = "usd"
"""What is counted while nothing was sold in another one."""

CODES_AT_ONCE = 20
TRIALS_SHOWN = 50
IN_SHORT_DAYS = 30


@dataclass(frozen=True)
class Money:
    """Everything is counted at one moment. `currencies` are all that were paid in; one is counted."""

    period: Period
    step: Step
    currency: str
    currencies: tuple[InCurrency, ...]
    counted_at: datetime
    stretches: tuple[Takings, ...]
    takings: Takings
    places: Places
    codes: Codes
    subscriptions: tuple[Subscribed, ...]
    recurring: Recurring
    trials: Trials
    ended_trials: tuple[EndedTrial, ...]
    first_sale: date | None

    @property
    def is_empty(self) -> bool:
        """Nothing was ever sold, given or subscribed to."""
        return not (self.first_sale or self.subscriptions or self.codes.made)


@dataclass(frozen=True)
class InShort:
    """The money line of the overview."""

    takings: Takings
    period: Period
    currency: str
    recurring: Recurring
    codes: Codes
    waiting: Waiting


@dataclass(frozen=True)
class FoundCodes:
    """`last` is where the next page begins; None at the end of the list."""

    codes: tuple[DeskCode, ...]
    last: tuple[datetime, UUID] | None


async def read(db: AsyncSession, period: Period, step: Step, *, currency: str = "", now: datetime) -> Money:
    step = fitting(step, period)
    currencies = await money_figures.currencies(db, period)
    subscriptions = await money_figures.subscriptions(db)
    chosen = _chosen(currency, currencies, subscriptions)
    days = await money_figures.takings(db, period, chosen)
    first = await money_figures.first_sale(db)
    return Money(
        period=period,
        step=step,
        currency=chosen,
        currencies=tuple(currencies),
        counted_at=now,
        stretches=tuple(in_steps(period, step, days)),
        takings=total(period, days),
        places=await money_figures.places(db, period),
        codes=await money_figures.codes(db, period, now),
        subscriptions=tuple(subscriptions),
        recurring=recurring(subscriptions, chosen),
        trials=await money_figures.trials(db, period, now),
        ended_trials=tuple(await desk_codes.trials(db, period, now, TRIALS_SHOWN)),
        first_sale=clock.day_in(period.zone, first) if first else None,
    )


def _chosen(currency: str, sold: Sequence[InCurrency], subscribed: Sequence[Subscribed]) -> str:
    known = [each.currency for each in (*sold, *subscribed)]
    return currency if currency in known else next(iter(known), CURRENCY)


async def read_in_short(db: AsyncSession, zone: str, *, now: datetime) -> InShort:
    period = last_days(IN_SHORT_DAYS, clock.day_in(zone, now), zone)
    subscriptions = await money_figures.subscriptions(db)
    currency = _chosen("", await money_figures.currencies(db, period), subscriptions)
    return InShort(
        takings=total(period, await money_figures.takings(db, period, currency)),
        period=period,
        currency=currency,
        recurring=recurring(subscriptions, currency),
        codes=await money_figures.codes(db, period, now),
        waiting=await money_figures.waiting(db),
    )


async def list_codes(
    db: AsyncSession,
    period: Period,
    state: CodeState | None,
    *,
    now: datetime,
    before: tuple[datetime, UUID] | None = None,
) -> FoundCodes:
    """A page of the codes made in the period, the newest first."""
    rows = await desk_codes.codes(db, period, state or "", at=now, before=before, size=CODES_AT_ONCE + 1)
    shown = rows[:CODES_AT_ONCE]
    has_more = len(rows) > CODES_AT_ONCE
    return FoundCodes(tuple(shown), (shown[-1].created_at, shown[-1].id) if has_more else None)

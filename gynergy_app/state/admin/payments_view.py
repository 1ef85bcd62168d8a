"""The figures of the payments desk in words: each with what it is counted from, and where its rows are."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from gynergy_app import routes
from gynergy_app.domain.payments.figures import Period, Step, Subscribed, figure, share
from gynergy_app.domain.payments.kinds import PurchaseStatus, PurchaseType, SubscriptionStatus
from gynergy_app.domain.text import counted, spelled
from gynergy_app.drawing.chart import EMPTY, Chart, Reading, line_chart
from gynergy_app.repositories.desk_codes import EndedTrial
from gynergy_app.repositories.money_figures import Codes
from gynergy_app.services.desks.money import InShort, Money
from gynergy_app.state.admin.words import moment_within, short_date

MOST_TICKS = 4
AXIS_DOLLARS = (1, 2.5, 5, 10)
SUBSCRIPTION_STATES = {
    SubscriptionStatus.active: ("Active", "good"),
    SubscriptionStatus.trialing: ("On trial", "good"),
    SubscriptionStatus.past_due: ("Card refused", "wait"),
    SubscriptionStatus.unpaid: ("Unpaid", "bad"),
    SubscriptionStatus.paused: ("Paused", "normal"),
    SubscriptionStatus.incomplete: ("First payment open", "wait"),
    SubscriptionStatus.incomplete_expired: ("Never begun", "normal"),
    SubscriptionStatus.canceled: ("Ended", "normal"),
}
STEP_HEADS = {Step.day: "Day", Step.week: "Week from", Step.month: "Month"}


@dataclass(frozen=True)
class MoneyFigure:
    """`href` leads to the rows it is counted from; a figure worked out of others has none of its own."""

    label: str
    value: str
    definition: str
    href: str = ""


@dataclass(frozen=True)
class Bar:
    """A line of a funnel: its share of the first one, drawn."""

    label: str
    of: str
    value: str
    width: str


@dataclass(frozen=True)
class StateRow:
    state: str
    kind: str
    count: str
    href: str


@dataclass(frozen=True)
class StretchRow:
    label: str
    bought: str
    paid: str
    back: str
    net: str
    href: str


@dataclass(frozen=True)
class TrialRow:
    name: str
    href: str
    ended: str
    state: str
    kind: str


@dataclass(frozen=True)
class PaymentsView:
    zone: str = "UTC"
    says: str = ""
    is_empty: bool = False
    step_head: str = "Day"
    step_note: str = ""
    currency_note: str = ""
    currencies: list[tuple[str, str]] = field(default_factory=list)
    currency: str = ""
    has_currencies: bool = False
    figures: list[MoneyFigure] = field(default_factory=list)
    recurring: list[MoneyFigure] = field(default_factory=list)
    chart: Chart = EMPTY
    stretches: list[StretchRow] = field(default_factory=list)
    codes: list[Bar] = field(default_factory=list)
    codes_note: str = ""
    subscriptions: list[StateRow] = field(default_factory=list)
    trials: list[TrialRow] = field(default_factory=list)
    csv: str = ""


def view_of(seen: Money, asked: Step) -> PaymentsView:
    period, local = seen.period, seen.counted_at.astimezone(ZoneInfo(seen.period.zone))
    return PaymentsView(
        zone=period.zone,
        says=f"{_span(period)}, days of {period.zone.replace('_', ' ')}, counted"
        f" {moment_within(seen.counted_at, period.zone, seen.counted_at)}.",
        is_empty=seen.is_empty,
        step_head=STEP_HEADS[seen.step],
        step_note="" if seen.step is asked else _step_note(asked, seen.step),
        currency_note=_currency_note(seen),
        currencies=[(name, name.upper()) for name in _currencies(seen)],
        currency=seen.currency,
        has_currencies=len(_currencies(seen)) > 1,
        figures=_figures(seen),
        recurring=_recurring(seen),
        chart=_chart(seen, local.date()),
        stretches=[_stretch_row(seen, n, local.date()) for n in range(len(seen.stretches))],
        codes=_code_bars(seen.codes),
        codes_note=_codes_note(seen.codes),
        subscriptions=_states(seen.subscriptions),
        trials=[_trial_row(each, period.zone, local.date()) for each in seen.ended_trials],
        csv=routes.where(
            routes.ADMIN_REVENUE_CSV,
            **_query(period),
            step=seen.step,
            currency=seen.currency,
        ),
    )


def span_words(first: date, last: date) -> str:
    """
    >>> span_words(date(2026, 3, 1), date(2026, 3, 31)), span_words(date(2025, 12, 1), date(2026, 1, 2))
    ('1 – 31 March 2026', '1 December 2025 – 2 January 2026')
    """
    end = f"{last.day} {last:%B %Y}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} – {end}"
    return f"{first.day} {first:%B}{'' if first.year == last.year else f' {first.year}'} – {end}"


def _span(period: Period) -> str:
    return span_words(period.first, period.last)


def _query(period: Period) -> dict[str, str]:
    return {"from_": period.first.isoformat(), "to": period.last.isoformat(), "zone": period.zone}


def purchases_of(period: Period, **said: str) -> str:
    """The rows of the purchases list that a figure is counted from."""
    return routes.where(routes.ADMIN_PURCHASES, **{"by": "purchased", **said, **_query(period)})


def _step_note(asked: Step, drawn: Step) -> str:
    return f"By {drawn}: this is too long a stretch to be drawn by {asked}."


def _currencies(seen: Money) -> list[str]:
    names = [each.currency for each in (*seen.currencies, *seen.subscriptions)]
    return list(dict.fromkeys([seen.currency, *names]))


def _currency_note(seen: Money) -> str:
    """What is left out: money of two currencies is never added up."""
    others = [each for each in seen.currencies if each.currency != seen.currency]
    sold = [
        f"{counted(each.purchases, 'purchase')} of {figure(each.gross_cents, each.currency)}"
        for each in others
    ]
    running = sum(
        each.count
        for each in seen.subscriptions
        if each.currency != seen.currency and each.status is SubscriptionStatus.active
    )
    left_out = [*sold, *([counted(running, "active subscription")] if running else [])]
    return f"{', '.join(left_out).capitalize()} in other currencies." if left_out else ""


def _figures(seen: Money) -> list[MoneyFigure]:
    money, places, period = seen.takings, seen.places, seen.period
    challenge = PurchaseType.challenge
    return [
        MoneyFigure(
            "Paid",
            figure(money.gross_cents, seen.currency),
            f"{counted(money.bought, 'purchase').capitalize()} of the challenge, each on the day it was paid,"
            " before anything went back. Subscriptions are not in it.",
            purchases_of(period, type=challenge),
        ),
        MoneyFigure(
            "Gone back",
            figure(money.back_cents, seen.currency),
            "Refunds that arrived, on the day they were made, and disputes on the day they were lost. "
            "What is on its way or failed does not count.",
            purchases_of(period, type=challenge, by="refunded"),
        ),
        MoneyFigure(
            "Net",
            figure(money.net_cents, seen.currency),
            "Paid less gone back. What went back may have been paid before this period.",
        ),
        MoneyFigure(
            "Refund rate",
            share(places.refunded, places.bought),
            f"{spelled(places.refunded).capitalize()} of {counted(places.bought, 'purchase')} paid in the"
            " period went back in full, by now.",
            purchases_of(period, type=challenge, status=PurchaseStatus.refunded),
        ),
        MoneyFigure(
            "Places bought",
            f"{places.bought:,}",
            f"In any currency. {spelled(places.nobodys).capitalize()} of them"
            " in no account: bought as a guest and not claimed yet, or the account is gone.",
            purchases_of(period, type=challenge),
        ),
        MoneyFigure(
            "Places by friend code",
            f"{places.given:,}",
            f"{share(places.given, places.given + places.bought)} of all places of the period. "
            "Each came with a purchase, so nothing is paid for it.",
            purchases_of(period, type=PurchaseType.challenge_friend_code),
        ),
    ]


def _recurring(seen: Money) -> list[MoneyFigure]:
    now, trials = seen.recurring, seen.trials
    active = routes.where(routes.ADMIN_SUBSCRIPTIONS, status=SubscriptionStatus.active)
    ending = f" {spelled(now.ending).capitalize()} will not renew." if now.ending else ""
    return [
        MoneyFigure(
            "Monthly recurring",
            figure(now.month_cents, seen.currency),
            f"{now.monthly:,} monthly + {now.yearly:,} yearly ÷ 12: active now, whatever the period, at the"
            " price before promotion codes. Not trials, and not refused cards until they are paid."
            f"{ending}",
            active,
        ),
        MoneyFigure(
            "Yearly recurring",
            figure(now.year_cents, seen.currency),
            "The same subscriptions: monthly × 12 + yearly.",
            active,
        ),
        MoneyFigure(
            "Trials that stayed",
            f"{trials.active:,} of {trials.ended:,}",
            "Trials that ended in the period and are active now. Whoever paid and left since is not counted "
            "as staying.",
        ),
    ]


def _chart(seen: Money, today: date) -> Chart:
    stretches = seen.stretches

    def dollars(value: float) -> str:
        return figure(round(value * 100), seen.currency)

    readings = [
        Reading(
            at=n,
            value=each.gross_cents / 100,
            label=label_of(each.begins, seen.step, today),
            spoken=f"{label_of(each.begins, seen.step, today)}: {figure(each.gross_cents, seen.currency)}",
        )
        for n, each in enumerate(stretches, 1)
    ]
    top = axis_end(max(each.gross_cents for each in stretches) / 100)
    every = -(-len(readings) // MOST_TICKS)
    return line_chart(
        readings,
        days=(1, max(2, len(readings))),
        values=(0, top),
        grid=(0, top / 2, top),
        ticks=[(r.at, r.label) for r in readings if r.at % every == (every + 1) // 2 % every],
        says=f"{dollars(seen.takings.gross_cents / 100)} paid in {_span(seen.period)}, by {seen.step}.",
        words=dollars,
    )


def axis_end(most: float) -> float:
    """A round amount that nothing rises above.

    >>> [axis_end(most) for most in (0, 997, 1994, 9970, 260_000)]
    [100, 1000, 2500, 10000, 500000]
    """
    size = 100
    while True:
        for step in AXIS_DOLLARS:
            if most <= size * step:
                return int(size * step)
        size *= 10


def label_of(begins: date, step: Step, today: date) -> str:
    return f"{begins:%b %Y}" if step is Step.month else short_date(begins, today)


def _stretch_row(seen: Money, at: int, today: date) -> StretchRow:
    each = seen.stretches[at]
    following = seen.stretches[at + 1].begins if at + 1 < len(seen.stretches) else None
    last = following - timedelta(days=1) if following else seen.period.last
    stretch = Period(each.begins, last, seen.period.zone)
    return StretchRow(
        label=label_of(each.begins, seen.step, today),
        bought=f"{each.bought:,}",
        paid=_or_dash(each.gross_cents, seen.currency),
        back=_or_dash(each.back_cents, seen.currency),
        net=_or_dash(each.net_cents, seen.currency),
        href=purchases_of(stretch, type=PurchaseType.challenge) if each.bought else "",
    )


def _or_dash(amount_cents: int, currency: str) -> str:
    return figure(amount_cents, currency) if amount_cents else "–"


def _code_bars(codes: Codes) -> list[Bar]:
    lines = (
        ("Made", "", codes.made),
        ("Used", "of made", codes.used),
        ("Still open", "of made", codes.open),
        ("Run out unused", "of made", codes.expired),
        ("Taken back", "of made", codes.revoked),
    )
    return [_bar(label, of, count, codes.made) for label, of, count in lines]


def _bar(label: str, of: str, count: int, whole: int) -> Bar:
    said = f"{count:,} · {share(count, whole)}" if of and whole else f"{count:,}"
    return Bar(label, of, said, f"{100 * count / whole if whole else 0:.1f}%")


def _codes_note(codes: Codes) -> str:
    if not codes.made:
        return "No code was made in this period: two come with every purchase that belongs to an account."
    return "Codes made in the period, as they stand now. Whether a link was opened is not kept."


def _states(found: tuple[Subscribed, ...]) -> list[StateRow]:
    return [_state_row(status, found) for status in SUBSCRIPTION_STATES]


def _state_row(status: SubscriptionStatus, found: tuple[Subscribed, ...]) -> StateRow:
    words, kind = SUBSCRIPTION_STATES[status]
    count = sum(each.count for each in found if each.status is status)
    return StateRow(
        state=words,
        kind=kind if count else "normal",
        count=f"{count:,}",
        href=routes.where(routes.ADMIN_SUBSCRIPTIONS, status=status) if count else "",
    )


def _trial_row(each: EndedTrial, zone: str, today: date) -> TrialRow:
    words, kind = SUBSCRIPTION_STATES[each.status]
    return TrialRow(
        name=each.name or "Somebody whose account is gone",
        href=routes.admin_member(str(each.user_id)) if each.user_id else "",
        ended=short_date(each.trial_end.astimezone(ZoneInfo(zone)).date(), today),
        state=words,
        kind=kind,
    )


def in_short(seen: InShort) -> list[MoneyFigure]:
    """The money line of the overview."""
    money, now, codes = seen.takings, seen.recurring, seen.codes
    back = f", {figure(money.back_cents, seen.currency)} of it or of earlier payments went back"
    return [
        MoneyFigure(
            "Paid in the last 30 days",
            figure(money.gross_cents, seen.currency),
            f"{counted(money.bought, 'purchase').capitalize()} of the challenge"
            f"{back if money.back_cents else ''}. Subscriptions are not in it.",
            routes.ADMIN_PAYMENTS,
        ),
        MoneyFigure(
            "Monthly recurring",
            figure(now.month_cents, seen.currency),
            f"{now.monthly:,} monthly + {now.yearly:,} yearly ÷ 12, active now.",
            routes.where(routes.ADMIN_SUBSCRIPTIONS, status=SubscriptionStatus.active),
        ),
        MoneyFigure(
            "Friend codes used",
            f"{codes.used:,} of {codes.made:,}",
            f"Of the codes made in the last 30 days; {spelled(codes.open)} still open.",
            routes.ADMIN_PAYMENTS,
        ),
    ]

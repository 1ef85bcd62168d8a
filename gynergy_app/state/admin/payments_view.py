"""The figures of the payments desk in words: each with what it is counted from, and where its rows are."""

from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from gynergy_app import routes
from gynergy_app.domain.payments.figures import Step, Subscribed, figure, share
from gynergy_app.domain.payments.kinds import PurchaseStatus, PurchaseType, SubscriptionStatus
from gynergy_app.domain.text import counted, spelled
from gynergy_app.drawing.chart import EMPTY, Chart
from gynergy_app.repositories.desk_codes import EndedTrial
from gynergy_app.repositories.money_figures import Codes
from gynergy_app.services.desks.money import InShort, Money
from gynergy_app.state.admin.money_over_time import (
    StretchRow,
    chart_of,
    purchases_of,
    query_of,
    span,
    stretch_row,
    subscriptions_of,
)
from gynergy_app.state.admin.money_words import SUBSCRIPTIONS
from gynergy_app.state.admin.words import moment_within, short_date

ORDER = (
    SubscriptionStatus.active,
    SubscriptionStatus.trialing,
    SubscriptionStatus.past_due,
    SubscriptionStatus.unpaid,
    SubscriptionStatus.paused,
    SubscriptionStatus.incomplete,
    SubscriptionStatus.incomplete_expired,
    SubscriptionStatus.canceled,
)


@dataclass(frozen=True)
class MoneyFigure:
    """`href` leads to the rows it is counted from; a figure worked out of others has none of its own.

    `also_href` leads to the rest of them, where they stand in two lists.
    """

    label: str
    value: str
    definition: str
    href: str = ""
    also: str = ""
    also_href: str = ""


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
        says=f"{span(period)}, days of {period.zone.replace('_', ' ')}, counted"
        f" {moment_within(seen.counted_at, period.zone, seen.counted_at)}.",
        is_empty=seen.is_empty,
        step_note="" if seen.step is asked else _step_note(asked, seen.step),
        currency_note=_currency_note(seen),
        currencies=[(name, name.upper()) for name in _currencies(seen)],
        currency=seen.currency,
        has_currencies=len(_currencies(seen)) > 1,
        figures=_figures(seen),
        recurring=_recurring(seen),
        chart=chart_of(seen, local.date()),
        stretches=[stretch_row(seen, n, local.date()) for n in range(len(seen.stretches))],
        codes=_code_bars(seen.codes),
        codes_note=_codes_note(seen.codes),
        subscriptions=_states(seen.subscriptions),
        trials=[_trial_row(each, period.zone, local.date()) for each in seen.ended_trials],
        csv=routes.where(
            routes.ADMIN_REVENUE_CSV,
            **query_of(period),
            step=seen.step,
            currency=seen.currency,
        ),
    )


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
    refunded = spelled(places.refunded) if places.refunded else "none"
    challenge = PurchaseType.challenge
    return [
        MoneyFigure(
            "Paid",
            figure(money.gross_cents, seen.currency),
            f"{counted(money.bought, 'purchase').capitalize()} of the challenge, each on the day it was paid,"
            " before anything went back.",
            purchases_of(period, type=challenge),
        ),
        MoneyFigure(
            "Gone back",
            figure(money.gone_cents, seen.currency),
            f"{_both(seen)}Refunds that arrived, on the day they were made, and disputes on the day they were"
            " lost. What is on its way or failed does not count.",
            purchases_of(period, type=challenge, by="refunded", status=""),
            "Show what went back of subscriptions",
            subscriptions_of(period),
        ),
        MoneyFigure(
            "Paid for subscriptions",
            figure(money.renewed_cents, seen.currency),
            f"{counted(money.renewals, 'invoice').capitalize()} of the journal, first ones and renewals, each"
            " on the day it was paid, before anything went back.",
            subscriptions_of(period),
        ),
        MoneyFigure(
            "Net",
            figure(money.net_cents, seen.currency),
            "Paid, and paid for subscriptions, less all that went back. What went back may have been paid"
            " before this period.",
        ),
        MoneyFigure(
            "Refund rate",
            share(places.refunded, places.bought),
            f"In any currency: {refunded} of {counted(places.bought, 'purchase')} paid in the"
            " period went back in full, by now.",
            purchases_of(period, type=challenge, status=PurchaseStatus.refunded),
        ),
        MoneyFigure(
            "Places bought",
            f"{places.bought:,}",
            f"In any currency. {_nobodys(places.nobodys)}",
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


def _both(seen: Money) -> str:
    """What went back, by what it had been paid for."""
    back, renewed_back = seen.takings.back_cents, seen.takings.renewed_back_cents
    challenge, renewed = figure(back, seen.currency), figure(renewed_back, seen.currency)
    return f"{challenge} of the challenge and {renewed} of subscriptions. "


def _nobodys(count: int) -> str:
    if count == 0:
        return "Each of them is in an account."
    return (
        f"{spelled(count).capitalize()} of them in no account: bought as a guest and not claimed yet, or the "
        "account is gone."
    )


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
    return [_state_row(status, found) for status in ORDER]


def _state_row(status: SubscriptionStatus, found: tuple[Subscribed, ...]) -> StateRow:
    words, kind = SUBSCRIPTIONS[status]
    count = sum(each.count for each in found if each.status is status)
    return StateRow(
        state=words,
        kind=kind if count else "normal",
        count=f"{count:,}",
        href=routes.where(routes.ADMIN_SUBSCRIPTIONS, status=status) if count else "",
    )


def _trial_row(each: EndedTrial, zone: str, today: date) -> TrialRow:
    words, kind = SUBSCRIPTIONS[each.status]
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
    back = f", {figure(money.gone_cents, seen.currency)} of it or of earlier payments went back"
    return [
        MoneyFigure(
            "Paid in the last 30 days",
            figure(money.paid_cents, seen.currency),
            f"{counted(money.bought, 'purchase').capitalize()} of the challenge and"
            f" {counted(money.renewals, 'invoice')} of the journal{back if money.gone_cents else ''}.",
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

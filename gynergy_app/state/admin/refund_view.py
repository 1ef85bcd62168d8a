"""The consequences sheet: a row for each thing a refund touches, and its arrow."""

from dataclasses import dataclass, field
from datetime import datetime

from gynergy_app.domain.payments.kinds import PurchaseStatus
from gynergy_app.domain.payments.refunding import CodeFate, Consequences, PlaceStands, Standing
from gynergy_app.domain.payments.sources import Opening
from gynergy_app.domain.payments.stripe_words import money
from gynergy_app.domain.text import counted
from gynergy_app.state.admin.money_words import CAME_BY, CODES, on_day


@dataclass(frozen=True)
class SheetRow:
    """`before` becomes `after`. `is_kept`: what nobody takes from her."""

    name: str
    before: str = ""
    after: str = ""
    more: str = ""
    is_code: bool = False
    is_kept: bool = False


@dataclass(frozen=True)
class SheetView:
    name: str = ""
    about: str = ""
    left: str = ""
    is_review: bool = False
    amount: str = ""
    """What will go back, as a sum; empty while there is none."""
    to_type: str = ""
    rows: list[SheetRow] = field(default_factory=list)
    letter_subject: str = ""
    letter: str = ""
    last_word: str = ""
    """Before the button: what cannot be undone, and what can."""


def rows_of(
    standing: Standing, follows: Consequences, currency: str, zone: str, now: datetime
) -> list[SheetRow]:
    rows = [_money(standing, follows, currency)]
    if standing.has_account and standing.balance.status is not PurchaseStatus.review:
        rows.append(_access(standing, follows, zone, now))
    rows += [_code(n, fate, follows) for n, fate in enumerate(follows.codes, 1)]
    if follows.invited:
        rows.append(_points(follows))
    if follows.seat_is_freed:
        rows.append(SheetRow("Seat", "kept for her", "free", "Whoever waits for the session hears of it."))
    rows += [_place(each) for each in follows.places]
    rows += [_mail(standing, follows), *([_reminders()] if follows.reminders_stop else [])]
    rows.append(_kept(standing))
    return rows


def _money(standing: Standing, follows: Consequences, currency: str) -> SheetRow:
    left = standing.balance.left - follows.amount
    more = "It goes to where she paid from; banks take up to ten days to show it."
    rest = f" {money(left, currency)} of the price stays." if left > 0 else ""
    return SheetRow("Money", after=f"{money(follows.amount, currency)} goes back", more=more + rest)


def _access(standing: Standing, follows: Consequences, zone: str, now: datetime) -> SheetRow:
    before = _opening(follows.access, zone, now)
    if not follows.is_whole:
        return SheetRow("Access", before, "stays", "A part of the price changes no access.")
    if follows.access is None:
        return SheetRow("Access", "Challenge closed", "stays closed")
    journal = "The journal she subscribes to stays open." if standing.is_journal_open else ""
    if follows.remaining is None:
        more = journal or "Nothing else opens it, and she has no subscription."
        return SheetRow("Access", before, "closes when the money has arrived", more)
    after = "stays" if not follows.changes_access else f"stays, {CAME_BY[follows.remaining.kind]}"
    return SheetRow("Access", before, after, _opening(follows.remaining, zone, now) + " then.")


def _opening(opening: Opening | None, zone: str, now: datetime) -> str:
    if opening is None:
        return "Challenge closed"
    until = f" until {on_day(opening.until, zone, now)}" if opening.until else ", no start chosen"
    return f"Challenge, {CAME_BY[opening.kind]}{until}"


def _code(number: int, fate: CodeFate, follows: Consequences) -> SheetRow:
    code = fate.code
    name = f"Code {number}"
    if code.redeemer or code.state == "used":
        who = code.redeemer or "somebody whose account is gone"
        rule = "That is the rule, not a choice made here." if follows.is_whole else ""
        return SheetRow(name, f"{code.code}, used by {who}", f"{who} stays", rule, is_code=True)
    state = CODES[code.state][0].lower()
    return SheetRow(
        name, f"{code.code}, {state}", "stops working" if fate.stops else "stays so", is_code=True
    )


def _points(follows: Consequences) -> SheetRow:
    invited = follows.invited
    if invited is None:
        return SheetRow("Points")
    said = f"−{invited.total} for {invited.name or 'whoever'} who invited her"
    falls = "; ".join(f"{name}, −{points}" for name, points in invited.milestones if points)
    more = f"As reversing rows: −{invited.points} for the invitation" + (f"; {falls}" if falls else "")
    return SheetRow("Points", after=said, more=f"{more}. A badge that was earned stays.")


def _place(place: PlaceStands) -> SheetRow:
    before = f"in {place.session}"
    if place.has_written:
        more = "She wrote there: she goes on reading it, and nobody else gets the place."
        return SheetRow("Place", before, "stays hers", more)
    return SheetRow(
        "Place", before, "free", "She has written nothing there. Whoever waits for the session hears of it."
    )


def _mail(standing: Standing, follows: Consequences) -> SheetRow:
    if not follows.letter:
        return SheetRow("Mail", after="None is sent", more="There is no address to write to.")
    return SheetRow("Mail", after=f"One letter to {standing.writes_to}", more="When the money has arrived.")


def _reminders() -> SheetRow:
    return SheetRow("Reminders", "of the session", "stop", "She could not write what they remind her of.")


def _kept(standing: Standing) -> SheetRow:
    if not standing.has_account:
        return SheetRow(
            "Kept", after="The receipt in her mail", more="She has no account here.", is_kept=True
        )
    more = "She goes on reading and exporting it, with her points and badges. Nobody here can."
    return SheetRow("Kept", after="Everything she wrote", more=more, is_kept=True)


def last_word(standing: Standing) -> str:
    """A guest has no page from which anything could be opened."""
    final = "Money cannot be called back."
    return f"{final} Access can be opened again from her page." if standing.has_account else final


def done_words(amount: str, codes: int) -> str:
    """
    >>> done_words("$997.00", 1)
    '$997.00 is asked for. One code stops when it has arrived.'
    """
    stop = f" {counted(codes, 'code').capitalize()} {'stops' if codes == 1 else 'stop'} when it has arrived."
    return f"{amount} is asked for.{stop if codes else ''}"

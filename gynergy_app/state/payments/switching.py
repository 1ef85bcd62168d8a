"""What another plan costs, said before it is chosen."""

from dataclasses import dataclass
from datetime import datetime

from gynergy_app.domain.payments.offers import spoken_price
from gynergy_app.services.payments.subscriptions import Change
from gynergy_app.state.payments.notices import day_of
from gynergy_app.state.payments.plans import NAMES


@dataclass(frozen=True)
class Switch:
    """`at` is the second it was counted for, and is chosen by. Empty: nobody asked."""

    id: str = ""
    at: int = 0
    title: str = ""
    words: str = ""
    action: str = ""


def switch_of(card_id: str, change: Change, timezone: str, now: datetime) -> Switch:
    words, action = _words(change, timezone, now), "Change the plan"
    if change.due.amount_cents and not change.is_later:
        action = f"Change and pay {spoken_price(change.due)}"
    return Switch(card_id, change.at, f"Pay {NAMES[change.to]} instead", words, action)


def _words(change: Change, timezone: str, now: datetime) -> str:
    price = spoken_price(change.every)
    every = f"{price} a {change.to}"
    if change.is_later and change.due_at:
        return f"Nothing is charged now. From {day_of(change.due_at, timezone, now)} on it costs {every}."
    if change.due.amount_cents:
        return (
            f"{spoken_price(change.due)} is charged now: {price}, less what you have paid and not used. "
            f"A new {change.to} begins today, and from then on it costs {every}."
        )
    return (
        f"Nothing is charged now. {spoken_price(change.credit)} of what you paid is left over and pays what "
        f"comes next; then it costs {every}."
    )

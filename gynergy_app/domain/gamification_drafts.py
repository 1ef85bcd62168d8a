"""What an admin types about badges, bands, values and points by hand, and what is wrong with it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from gynergy_app.domain.gamification import Band, Priced, priced
from gynergy_app.domain.program_drafts.base import (
    Circumstances,
    Draft,
    Problems,
    as_date,
    line_problem,
    number_problem,
    only_found,
    whole_number,
)
from gynergy_app.domain.text import counted

MOST_POINTS = 1_000
MOST_BY_HAND = 10_000
LONGEST_STREAK = 999
FURTHEST_VALUE = timedelta(days=366)
REASON_LIMIT = 200

_FACTOR = re.compile(r"[1-9](?:[.,][0-9]{1,2})?")
_SIGNED = re.compile(r"[+\-−]?[0-9]{1,6}")


def reason_problem(reason: str) -> str | None:
    return line_problem(reason, REASON_LIMIT, "Please give the reason. The record keeps it.")


@dataclass(frozen=True)
class BadgeDraft(Draft):
    """What takes a badge is its condition, which no form changes."""

    name: str = ""
    description: str = ""
    icon: str = ""
    points_reward: str = ""
    is_hidden: str = ""
    sort_order: str = ""

    def problems(self, at: Circumstances) -> Problems:
        return only_found(
            {
                "name": line_problem(self.name, 40, "Please name the badge."),
                "description": line_problem(self.description, 200),
                "icon": None if self.icon else "Please choose its sign.",
                "points_reward": number_problem(self.points_reward, 0, MOST_POINTS),
                "sort_order": number_problem(self.sort_order, 0, MOST_POINTS),
            }
        )

    def columns(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "description": self.description,
            "icon": self.icon,
            "points_reward": whole_number(self.points_reward),
            "is_hidden": self.is_hidden == "on",
            "sort_order": whole_number(self.sort_order),
        }


@dataclass(frozen=True)
class BandDraft(Draft):
    """A stretch of streak lengths and what it multiplies by. Without `longest` it has no end."""

    shortest: str = ""
    longest: str = ""
    multiplier: str = ""
    is_active: str = ""

    @property
    def factor(self) -> Decimal | None:
        """
        >>> BandDraft(multiplier="1,5").factor, BandDraft(multiplier="0.5").factor
        (Decimal('1.5'), None)
        """
        text = self.multiplier.strip()
        return Decimal(text.replace(",", ".")) if _FACTOR.fullmatch(text) else None

    @property
    def band(self) -> Band:
        """Only of a draft without problems."""
        return Band(
            whole_number(self.shortest) or 1,
            whole_number(self.longest) if self.longest else None,
            self.factor or Decimal(1),
        )

    def problems(self, at: Circumstances) -> Problems:
        found = {
            "shortest": number_problem(self.shortest, 1, LONGEST_STREAK),
            "longest": number_problem(self.longest, 1, LONGEST_STREAK) if self.longest else None,
            "multiplier": None if self.factor else "Please write a number from 1 to 9.99, such as 1.5.",
        }
        if not found["shortest"] and not found["longest"] and self.longest:
            is_backwards = self.band.longest is not None and self.band.longest < self.band.shortest
            found["longest"] = "The last day cannot lie before the first." if is_backwards else None
        return only_found(found)

    def columns(self) -> dict[str, Any]:
        ends = {} if self.band.longest is None else {"max": self.band.longest}
        return {
            "name": self.band.words,
            "condition": {"min": self.band.shortest, **ends},
            "multiplier_value": self.band.multiplier,
            "is_active": self.is_active == "on",
        }


def overlap_problem(band: Band, others: Iterable[Band]) -> str | None:
    """Why a band cannot stand beside the others that are switched on.

    >>> overlap_problem(Band(10, 20, Decimal(2)), [Band(7, 13, Decimal(1))])
    'Streaks of 10 to 13 days are in “Streak of 7 to 13 days” already. Bands may not overlap.'
    """
    for other in others:
        first = max(band.shortest, other.shortest)
        ends = [end for end in (band.longest, other.longest) if end is not None]
        last = min(ends, default=None)
        if last is None or first <= last:
            stretch = f"{first} days and more" if last is None else f"{first} to {last} days"
            stretch = counted(first, "day") if first == last else stretch
            return f"Streaks of {stretch} are in “{other.words}” already. Bands may not overlap."
    return None


@dataclass(frozen=True)
class ValueDraft(Draft):
    """What an activity is worth, or what is added to a page's points, from a day on."""

    activity: str = ""
    points: str = ""
    effective_on: str = ""

    def problems(self, at: Circumstances) -> Problems:
        """`at.today` is the latest day anybody is living anywhere."""
        return only_found(
            {
                "activity": None if self.activity in set(Priced) else "Please choose what it is for.",
                "points": number_problem(self.points, 0, MOST_POINTS),
                "effective_on": self._day_problem(at.today),
            }
        )

    def _day_problem(self, today: date) -> str | None:
        day = as_date(self.effective_on)
        if day is None:
            return "Please choose the day from which it holds."
        if day <= today:
            said = today + timedelta(days=1)
            return (
                "It is that day somewhere already, and pages may be finished."
                f" The first possible is {said.day} {said:%B}."
            )
        return "This is more than a year away." if day > today + FURTHEST_VALUE else None

    def columns(self) -> dict[str, Any]:
        return {
            "activity": priced(self.activity),
            "points": whole_number(self.points),
            "effective_on": as_date(self.effective_on),
        }


@dataclass(frozen=True)
class AwardDraft(Draft):
    """Points an admin gives or takes, and why."""

    points: str = ""
    reason: str = ""

    @property
    def amount(self) -> int | None:
        """
        >>> [AwardDraft(points=said).amount for said in ("+20", "-5", "−5", "ten")]
        [20, -5, -5, None]
        """
        text = self.points.replace(" ", "")
        return int(text.replace("−", "-")) if _SIGNED.fullmatch(text) else None

    def problems(self, at: Circumstances) -> Problems:
        amount = self.amount
        is_fair = amount is not None and 0 < abs(amount) <= MOST_BY_HAND
        sentence = f"Please write a whole number other than 0, such as 20 or −20, {MOST_BY_HAND:,} at most."
        return only_found({"points": None if is_fair else sentence, "reason": reason_problem(self.reason)})

    def columns(self) -> dict[str, Any]:
        return {"points": self.amount, "reason": self.reason}

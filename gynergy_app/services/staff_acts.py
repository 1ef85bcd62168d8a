"""What somebody of the staff did with a member's account, said to her: the act, and how much."""

from collections.abc import Callable, Mapping
from typing import Any

from gynergy_app.domain.text import counted
from gynergy_app.services.audit import Act

Values = Mapping[str, Any]

_SIMPLE: dict[str, str] = {
    Act.member_opened: "Opened your page: days, points, badges, sign-ins, mails sent. Not a word of yours.",
    Act.member_exported: "Wrote an archive of everything you keep here, your pages too, to hand to you.",
    Act.member_suspended: "Suspended your account.",
    Act.member_reinstated: "Opened your account again.",
    Act.admin_appointed: "Made you an admin.",
    Act.admin_dismissed: "Removed you as an admin.",
    Act.access_granted: "Opened the challenge for you.",
    Act.purchase_accepted: "Decided that what you paid counts as the price of your place.",
    Act.access_closed: "Closed the challenge for you.",
}


def _given(before: Values, after: Values) -> str:
    points = _figure(after)
    return (
        f"Gave you {counted(points, 'point')}." if points >= 0 else f"Took {counted(-points, 'point')} off."
    )


def _taken_back(before: Values, after: Values) -> str:
    points = _figure(before)
    if points < 0:
        return f"Gave back {counted(-points, 'point')} that had been taken off."
    return f"Took back {counted(points, 'point')} that had been given."


def _joined(before: Values, after: Values) -> str:
    return f"Took you into the cohort {_name(after)}."


def _moved(before: Values, after: Values) -> str:
    return f"Moved you from the cohort {_name(before)} to {_name(after)}."


def _left(before: Values, after: Values) -> str:
    return f"Took you out of the cohort {_name(before)}."


def _moderates(before: Values, after: Values) -> str:
    return "Made you a moderator of your cohort."


def _moderates_no_more(before: Values, after: Values) -> str:
    return "Removed you as a moderator of your cohort."


def _referral(before: Values, after: Values) -> str:
    counts = "it counts" if after.get("outcome") == "converted" else "it does not count"
    return f"Looked into an invitation of yours: {counts}."


def _refunded(before: Values, after: Values) -> str:
    return f"Asked the payment service to send {after.get('amount') or 'money'} back to you."


def _code_taken_back(before: Values, after: Values) -> str:
    return f"Took your friend code {before.get('code') or ''} back.".replace("  ", " ")


def _code_prolonged(before: Values, after: Values) -> str:
    return f"Let your friend code {after.get('code') or ''} be used for longer.".replace("  ", " ")


_TOLD: dict[str, Callable[[Values, Values], str]] = {
    Act.points_awarded: _given,
    Act.points_taken_back: _taken_back,
    Act.cohort_joined: _joined,
    Act.cohort_moved: _moved,
    Act.cohort_left: _left,
    Act.moderator_appointed: _moderates,
    Act.moderator_dismissed: _moderates_no_more,
    Act.purchase_refund_requested: _refunded,
    Act.code_taken_back: _code_taken_back,
    Act.code_prolonged: _code_prolonged,
    Act.referral_decided: _referral,
}


def told(action: str, before: Values | None, after: Values | None) -> str:
    """
    >>> told("points.awarded", None, {"points": 40})
    'Gave you 40 points.'
    >>> told("cohort.moved", {"cohort": "Aurora"}, {"cohort": "Boreas"})
    'Moved you from the cohort Aurora to Boreas.'
    """
    if tell := _TOLD.get(action):
        return tell(before or {}, after or {})
    return _SIMPLE.get(action) or f"Changed your account; the record calls it “{action.replace('.', ' ')}”."


def _figure(values: Values) -> int:
    points = values.get("points")
    return points if isinstance(points, int) else 0


def _name(values: Values) -> str:
    return str(values.get("cohort") or "that is gone")

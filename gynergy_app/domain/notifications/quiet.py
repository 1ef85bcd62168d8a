"""The hours in which nobody is reminded."""

from datetime import time

_ROOM = 30
_MINUTES_OF_A_DAY = 24 * 60


def is_quiet(at: time, quiet_from: time, quiet_to: time) -> bool:
    """Quiet hours may go past midnight; two equal times mean there are none.

    >>> [is_quiet(time(hour), quiet_from=time(22), quiet_to=time(7)) for hour in (21, 22, 0, 6, 7)]
    [False, True, True, True, False]
    """
    if quiet_from <= quiet_to:
        return quiet_from <= at < quiet_to
    return at >= quiet_from or at < quiet_to


def make_room(at: time, quiet_from: time, quiet_to: time) -> tuple[time, time]:
    """The quiet hours that let a reminder come at this time: cut at the edge that is nearer, by half an hour
    more in the evening, because a reminder may come a few minutes late.

    >>> make_room(time(6, 40), time(22), time(7))
    (datetime.time(22, 0), datetime.time(6, 40))
    >>> make_room(time(22, 15), time(22), time(7))
    (datetime.time(22, 45), datetime.time(7, 0))
    """
    if not is_quiet(at, quiet_from, quiet_to):
        return quiet_from, quiet_to
    since_beginning, before_end = _minutes(quiet_from, at), _minutes(at, quiet_to)
    if before_end <= since_beginning + _ROOM:
        return quiet_from, at
    later = (at.hour * 60 + at.minute + _ROOM) % _MINUTES_OF_A_DAY
    return time(*divmod(later, 60)), quiet_to


def _minutes(since: time, until: time) -> int:
    """From one hand of the clock to another, past midnight if need be."""
    return (until.hour * 60 + until.minute - since.hour * 60 - since.minute) % _MINUTES_OF_A_DAY

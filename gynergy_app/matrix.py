"""Which page asks for which entitlement. Everything that opens or closes a page reads it here.

A page that is not named asks for a sign-in at most. What a member wrote is read on pages without a line here:
it is never closed to her.
"""

from collections.abc import Mapping

from gynergy_app import routes
from gynergy_app.domain.payments.access import Right

NEEDED: Mapping[str, Right] = {
    routes.WELCOME: Right.start,
    routes.MORNING_JOURNAL: Right.write,
    routes.EVENING_JOURNAL: Right.write,
    routes.GRATITUDE_ACTION: Right.write,
    routes.WEEKLY_REFLECTION: Right.write,
    routes.WEEKLY_CHALLENGE: Right.write,
    routes.MEDITATION: Right.write,
    routes.MISSED_DAY: Right.write,
    routes.HIGHEST_SELF: Right.write,
    routes.MANTRA: Right.write,
    routes.CREED: Right.write,
    routes.DISCOVERY: Right.write,
    routes.LIFE_MAP: Right.write,
    routes.COHORT: Right.meet,
    routes.LEADERBOARD: Right.meet,
    routes.COHORT_MEMBERS: Right.meet,
}


def needed(path: str) -> Right | None:
    """What the page at this path asks for.

    >>> needed("/journal/morning"), needed("/history/2026-03-01") is needed("/me/data") is None
    (<Right.write: 'write'>, True)
    """
    return NEEDED.get(path.rstrip("/") or routes.HOME)

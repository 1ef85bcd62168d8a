"""What a member is told about places: hers, those she gives away, and those that open."""

from gynergy_app.domain.notifications.notices import Notice, NotificationCategory
from gynergy_app.domain.text import counted


def code_used_notice(code: str, code_id: object, redeemer: str = "") -> Notice:
    """Who came is named only if she wished it; else a friend says so herself."""
    return Notice(
        NotificationCategory.social,
        f"Your code {code} was used",
        f"{redeemer or 'Somebody you gave it to'} has a place now.",
        f"code-used:{code_id}",
    )


def place_open_notice(label: str, session_id: object, cause: object, *, has_access: bool) -> Notice:
    """Without access to the challenge a place is bought, not taken."""
    taken = "It goes to whoever takes it first." if has_access else "It goes to whoever buys it first."
    return Notice(
        NotificationCategory.system,
        f"A place is open in {label}",
        f"You are next in the queue. {taken}",
        f"place-open:{session_id}:{cause}",
    )


def referral_notice(points: int, referral_id: object) -> Notice:
    return Notice(
        NotificationCategory.social,
        "Somebody you invited has a place",
        f"{counted(points, 'point').capitalize()} came with it.",
        f"referral:{referral_id}",
    )


def referral_milestone_notice(name: str, key: object) -> Notice:
    return Notice(
        NotificationCategory.achievement,
        f"New badge: {name}",
        "It came with the people you invited.",
        f"referral-milestone:{name}:{key}",
    )

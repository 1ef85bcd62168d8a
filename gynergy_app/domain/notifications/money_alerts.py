"""What an admin is told about money when nobody else can decide it."""

from gynergy_app.domain.notifications.notices import Notice, NotificationCategory


def money_alert(what: str, key: object) -> Notice:
    words = "Nothing was decided by itself. Please look at it in the payment service."
    return Notice(NotificationCategory.system, what, words, f"money:{key}")


def dead_event_alert(row_id: object, day: object) -> Notice:
    """Told again on another day: what was taken up once more may be given up once more."""
    return Notice(
        NotificationCategory.system,
        "An event of the payment service could not be followed",
        "The inbox says who is waiting for it, and takes it up again.",
        f"money:dead:{row_id}:{day}",
    )

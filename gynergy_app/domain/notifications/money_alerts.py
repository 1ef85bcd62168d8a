"""What an admin is told about money when nobody else can decide it."""

from gynergy_app.domain.notifications.notices import Notice, NotificationCategory


def money_alert(what: str, key: object) -> Notice:
    words = "Nothing was decided by itself. Please look at it in the payment service."
    return Notice(NotificationCategory.system, what, words, f"money:{key}")

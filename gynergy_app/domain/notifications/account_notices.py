"""What a member is told about her archives."""

from gynergy_app.domain.notifications.notices import Notice, NotificationCategory
from gynergy_app.domain.text import counted


def archive_ready_notice(export_id: object) -> Notice:
    return Notice(
        NotificationCategory.system,
        "Your archive is ready",
        "Everything you keep here, in one file. It can be fetched for 24 hours, then it is removed.",
        f"archive:{export_id}",
    )


def archive_failed_notice(export_id: object) -> Notice:
    return Notice(
        NotificationCategory.system,
        "Your archive could not be made",
        "Nothing you wrote is touched. Please ask for it again.",
        f"archive:{export_id}",
    )


def archive_restored_notice(import_id: object, restored: int, kept: int) -> Notice:
    """
    >>> archive_restored_notice(1, 90, 0).body
    '90 pages came back from your archive.'
    """
    words = f"{counted(restored, 'page').capitalize()} came back from your archive."
    if kept:
        words += f" {counted(kept, 'page').capitalize()} written here already stayed as they are."
    return Notice(NotificationCategory.system, "Your archive is back", words, f"restored:{import_id}")


def archive_refused_notice(import_id: object, sentence: str) -> Notice:
    return Notice(
        NotificationCategory.system, "Your archive was not taken in", sentence, f"restored:{import_id}"
    )

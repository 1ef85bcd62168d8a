"""What a member is told about her archives."""

from gynergy_app.domain.notifications.notices import Notice, NotificationCategory


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


def archive_restored_notice(import_id: object, words: str) -> Notice:
    """`words` say what came back of it."""
    return Notice(NotificationCategory.system, "Your archive is back", words, f"restored:{import_id}")


def archive_refused_notice(import_id: object, sentence: str) -> Notice:
    return Notice(
        NotificationCategory.system, "Your archive was not taken in", sentence, f"restored:{import_id}"
    )

"""How a mail travels."""

from enum import StrEnum


class MailStream(StrEnum):
    transactional = "transactional"
    marketing = "marketing"


class MailStatus(StrEnum):
    """`unknown`: we asked the server to send and never heard the answer; a person decides, not a retry."""

    queued = "queued"
    sending = "sending"
    sent = "sent"
    failed = "failed"
    suppressed = "suppressed"
    cancelled = "cancelled"
    unknown = "unknown"

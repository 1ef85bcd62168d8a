"""A member's own data, on its way out or back in."""

from enum import StrEnum


class ArchiveStatus(StrEnum):
    """Where an archive is; the values are stored. `expired` means its file is gone; another can be made."""

    waiting = "waiting"
    making = "making"
    ready = "ready"
    failed = "failed"
    expired = "expired"


class AccessType(StrEnum):
    """How somebody came by the challenge."""

    purchased = "purchased"
    friend_code = "friend_code"

"""A member's own data, on its way out or back in."""

import re
from datetime import timedelta
from enum import StrEnum

FORMAT, VERSION = "gynergy-archive", 1
INDEX, DATA, MANIFEST = "index.html", "data.json", "manifest.json"
MEDIA_FOLDER = "media/"

LASTS = timedelta(hours=24)
"""How long an archive can be fetched."""
TAKES_AT_MOST = timedelta(hours=2)
"""An archive not made by then never will be: its worker was lost, and its job with it."""
TIME_TO_UNDO = timedelta(days=14)
CONFIRMATION = "delete everything"
"""What whoever wants to leave types."""

HEAVIEST_ARCHIVE = 500 * 1024 * 1024
HEAVIEST_DATA = 64 * 1024 * 1024
HEAVIEST_FILE = 25 * 1024 * 1024
HEAVIEST_UNPACKED = 2 * 1024 * 1024 * 1024
MOST_FILES = 5000

_MEDIA_NAME = re.compile(r"media/[A-Za-z0-9_-]{1,80}\.(webp|pdf)")


class ArchiveStatus(StrEnum):
    """Where an archive is; the values are stored. `expired` means its file is gone; another can be made."""

    waiting = "waiting"
    making = "making"
    ready = "ready"
    failed = "failed"
    expired = "expired"


UNDER_WAY = (ArchiveStatus.waiting, ArchiveStatus.making)


def belongs_in_archive(name: str) -> bool:
    """Whether an archive of ours can hold a file of this name. Nothing else is ever unpacked.

    >>> [belongs_in_archive(name) for name in ("media/4f0c.webp", "media/../x.webp", "a.exe")]
    [True, False, False]
    """
    return name in (INDEX, DATA, MANIFEST) or _MEDIA_NAME.fullmatch(name) is not None


def heaviest(name: str) -> int:
    """How much a file of an archive may weigh unpacked, in bytes."""
    return HEAVIEST_DATA if name in (INDEX, DATA, MANIFEST) else HEAVIEST_FILE

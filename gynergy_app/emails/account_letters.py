"""Letters about an account itself: its archive, and its end."""

from dataclasses import dataclass
from datetime import datetime

from gynergy_app.emails.letters import Letter


@dataclass(frozen=True)
class ArchiveReady(Letter):
    first_name: str
    expires_at: datetime
    timezone: str


@dataclass(frozen=True)
class AccountExists(Letter):
    """Somebody, perhaps a stranger, signed up with this address: nothing that was typed travels."""


@dataclass(frozen=True)
class AddressInUse(Letter):
    """Somebody, perhaps a stranger, wanted to make this the address of another account."""


@dataclass(frozen=True)
class LeavingAsked(Letter):
    """The account will be deleted at this moment, unless its owner stays.

    `journal`: what may be charged for a subscription meanwhile, a `Meanwhile`; empty without one.
    """

    first_name: str
    deletes_at: datetime
    timezone: str
    journal: str = ""
    amount: str = ""
    charged_at: datetime | None = None

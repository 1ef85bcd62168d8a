"""Who is here, and the choices a person makes about the house."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from gynergy_app.domain.payments.access import NOTHING, Entitlement


class Role(StrEnum):
    admin = "admin"
    user = "user"


class Theme(StrEnum):
    system = "system"
    dark = "dark"
    light = "light"


class DigestFrequency(StrEnum):
    """How often a member looks back. A day has its own pages, so `daily`, an older word, means weekly too."""

    never = "never"
    daily = "daily"
    weekly = "weekly"

    @property
    def is_wanted(self) -> bool:
        return self is not DigestFrequency.never


@dataclass(frozen=True)
class Member:
    """The person behind one request. `auth_session` names the sign-in it came with.

    What she may open is known where she was recognised by her sign-in, and empty elsewhere.
    """

    id: UUID
    email: str
    first_name: str
    last_name: str
    timezone: str
    is_admin: bool = False
    is_anonymous: bool = False
    auth_session: bytes = b""
    entitlement: Entitlement = NOTHING

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

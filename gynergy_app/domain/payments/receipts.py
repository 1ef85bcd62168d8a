"""One purchase as a page shows it, also to somebody who only holds its number."""

from enum import StrEnum
from uuid import UUID


class Stage(StrEnum):
    """Where a purchase stands, for whoever bought."""

    paying = "paying"
    bank = "bank"
    paid = "paid"
    failed = "failed"
    expired = "expired"
    review = "review"
    refunded = "refunded"
    disputed = "disputed"

    @property
    def is_unfinished(self) -> bool:
        """Nothing was paid, and she may go on."""
        return self in (Stage.paying, Stage.failed, Stage.expired)


ORDER = "GY-"


def order_number(purchase_id: UUID) -> str:
    """What she quotes to us.

    >>> order_number(UUID("4f6b1f2e-4d41-4a57-a1ea-34d4ad8cf8ba"))
    'GY-4F6B1F2E'
    """
    return f"{ORDER}{purchase_id.hex[:8].upper()}"


def masked(address: str) -> str:
    """Enough of an address for its owner to know it, and for nobody else to write to it.

    >>> masked("maya@example.com"), masked("m@mail.maya.org"), masked("")
    ('m…@e….com', 'm…@m….org', '')
    """
    name, _, domain = address.rpartition("@")
    if not name or "." not in domain:
        return ""
    return f"{name[0]}…@{domain[0]}….{domain.rsplit('.', 1)[1]}"

"""What somebody wants to buy, one attempt to pay for it, and why there may be none."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gynergy_app.domain.arrivals import NOWHERE, Arrival
from gynergy_app.domain.payments.paying import Price
from gynergy_app.errors import Conflict, NotFound


class HasAccess(Conflict):
    """A second place is bought on purpose or not at all."""

    def __init__(self) -> None:
        super().__init__("You already have access to the challenge. Do you want to buy it a second time?")


class PaidAlready(Conflict):
    def __init__(self) -> None:
        super().__init__("This purchase is paid. Nothing more will be charged.")


class PaymentOnItsWay(Conflict):
    """A second payment for it would be one too many."""

    def __init__(self) -> None:
        super().__init__(
            "Your bank has been asked to pay, and that takes a few days. Nothing more is charged meanwhile."
        )


class NoSuchPurchase(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such purchase.")


@dataclass(frozen=True)
class Order:
    """What somebody wants to buy. `key` names the form: sent twice, it is one purchase."""

    key: UUID
    price: Price
    email: str
    session_id: UUID | None = None
    arrival: Arrival = NOWHERE


@dataclass(frozen=True)
class Checkout:
    """One attempt to pay. `url` is empty until the payment service has made its page.

    `overtaken` is the page of the attempt before, while money could still be paid there.
    """

    purchase_id: UUID
    attempt: int
    expires_at: datetime
    url: str
    overtaken: str = ""

    @property
    def key(self) -> str:
        """What makes the payment service answer with one page, however often it is asked."""
        return f"checkout:{self.purchase_id}:{self.attempt}"

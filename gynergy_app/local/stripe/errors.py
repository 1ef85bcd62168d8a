"""How this server says no: Stripe's envelope around a sentence for developers."""

from typing import Any


class StripeError(Exception):
    def __init__(self, status: int, kind: str, message: str, **more: str) -> None:
        super().__init__(message)
        self.status = status
        self.body: dict[str, Any] = {"error": {"type": kind, "message": message, **more}}


class Invalid(StripeError):
    """This request will never be taken. `param` names what is wrong with it, as it was spelled."""

    def __init__(self, message: str, param: str = "", code: str = "") -> None:
        more = {name: value for name, value in (("param", param), ("code", code)) if value}
        super().__init__(400, "invalid_request_error", message, **more)


class Missing(StripeError):
    def __init__(self, kind: str, object_id: str, param: str = "id") -> None:
        message = f"No such {kind.replace('.', ' ')}: '{object_id}'"
        super().__init__(404, "invalid_request_error", message, param=param, code="resource_missing")


class Unauthorized(StripeError):
    def __init__(self, message: str) -> None:
        super().__init__(401, "invalid_request_error", message)


class Declined(StripeError):
    """Nothing was changed, because the change could not be paid."""

    def __init__(self) -> None:
        super().__init__(402, "card_error", "Your card was declined.", code="card_declined")

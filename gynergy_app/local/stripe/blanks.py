"""Everything Stripe would answer with null, by the installed client's own resource types."""

import functools
import importlib
import typing
from typing import Any

_ONLY_WHEN_ASKED_FOR = {
    "cash_balance", "confirmation_secret", "deleted", "invoice_credit_balance", "line_items", "payments",
    "refunds", "sources", "subscriptions", "tax",
}  # fmt: skip
"""Stripe leaves these out altogether unless they are expanded."""


def blank(kind: str, **known: Any) -> dict[str, Any]:
    """`blank("checkout.Session", id="cs_1")`: what is known, and null for what may be unknown."""
    return {**_nullable(kind), **known}


@functools.cache
def _nullable(kind: str) -> dict[str, None]:
    resource = functools.reduce(getattr, kind.split("."), importlib.import_module("stripe"))
    return {
        field: None
        for field, annotation in resource.__annotations__.items()
        if type(None) in typing.get_args(annotation) and field not in _ONLY_WHEN_ASKED_FOR
    }

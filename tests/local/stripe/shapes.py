"""Whether an answer is complete: everything the client's own class says is always there, in its own type.

An invoice that is only announced has no id yet: Stripe says so where it lists its events.
"""

import types
import typing
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from stripe._object_classes import get_object_class
from stripe._stripe_object import StripeObject

_ALSO = {int: (int,), float: (int, float), str: (str,), bool: (bool,), Decimal: (str, int)}


def problems(answer: dict[str, Any]) -> list[str]:
    """What is missing or of another type, in the whole of it: lists and what hangs on them included."""
    if answer["object"] == "list":
        return [each for thing in answer["data"] for each in problems(thing)]
    kind = get_object_class("V1", answer["object"])
    if kind is StripeObject:
        return [f"{answer['object']} is nothing the client knows"]
    return list(_in_object(kind, answer, answer["object"]))


def _in_object(kind: type[StripeObject], answer: dict[str, Any], where: str) -> Iterator[str]:
    nameless = {"OBJECT_NAME"} | ({"id"} if answer.get("billing_reason") == "upcoming" else set())
    for name, annotation in kind.__annotations__.items():
        if name in nameless:
            continue
        may_be_null = type(None) in typing.get_args(annotation)
        if name not in answer:
            if not may_be_null:
                yield f"{where}.{name} is missing"
        elif answer[name] is None:
            if not may_be_null:
                yield f"{where}.{name} is null"
        else:
            yield from _in_value(annotation, answer[name], f"{where}.{name}")


def _in_value(annotation: Any, value: Any, where: str) -> Iterator[str]:
    if isinstance(value, dict) and isinstance(value.get("object"), str):
        yield from problems(value)
        return
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        found = [list(_in_value(each, value, where)) for each in inner if each is not type(None)]
        yield from min(found, key=len)
    elif origin is typing.Literal:
        if value not in inner:
            yield f"{where} is {value!r}"
    elif origin is list:
        if not isinstance(value, list):
            yield f"{where} is not a list"
        else:
            for each in value:
                yield from _in_value(inner[0], each, f"{where}[]")
    elif isinstance(annotation, type) and origin is None:
        yield from _in_type(annotation, value, where)


def _in_type(kind: type, value: Any, where: str) -> Iterator[str]:
    if issubclass(kind, StripeObject):
        if isinstance(value, dict):
            yield from _in_object(kind, value, where)
        else:
            yield f"{where} is not an object"
    elif kind in _ALSO and (not isinstance(value, _ALSO[kind]) or (kind is int and isinstance(value, bool))):
        yield f"{where} is {value!r}, not {kind.__name__}"

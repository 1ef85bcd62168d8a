"""What a request may say, by the installed client's own parameter types.

They are TypedDicts that Stripe generates from its API description at exactly the version the client speaks.
Read from their source, closed (an enum lists its values, nothing unknown passes) and handed to pydantic.
"""

import functools
import importlib.util
import re
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typing_extensions
from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from gynergy_app.local.stripe.errors import Invalid

_OPEN_ENUM = re.compile(r"Union\[\s*(Literal\[[^\]]*\]),\s*str,?\s*\]")
_LATER_ENUM = re.compile(r"(Literal\[(?!''\])[^\]]*\])\|str")
"""An enum written the newer way. An empty text or any other is no enum: it stays as it is."""
_PLAIN_DICTS_ONLY = re.compile(r"\|\s*UntypedStripeObject\[[^\]]*\]")
_NOTHING = object()
_OPTIONS = re.compile(r"class (\w+)\(RequestOptions\):")


@functools.cache
def contract(params: str) -> TypeAdapter[dict[str, Any]]:
    """`contract("checkout.session_create")`: what `stripe.params.checkout.SessionCreateParams` says."""
    folder, _, name = params.rpartition(".")
    where = importlib.util.find_spec(f"stripe.params.{folder}{'.' if folder else ''}_{name}_params")
    if where is None or where.origin is None:
        raise LookupError(f"The installed client has no parameters {params}.")
    name = f"{name.title().replace('_', '')}Params"
    read = types.ModuleType(f"stripe_contract_{name}")
    read.__dict__["TypedDict"] = typing_extensions.TypedDict
    sys.modules[read.__name__] = read
    exec(compile(_closed(Path(where.origin).read_text()), where.origin, "exec"), read.__dict__)  # noqa: S102  the installed client’s own source
    for value in vars(read).values():
        if typing_extensions.is_typeddict(value):
            value.__pydantic_config__ = ConfigDict(extra="forbid")
    adapter = TypeAdapter[dict[str, Any]](getattr(read, name))
    adapter.rebuild(_types_namespace=vars(read))
    return adapter


def _closed(source: str) -> str:
    source = _OPEN_ENUM.sub(r"\1", _LATER_ENUM.sub(r"\1", source))
    source = _PLAIN_DICTS_ONLY.sub("", source)
    return _OPTIONS.sub(r"class \1(TypedDict):", source)


def checked(params: dict[str, Any], by: TypeAdapter[dict[str, Any]]) -> dict[str, Any]:
    """The parameters in their own types; the first one that is wrong raises `Invalid` as Stripe words it."""
    try:
        return by.validate_python(params)
    except ValidationError as error:
        # A union complains once for each of its kinds: the one that got furthest is what was meant.
        raise _refusal(max(error.errors(), key=lambda each: len(_named(each, params))), params) from error


def _refusal(error: ErrorDetails, params: dict[str, Any]) -> Invalid:
    param, said = _spelled(_named(error, params)), error["input"]
    match error["type"]:
        case "extra_forbidden":
            return Invalid(f"Received unknown parameter: {param}", param, "parameter_unknown")
        case "missing":
            return Invalid(f"Missing required param: {param}.", param, "parameter_missing")
        case "int_parsing" | "int_type":
            return Invalid(f"Invalid integer: {said}", param, "parameter_invalid_integer")
        case "bool_parsing" | "bool_type":
            return Invalid(f"Invalid boolean: {said}", param)
        case "literal_error":
            return Invalid(f"Invalid {param}: must be one of {error.get('ctx', {}).get('expected')}", param)
    return Invalid(f"Invalid {param}: {error['msg']}", param)


def _named(error: ErrorDetails, params: dict[str, Any]) -> list[str | int]:
    """Where the error is, without the kinds of unions that pydantic names on the way."""
    return list(_steps(error, params))


def _steps(error: ErrorDetails, params: dict[str, Any]) -> Iterator[str | int]:
    here: Any = params
    for step in error["loc"]:
        inside = _within(here, step)
        if inside is not _NOTHING:
            yield step
            here = inside
    if error["type"] == "missing":
        yield error["loc"][-1]


def _within(here: Any, step: str | int) -> Any:
    if isinstance(here, dict):
        return here.get(step, _NOTHING)
    return here[step] if isinstance(here, list) and isinstance(step, int) else _NOTHING


def _spelled(steps: list[str | int]) -> str:
    return "".join(str(step) if position == 0 else f"[{step}]" for position, step in enumerate(steps))

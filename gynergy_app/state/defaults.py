"""What every tab begins with, kept once.

Reflex gives each state a copy of every default that could be changed, and takes a frozen dataclass for one.
There are hundreds of them for each member who is here, all alike.
"""

from dataclasses import fields, is_dataclass
from typing import Any

from reflex.state import BaseState
from reflex_base.registry import RegistrationContext

OURS = "gynergy_app."
_PLAIN = (str, int, float, bool, bytes, frozenset, type(None))


def share() -> None:
    """Call once, when every page is known."""
    for state in RegistrationContext.get().base_states.values():
        if state.__module__.startswith(OURS):
            _share(state)


def _share(state: type[BaseState]) -> None:
    for field in state.__fields__.values():
        default = field.default_value()
        if field._owner is state and is_dataclass(default) and is_unchanging(default):
            field.set_default(default_factory=lambda kept=default: kept)


def is_unchanging(value: Any) -> bool:
    """Whether nobody can change it or anything in it."""
    if isinstance(value, tuple):
        return all(map(is_unchanging, value))
    if is_dataclass(value) and not isinstance(value, type):
        is_frozen: bool = value.__dataclass_params__.frozen  # pyright: ignore[reportAttributeAccessIssue]
        return is_frozen and all(is_unchanging(getattr(value, each.name)) for each in fields(value))
    return isinstance(value, _PLAIN)

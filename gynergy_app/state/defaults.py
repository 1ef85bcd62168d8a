"""What every tab begins with, kept once.

Reflex gives each state a copy of every default that could be changed, and takes a frozen dataclass for one.
There are hundreds of them for each member who is here, all alike. What a frozen one holds is never changed in
place either: a screen is replaced, and a test of the house reads every state for that.
"""

from dataclasses import is_dataclass
from typing import Any

from reflex.state import BaseState
from reflex_base.registry import RegistrationContext

OURS = "gynergy_app."


def share() -> None:
    """Call once, when every page is known."""
    for state in RegistrationContext.get().base_states.values():
        if state.__module__.startswith(OURS):
            _share(state)


def _share(state: type[BaseState]) -> None:
    for field in state.__fields__.values():
        default = field.default_value()
        if field._owner is state and is_frozen(default):
            field.set_default(default_factory=lambda kept=default: kept)


def is_frozen(value: Any) -> bool:
    """Whether this is a screen, or a part of one: a dataclass that nobody changes."""
    if isinstance(value, type) or not is_dataclass(value):
        return False
    return value.__dataclass_params__.frozen  # pyright: ignore[reportAttributeAccessIssue]

"""An act that asks first: the dialog names what will follow, and wants a reason."""

from dataclasses import dataclass

import reflex as rx


@dataclass(frozen=True)
class Question:
    """What the dialog asks before it happens. Without an `act` it is closed."""

    act: str = ""
    title: str = ""
    consequence: str = ""
    action: str = ""
    hint: str = "Kept in the record, with your name."
    is_red: bool = False


class DecidingState(rx.State, mixin=True):
    question: Question = Question()
    problems: dict[str, str] = {}

    @rx.event
    def leave(self):
        self._close()

    def _ask(self, question: Question) -> None:
        self.question, self.problems = question, {}

    def _close(self) -> None:
        self._ask(Question())

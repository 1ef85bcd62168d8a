"""How a stretch of nine days is called. Which days it has is the same in every program."""

from dataclasses import dataclass
from typing import Any

from gynergy_app.domain.program_drafts.base import Circumstances, Draft, Problems, line_problem, only_found


@dataclass(frozen=True)
class PhaseDraft(Draft):
    name: str = ""
    subtitle: str = ""
    description: str = ""

    @classmethod
    def prose(cls) -> frozenset[str]:
        return frozenset({"description"})

    def problems(self, at: Circumstances) -> Problems:
        return only_found(
            {
                "name": line_problem(self.name, 60, "Please name the phase."),
                "subtitle": line_problem(self.subtitle, 60),
                "description": line_problem(self.description, 600),
            }
        )

    def columns(self) -> dict[str, Any]:
        return self.typed()

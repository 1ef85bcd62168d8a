"""The larger pages: a week looked back on, the challenge of a week, and what a meditation left behind."""

from dataclasses import dataclass

from gynergy_app.domain.journaling.drafts import Draft


@dataclass(frozen=True)
class WeeklyDraft(Draft):
    """What went well, what was hard and overcome, what is taken along."""

    wins: str = ""
    challenges: str = ""
    lessons: str = ""

    def missing(self) -> dict[str, str]:
        return self._open_texts(
            {
                "wins": "One thing that went well this week. Small counts.",
                "challenges": "One thing that was not easy, and how you met it.",
                "lessons": "One thing you take along.",
            }
        )


@dataclass(frozen=True)
class ChallengeDraft(Draft):
    """Done or not; where it was done, five short answers. The eulogy and the last field may stay empty."""

    is_done: bool | None = None
    eulogy: str = ""
    reward: str = ""
    motivation: str = ""
    purpose: str = ""
    success: str = ""
    focus: str = ""
    freeflow: str = ""

    def missing(self) -> dict[str, str]:
        if self.is_done is None:
            return {"is_done": "Did you take it up this week? Both answers count."}
        if not self.is_done:
            return {}
        return self._open_texts(
            {
                "reward": "A few words on what it gave you.",
                "motivation": "A few words on what kept you going.",
                "purpose": "A few words on why it matters to you.",
                "success": "A few words on what it looks like when it has taken root.",
                "focus": "One thing to keep your attention on next.",
            }
        )


@dataclass(frozen=True)
class MeditationDraft(Draft):
    """What stayed after sitting still."""

    reflection: str = ""

    def missing(self) -> dict[str, str]:
        return self._open_texts({"reflection": "A few words on what stayed with you."})

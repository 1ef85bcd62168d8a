"""The weekly challenge: what the week asks, and what came of it."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from gynergy_app.db import AsyncSession
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import ChallengeDraft
from gynergy_app.domain.text import spelled
from gynergy_app.services.gamification import Completion
from gynergy_app.services.journaling import Saved, challenges
from gynergy_app.services.journaling.challenges import ChallengePage
from gynergy_app.services.journaling.meditations import AIM
from gynergy_app.state.journaling.fields import as_draft
from gynergy_app.state.journaling.writing import WritingState


@dataclass(frozen=True)
class Ask:
    """What the week asks for. `sittings` says how many were logged, where they are the answer."""

    title: str = ""
    tip: str = ""
    video: str = ""
    has_eulogy: bool = False
    is_meditation: bool = False
    sittings: str = ""
    has_map: bool = False

    @classmethod
    def of(cls, page: ChallengePage) -> "Ask":
        asked = page.challenge
        return cls(
            asked.title,
            asked.tip,
            asked.video,
            asked.has_eulogy,
            asked.is_meditation,
            sittings_words(page.sittings) if asked.is_meditation else "",
            asked.has_map,
        )


class ChallengeState(WritingState, rx.State):
    """This week's challenge."""

    ask: Ask = Ask()

    _kind: str = "challenge"

    async def _open(self, db: AsyncSession, who: Member, **when: Any) -> ChallengePage:
        page = await challenges.open_challenge(db, who, **when)
        self.ask = Ask.of(page)
        return page

    async def _keep(self, db: AsyncSession, who: Member, fields: dict[str, str], **when: Any) -> Saved:
        return await challenges.keep_draft(db, who, as_draft(ChallengeDraft, fields), **when)

    async def _finish(self, db: AsyncSession, who: Member, fields: dict[str, str], **when: Any) -> Completion:
        return await challenges.finish(db, who, as_draft(ChallengeDraft, fields), **when)


def sittings_words(sittings: int, *, is_over: bool = False) -> str:
    """
    >>> sittings_words(0), sittings_words(3), sittings_words(0, is_over=True)
    ('None of seven logged so far', 'Three of seven logged', 'None of seven logged')
    """
    logged = f"{spelled(sittings).capitalize() if sittings else 'None'} of {spelled(AIM)} logged"
    return logged if sittings or is_over else f"{logged} so far"

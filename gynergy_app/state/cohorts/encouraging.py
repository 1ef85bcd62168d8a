"""The dialog in which a few words are chosen or written, and what comes of sending them."""

from typing import Any
from uuid import UUID, uuid4

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.encouragements import EncouragementKind, Words
from gynergy_app.domain.payments.access import Right
from gynergy_app.errors import Invalid
from gynergy_app.guard import entitled, member
from gynergy_app.services import encouragements
from gynergy_app.services.encouragements import EnoughToday, NotReachable
from gynergy_app.state.cohorts.members import MembersState
from gynergy_app.state.journaling.celebration import BadgeCard
from gynergy_app.state.shell import ShellState


class EncouragingState(rx.State):
    """Without a `name` the dialog is closed. The browser keeps what is typed until it was sent."""

    name: str = ""
    kind: str = ""
    problems: dict[str, str] = {}
    refusal: str = ""
    badges: list[BadgeCard] = []
    """What the last words brought; shown until it is put away."""

    _to: UUID | None = None
    _cohort_id: UUID | None = None
    _key: UUID | None = None

    @entitled(Right.meet)
    @rx.event
    async def ask(self, user_id: str):
        """Begin: everything sent from this dialog is one act, however often its button is pressed."""
        members = await self.get_state(MembersState)
        row = next((row for row in members.rows if row.id == user_id and row.takes_words), None)
        if row is None or members._cohort is None:
            return
        self._close()
        self.name, self._to, self._cohort_id = row.name, UUID(row.id), members._cohort.id
        self._key = uuid4()

    @entitled(Right.meet)
    @rx.event
    def choose(self, kind: str):
        if kind in set(EncouragementKind):
            self.kind, self.problems, self.refusal = kind, {}, ""

    @entitled(Right.meet)
    @rx.event
    async def send(self, form: dict[str, Any]):
        if self._to is None or self._cohort_id is None or self._key is None:
            return None
        self.problems, self.refusal = {}, ""
        who, now, name = member(), clock.now(), self.name
        try:
            words = Words.read(form)
            async with as_member(who.id) as db:
                badges = await encouragements.send(
                    db, who, self._to, self._cohort_id, words, key=self._key, now=now
                )
        except Invalid as refused:
            self.problems = refused.problems
            return None
        except (EnoughToday, NotReachable) as refused:
            self.refusal = str(refused)
            return None
        self._close()
        self.badges = [BadgeCard.of(badge) for badge in badges]
        return None if self.badges else ShellState.say(f"Sent to {name}.", "success")

    @rx.event
    def close(self):
        self._close()

    @rx.event
    def put_away(self):
        self.badges = []

    def _close(self) -> None:
        self.name = self.kind = self.refusal = ""
        self.problems, self._to, self._cohort_id, self._key = {}, None, None, None

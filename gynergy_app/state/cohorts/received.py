"""What the cohort sent, the newest first."""

from dataclasses import dataclass
from datetime import date

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import local_time
from gynergy_app.domain.payments.access import Right
from gynergy_app.guard import entitled, member
from gynergy_app.repositories.encouragements import Key, Received
from gynergy_app.services import encouragements
from gynergy_app.services.encouragements import Page
from gynergy_app.state.cohorts.faces import Face
from gynergy_app.state.notifications import spoken_moment


@dataclass(frozen=True)
class WordsRow:
    id: str
    sender_id: str
    name: str
    initial: str
    picture: str
    tone: str
    words: str
    sent_at: str


class ReceivedState(rx.State):
    is_loading: bool = True
    is_fetching: bool = False
    rows: list[WordsRow] = []
    has_more: bool = False

    _next: Key | None = None

    @entitled(Right.meet, quietly=True)
    @rx.event
    async def open(self):
        self.rows = await self._fetch(None)
        self.is_loading = False

    @entitled(Right.meet)
    @rx.event
    async def more(self):
        if self._next is None:
            return
        self.is_fetching = True
        yield
        self.rows = [*self.rows, *await self._fetch(self._next)]
        self.is_fetching = False

    async def _fetch(self, before: Key | None) -> list[WordsRow]:
        who, now = member(), clock.now()
        async with as_member(who.id) as db:
            page: Page = await encouragements.received(db, before=before)
        self._next, self.has_more = page.next_key, page.next_key is not None
        return [_row(words, who, clock.day_in(who.timezone, now)) for words in page.words]


def _row(received: Received, who: Member, today: date) -> WordsRow:
    face = Face.of(received.sender_id, received.name, received.picture)
    return WordsRow(
        id=str(received.id),
        sender_id=str(received.sender_id),
        name=face.name,
        initial=face.initial,
        picture=face.picture,
        tone=face.tone,
        words=received.words,
        sent_at=spoken_moment(local_time(received.at, who.timezone), today),
    )

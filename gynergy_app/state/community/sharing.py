"""The sheet in which a gratitude action becomes a post."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.payments.access import Right
from gynergy_app.errors import Invalid
from gynergy_app.guard import entitled, member
from gynergy_app.services import rate_limits
from gynergy_app.services.community import posts, sharing
from gynergy_app.state.community.feed import ENOUGH, POSTS_AN_HOUR, Said
from gynergy_app.state.community.words import audience
from gynergy_app.state.days import iso_day
from gynergy_app.state.journaling.celebration import BadgeCard


@dataclass(frozen=True)
class OfferView:
    """What would be posted, and where. The note itself is not here: it is fetched when its writer asks."""

    cohort: str = ""
    audience: str = ""
    title: str = ""
    draft: str = ""
    has_note: bool = False


class SharingState(rx.State):
    """`step` is closed, nothing, asking or shared. `was_already`: it stood there before."""

    step: str = "closed"
    offer: OfferView = OfferView()
    was_already: bool = False
    badges: list[BadgeCard] = []
    is_posting: bool = False
    problem: str = ""
    given: Said = Said()
    taken: Said = Said()

    _day: date | None = None

    @rx.var
    def is_open(self) -> bool:
        return self.step != "closed"

    @entitled(Right.meet)
    @rx.event
    async def open(self, day: str):
        who, wanted = member(), iso_day(day)
        self._day, self.problem, self.badges = wanted, "", []
        self.step, self.was_already = "nothing", False
        if wanted is None:
            return
        async with as_member(who.id) as db:
            found = await sharing.offer(db, who, wanted, now=clock.now())
        if found is None:
            return
        self.offer = OfferView(
            cohort=found.cohort.name,
            audience=audience(found.cohort),
            title=found.title,
            draft=f"{who.id}.{found.cohort.id}.{wanted.isoformat()}.post",
            has_note=bool(found.note),
        )
        self.step, self.was_already = ("shared" if found.is_shared else "asking"), found.is_shared

    @entitled(Right.meet)
    @rx.event
    async def use_note(self):
        """Her note comes into the field because she asks for it; what she posts is what stands there then."""
        if self._day is None:
            return
        who = member()
        async with as_member(who.id) as db:
            found = await sharing.offer(db, who, self._day, now=clock.now())
        if found and found.note:
            self.given = Said(self.given.nth + 1, found.note)

    @entitled(Right.meet)
    @rx.event
    async def share(self, form: dict[str, Any]):
        if self._day is None or self.step != "asking":
            return
        self.is_posting, self.problem = True, ""
        yield
        who, words, now = member(), str(form.get("words") or ""), clock.now()
        try:
            posts.require_fits(words.strip(), may_be_empty=True)
            await rate_limits.allow(f"post:{who.id}", POSTS_AN_HOUR, timedelta(hours=1), now, ENOUGH)
            async with as_member(who.id) as db:
                shared = await sharing.share(db, who, self._day, words, now=now)
        except Invalid as refused:
            self.problem = refused.problems["words"]
            return
        finally:
            self.is_posting = False
        self.taken = Said(self.taken.nth + 1, words)
        # The field hears that its words have arrived before it goes: this device keeps them until then.
        yield
        self.step, self.was_already = "shared", shared.was_already
        self.badges = [BadgeCard.of(badge) for badge in shared.badges]

    @entitled(Right.meet)
    @rx.event
    def leave(self):
        self.step = "closed"

"""What somebody posted, in whatever cohort: never closed to her, to be read and to be deleted."""

from dataclasses import dataclass

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.guard import member
from gynergy_app.repositories.community_posts import Key, Own
from gynergy_app.services.community import posts
from gynergy_app.state.admin.words import as_id
from gynergy_app.state.community.words import KINDS, SHARED, moment_words
from gynergy_app.state.shell import offer_undo


@dataclass(frozen=True)
class OwnPost:
    id: str
    kind: str
    title: str
    words: str
    when: str


class OwnPostsState(rx.State):
    rows: list[OwnPost] = []
    has_more: bool = False
    is_fetching: bool = False

    _next: Key | None = None

    @rx.event
    async def open(self):
        self.rows = await self._fetch(None)

    @rx.event
    async def more(self):
        if self._next is None:
            return
        self.is_fetching = True
        yield
        self.rows = [*self.rows, *await self._fetch(self._next)]
        self.is_fetching = False

    @rx.event
    async def take_away(self, post: str):
        who, post_id = member(), as_id(post)
        if post_id is None:
            return
        async with as_member(who.id) as db:
            await posts.take_away(db, who, post_id, now=clock.now())
        self.rows = [row for row in self.rows if row.id != post]
        await offer_undo(self, "Post deleted.", OwnPostsState.put_back(post))

    @rx.event
    async def put_back(self, post: str):
        who, post_id = member(), as_id(post)
        if post_id is None:
            return
        async with as_member(who.id) as db:
            await posts.put_back(db, who, post_id, now=clock.now())
        self.rows = await self._fetch(None)

    async def _fetch(self, before: Key | None) -> list[OwnPost]:
        who = member()
        async with as_member(who.id) as db:
            found, self._next = await posts.list_own(db, who, before)
        self.has_more = self._next is not None
        return [_row(post, who) for post in found]


def _row(post: Own, who: Member) -> OwnPost:
    return OwnPost(
        id=str(post.id),
        kind=SHARED if post.title else KINDS[post.post_type][0],
        title=post.title,
        words=post.content,
        when=moment_words(post.created_at, who.timezone, clock.now()),
    )

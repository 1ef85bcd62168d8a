"""Somebody who talks with her cohort; each call is a transaction, as a click would be."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.community import PostType
from gynergy_app.repositories.cohorts import Mine
from gynergy_app.repositories.community_posts import Post
from gynergy_app.services.community import posts, sharing
from gynergy_app.services.community.posts import Feed
from gynergy_app.services.community.sharing import Offer, Shared
from tests.features.conftest import Living


@dataclass
class Sharing:
    living: Living

    @property
    def who(self) -> Member:
        return self.living.member

    def at(self, day: int, hour: int, minute: int = 0) -> datetime:
        return self.living.at(day, hour, minute)

    async def feed(self, day: int = 1, *, cohort_id: UUID | None = None) -> Feed:
        async with as_member(self.who.id) as db:
            found = await posts.read(db, self.who, cohort_id, now=self.at(day, 23))
        assert found
        return found

    async def said(self, day: int = 1) -> list[str]:
        return [post.content for post in (await self.feed(day)).posts]

    async def post(
        self, words: str, *, kind: PostType = PostType.win, day: int = 1, hour: int = 14, minute: int = 0
    ) -> Post:
        """What was just said, as it stands in the feed."""
        async with as_member(self.who.id) as db:
            cohort = await self._cohort(day)
            await posts.publish(db, self.who, cohort.id, kind, words, now=self.at(day, hour, minute))
        return next(each for each in (await self.feed(day)).posts if each.content == words.strip())

    async def _cohort(self, day: int) -> Mine:
        return (await self.feed(day)).cohort

    async def offer(self, day: int) -> Offer | None:
        async with as_member(self.who.id) as db:
            return await sharing.offer(db, self.who, self.living.day(day), now=self.at(day, 14))

    async def share(self, day: int, words: str = "", *, hour: int = 14) -> Shared:
        async with as_member(self.who.id) as db:
            return await sharing.share(db, self.who, self.living.day(day), words, now=self.at(day, hour))

    async def take_away(self, post: Post, *, day: int = 1, hour: int = 15) -> None:
        async with as_member(self.who.id) as db:
            await posts.take_away(db, self.who, post.id, now=self.at(day, hour))

    async def put_back(self, post: Post, *, day: int = 1, hour: int = 16) -> None:
        async with as_member(self.who.id) as db:
            await posts.put_back(db, self.who, post.id, now=self.at(day, hour))

    async def edit(self, post: Post, words: str, *, day: int = 1) -> None:
        async with as_member(self.who.id) as db:
            await posts.edit(db, self.who, post.id, words, now=self.at(day, 17))

"""The feed of a cohort: what it says, what one says to it, and taking that back."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import reflex as rx
from reflex.state import StateUpdate
from reflex_base.constants.state import FIELD_MARKER

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.community import PostType
from gynergy_app.domain.payments.access import Right
from gynergy_app.errors import Invalid
from gynergy_app.guard import entitled, member
from gynergy_app.live import rooms
from gynergy_app.repositories.community_posts import Key, Post
from gynergy_app.services import programs, rate_limits
from gynergy_app.services.community import posts
from gynergy_app.services.community.posts import Feed
from gynergy_app.state.admin.words import as_id
from gynergy_app.state.community.moderating import ModeratingState
from gynergy_app.state.community.words import (
    KINDS,
    STARTERS,
    Choice,
    PostRow,
    audience,
    lede,
    post_row,
    read_since,
)
from gynergy_app.state.shell import ShellState, offer_undo

POSTS_AN_HOUR = 20
ENOUGH = "That is a lot to say in one hour. Please wait {wait}; what you typed stays here."


@dataclass(frozen=True)
class FeedView:
    """A cohort in words. `draft` names what is typed for it on this device; no `pulse`: nothing to tell."""

    cohort: str = ""
    title: str = "Cohort"
    lede: str = ""
    audience: str = ""
    draft: str = ""
    choices: list[Choice] = field(default_factory=list)
    pulse: str = ""
    dots: list[bool] = field(default_factory=list)
    may_moderate: bool = False


@dataclass(frozen=True)
class Said:
    """Words for the field, or out of it. `nth` grows, so that the same words twice are two messages."""

    nth: int = 0
    words: str = ""


class FeedState(ModeratingState, rx.State):
    """`heard_at` and `heard_by` come by themselves, when somebody posts: see `news`.

    Who was taken out of a cohort may still have her place: then there is no start to choose.
    """

    is_loading: bool = True
    has_cohort: bool = False
    has_place: bool = False
    view: FeedView = FeedView()
    has_earlier: bool = False
    is_fetching: bool = False
    end: str = ""

    kind: str = PostType.win.value
    hint: str = KINDS[PostType.win][1]
    is_posting: bool = False
    problem: str = ""
    given: Said = Said()
    taken: Said = Said()

    editing: PostRow = PostRow()
    edit_problem: str = ""

    read_at: str = ""
    heard_at: str = ""
    heard_by: str = ""

    _cohort_id: UUID | None = None
    _next_key: Key | None = None

    @entitled(Right.meet, quietly=True)
    @rx.event
    async def open(self):
        """A question left open on an earlier visit is not asked again."""
        self.editing = self.reporting = self.hiding = PostRow()
        await self._read()

    @entitled(Right.meet)
    @rx.event
    async def choose(self, cohort: str):
        """Another of her cohorts."""
        self._cohort_id, self.problem = as_id(cohort), ""
        await self._read()

    @entitled(Right.meet)
    @rx.event
    async def show_earlier(self):
        if self._next_key is None or self._cohort_id is None:
            return
        self.is_fetching = True
        yield
        who = member()
        async with as_member(who.id) as db:
            found, self._next_key = await posts.earlier(db, self._cohort_id, self._next_key)
        self._add(found, who)
        self.is_fetching = False

    @entitled(Right.meet)
    @rx.event
    def choose_kind(self, kind: str):
        if kind in set(PostType):
            self.kind, self.hint = kind, KINDS[PostType(kind)][1]

    @entitled(Right.meet)
    @rx.event
    def begin(self, starter: int):
        """A starter's words go into the field, as what they are."""
        if 0 <= starter < len(STARTERS):
            words, kind, _ = STARTERS[starter]
            self.kind, self.hint = kind.value, KINDS[kind][1]
            self.given = Said(self.given.nth + 1, words)

    @entitled(Right.meet)
    @rx.event
    async def post(self, form: dict[str, Any]):
        if self._cohort_id is None:
            return
        self.is_posting, self.problem = True, ""
        yield
        who, words, now = member(), str(form.get("words") or ""), clock.now()
        try:
            posts.require_fits(words.strip())
            await rate_limits.allow(f"post:{who.id}", POSTS_AN_HOUR, timedelta(hours=1), now, ENOUGH)
            async with as_member(who.id) as db:
                published = await posts.publish(db, who, self._cohort_id, PostType(self.kind), words, now=now)
        except Invalid as refused:
            self.problem = refused.problems["words"]
            return
        finally:
            self.is_posting = False
        self.taken = Said(self.taken.nth + 1, words)
        await self._read()
        if published.is_new:
            yield ShellState.say(f"Posted. {published.cohort.name} can read it.", "success")

    @entitled(Right.meet)
    @rx.event
    def edit(self, post: str):
        """Open one's own words to be changed."""
        self.editing = next((row for row in self.rows if row.id == post and row.is_mine), PostRow())
        self.edit_problem = ""

    @entitled(Right.meet)
    @rx.event
    def leave_edit(self):
        self.editing, self.edit_problem = PostRow(), ""

    @entitled(Right.meet)
    @rx.event
    async def save(self, form: dict[str, Any]):
        who, post_id = member(), as_id(self.editing.id)
        if post_id is None:
            return
        try:
            async with as_member(who.id) as db:
                await posts.edit(db, who, post_id, str(form.get("edited") or ""), now=clock.now())
        except Invalid as refused:
            self.edit_problem = refused.problems["words"]
            return
        self.editing, self.edit_problem = PostRow(), ""
        await self._read()

    @entitled(Right.meet)
    @rx.event
    async def take_away(self, post: str):
        who, post_id = member(), as_id(post)
        if post_id is None:
            return
        async with as_member(who.id) as db:
            await posts.take_away(db, who, post_id, now=clock.now())
        self.rows = [row for row in self.rows if row.id != post]
        await offer_undo(self, "Post deleted.", FeedState.put_back(post))

    @entitled(Right.meet)
    @rx.event
    async def put_back(self, post: str):
        who, post_id = member(), as_id(post)
        if post_id is None:
            return
        async with as_member(who.id) as db:
            await posts.put_back(db, who, post_id, now=clock.now())
        await self._read()

    async def _read(self) -> None:
        """The newest page of the cohort that is open, or of the one she lives with."""
        who, now = member(), clock.now()
        async with as_member(who.id) as db:
            feed = await posts.read(db, who, self._cohort_id, enter=self._enter, now=now)
            place = await programs.current_enrollment(db, who, now=now)
        self.has_place = place is not None and place.has_start
        self.is_loading, self.has_cohort, self.rows = False, feed is not None, []
        self.read_at = now.isoformat()
        if feed is None:
            self.view = FeedView()
            return
        self._cohort_id, self._next_key = feed.cohort.id, feed.next_key
        self.view = _view(feed, who)
        self._add(feed.posts, who)

    async def _enter(self, cohort_id: UUID) -> None:
        await rooms.enter(self.router.session.session_id, cohort_id)

    def _add(self, found: Sequence[Post], who: Member) -> None:
        self.rows = [*self.rows, *(post_row(post, who, clock.now()) for post in found)]
        self.has_earlier = self._next_key is not None
        if found:
            self.end = read_since(found[-1].created_at, who.timezone)


def news(writer: str, heard_at: str) -> StateUpdate:
    """For the tabs that show a cohort: somebody has posted. They ask for the words themselves."""
    said = {"heard_at": heard_at, "heard_by": writer}
    return StateUpdate(
        delta={FeedState.get_full_name(): {f"{name}{FIELD_MARKER}": value for name, value in said.items()}}
    )


def _view(feed: Feed, who: Member) -> FeedView:
    cohort, pulse = feed.cohort, feed.pulse
    view = FeedView(
        cohort=cohort.name,
        title=cohort.name,
        lede=lede(cohort),
        audience=audience(cohort),
        draft=f"{who.id}.{cohort.id}.now.post",
        choices=_choices(feed) if len(feed.cohorts) > 1 else [],
        may_moderate=cohort.may_moderate,
    )
    if pulse is None or pulse.members < 2:
        return view
    dots = [place < pulse.mornings for place in range(pulse.members)]
    return replace(view, pulse=f"{pulse.mornings} of {pulse.members} wrote this morning", dots=dots)


def _choices(feed: Feed) -> list[Choice]:
    return [Choice(str(each.id), each.name, each.id == feed.cohort.id) for each in feed.cohorts]

"""One story's stage: a payment server with an empty book, new people, and a clock that can run ahead."""

import random
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
from psycopg.types.json import Jsonb
from pydantic import SecretStr

from gynergy_app import clock
from gynergy_app.domain.accounts import Member
from gynergy_app.integrations import stripe_billing
from gynergy_app.settings import settings
from tests.bench.world import World, a_world
from tests.stripe import KEY, WEBHOOK_SECRET, Stripe, a_stripe

PLACES = 2
_FORGET_AT_STRIPE = """
    truncate stripe_peer.deliveries, stripe_peer.answers, stripe_peer.faults;
    delete from stripe_peer.objects where object not in ('price', 'product', 'coupon', 'promotion_code')"""
_FORGET_HERE = """
    truncate webhook_events, jobs.procrastinate_jobs cascade;
    set session_replication_role = replica;
    update purchases set status = 'expired' where status = 'pending';
    update subscriptions set status = 'canceled' where status <> 'canceled';
    set session_replication_role = origin"""


@dataclass
class Person:
    """`member` is None while she has no account."""

    name: str
    email: str
    member: Member | None = None


@dataclass(frozen=True)
class Stage:
    """What all stories share."""

    stripe: Stripe
    ours: psycopg.AsyncConnection
    theirs: psycopg.AsyncConnection


@dataclass
class Scene:
    stage: Stage
    chance: random.Random
    giver: Person
    """Invites, and gives nothing else."""
    buyer: Person
    friend: Person
    session_id: UUID | None
    is_invited: bool
    ahead: timedelta = timedelta()
    """How far our clock is ahead of the payment service's."""
    begun: dict[UUID, Member | None] = field(default_factory=dict)
    """The purchases of this story, and who had an account when it was begun."""
    log: list[str] = field(default_factory=list)

    @property
    def stripe(self) -> Stripe:
        return self.stage.stripe

    @property
    def people(self) -> list[Person]:
        return [self.giver, self.buyer, self.friend]

    @contextmanager
    def our_time(self) -> Iterator[datetime]:
        now = datetime.now(UTC) + self.ahead
        with clock.travelling(now):
            yield now

    def say(self, words: str) -> None:
        self.log.append(words)

    def happens(self, probability: float) -> bool:
        return self.chance.random() < probability


@asynccontextmanager
async def a_stage() -> AsyncIterator[Stage]:
    """A database of ours and a payment server that tells nobody by itself."""
    async with a_world() as world, a_payment_server(world) as stripe:
        theirs = await psycopg.AsyncConnection.connect(stripe.config.database_url, autocommit=True)
        async with theirs:
            yield Stage(stripe, world.owner, theirs)
        await stripe_billing.close()


@asynccontextmanager
async def a_payment_server(world: World) -> AsyncIterator[Stripe]:
    """It tells nobody by itself, and our settings lead to it."""
    told = {"webhook_url": "http://localhost:3000/webhooks/stripe", "is_delivering": False}
    # Money takes its time: only an act of the story lets it arrive.
    async with a_stripe(world.cluster, refund_seconds=10**8, **told) as stripe:
        settings.stripe_secret_key = SecretStr(KEY)
        settings.stripe_webhook_secret = SecretStr(WEBHOOK_SECRET)
        settings.stripe_api_base = stripe.url
        yield stripe


async def a_scene(stage: Stage, seed: int) -> Scene:
    await stage.theirs.execute(_FORGET_AT_STRIPE)
    await stage.ours.execute(_FORGET_HERE)
    chance = random.Random(seed)
    is_guest, has_session, is_invited = (chance.random() < p for p in (0.3, 0.6, 0.6))
    giver, buyer, friend = (_somebody(name) for name in ("Eva", "Ana", "Ben"))
    for person in (giver, friend) if is_guest else (giver, buyer, friend):
        await sign_up(stage, person)
    session_id = await _a_run(stage) if has_session else None
    return Scene(stage, chance, giver, buyer, friend, session_id, is_invited)


def _somebody(name: str) -> Person:
    return Person(name, f"{name.lower()}.{uuid4().hex[:12]}@example.com")


async def sign_up(stage: Stage, person: Person) -> None:
    """With a proved address."""
    person_id = uuid4()
    await stage.ours.execute(
        "insert into auth.users (id, email, raw_user_meta_data, is_anonymous, email_confirmed_at)"
        " values (%s, %s, %s, false, now())",
        [person_id, person.email, Jsonb({"first_name": person.name, "timezone": "UTC"})],
    )
    person.member = Member(person_id, person.email, person.name, "", "UTC")


async def _a_run(stage: Stage) -> UUID:
    session_id, start = uuid4(), clock.day_in("UTC", clock.now()) + timedelta(days=5)
    await stage.ours.execute(
        "insert into book_sessions (id, book_id, start_date, end_date, status, cohort_label, max_enrollments)"
        " select %s, id, %s, %s, 'active', 'Aurora', %s from books where slug = 'date-zero-gratitude'",
        [session_id, start, start + timedelta(days=44), PLACES],
    )
    return session_id

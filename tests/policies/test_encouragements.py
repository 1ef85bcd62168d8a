"""Words are read by the two they are between and sent through the product; a block is known to one person."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import as_member, elevated
from gynergy_app.domain.encouragements import EncouragementKind
from gynergy_app.models import Encouragement, UserBlock
from tests.policies.conftest import Circle


def words(circle: Circle, sender: UUID, recipient: UUID, **said: object) -> Encouragement:
    own = {"message_type": EncouragementKind.custom, "custom_message": "Only for you.", **said}
    return Encouragement(
        id=uuid4(),
        sender_id=sender,
        recipient_id=recipient,
        cohort_id=circle.cohort,
        sent_on=date(2026, 11, 20),
        **own,  # pyright: ignore[reportArgumentType]
    )


async def send(circle: Circle, sender: UUID, recipient: UUID, **said: object) -> None:
    async with as_member(sender) as db, elevated(db):
        db.add(words(circle, sender, recipient, **said))


async def block(blocker: UUID, blocked: UUID) -> None:
    async with as_member(blocker) as db:
        db.add(UserBlock(blocker_id=blocker, blocked_id=blocked))


async def ask(db: AsyncSession, statement: str, **values: object) -> list[tuple]:
    return [tuple(row) for row in await (await db.connection()).execute(text(statement), values)]


async def test_both_read_what_was_sent(circle: Circle):
    await send(circle, circle.ana, circle.ben)

    for person in (circle.ana, circle.ben):
        async with as_member(person) as db:
            assert await ask(db, "select custom_message from encouragements") == [("Only for you.",)]


@pytest.mark.parametrize("reader", ["moderator", "admin", "stranger"])
async def test_nobody_else_reads_it_not_even_stepped_up(circle: Circle, reader: str):
    await send(circle, circle.ana, circle.ben)

    async with as_member(getattr(circle, reader)) as db, elevated(db):
        assert await ask(db, "select 1 from encouragements") == []


async def test_nothing_is_sent_past_the_product(circle: Circle):
    with pytest.raises(ProgrammingError, match="row-level security"):
        async with as_member(circle.ana) as db:
            db.add(words(circle, circle.ana, circle.ben))


async def test_nothing_is_sent_in_somebody_elses_name(circle: Circle):
    with pytest.raises(ProgrammingError, match="row-level security"):
        async with as_member(circle.moderator) as db, elevated(db):
            db.add(words(circle, circle.ana, circle.ben))


@pytest.mark.parametrize("recipient", ["stranger", "admin"])
async def test_nothing_reaches_somebody_of_another_cohort(circle: Circle, recipient: str):
    with pytest.raises(ProgrammingError, match="row-level security"):
        await send(circle, circle.ana, getattr(circle, recipient))


@pytest.mark.parametrize(("blocker", "blocked"), [("ana", "ben"), ("ben", "ana")])
async def test_nothing_passes_a_block(circle: Circle, blocker: str, blocked: str):
    await block(getattr(circle, blocker), getattr(circle, blocked))

    with pytest.raises(ProgrammingError, match="row-level security"):
        await send(circle, circle.ana, circle.ben)


async def test_what_was_sent_is_never_changed_or_taken_back(circle: Circle):
    await send(circle, circle.ana, circle.ben)

    for statement in ("update encouragements set custom_message = 'Other'", "delete from encouragements"):
        async with as_member(circle.ana) as db:
            with pytest.raises(ProgrammingError, match="permission denied"):
                await ask(db, f"{statement} returning id")


@pytest.mark.parametrize("who", ["ben", "moderator", "admin"])
async def test_a_block_is_read_by_whoever_made_it_alone(circle: Circle, who: str):
    await block(circle.ana, circle.ben)

    async with as_member(getattr(circle, who)) as db, elevated(db):
        assert await ask(db, "select 1 from user_blocks") == []


async def test_whom_one_does_not_meet_is_asked_by_functions_alone(circle: Circle):
    await block(circle.ana, circle.ben)

    async with as_member(circle.ben) as db:
        with pytest.raises(ProgrammingError, match="permission denied"):
            await ask(db, "select private.hidden_from_me()")


async def test_nobody_blocks_for_somebody_else(circle: Circle):
    with pytest.raises(ProgrammingError, match="row-level security"):
        async with as_member(circle.ben) as db:
            db.add(UserBlock(blocker_id=circle.ana, blocked_id=circle.moderator))


async def test_days_of_others_are_given_to_the_product_alone(circle: Circle):
    days = "select * from private.shown_days(:cohort, :people)"

    async with as_member(circle.ana) as db:
        assert await ask(db, days, cohort=circle.cohort, people=[circle.ben]) == []


async def test_the_directory_leaves_out_whoever_was_blocked_on_both_sides(circle: Circle):
    await block(circle.ana, circle.ben)

    known = "select first_name from member_directory order by first_name"
    async with as_member(circle.ana) as db:
        assert await ask(db, known) == [("Ana",), ("Mo",)]
    async with as_member(circle.ben) as db:
        assert await ask(db, known) == [("Ben",), ("Mo",)]

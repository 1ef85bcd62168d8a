"""The inbox desk: what was given up is replayed or put aside once, and rounds of comparing are asked for."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import UUID

import psycopg
import pytest
from pydantic import SecretStr

from gynergy_app.domain.accounts import Member
from gynergy_app.settings import settings
from gynergy_app.state.admin.inbox import InboxState
from gynergy_app.state.admin.inbox_acts import InboxActState
from gynergy_app.state.admin.reconciliation import ReconciliationState
from tests.state.conftest import AScreen, call

NOW = datetime(2017, 3, 31, 20, tzinfo=UTC)


async def status_of(db: psycopg.AsyncConnection, row_id: UUID) -> tuple | None:
    query = "select status, dismissed_reason from webhook_events where id = %s"
    return await (await db.execute(query, [row_id])).fetchone()


async def test_a_dead_letter_says_that_nobody_is_harmed(dead_letter: UUID, carla: Member, a_screen: AScreen):
    screen = await a_screen(InboxState)

    await call(InboxState.open, screen, carla, NOW)

    [letter] = [each for each in screen.view.dead if each.id == str(dead_letter)]
    assert (letter.is_harmful, letter.harm) == (False, "Nobody is harmed.")
    assert letter.error == "RuntimeError: A mistake of ours."
    assert "Twelve tries" in letter.tries


async def test_without_a_reason_nothing_is_put_aside_and_the_dialog_stays(
    dead_letter: UUID, carla: Member, a_screen: AScreen, owner_db: psycopg.AsyncConnection
):
    screen = await a_screen(InboxActState)
    await call(InboxActState.ask, screen, carla, NOW, str(dead_letter), "price.updated")
    assert screen.question.title == "Put price.updated aside?"

    await call(InboxActState.decide, screen, carla, NOW, {"reason": "  "})

    assert screen.problems["reason"]
    assert screen.question.title
    assert await status_of(owner_db, dead_letter) == ("dead", None)


async def test_the_second_admin_is_told_and_changes_nothing(
    dead_letter: UUID, carla: Member, ruth: Member, a_screen: AScreen, owner_db: psycopg.AsyncConnection
):
    screens = [(await a_screen(InboxActState), who) for who in (carla, ruth)]
    for screen, who in screens:
        await call(InboxActState.ask, screen, who, NOW, str(dead_letter), "price.updated")

    said = [
        str(await call(InboxActState.decide, screen, who, NOW, {"reason": f"Seen by {who.first_name}"}))
        for screen, who in screens
    ]

    assert "Put aside, with your reason." in said[0]
    assert "not waiting for anybody" in said[1]
    assert [screen.question.title for screen, _ in screens] == ["", ""]
    assert await status_of(owner_db, dead_letter) == ("dismissed", "Seen by Carla")


async def test_a_replay_is_said_once_and_the_second_click_is_explained(
    dead_letter: UUID, carla: Member, a_screen: AScreen, owner_db: psycopg.AsyncConnection
):
    screen = await a_screen(InboxActState)

    said = [str(await call(InboxActState.replay, screen, carla, NOW, str(dead_letter))) for _ in range(2)]

    assert "Taken up again." in said[0]
    assert "not waiting for anybody" in said[1]
    assert await status_of(owner_db, dead_letter) == ("received", None)


async def test_a_payload_is_shown_without_names_and_can_be_replayed_from_there(
    dead_letter: UUID, carla: Member, a_screen: AScreen, owner_db: psycopg.AsyncConnection
):
    screen = await a_screen(InboxActState)

    await call(InboxActState.look_inside, screen, carla, NOW, str(dead_letter))
    assert "price_1" in screen.payload
    assert "Ana" not in screen.payload
    assert screen.payload_note.startswith("One field left out")
    await call(InboxActState.replay_open, screen, carla, NOW)

    assert screen.payload == ""
    assert await status_of(owner_db, dead_letter) == ("received", None)


@pytest.mark.parametrize("row_id", ["x", "", "../../etc", "00000000-0000-4000-8000-000000000000"])
async def test_a_hostile_id_opens_and_changes_nothing(row_id: str, carla: Member, a_screen: AScreen):
    screen = await a_screen(InboxActState)

    await call(InboxActState.ask, screen, carla, NOW, row_id, "x" * 500)
    await call(InboxActState.decide, screen, carla, NOW, {"reason": "Because."})
    await call(InboxActState.replay, screen, carla, NOW, row_id)

    assert screen.question.title == ""


@pytest.fixture
async def a_shop(monkeypatch: pytest.MonkeyPatch, owner_db: psycopg.AsyncConnection) -> AsyncIterator[None]:
    monkeypatch.setattr(settings, "stripe_secret_key", SecretStr("sk_test_of_the_tests"))
    clear = "delete from jobs.procrastinate_jobs where task_name = 'reconcile_payments'"
    await owner_db.execute(clear)
    yield
    await owner_db.execute(clear)


async def test_a_round_is_asked_for_then_under_way_then_done(
    a_shop: None, carla: Member, a_screen: AScreen, owner_db: psycopg.AsyncConnection
):
    screen = await a_screen(ReconciliationState)

    said = [str(await call(ReconciliationState.ask, screen, carla, NOW)) for _ in range(2)]
    states = [(screen.view.is_running, screen.view.says)]
    for change in (
        "update jobs.procrastinate_jobs set status = 'doing'",
        "delete from jobs.procrastinate_jobs",
    ):
        await owner_db.execute(f"{change} where task_name = 'reconcile_payments'")  # pyright: ignore[reportArgumentType]
        await call(ReconciliationState.look, screen, carla, NOW)
        states.append((screen.view.is_running, screen.view.says))

    assert "begins within a second" in said[0]
    assert "on its way already" in said[1]
    assert [is_running for is_running, _ in states] == [True, True, False]
    assert states[0][1].startswith("Asked for.")
    assert states[1][1].startswith("Under way")
    assert screen.view.following.endswith("today 20:15.")

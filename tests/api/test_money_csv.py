"""The lists of the money desks as files: the same rows, no formula, and for admins only."""

import csv
import io
from uuid import uuid4

import psycopg
import pytest

from gynergy_app import routes
from tests.api.conftest import Visitor


@pytest.fixture
async def carla(ana: Visitor, email: str, owner_db: psycopg.AsyncConnection) -> Visitor:
    await owner_db.execute(
        "insert into user_roles (user_id, role) select id, 'admin' from users where email = %s", [email]
    )
    await ana.sign_in(email)
    return ana


@pytest.fixture
async def mark(owner_db: psycopg.AsyncConnection) -> str:
    """Three purchases: one paid, one not, and one that waits for a person. Two have a hostile address."""
    mark = uuid4().hex[:8]
    for n, (email, status, back) in enumerate(
        [
            (f"=cmd|' /c calc'!a0.{mark}@example.com", "completed", 0),
            (f"+b.{mark}@example.com", "pending", 0),
            (f"c.{mark}@example.com", "review", 0),
        ]
    ):
        await owner_db.execute(
            "insert into purchases (id, status, amount_cents, email, amount_refunded_cents, purchased_at,"
            " created_at) values (gen_random_uuid(), %s, 99700, %s, %s, '2026-03-31 22:30+00',"
            " '2026-03-31 22:30+00'::timestamptz + make_interval(secs => %s))",
            [status, email, back, n],
        )
    return mark


async def rows_at(visitor: Visitor, address: str) -> list[dict[str, str]]:
    answer = await visitor.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-store"
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


async def test_it_holds_what_the_address_asks_for_and_no_formula(carla: Visitor, mark: str):
    every = await rows_at(carla, f"{routes.ADMIN_PURCHASES_CSV}?q={mark}&zone=Europe/Berlin")
    paid = await rows_at(carla, f"{routes.ADMIN_PURCHASES_CSV}?q={mark}&status=completed")

    assert [row["Status"] for row in every] == ["review", "pending", "completed"]
    assert [row["E-mail"][:2] for row in every] == ["c.", "'+", "'="]
    assert [(row["Paid"], row["Gone back"]) for row in every] == [
        ("997.00", "0.00"), ("0.00", "0.00"), ("997.00", "0.00"),
    ]  # fmt: skip
    assert every[2]["Paid on"] == "2026-04-01T00:30:00+02:00"
    assert [row["Order"] for row in paid] == [every[2]["Order"]]


async def test_nobody_else_gets_the_file(ana: Visitor, visitor: Visitor):
    for path in (routes.ADMIN_PURCHASES_CSV, routes.ADMIN_SUBSCRIPTIONS_CSV):
        assert (await ana.get(path)).status_code == 403
        assert (await Visitor().get(path)).status_code == 401


async def test_subscriptions_come_with_their_turns(carla: Visitor, owner_db: psycopg.AsyncConnection):
    mark = uuid4().hex[:8]
    await owner_db.execute(
        "insert into subscriptions (id, stripe_subscription_id, stripe_price_id, status, amount_cents)"
        " values (gen_random_uuid(), %s, 'price_x', 'past_due', 3995)",
        [f"sub_{mark}"],
    )

    [row] = await rows_at(carla, f"{routes.ADMIN_SUBSCRIPTIONS_CSV}?q=SUB_{mark}")

    assert (row["Subscription"], row["Status"], row["Amount"]) == (f"sub_{mark}", "past_due", "39.95")
    assert row["Card refused since"] != ""

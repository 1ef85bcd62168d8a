"""The table of the payments desk as a file: the figures of the page, for admins, and never a formula."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import uuid4

import psycopg
import pytest

from gynergy_app import routes
from gynergy_app.api.revenue_csv import as_csv
from gynergy_app.db import as_member
from gynergy_app.domain.payments.figures import Period, Step
from gynergy_app.services.desks import money
from tests.api.conftest import Visitor

NOW = datetime(2018, 6, 1, tzinfo=UTC)
PERIOD = Period(date(2018, 3, 1), date(2018, 3, 31), "Asia/Tokyo")
ADDRESS = routes.where(
    routes.ADMIN_REVENUE_CSV, from_="2018-03-01", to="2018-03-31", zone="Asia/Tokyo", step="week"
)


@pytest.fixture
async def carla(ana: Visitor, email: str, owner_db: psycopg.AsyncConnection) -> Visitor:
    """An admin. Something was sold late on the last evening of February, which is March in Tokyo."""
    await owner_db.execute(
        "insert into user_roles (user_id, role) select id, 'admin' from users where email = %s", [email]
    )
    await owner_db.execute("delete from purchases where created_at < '2019-01-01'")
    moment = datetime(2018, 2, 28, 23, 30, tzinfo=UTC)
    purchase = uuid4()
    await owner_db.execute(
        "insert into purchases (id, status, amount_cents, purchased_at, created_at)"
        " values (%s, 'completed', 99750, %s, %s)",
        [purchase, moment, moment],
    )
    await owner_db.execute(
        "insert into refunds (purchase_id, amount_cents, status, created_at)"
        " values (%s, 20000, 'succeeded', '2018-03-20')",
        [purchase],
    )
    await ana.sign_in(email)
    return ana


async def test_it_holds_the_stretches_of_the_page(carla: Visitor, email: str, id_of: Callable):
    answer = await carla.get(ADDRESS)

    assert answer.status_code == 200
    assert answer.headers["content-disposition"].endswith('"gynergy-payments-2018-03-01-2018-03-31.csv"')
    assert answer.headers["cache-control"] == "private, no-store"
    table = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["From"] for row in table] == [
        "2018-03-01", "2018-03-05", "2018-03-12", "2018-03-19", "2018-03-26",
    ]  # fmt: skip
    assert table[0] == {
        "From": "2018-03-01", "Zone": "Asia/Tokyo", "Currency": "USD", "Purchases": "1",
        "Paid": "997.50", "Subscriptions": "0.00", "Gone back": "0.00", "Net": "997.50",
    }  # fmt: skip
    assert (table[3]["Gone back"], table[3]["Net"]) == ("200.00", "-200.00")
    async with as_member(await id_of(email)) as db:
        seen = await money.read(db, PERIOD, Step.week, now=NOW)
    assert answer.content.decode() == as_csv(seen)


async def test_no_text_in_it_is_a_formula(carla: Visitor):
    """A zone is what the address says, so it may say anything: what is no zone is not repeated."""
    hostile = ADDRESS.replace("Asia%2FTokyo", "%3DHYPERLINK(1)") + "&currency=%3D1%2B1"

    answer = await carla.get(hostile)

    assert "HYPERLINK" not in answer.text
    texts = [row[:3] for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))]
    assert {cell[:1] for row in texts for cell in row} & set("=+-@\t\r") == set()


@pytest.mark.parametrize(
    "asked", ["", "?from=2018-03-31&to=2018-03-01", "?from=x&to=y", "?from=1900-01-01&to=2018-01-01"]
)
async def test_what_is_no_period_is_said(carla: Visitor, asked: str):
    assert (await carla.get(f"{routes.ADMIN_REVENUE_CSV}{asked}")).status_code == 422


async def test_a_member_and_a_stranger_get_a_sentence(ana: Visitor):
    stranger = await Visitor().get(ADDRESS)
    member = await ana.get(ADDRESS)

    assert (stranger.status_code, member.status_code) == (401, 403)
    assert "for admins" in member.text

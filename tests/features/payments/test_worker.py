"""What the worker does about seats, by its own clock."""

from uuid import UUID

import psycopg

from gynergy_app import clock
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.seats import CHECKOUT_LASTS
from gynergy_app.jobs import seats as job
from tests.features.payments.shop import MINUTE, NOW, an_order, begin, one


async def test_a_seat_is_given_back_once_its_time_is_over_and_not_before(
    buyer: Member, run: UUID, owner_db: psycopg.AsyncConnection
):
    checkout = await begin(buyer, an_order(run))
    is_held = "select seat_held_until is not null from purchases where id = %s"

    held = []
    for moment in (NOW + CHECKOUT_LASTS, NOW + CHECKOUT_LASTS + 11 * MINUTE):
        with clock.travelling(moment):
            await job.let_go_of_seats(0)
        held.append(await one(owner_db, is_held, checkout.purchase_id))

    assert held == [True, False]

"""What was bought without an account becomes its buyer's when she signs in, and has proved her address."""

from collections.abc import Callable

import psycopg
import pytest

from gynergy_app import clock, routes
from gynergy_app.domain.payments.access import Door
from gynergy_app.services.payments import claims
from tests.api.conftest import Visitor, whoever
from tests.features.payments.shop import buy_as_guest, one, rows
from tests.supabase import PASSWORD, Supabase, an_address


async def owner_of(db: psycopg.AsyncConnection, email: str) -> object:
    return await one(db, "select user_id from purchases where lower(email) = %s", email)


async def test_signing_in_makes_it_hers_and_says_so_once(
    visitor: Visitor, email: str, id_of: Callable, owner_db: psycopg.AsyncConnection
):
    await buy_as_guest(email.upper(), now=clock.now())

    await visitor.sign_in(email)
    told = visitor.told(routes.TODAY)
    await visitor.sign_in(email)

    assert await owner_of(owner_db, email) == await id_of(email)
    assert (told.is_good_news, "is yours now" in told.note) == (True, True)
    assert visitor.told(routes.TODAY).note == ""
    assert (await whoever(visitor)).entitlement.challenge(clock.now()) is Door.open
    query = "select count(*) from email_messages where to_email = %s and template_key = 'friend_codes'"
    assert await one(owner_db, query, email) == 1


async def test_an_address_that_was_not_proved_claims_nothing_until_its_link_is_followed(
    visitor: Visitor, supabase: Supabase, owner_db: psycopg.AsyncConnection
):
    email = an_address()
    await buy_as_guest(email, now=clock.now())

    await visitor.post("/auth/sign-up", first_name="Ana", email=email, password=PASSWORD)
    before = await owner_of(owner_db, email)
    response = await visitor.follow(await supabase.mailed(email))

    assert (before, response.headers["location"]) == (None, routes.TODAY)
    assert await owner_of(owner_db, email) == (await whoever(visitor)).id
    assert "is yours now" in visitor.told(routes.TODAY).note


async def test_somebody_elses_address_claims_nothing(
    ana: Visitor, email: str, owner_db: psycopg.AsyncConnection
):
    address = an_address()
    await buy_as_guest(address, now=clock.now())

    await ana.sign_in(email)

    assert await rows(owner_db, "select user_id from purchases where email = %s", address) == [(None,)]
    assert ana.told(routes.TODAY).note == ""


async def test_trouble_with_a_claim_keeps_nobody_out(
    visitor: Visitor, email: str, monkeypatch: pytest.MonkeyPatch
):
    async def fails(*said: object, **named: object) -> str:
        raise RuntimeError("nothing works here")

    monkeypatch.setattr(claims, "claim_on_arrival", fails)

    await visitor.sign_in(email)

    assert (await whoever(visitor)).email == email

"""A change of address, which waits for its mailboxes, and a first one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest

from gynergy_app import clock, routes
from gynergy_app.services import addresses
from gynergy_app.services.flash import Flash
from gynergy_app.settings import settings
from tests.api.conftest import Visitor, whoever
from tests.supabase import PASSWORD, Supabase, an_address

OTHER_PASSWORD = "seven slow lanterns"
A_MINUTE = timedelta(minutes=1, seconds=1)


async def waiting_of(visitor: Visitor, later: timedelta = timedelta()) -> str:
    asked = await addresses.find_waiting(visitor.session, now=clock.now() + later)
    return asked.email if asked else ""


async def test_it_is_remembered_until_both_have_agreed(ana: Visitor, supabase: Supabase, email: str):
    new = an_address("ana.new")
    assert await waiting_of(ana) == ""

    await ana.post("/auth/email", email=new, email_password=PASSWORD)
    assert await waiting_of(ana) == new
    await ana.follow(await supabase.mailed(new))
    assert await waiting_of(ana) == new
    await ana.follow(await supabase.mailed(email))

    assert await waiting_of(ana) == ""


async def test_it_is_forgotten_when_its_links_have_ended(ana: Visitor, monkeypatch: pytest.MonkeyPatch):
    await ana.post("/auth/email", email=an_address("ana.new"), email_password=PASSWORD)

    assert await waiting_of(ana, timedelta(minutes=50))
    with clock.travelling(clock.now() + timedelta(hours=24, minutes=1)):
        assert await waiting_of(ana) == ""


async def test_looking_for_it_turns_nobody_out(
    ana: Visitor, email: str, id_of: Callable, owner_db: psycopg.AsyncConnection
):
    await ana.post("/auth/email", email=an_address("ana.new"), email_password=PASSWORD)
    await owner_db.execute("delete from auth.sessions where user_id = %s", [await id_of(email)])

    assert await waiting_of(ana) == ""


async def test_links_are_sent_again_without_the_password_and_the_older_ones_end(
    ana: Visitor, supabase: Supabase, email: str
):
    new = an_address("ana.new")
    await ana.post("/auth/email", email=new, email_password=PASSWORD)
    early = await supabase.mailed(new)

    with clock.travelling(clock.now() + A_MINUTE):
        response = await ana.post("/auth/email-again")

    assert response.headers["location"] == routes.SECURITY
    assert f"{new} and to {email}" in ana.told(routes.SECURITY).note
    await supabase.mailed(email, count=2)
    await ana.follow(early)
    assert "already been used" in ana.told(routes.SIGN_IN).note
    await ana.follow(await supabase.mailed(new, count=2))
    await ana.follow(await supabase.mailed(email))
    assert (await Visitor().sign_in(new)).headers["location"] == routes.TODAY


async def test_a_first_address_waits_too_and_leads_to_a_password(visitor: Visitor, supabase: Supabase):
    await visitor.post("/auth/anonymous")
    address = an_address()
    await visitor.post("/auth/claim", email=address)
    assert await waiting_of(visitor) == address

    with clock.travelling(clock.now() + A_MINUTE):
        await visitor.post("/auth/email-again")
    followed = await visitor.follow(await supabase.mailed(address, count=2))

    assert followed.headers["location"] == routes.RESET_PASSWORD


async def test_nothing_is_sent_again_when_nothing_waits(ana: Visitor):
    await ana.post("/auth/email-again")

    assert "No change of address is waiting" in ana.told(routes.SECURITY).note


async def test_while_the_service_is_away_the_page_goes_on_without_it(
    ana: Visitor, monkeypatch: pytest.MonkeyPatch
):
    await ana.post("/auth/email", email=an_address("ana.new"), email_password=PASSWORD)
    monkeypatch.setattr(settings, "supabase_url", "http://127.0.0.1:9")

    assert await waiting_of(ana) == ""


async def test_a_new_one_needs_both_mailboxes(ana: Visitor, supabase: Supabase, email: str):
    new = an_address("ana.new")
    await ana.post("/auth/email", email=new, email_password=PASSWORD)

    half = await ana.follow(await supabase.mailed(new))
    whole = await ana.follow(await supabase.mailed(email))

    assert half.headers["location"] == whole.headers["location"] == routes.SECURITY
    assert (await whoever(ana)).email == new


async def test_somebody_without_one_keeps_everything_when_giving_one(visitor: Visitor, supabase: Supabase):
    began = await visitor.post("/auth/anonymous", timezone="Asia/Tokyo")
    before = await whoever(visitor)
    address = an_address()

    await visitor.post("/auth/claim", email=address)
    followed = await visitor.follow(await supabase.mailed(address))
    chosen = await visitor.post("/auth/reset", password=OTHER_PASSWORD)

    after = await whoever(visitor)
    assert (began.headers["location"], before.is_anonymous) == (routes.WELCOME, True)
    assert (followed.headers["location"], chosen.headers["location"]) == (
        routes.RESET_PASSWORD,
        routes.TODAY,
    )
    assert (after.id, after.email, after.is_anonymous) == (before.id, address, False)
    assert (await Visitor().sign_in(address, OTHER_PASSWORD)).headers["location"] == routes.TODAY


async def test_a_guest_cannot_tell_which_addresses_have_an_account(visitor: Visitor, supabase: Supabase):
    taken, free = an_address(), an_address()
    await supabase.confirmed(taken, first_name="Ben")
    await visitor.post("/auth/anonymous")

    first = await seen_after(visitor, "/auth/claim", taken)
    with clock.travelling(clock.now() + A_MINUTE):
        second = await seen_after(visitor, "/auth/claim", free)

    assert first == second
    assert "is on its way" in first[1].note


async def test_neither_can_a_member(ana: Visitor, supabase: Supabase):
    taken, free = an_address(), an_address()
    await supabase.confirmed(taken, first_name="Ben")

    first = await seen_after(ana, "/auth/email", taken)
    at_once = await seen_after(ana, "/auth/email", taken)
    with clock.travelling(clock.now() + A_MINUTE):
        second = await seen_after(ana, "/auth/email", free)
        soon = await seen_after(ana, "/auth/email", free)

    assert first == second
    assert "wait a minute" in at_once[1].note
    assert at_once == soon


async def test_the_owner_of_an_address_in_use_is_told_once(
    visitor: Visitor, email: str, owner_db: psycopg.AsyncConnection
):
    await visitor.post("/auth/anonymous")
    in_an_hour = (clock.now() + timedelta(hours=1)).replace(minute=1)

    with clock.travelling(in_an_hour):
        await visitor.post("/auth/claim", email=email)
    with clock.travelling(in_an_hour + A_MINUTE):
        await visitor.post("/auth/email-again")

    told = await owner_db.execute("select template_key from email_messages where to_email = %s", [email])
    assert await told.fetchall() == [("address_in_use",)]


async def test_one_account_asks_for_few_addresses(visitor: Visitor):
    await visitor.post("/auth/anonymous")
    start = clock.now()
    for turn in range(6):
        with clock.travelling(start + turn * A_MINUTE):
            await visitor.post("/auth/claim", email=an_address())

    assert "a lot in a short time" in visitor.told(routes.SECURITY).note


async def seen_after(visitor: Visitor, path: str, address: str) -> tuple[str, Flash, bool]:
    """Everything an answer tells, without the address itself."""
    answer = await visitor.post(path, email=address, email_password=PASSWORD)
    told = visitor.told(routes.SECURITY)
    note = told.note.replace(address, "…")
    typed = {name: value.replace(address, "…") for name, value in told.typed.items()}
    is_waiting = await waiting_of(visitor) == address
    return answer.headers["location"], replace(told, note=note, typed=typed), is_waiting

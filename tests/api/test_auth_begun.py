"""Whose password an account has: somebody else may have asked for it first, with her address."""

from gynergy_app import routes
from tests.api.conftest import Visitor
from tests.supabase import PASSWORD, Supabase, an_address

CONFIRM = "Confirm your e-mail address"
THEIRS = "evil mountain pass 7"


async def sign_up(visitor: Visitor, email: str, password: str, name: str = "Ana") -> None:
    await visitor.post("/auth/sign-up", first_name=name, email=email, password=password)


async def test_where_she_began_her_account_opens_with_her_password(visitor: Visitor, supabase: Supabase):
    address = an_address()
    await sign_up(visitor, address, PASSWORD)

    opened = await visitor.follow(await supabase.mailed(address, CONFIRM))

    assert opened.headers["location"] == routes.TODAY
    assert (await Visitor().sign_in(address)).headers["location"] == routes.TODAY


async def test_asking_twice_in_one_browser_is_asking_once(visitor: Visitor, supabase: Supabase):
    address = an_address()
    await sign_up(visitor, address, PASSWORD)
    await sign_up(visitor, address, PASSWORD)

    opened = await visitor.follow(await supabase.mailed(address, CONFIRM, count=2))

    assert opened.headers["location"] == routes.TODAY


async def test_who_asked_first_with_her_address_is_never_let_in(visitor: Visitor, supabase: Supabase):
    address, mallory = an_address(), Visitor()
    await sign_up(mallory, address, THEIRS, "Mallory")
    await sign_up(visitor, address, PASSWORD)

    opened = await visitor.follow(await supabase.mailed(address, CONFIRM, count=2))

    assert opened.headers["location"].startswith(routes.RESET_PASSWORD)
    assert not (await mallory.sign_in(address, THEIRS)).headers["location"].startswith(routes.TODAY)
    assert not mallory.session
    chosen = await visitor.post("/auth/reset", password="owner river stone 9", next=routes.PRICING)
    assert chosen.headers["location"] == routes.PRICING
    assert (await Visitor().sign_in(address, "owner river stone 9")).headers["location"] == routes.TODAY
    assert not (await mallory.sign_in(address, THEIRS)).headers["location"].startswith(routes.TODAY)


async def test_on_another_device_she_chooses_a_password_and_goes_on(visitor: Visitor, supabase: Supabase):
    address, phone = an_address(), Visitor()
    await sign_up(visitor, address, PASSWORD)

    opened = await phone.follow(await supabase.mailed(address, CONFIRM))

    assert opened.headers["location"].startswith(routes.RESET_PASSWORD)
    assert phone.session
    assert "choose its password here" in phone.told(routes.RESET_PASSWORD).note

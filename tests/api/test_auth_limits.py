"""How often somebody may knock: a whole workshop on one Wi-Fi gets in, who guesses does not."""

import asyncio

import pytest

from gynergy_app import routes
from gynergy_app.api.auth.posting import WORKSHOP
from gynergy_app.integrations import supabase_auth
from gynergy_app.integrations.supabase_errors import AuthUnavailable
from tests.api.conftest import Visitor
from tests.supabase import Supabase, an_address

GUESS = "not the password"


async def test_the_right_password_uses_up_nothing(visitor: Visitor, email: str):
    for _ in range(12):
        await visitor.sign_in(email)

    assert visitor.told(routes.SIGN_IN).note == ""
    assert visitor.session


async def test_many_guesses_at_once_are_not_more_guesses(
    email: str, monkeypatch: pytest.MonkeyPatch, supabase: Supabase
):
    tried: list[str] = []
    monkeypatch.setattr(supabase_auth, "sign_in", refusing(tried))

    await asyncio.gather(*(Visitor().sign_in(email, GUESS) for _ in range(25)))

    assert len(tried) == 10


async def test_one_who_guesses_hears_how_long_to_wait_and_of_the_other_way_in(visitor: Visitor, email: str):
    for _ in range(11):
        await visitor.sign_in(email, GUESS)

    told = visitor.told(routes.SIGN_IN).note
    assert "Please wait 15 minutes" in told
    assert "have a link sent to you" in told
    assert (await visitor.post("/auth/magic-link", email=email)).headers["location"] == routes.CHECK_MAIL


async def test_a_try_while_the_service_is_away_is_no_guess(
    visitor: Visitor, email: str, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as away:
        away.setattr(supabase_auth, "sign_in", raising(AuthUnavailable))
        for _ in range(12):
            await visitor.sign_in(email)

    await visitor.sign_in(email)

    assert visitor.session


@pytest.mark.parametrize(
    ("path", "page", "form"),
    [
        ("/auth/magic-link", routes.SIGN_IN, {}),
        ("/auth/forgot", routes.FORGOT_PASSWORD, {}),
        ("/auth/sign-up", routes.SIGN_UP, {"first_name": "Ana", "password": "seven slow lanterns"}),
        ("/auth/sign-in", routes.SIGN_IN, {"password": GUESS}),
    ],
)
async def test_a_workshop_on_one_network_is_let_through(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, path: str, page: str, form: dict[str, str]
):
    """A hundred people, one address. The auth service itself is left out: it would take a minute."""
    for name in ("send_magic_link", "send_recovery", "sign_up"):
        monkeypatch.setattr(supabase_auth, name, silent)
    monkeypatch.setattr(supabase_auth, "sign_in", refusing([]))

    for _ in range(WORKSHOP):
        await visitor.post(path, email=an_address(), **form)
        assert "wait" not in visitor.told(page).note


async def test_mails_to_one_address_stay_few(visitor: Visitor, email: str):
    for _ in range(6):
        await Visitor().post("/auth/magic-link", email=email)

    await visitor.post("/auth/forgot", email=email)

    assert "Please wait 15 minutes" in visitor.told(routes.FORGOT_PASSWORD).note


def refusing(tried: list[str]):
    async def sign_in(email: str, password: str) -> None:
        tried.append(email)
        await asyncio.sleep(0)
        raise supabase_auth.WrongCredentials

    return sign_in


def raising(error: type[Exception]):
    async def call(*_: object, **__: object) -> None:
        raise error

    return call


async def silent(*_: object, **__: object) -> None:
    return None

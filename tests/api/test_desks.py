"""The desks before any script runs: a member who is no admin reads 403."""

import httpx
import psycopg
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from gynergy_app import routes
from gynergy_app.api.desks import keep_to_admins
from gynergy_app.services import cookies, sessions
from tests.api.conftest import Visitor

DESKS = [routes.ADMIN, f"{routes.ADMIN}/", routes.ADMIN_MEMBERS, f"{routes.ADMIN_MEMBERS}/some-id"]


async def every_page(scope, receive, send) -> None:
    """A built site: it answers everything, and 304 to a browser that knows it."""
    known = "if-none-match" in Request(scope).headers
    await PlainTextResponse(scope["path"], status_code=304 if known else 200)(scope, receive, send)


def browser_of(session: str = "", **headers: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(keep_to_admins(every_page))
    jar = {cookies.named(sessions.COOKIE): session} if session else {}
    return httpx.AsyncClient(
        transport=transport, base_url="http://localhost:3000", cookies=jar, headers=headers
    )


@pytest.mark.parametrize("path", DESKS)
async def test_a_member_is_led_to_the_page_that_says_so(ana: Visitor, path: str):
    response = await browser_of(ana.session).get(path)

    assert (response.status_code, response.headers["location"]) == (303, routes.FORBIDDEN)


async def test_that_page_is_a_403_also_for_a_browser_that_knows_it(supabase: object):
    first = await browser_of().get(routes.FORBIDDEN)
    again = await browser_of(**{"if-none-match": "it"}).get(f"{routes.FORBIDDEN}/")

    assert (first.status_code, again.status_code) == (403, 403)
    assert first.text == routes.FORBIDDEN


@pytest.mark.parametrize("path", DESKS)
async def test_an_admin_and_a_stranger_get_the_page(
    ana: Visitor, email: str, owner_db: psycopg.AsyncConnection, path: str
):
    await owner_db.execute(
        "insert into user_roles (user_id, role) select id, 'admin' from users where email = %s", [email]
    )
    await ana.sign_in(email)

    assert (await browser_of(ana.session).get(path)).status_code == 200
    assert (await browser_of().get(path)).status_code == 200


@pytest.mark.parametrize("path", ["/administer", routes.TODAY, "/me/admin"])
async def test_other_pages_are_nobody_elses_business(ana: Visitor, path: str):
    assert (await browser_of(ana.session).get(path)).status_code == 200

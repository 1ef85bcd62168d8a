"""How somebody first came, and by whose link: kept in her browser, and with her once she signs up or buys."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import httpx
import psycopg
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from gynergy_app import clock, routes
from gynergy_app.api.arrivals import remember_arrivals
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.arrivals import PAGES, Arrival
from gynergy_app.services import arrivals, cookies, referrals, sessions
from gynergy_app.services.desks import timeline
from gynergy_app.state.admin import timeline_view
from tests.api.conftest import Visitor, set_cookies, whoever
from tests.conftest import NewPerson
from tests.features.payments.shop import an_order, begin, complete, one
from tests.supabase import PASSWORD, SITE, Supabase, an_address

NAME = cookies.named(arrivals.COOKIE)


def a_browser() -> httpx.AsyncClient:
    """In front of a page, a page that is not there, and an answer to a script."""

    async def page(request: Request) -> Response:
        if "if-none-match" in request.headers:
            return Response(status_code=304)
        headers = {"ETag": "built", "Cache-Control": "no-cache"}
        return HTMLResponse("<h1>A page</h1>", headers=headers)

    async def missing(request: Request) -> Response:
        return HTMLResponse("Nothing here", status_code=404)

    async def told(request: Request) -> Response:
        return JSONResponse({})

    pages = Starlette(
        routes=[
            Route("/", page, methods=["GET", "POST"]),
            Route("/missing", missing),
            Route("/told", told),
            Route("/today", page),
            Route("/join/{code}", page),
        ]
    )
    return httpx.AsyncClient(transport=httpx.ASGITransport(remember_arrivals(pages)), base_url=SITE)


class TestTheLink:
    async def test_is_kept_where_no_script_reads_it_and_no_other_site_sends_it(self):
        answer = await a_browser().get("/?utm=x&ref=ana-7k2q")

        cookie = set_cookies(answer)[NAME]
        assert cookie.value.startswith("ANA-7K2Q~home~")
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "lax", "/")
        assert int(cookie["max-age"]) == 90 * 24 * 3600

    async def test_the_first_one_stays(self):
        browser = a_browser()
        await browser.get("/?ref=ANA-7K2Q")

        answer = await browser.get("/?ref=BEN-7K2Q")

        assert not set_cookies(answer)
        assert browser.cookies[NAME].startswith("ANA-7K2Q~")

    async def test_what_is_no_code_does_not_keep_a_later_link_out(self):
        answer = await a_browser().get("/?ref=ANA-7K2Q", headers={"cookie": f"{NAME}=nonsense"})

        assert set_cookies(answer)[NAME].value.startswith("ANA-7K2Q~")

    async def test_that_comes_later_leaves_the_first_page_and_its_time(self):
        came_at = clock.now().replace(microsecond=0) - timedelta(days=3)
        known = Arrival(page="pricing", at=came_at)

        answer = await a_browser().get("/?ref=ANA-7K2Q", headers={"cookie": f"{NAME}={known.written}"})

        assert set_cookies(answer)[NAME].value == Arrival("ANA-7K2Q", "pricing", came_at).written

    @pytest.mark.parametrize(
        "said",
        [
            "",
            "x",
            "%00",
            "ANA-7K2Q%0d%0aSet-Cookie:%20a=b",
            "%3Cscript%3E",
            "A" * 400,
            "https://evil.test",
            "';--",
            "ANA-7K2",
        ],
    )
    async def test_anything_else_is_let_pass(self, said: str):
        answer = await a_browser().get(f"/?ref={said}")

        assert answer.status_code == 200
        assert set_cookies(answer)[NAME].value.startswith("~home~")

    async def test_so_many_fields_that_nobody_reads_them_are_let_pass(self):
        answer = await a_browser().get("/?" + "&".join(f"a{n}=1" for n in range(200)) + "&ref=ANA-7K2Q")

        assert answer.status_code == 200
        assert set_cookies(answer)[NAME].value.startswith("~home~")

    async def test_an_answer_that_brings_it_is_nobody_elses(self):
        """Neither a cache between here and there nor this browser's own may answer in its place."""
        browser = a_browser()

        answer = await browser.get("/?ref=ANA-7K2Q", headers={"if-none-match": "built"})
        again = await browser.get("/?ref=ANA-7K2Q", headers={"if-none-match": "built"})

        assert (answer.status_code, answer.headers["cache-control"]) == (200, "private, no-cache")
        assert again.status_code == 304

    @pytest.mark.parametrize(("method", "path"), [("GET", "/missing"), ("GET", "/told"), ("POST", "/")])
    async def test_only_a_page_that_is_there_brings_it(self, method: str, path: str):
        answer = await a_browser().request(method, f"{path}?ref=ANA-7K2Q")

        assert not set_cookies(answer)


class TestTheFirstPage:
    @pytest.mark.parametrize(("path", "page"), [("/", "home"), ("/join/FRIEND-ABC234?x=1", "join")])
    async def test_is_remembered_by_its_name_and_its_second_alone(self, path: str, page: str):
        before = int(clock.now().timestamp())

        answer = await a_browser().get(path)

        code, found, second = set_cookies(answer)[NAME].value.split("~")
        assert (code, found) == ("", page)
        assert before <= int(second) <= clock.now().timestamp()
        assert answer.headers["cache-control"] == "private, no-cache"

    async def test_stays_and_later_pages_are_answered_as_ever(self):
        browser = a_browser()
        await browser.get("/")

        answer = await browser.get("/join/FRIEND-ABC234")

        assert not set_cookies(answer)
        assert answer.headers["cache-control"] == "no-cache"

    @pytest.mark.parametrize("said", [{"sec-gpc": "1"}, {"dnt": "1"}])
    async def test_of_a_browser_that_asks_for_privacy_is_not_remembered(self, said: dict[str, str]):
        answer = await a_browser().get("/", headers=said)
        invited = await a_browser().get("/?ref=ANA-7K2Q", headers=said)

        assert not set_cookies(answer)
        assert set_cookies(invited)[NAME].value == "ANA-7K2Q"

    async def test_is_no_page_of_members_and_no_page_of_somebody_signed_in(self):
        signed_in = {"cookie": f"{cookies.named(sessions.COOKIE)}=something"}

        for answer in (await a_browser().get("/today"), await a_browser().get("/", headers=signed_in)):
            assert not set_cookies(answer)
            assert answer.headers["cache-control"] == "no-cache"

    def test_has_a_name_for_the_desk(self):
        assert set(timeline_view._PAGES) == set(PAGES)


@pytest.fixture
async def host(new_person: NewPerson) -> Member:
    return Member(await new_person("Hanne"), "hanne@example.com", "Hanne", "", "UTC")


@pytest.fixture
async def link(host: Member) -> str:
    async with as_member(host.id) as db:
        return (await referrals.read(db, host)).code


async def came_with(visitor: Visitor, code: str) -> None:
    visitor.http.cookies.set(NAME, code)


async def sign_up(visitor: Visitor, supabase: Supabase, address: str) -> str:
    form = {"first_name": "Mira", "email": address, "password": PASSWORD, "next": "/join/FRIEND-ABC234"}
    await visitor.post("/auth/sign-up", **form)
    return await supabase.mailed(address)


async def invited(db: psycopg.AsyncConnection, host: Member, email: str) -> str | None:
    query = (
        "select r.status from referrals r join users u on u.id = r.referred_id"
        " where r.referrer_id = %s and u.email = %s"
    )
    row = await (await db.execute(query, [host.id, email])).fetchone()
    return row[0] if row else None


class TestSigningUp:
    async def test_it_is_known_by_whose_link_she_came_and_the_browser_forgets_it(
        self,
        visitor: Visitor,
        supabase: Supabase,
        host: Member,
        link: str,
        owner_db: psycopg.AsyncConnection,
    ):
        address = an_address("mira")
        await came_with(visitor, link)

        followed = await visitor.follow(await sign_up(visitor, supabase, address))

        assert followed.headers["location"] == "/join/FRIEND-ABC234"
        assert await invited(owner_db, host, address) == "pending"
        assert set_cookies(followed)[NAME]["max-age"] == "0"

    async def test_the_mail_may_be_opened_on_another_device(
        self,
        visitor: Visitor,
        supabase: Supabase,
        host: Member,
        link: str,
        owner_db: psycopg.AsyncConnection,
    ):
        address, phone = an_address("mira"), Visitor()
        await came_with(visitor, link)

        followed = await phone.follow(await sign_up(visitor, supabase, address))

        assert followed.headers["location"] == "/reset-password?next=%2Fjoin%2FFRIEND-ABC234"
        assert await invited(owner_db, host, address) == "pending"

    async def test_a_mail_that_is_sent_again_leads_where_the_first_one_did(
        self,
        visitor: Visitor,
        supabase: Supabase,
        host: Member,
        link: str,
        owner_db: psycopg.AsyncConnection,
    ):
        address, phone = an_address("mira"), Visitor()
        await came_with(visitor, link)
        await sign_up(visitor, supabase, address)

        form = {"email": address, "purpose": "sign-up", "next": "/join/FRIEND-ABC234"}
        await visitor.post("/auth/send-again", **form)
        followed = await phone.follow(await supabase.mailed(address, count=2))

        assert followed.headers["location"] == "/reset-password?next=%2Fjoin%2FFRIEND-ABC234"
        assert await invited(owner_db, host, address) == "pending"

    @pytest.mark.parametrize("said", ["", "HANN-2222", "nonsense", "'; drop table referrals; --"])
    async def test_what_leads_to_nobody_is_in_nobodys_way(
        self, visitor: Visitor, supabase: Supabase, said: str
    ):
        await came_with(visitor, said)

        followed = await visitor.follow(await sign_up(visitor, supabase, an_address("mira")))

        assert followed.headers["location"] == "/join/FRIEND-ABC234"
        assert (await whoever(visitor)).first_name == "Mira"

    async def test_ones_own_link_counts_for_nothing(
        self, visitor: Visitor, email: str, owner_db: psycopg.AsyncConnection, id_of: Callable
    ):
        await visitor.sign_in(email)
        me = await whoever(visitor)
        async with as_member(me.id) as db:
            await came_with(visitor, (await referrals.read(db, me)).code)

        answer = await visitor.sign_in(email)

        assert answer.headers["location"] == routes.TODAY
        assert await invited(owner_db, me, email) is None

    async def test_it_counts_once_when_she_has_a_place(
        self,
        visitor: Visitor,
        supabase: Supabase,
        host: Member,
        link: str,
        owner_db: psycopg.AsyncConnection,
    ):
        address = an_address("mira")
        await came_with(visitor, link)
        await visitor.follow(await sign_up(visitor, supabase, address))
        mira = await whoever(visitor)

        checkout = await begin(mira, an_order(email=address))
        for _ in range(2):
            await complete(checkout.purchase_id)
        await came_with(visitor, link)
        await visitor.sign_in(address)

        assert await invited(owner_db, host, address) == "converted"
        assert await points(owner_db, host.id) == 100

    @pytest.mark.parametrize("is_elsewhere", [False, True])
    async def test_when_and_where_she_first_came_stands_at_the_end_of_her_story(
        self, visitor: Visitor, supabase: Supabase, admin: UUID, is_elsewhere: bool
    ):
        """The mail may be opened on another device: it brings the first click along."""
        address, came_at = an_address("mira"), clock.now().replace(microsecond=0) - timedelta(days=3)
        visitor.http.cookies.set(NAME, Arrival(page="pricing", at=came_at).written)
        mailed = await sign_up(visitor, supabase, address)
        opener = Visitor() if is_elsewhere else visitor

        followed = await opener.follow(mailed)

        assert "ref=" not in followed.headers["location"]
        mira = await whoever(opener)
        async with as_member(admin) as db:
            [*_, first] = await timeline.of_member(db, mira.id, now=clock.now())
        assert (first.step, first.about, first.at) == (timeline.Step.came, "pricing", came_at)

    @pytest.mark.parametrize("days", [-1, 91])
    async def test_what_cannot_have_been_is_not_kept(
        self, visitor: Visitor, supabase: Supabase, owner_db: psycopg.AsyncConnection, days: int
    ):
        address, at = an_address("mira"), clock.now() - timedelta(days=days)
        visitor.http.cookies.set(NAME, Arrival(page="pricing", at=at).written)

        await visitor.follow(await sign_up(visitor, supabase, address))

        assert await one(owner_db, "select came_at from users where email = %s", address) is None

    async def test_whoever_has_an_account_did_not_first_come_later(
        self, visitor: Visitor, email: str, owner_db: psycopg.AsyncConnection
    ):
        made = "update users set created_at = now() - interval '1 day' where email = %s"
        await owner_db.execute(made, [email])
        visitor.http.cookies.set(NAME, Arrival(page="pricing", at=clock.now()).written)

        answer = await visitor.sign_in(email)

        assert set_cookies(answer)[NAME]["max-age"] == "0"
        assert await one(owner_db, "select came_at from users where email = %s", email) is None


async def points(db: psycopg.AsyncConnection, person: UUID) -> object:
    query = (
        "select sum(final_points) from points_transactions where user_id = %s and activity_type = 'referral'"
    )
    return await one(db, query, person)

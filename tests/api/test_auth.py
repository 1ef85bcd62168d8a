"""Signing in, up and out by native forms."""

from datetime import timedelta

import httpx
import psycopg
import pytest

from gynergy_app import clock, routes
from gynergy_app.api import auth, create_api
from gynergy_app.services import sessions
from tests.api.conftest import Visitor, set_cookies, whoever
from tests.supabase import PASSWORD, Supabase, an_address

FORMS = [route.path for route in auth.routes if "POST" in (route.methods or ())]
OTHER_PASSWORD = "seven slow lanterns"


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "http://evil.test"}, {}])
async def test_a_form_of_another_site_is_refused(supabase: Supabase, path: str, headers: dict[str, str]):
    transport = httpx.ASGITransport(create_api())
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:3000") as stranger:
        response = await stranger.post(path, data={"email": "ana@example.com"}, headers=headers)

    assert response.status_code == 403


class TestSigningIn:
    async def test_the_right_password_opens_a_session(self, visitor: Visitor, email: str):
        response = await visitor.sign_in(email)

        cookie = set_cookies(response)[sessions.COOKIE]
        assert (response.status_code, response.headers["location"]) == (303, routes.TODAY)
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "lax", "/")
        assert (await whoever(visitor)).email == email

    async def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(
        self, supabase: Supabase, email: str
    ):
        known, unknown = Visitor(), Visitor()

        first = await known.sign_in(email, "not the password")
        second = await unknown.sign_in(an_address(), "not the password")

        assert first.headers["location"] == second.headers["location"] == routes.SIGN_IN
        assert known.told(routes.SIGN_IN).problems == unknown.told(routes.SIGN_IN).problems
        assert "password" in known.told(routes.SIGN_IN).problems

    async def test_the_address_comes_back_and_the_password_does_not(self, visitor: Visitor):
        await visitor.post("/auth/sign-in", email="Ana@Example", password="hush hush hush", next="/points")

        told = visitor.told(routes.SIGN_IN)
        assert told.typed == {"email": "Ana@Example", "next": "/points"}
        assert "It should be like name@example.com" in told.problems["email"]

    @pytest.mark.parametrize(
        "wanted",
        ["//evil.test", "https://evil.test", "/\\evil.test", "javascript:alert(1)", "/a\r\nX: y", "x" * 400],
    )
    async def test_nobody_is_led_to_another_site(self, visitor: Visitor, email: str, wanted: str):
        response = await visitor.post("/auth/sign-in", email=email, password=PASSWORD, next=wanted)

        assert response.headers["location"] == routes.TODAY

    async def test_one_is_led_to_where_one_was_going(self, visitor: Visitor, email: str):
        response = await visitor.post(
            "/auth/sign-in", email=email, password=PASSWORD, next="/history/2026-11-02"
        )

        assert response.headers["location"] == "/history/2026-11-02"

    @pytest.mark.parametrize(
        ("address", "led_to"),
        [
            ("/sign-in?next=%2Fhistory", "/history"),
            ("/sign-in?next=%2F%2Fevil.test", routes.TODAY),
            ("/sign-in", routes.TODAY),
        ],
    )
    async def test_one_is_led_there_also_when_no_script_has_told_the_form(
        self, visitor: Visitor, email: str, address: str, led_to: str
    ):
        visitor.http.headers["referer"] = f"http://localhost:3000{address}"

        response = await visitor.post("/auth/sign-in", email=email, password=PASSWORD, next="")

        assert response.headers["location"] == led_to

    async def test_an_address_not_yet_confirmed_gets_its_mail_again(
        self, visitor: Visitor, supabase: Supabase
    ):
        address = an_address()
        await visitor.post("/auth/sign-up", first_name="Ana", email=address, password=PASSWORD)

        response = await visitor.sign_in(address)

        assert response.headers["location"] == routes.CHECK_MAIL
        assert await supabase.mailed(address, count=2)

    async def test_guessing_is_slowed_down(self, visitor: Visitor, email: str):
        for _ in range(10):
            await visitor.sign_in(email, "a guess")

        await visitor.sign_in(email)

        assert "wait" in visitor.told(routes.SIGN_IN).note
        assert not visitor.session

    async def test_a_suspended_member_is_told_why(
        self, visitor: Visitor, email: str, owner_db: psycopg.AsyncConnection
    ):
        await owner_db.execute(
            "update users set suspended_at = now(), suspended_reason = 'Rude to Ben' where email = %s",
            [email],
        )

        await visitor.sign_in(email)

        assert "Rude to Ben" in visitor.told(routes.SIGN_IN).note
        assert not visitor.session

    async def test_suspending_ends_what_is_open(
        self, ana: Visitor, email: str, owner_db: psycopg.AsyncConnection
    ):
        await owner_db.execute("update users set suspended_at = now() where email = %s", [email])

        assert await sessions.find(ana.session, clock.now() + timedelta(seconds=6)) is None

    async def test_signing_in_again_ends_the_session_before(self, ana: Visitor, email: str):
        before = ana.session

        await ana.sign_in(email)

        assert ana.session != before
        assert await sessions.find(before, clock.now()) is None


class TestSigningUp:
    async def test_a_mailed_link_opens_the_account(self, visitor: Visitor, supabase: Supabase):
        address = an_address()

        posted = await visitor.post(
            "/auth/sign-up", first_name="Zoë", email=address, password=PASSWORD, timezone="Asia/Tokyo"
        )
        followed = await visitor.follow(await supabase.mailed(address))

        who = await whoever(visitor)
        assert (posted.headers["location"], followed.headers["location"]) == (
            routes.CHECK_MAIL,
            routes.TODAY,
        )
        assert (who.first_name, who.timezone, who.email) == ("Zoë", "Asia/Tokyo", address)

    async def test_a_taken_address_gets_the_same_answer(self, supabase: Supabase, email: str):
        fresh, taken = Visitor(), Visitor()
        form = {"first_name": "Ana", "password": OTHER_PASSWORD}

        first = await fresh.post("/auth/sign-up", email=an_address(), **form)
        second = await taken.post("/auth/sign-up", email=email, **form)

        assert (first.status_code, first.headers["location"]) == (
            second.status_code,
            second.headers["location"],
        )
        assert set_cookies(first).keys() == set_cookies(second).keys()
        assert taken.told(routes.CHECK_MAIL).typed == {
            "first_name": "Ana",
            "email": email,
            "purpose": "sign-up",
        }

    async def test_the_owner_of_a_taken_address_is_told_how_to_get_in(
        self, supabase: Supabase, email: str, owner_db: psycopg.AsyncConnection
    ):
        form = {"first_name": "Mallory", "password": OTHER_PASSWORD}
        fresh = an_address()

        with clock.travelling(clock.now()):
            for _ in range(2):
                await Visitor().post("/auth/sign-up", email=email, **form)
            await Visitor().post("/auth/sign-up", email=fresh, **form)

        told = await owner_db.execute(
            "select to_email, template_key, context from email_messages where to_email = any(%s)",
            [[email, fresh]],
        )
        assert await told.fetchall() == [(email, "account_exists", {})]

    async def test_every_problem_is_named_at_once(self, visitor: Visitor):
        await visitor.post("/auth/sign-up", first_name=" ", email="ana@", password="short")

        assert visitor.told(routes.SIGN_UP).problems.keys() == {"first_name", "email", "password"}

    @pytest.mark.parametrize("zone", ["../etc/passwd", "Mars/Olympus", "", "UTC\x00"])
    async def test_a_zone_that_is_none_becomes_utc(self, visitor: Visitor, supabase: Supabase, zone: str):
        address = an_address()

        await visitor.post("/auth/sign-up", first_name="Ana", email=address, password=PASSWORD, timezone=zone)
        await visitor.follow(await supabase.mailed(address))

        assert (await whoever(visitor)).timezone == "UTC"


class TestMailedLinks:
    async def test_opening_one_spends_nothing(self, visitor: Visitor, supabase: Supabase, email: str):
        await visitor.post("/auth/magic-link", email=email)
        link = await supabase.mailed(email)

        for _ in range(3):
            shown = await visitor.get(link.removeprefix("http://localhost:3000"))
            assert shown.status_code == 200
        followed = await visitor.follow(link)

        assert visitor.session
        assert followed.headers["location"] == routes.TODAY

    async def test_one_works_once(self, visitor: Visitor, supabase: Supabase, email: str):
        await visitor.post("/auth/magic-link", email=email)
        link = await supabase.mailed(email)
        await visitor.follow(link)

        second = Visitor()
        await second.follow(link)

        assert "already been used" in second.told(routes.SIGN_IN).note
        assert not second.session

    async def test_an_unknown_address_gets_the_same_answer_and_no_mail(self, visitor: Visitor, email: str):
        known, unknown = Visitor(), Visitor()

        first = await known.post("/auth/magic-link", email=email)
        second = await unknown.post("/auth/magic-link", email=an_address())

        assert first.headers["location"] == second.headers["location"] == routes.CHECK_MAIL

    @pytest.mark.parametrize(
        ("token", "kind"),
        [("", "signup"), ("<script>", "signup"), ("a" * 60, "sms"), ("../../x y", "recovery")],
    )
    async def test_a_mangled_one_is_called_so(self, visitor: Visitor, token: str, kind: str):
        shown = await visitor.http.get("/auth/confirm", params={"token_hash": token, "type": kind})

        assert (shown.status_code, "not whole" in shown.text) == (404, True)

    async def test_its_page_claims_nothing_before_the_button_was_pressed(self, visitor: Visitor):
        shown = await visitor.http.get("/auth/confirm", params={"token_hash": "a" * 60, "type": "signup"})

        assert "<h1>Confirm your address.</h1>" in shown.text

    async def test_its_way_on_is_escaped_and_stays_ours(
        self, visitor: Visitor, supabase: Supabase, email: str
    ):
        await visitor.post("/auth/magic-link", email=email)
        link = await supabase.mailed(email)
        hostile = {"token_hash": "a" * 56, "type": "magiclink", "next": '"><script>alert(1)</script>'}

        shown = await visitor.http.get("/auth/confirm", params=hostile)
        followed = await visitor.follow(link, next="https://evil.test/")

        assert "<script>" not in shown.text
        assert followed.headers["location"] == routes.TODAY


class TestPasswords:
    async def test_a_forgotten_one_is_replaced_through_the_mailbox(
        self, ana: Visitor, supabase: Supabase, email: str
    ):
        forgetful = Visitor()
        await forgetful.post("/auth/forgot", email=email)

        followed = await forgetful.follow(await supabase.mailed(email))
        chosen = await forgetful.post("/auth/reset", password=OTHER_PASSWORD)

        assert followed.headers["location"] == routes.RESET_PASSWORD
        assert chosen.headers["location"] == routes.TODAY
        assert await sessions.find(ana.session, clock.now()) is None
        assert (await Visitor().sign_in(email, OTHER_PASSWORD)).headers["location"] == routes.TODAY

    async def test_an_open_browser_is_not_enough_to_choose_one(self, ana: Visitor):
        response = await ana.post("/auth/reset", password=OTHER_PASSWORD)

        assert response.headers["location"] == routes.FORGOT_PASSWORD

    async def test_somebody_elses_leave_is_worth_nothing(self, ana: Visitor, supabase: Supabase):
        other = an_address("ben")
        await supabase.confirmed(other)
        ben = Visitor()
        await ben.post("/auth/forgot", email=other)
        await ben.follow(await supabase.mailed(other))
        ana.http.cookies.set("gynergy_new_password", ben.http.cookies["gynergy_new_password"])

        response = await ana.post("/auth/reset", password=OTHER_PASSWORD)

        assert response.headers["location"] == routes.FORGOT_PASSWORD

    async def test_changing_it_asks_for_the_old_one(self, ana: Visitor):
        await ana.post("/auth/password", old_password="wrong wrong wrong", password=OTHER_PASSWORD)

        assert ana.told(routes.SECURITY).problems == {
            "old_password": "This is not the password you have now."
        }

    async def test_changing_it_ends_the_other_sign_ins_and_sends_word(
        self, ana: Visitor, email: str, owner_db: psycopg.AsyncConnection
    ):
        elsewhere = Visitor()
        await elsewhere.sign_in(email)

        await ana.post("/auth/password", old_password=PASSWORD, password=OTHER_PASSWORD)

        assert ana.told(routes.SECURITY).is_good_news
        assert await sessions.find(elsewhere.session, clock.now()) is None
        assert await sessions.find(ana.session, clock.now())
        assert await letters_to(owner_db, email) == [("account_security_notice", "password_changed")]

    async def test_a_stranger_is_sent_to_sign_in(self, visitor: Visitor):
        response = await visitor.post("/auth/password", old_password=PASSWORD, password=OTHER_PASSWORD)

        assert response.headers["location"] == "/sign-in?next=%2Fme%2Fsecurity"


class TestSigningOut:
    async def test_here(self, ana: Visitor, email: str):
        elsewhere, cookie = Visitor(), ana.session
        await elsewhere.sign_in(email)

        response = await ana.post("/auth/sign-out")

        assert response.headers["location"] == routes.SIGN_IN
        assert await sessions.find(cookie, clock.now()) is None
        assert not ana.session
        assert await sessions.find(elsewhere.session, clock.now())

    async def test_everywhere(self, ana: Visitor, email: str, owner_db: psycopg.AsyncConnection):
        elsewhere = Visitor()
        await elsewhere.sign_in(email)

        await ana.post("/auth/sign-out-everywhere")

        assert await sessions.find(elsewhere.session, clock.now()) is None
        assert await letters_to(owner_db, email) == [("account_security_notice", "signed_out_everywhere")]

    async def test_who_is_out_already_stays_out(self, visitor: Visitor):
        response = await visitor.post("/auth/sign-out")

        assert response.headers["location"] == routes.SIGN_IN


class TestHostileForms:
    async def test_a_heavy_one_is_not_read_to_its_end(self, visitor: Visitor):
        await visitor.post("/auth/sign-in", email="a" * 20_000, password="x")

        assert "more than the form can take" in visitor.told(routes.SIGN_IN).note

    @pytest.mark.parametrize(
        "body", [b"\xff\xfe=%ff", b"&".join(b"f%d=1" % n for n in range(99)), b"", b"{}"]
    )
    async def test_a_broken_one_is_answered_in_a_sentence(self, visitor: Visitor, body: bytes):
        response = await visitor.http.post(
            "/auth/sign-in", content=body, headers={"content-type": "application/x-www-form-urlencoded"}
        )

        told = visitor.told(routes.SIGN_IN)
        assert response.status_code == 303
        assert told.note or told.problems

    async def test_a_forged_flash_is_no_flash(self, visitor: Visitor):
        visitor.http.cookies.set("gynergy_flash", "gAAAAABforged")

        assert visitor.told(routes.SIGN_IN).note == ""

    async def test_a_provider_nobody_reports_does_not_exist(self, visitor: Visitor):
        response = await visitor.http.get("/auth/oauth/google")

        assert response.status_code == 404

    async def test_a_code_nobody_asked_for_signs_nobody_in(self, visitor: Visitor):
        response = await visitor.http.get("/auth/callback", params={"code": "stolen"})

        assert response.headers["location"] == routes.SIGN_IN
        assert not visitor.session


async def letters_to(owner_db: psycopg.AsyncConnection, email: str) -> list[tuple[str, str]]:
    rows = await owner_db.execute(
        "select template_key, context->>'event' from email_messages where to_email = %s order by created_at",
        [email],
    )
    return await rows.fetchall()

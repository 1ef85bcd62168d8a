"""Ways in and out, in a browser: a queue, a link by mail, a forgotten password, a door that closes."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from playwright.async_api import Browser, Page, WebSocketRoute, expect

from gynergy_app import clock
from tests.journeys.arriving import Arrival
from tests.journeys.conftest import NewMember, NewPerson
from tests.journeys.site import Site, cookie_of

NEW_PASSWORD = "three spoons by the door"


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport={"width": 390, "height": 844})
    yield await context.new_page()
    await context.close()


@pytest.fixture
async def full_cohort(owner_db: psycopg.AsyncConnection, new_person: NewPerson) -> str:
    """A session with one place, which Ana has; Ben waits for it."""
    label, run = f"Alder {uuid4().hex[:6]}", uuid4()
    start = clock.day_in("UTC", clock.now())
    await owner_db.execute(
        "insert into book_sessions (id, book_id, start_date, end_date, status, cohort_label, max_enrollments)"
        " select %s, id, %s, %s, 'active', %s, 1 from books where slug = 'date-zero-gratitude'",
        [run, start, start + timedelta(days=44), label],
    )
    await owner_db.execute(
        "insert into session_enrollments (user_id, book_id, session_id, enrollment_date)"
        " select %s, book_id, id, start_date from book_sessions where id = %s",
        [await new_person("Ana"), run],
    )
    ben = await new_person("Ben")
    await owner_db.execute("insert into waitlist (session_id, user_id) values (%s, %s)", [run, ben])
    return label


async def test_a_full_cohort_takes_a_stranger_into_its_queue(
    page: Page, site: Site, full_cohort: str, owner_db: psycopg.AsyncConnection
):
    mira = Arrival.at(page, site)
    await mira.sign_up()
    await mira.follow_mail("Open my account")
    await expect(page).to_have_url(re.compile("/today$"))
    await mira.is_given_access(owner_db)

    await page.get_by_text(f"{full_cohort} cohort").click()
    await page.get_by_role("button", name="Join the queue").click()

    await expect(page.get_by_text("You are number 2 in the queue").first).to_be_visible()
    await expect(page.get_by_role("button", name="You are in the queue")).to_be_visible()
    found = await owner_db.execute(
        "select count(*) from waitlist w join auth.users u on u.id = w.user_id where u.email = %s",
        [mira.email],
    )
    assert await found.fetchone() == (1,)


async def test_signing_out_leaves_nothing_behind_the_back_button(
    page: Page, site: Site, new_member: NewMember
):
    ana = await new_member("Anastasia")
    await page.context.add_cookies([await cookie_of(ana.id, site)])  # pyright: ignore[reportArgumentType]
    await page.goto(f"{site.address}/today")
    await expect(page.get_by_role("heading", level=1)).to_contain_text("4")
    await page.goto(f"{site.address}/me")
    await expect(page.get_by_label("First name")).to_have_value("Anastasia")

    await page.locator("main").get_by_role("button", name="Sign out").click()
    await expect(page).not_to_have_url(re.compile("/me$"))
    await page.go_back()

    await expect(page).to_have_url(re.compile("/sign-in"))
    await expect(page.get_by_text("Anastasia")).to_have_count(0)
    await page.go_back()
    await expect(page).to_have_url(re.compile("/sign-in"))


async def test_a_link_by_mail_signs_in_once(page: Page, site: Site):
    mira = Arrival.at(page, site)
    await mira.sign_up()
    await mira.follow_mail("Open my account")
    await expect(page).to_have_url(re.compile("/today$"))
    await page.context.clear_cookies()

    await mira.go("/sign-in")
    await page.get_by_label("E-mail").fill(mira.email)
    await page.get_by_role("button", name="Send me a link instead").click()
    await expect(page.get_by_text(mira.email)).to_be_visible()
    link = mira.link_in(await mira.mail(count=2))
    await page.goto(link)
    await page.get_by_role("button", name="Sign in").click()
    await expect(page).to_have_url(re.compile("/today$"))

    await page.context.clear_cookies()
    await page.goto(link)
    await page.get_by_role("button", name="Sign in").click()
    await expect(page).to_have_url(re.compile("/sign-in"))


async def test_a_forgotten_password_is_chosen_anew(page: Page, site: Site):
    mira = Arrival.at(page, site)
    await mira.sign_up()
    await mira.follow_mail("Open my account")
    await expect(page).to_have_url(re.compile("/today$"))
    await page.context.clear_cookies()

    await mira.go("/forgot-password")
    await page.get_by_label("E-mail").fill(mira.email)
    await page.get_by_role("button", name="Send me a link").click()
    await expect(page.get_by_text(mira.email)).to_be_visible()
    await mira.follow_mail("Go on", count=2)
    await page.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
    await page.get_by_role("button", name="Set this password").click()
    await expect(page).not_to_have_url(re.compile("/reset-password"))

    await page.context.clear_cookies()
    await mira.sign_in()
    await expect(page.get_by_text("do not match").or_(page.locator("#password-error"))).not_to_be_empty()
    await mira.sign_in(NEW_PASSWORD)
    await expect(page).to_have_url(re.compile("/today$"))


async def test_what_the_server_remembers_is_not_put_under_the_caret(page: Page, site: Site):
    """The address typed on the page before comes over a slow line, into a field she has just entered."""
    mira, may_pass = Arrival.at(page, site), asyncio.Event()
    await mira.sign_up()

    async def hold(line: WebSocketRoute) -> None:
        server = line.connect_to_server()

        async def pass_on(frame: str | bytes) -> None:
            await may_pass.wait()
            line.send(frame)

        server.on_message(pass_on)

    await page.route_web_socket(re.compile("/_event"), hold)
    await mira.go("/forgot-password?next=/visions")
    await page.get_by_label("E-mail").focus()
    may_pass.set()
    await expect(page.locator("form input[name=next]")).to_have_value("/visions")

    await expect(page.get_by_label("E-mail")).to_have_value("")


async def test_a_taken_address_is_not_given_away(page: Page, site: Site):
    mira = Arrival.at(page, site)
    await mira.sign_up()
    await mira.follow_mail("Open my account")
    await expect(page).to_have_url(re.compile("/today$"))
    await page.context.clear_cookies()

    await mira.sign_up()

    await expect(page.get_by_role("heading", name="Look into your mailbox.")).to_be_visible()

"""Installed on a device: opened without a line, told of pages that wait, and holding nothing that is hers."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import psycopg
import pytest
from playwright.async_api import BrowserContext, Page, Worker, async_playwright, expect
from pydantic import SecretStr

from gynergy_app import clock
from gynergy_app.domain.accounts import Member
from gynergy_app.headers import BUILT
from gynergy_app.jobs import send_push
from gynergy_app.jobs.reminders import sweep
from gynergy_app.settings import settings
from tests.checks import browser as chromium
from tests.devices import Device
from tests.journeys.conftest import NewMember, NewWriter
from tests.journeys.site import Site, cookie_of
from tests.look.visiting import QUIET

DREAM = "captured_essence"
SECRET = "A house with one more room, and nobody knows of it."

KEPT = """async () => {
  const kept = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) {
      const answer = await caches.match(request);
      kept.push([new URL(request.url).pathname, await answer.text()]);
    }
  return kept;
}"""
STAND_IN = """(device) => {
  let held = null;
  const subscription = () => ({
    endpoint: device.endpoint,
    toJSON: () => ({ endpoint: device.endpoint, keys: { p256dh: device.p256dh, auth: device.auth } }),
    unsubscribe: async () => { held = null; return true; },
  });
  PushManager.prototype.getSubscription = async () => held;
  PushManager.prototype.subscribe = async (asked) => {
    window.askedWith = btoa(String.fromCharCode(...asked.applicationServerKey));
    return (held = subscription());
  };
}"""
"""Browsers bring push services of their own, on the internet; this one's is ours."""
SUBSCRIBED = """() => {
  self.left = new Promise((leaves) => {
    PushManager.prototype.getSubscription = async () => ({ unsubscribe: async () => leaves(true) });
  });
}"""
WATCH = """() => {
  self.shown = new Promise((shows) => {
    ServiceWorkerRegistration.prototype.showNotification = async (title, { body, tag, data }) =>
      shows({ title, body, tag, ...data });
  });
}"""
"""A browser without a screen shows no notices; this is what it is told to show."""
UNDER_CONTROL = """async () => {
  const workers = navigator.serviceWorker;
  const next = (of, event) => new Promise((done) => of.addEventListener(event, done, { once: true }));
  if (!workers.controller) await next(workers, "controllerchange");
  while (workers.controller.state !== "activated") await next(workers.controller, "statechange");
}"""
TAKE_NEXT_BUILD = """async () => {
  const workers = navigator.serviceWorker;
  const next = (of, event) => new Promise((done) => of.addEventListener(event, done, { once: true }));
  const taken = next(workers, "controllerchange");
  await (await workers.ready).update();
  await taken;
  while (workers.controller.state !== "activated") await next(workers.controller, "statechange");
  return (await caches.keys()).filter((name) => name.includes("shell"));
}"""
NEVER_BY_ITSELF = """() => {
  const newest = setInterval(() => {}, 1000);
  for (let timer = 1; timer <= newest; timer++) clearInterval(timer);
}"""
"""The page asks every few seconds and would be back before the press that is to bring it."""
PRESS = """async (href) => {
  const opened = [];
  clients.openWindow = async (url) => void opened.push(url);
  const event = new Event("notificationclick");
  let done;
  Object.assign(event, { notification: { close() {}, data: { href } }, waitUntil: (work) => (done = work) });
  dispatchEvent(event);
  await done;
  return opened;
}"""


async def under_control(page: Page) -> None:
    """The service worker answers for this page."""
    await asyncio.wait_for(page.evaluate(UNDER_CONTROL), timeout=30)


@pytest.fixture
async def own_browser(site: Site, tmp_path: Path) -> AsyncIterator[BrowserContext]:
    """A browser with a profile, which a private window has not: nothing is installed from there."""
    async with async_playwright() as playwright:
        context = await playwright.chromium.launch_persistent_context(
            tmp_path / "profile", executable_path=chromium.given() or chromium.installed(), args=list(QUIET)
        )
        yield context
        await context.close()


async def test_a_browser_finds_nothing_in_the_way_of_installing_it(site: Site, own_browser: BrowserContext):
    page = await own_browser.new_page()
    await page.goto(site.address)
    await under_control(page)
    devtools = await own_browser.new_cdp_session(page)

    manifest = await devtools.send("Page.getAppManifest")
    found = await devtools.send("Page.getInstallabilityErrors")

    assert manifest["errors"] == []
    assert json.loads(manifest["data"])["start_url"] == "/today"
    assert found["installabilityErrors"] == []


async def test_words_typed_without_a_line_outlive_a_reload_and_are_saved_once(
    new_writer: NewWriter, site: Site, owner_db: psycopg.AsyncConnection
):
    ana = await (await new_writer()).open()
    await under_control(ana.page)
    await ana.write(DREAM, "Before.")
    await ana.sees_saved()

    site.kill()
    await ana.write(DREAM, "Before. And while the line was down.")
    await ana.sees_state("On this device")
    await ana.page.reload()
    await expect(ana.page.get_by_role("heading", name="There is no line just now")).to_be_visible()
    await expect(ana.page.get_by_text("Words of one page wait on this device.")).to_be_visible()
    await site.start()

    await ana.sees_saved()
    await ana.sees(DREAM, "Before. And while the line was down.")
    rows = await owner_db.execute(
        "select captured_essence, revision from journals where user_id = %s", [ana.member.id]
    )
    assert await rows.fetchall() == [("Before. And while the line was down.", 2)]
    assert await ana.device_holds() == []


async def test_an_app_opened_without_a_line_says_what_works(new_writer: NewWriter, site: Site):
    ana = await (await new_writer()).open("/journal/morning")
    await under_control(ana.page)

    site.kill()
    await ana.page.goto(f"{site.address}/today")
    await expect(ana.page.get_by_role("heading", name="What works meanwhile")).to_be_visible()
    await expect(ana.page.locator("#waiting")).to_be_hidden()
    await ana.page.evaluate(NEVER_BY_ITSELF)
    await site.start()
    await ana.page.get_by_role("button", name="Try again").click()

    await expect(ana.page.get_by_role("heading", level=1)).not_to_have_text("There is no line just now")
    assert ana.page.url == f"{site.address}/today"


async def test_the_device_keeps_nothing_that_is_hers(new_writer: NewWriter, site: Site):
    ana = await (await new_writer()).open()
    await under_control(ana.page)
    await ana.write(DREAM, SECRET)
    await ana.sees_saved()
    for path in ("/today", "/history", "/me", "/points", "/journal/morning"):
        await ana.page.goto(f"{site.address}{path}", wait_until="networkidle")
    await ana.page.evaluate("Promise.all(['/points.csv', '/health', '/ready'].map((path) => fetch(path)))")

    kept: list[tuple[str, str]] = await ana.page.evaluate(KEPT)

    paths = {path for path, _ in kept}
    shell = {"/offline.html", "/offline.js", "/favicon.svg"}
    assert shell <= paths
    assert all(path.startswith(("/assets/", "/fonts/")) for path in paths - shell)
    assert any(path.startswith("/assets/") for path in paths)
    assert not [path for path, text in kept if SECRET in text or str(ana.member.id) in text]


async def test_a_new_build_takes_over_by_itself(new_writer: NewWriter):
    ana = await (await new_writer()).open()
    await under_control(ana.page)
    [former] = [name for name in await caches(ana.page) if "shell" in name]

    with another_build(former.removeprefix("gynergy-shell-"), "the-next-build"):
        found = await asyncio.wait_for(ana.page.evaluate(TAKE_NEXT_BUILD), timeout=30)

    assert found == ["gynergy-shell-the-next-build"]


@contextmanager
def another_build(former: str, name: str) -> Iterator[None]:
    """The service worker of the next build. Browsers are given the packed files where there are any."""
    files = [path for path in (BUILT / f"sw.js{packed}" for packed in ("", ".br", ".gz")) if path.exists()]
    before = {path: path.read_bytes() for path in files}
    worker = BUILT / "sw.js"
    try:
        for path in files:
            path.unlink()
        worker.write_bytes(before[worker].replace(former.encode(), name.encode()))
        yield
    finally:
        for path, content in before.items():
            path.write_bytes(content)


async def caches(page: Page) -> list[str]:
    return await page.evaluate("caches.keys()")


class TestReminders:
    @pytest.fixture(autouse=True)
    def same_settings(self, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        """The worker of these tests runs beside the browser."""
        monkeypatch.setattr(settings, "vapid_private_key", SecretStr(site.push_key))
        monkeypatch.setattr(settings, "push_service_url", site.push.url)

    @pytest.fixture
    async def ana(self, new_member: NewMember) -> Member:
        return await new_member("Ana", day=4, local_hour=12)

    @pytest.fixture
    async def hers(self, site: Site, own_browser: BrowserContext, ana: Member) -> BrowserContext:
        await own_browser.add_cookies([await cookie_of(ana.id, site)])  # pyright: ignore[reportArgumentType]
        return own_browser

    async def test_a_device_is_asked_only_by_the_button_and_shows_what_waits(
        self, site: Site, hers: BrowserContext, ana: Member, owner_db: psycopg.AsyncConnection
    ):
        await hers.grant_permissions(["notifications"], origin=site.address)
        device = Device(site.push)
        at = device.address
        keys = {"endpoint": at.endpoint, "p256dh": at.p256dh, "auth": at.auth}
        await hers.add_init_script(f"({STAND_IN})({json.dumps(keys)})")
        page = await hers.new_page()
        await page.goto(f"{site.address}/me/preferences")
        await under_control(page)
        assert await page.evaluate("window.askedWith") is None

        await page.get_by_role("button", name="Show them on this device").click()
        await expect(page.get_by_text("This device shows your reminders.")).to_be_visible()
        await due_now(owner_db, ana)
        await sweep()
        await send_push.send_due()
        [shown] = device.read()

        notice = await pushed(hers, page, json.dumps(shown))
        assert notice == {
            "title": "The morning page is open",
            "body": "Day 4.",
            "tag": shown["tag"],
            "href": "/journal/morning",
        }
        [worker] = hers.service_workers
        assert await pressed(worker, shown["href"]) == [f"{site.address}/journal/morning"]
        assert await pressed(worker, "https://evil.example/") == []
        await page.get_by_role("button", name="Stop on this device").click()
        await expect(page.get_by_text("This device does not show your reminders yet.")).to_be_visible()
        rows = await owner_db.execute("select 1 from push_subscriptions where user_id = %s", [ana.id])
        assert await rows.fetchall() == []

    async def test_who_signs_out_takes_her_reminders_along(self, site: Site, hers: BrowserContext):
        page = await hers.new_page()
        await page.goto(f"{site.address}/me/security")
        await under_control(page)
        [worker] = hers.service_workers
        await worker.evaluate(SUBSCRIBED)

        await page.get_by_role("button", name="Sign out here").click()
        await page.wait_for_url("**/sign-in")

        assert await asyncio.wait_for(worker.evaluate("left"), 10) is True

    async def test_the_browsers_offer_to_install_becomes_a_button(self, site: Site, hers: BrowserContext):
        page = await hers.new_page()
        await page.goto(f"{site.address}/me/security")
        await under_control(page)
        await page.evaluate(
            "dispatchEvent(Object.assign(new Event('beforeinstallprompt', { cancelable: true }),"
            " { prompt: async () => { window.wasAsked = true; } }))"
        )
        await page.locator("a[href='/me/preferences']:visible").first.click()

        await page.get_by_role("button", name="Install GYNERGY").click()

        await expect(page.get_by_role("button", name="Install GYNERGY")).to_have_count(0)
        assert await page.evaluate("window.wasAsked")

    async def test_a_browser_that_was_told_no_is_told_how_to_undo_it(self, site: Site, hers: BrowserContext):
        await hers.add_init_script(
            "Object.defineProperty(Notification, 'permission', { get: () => 'denied' })"
        )
        page = await hers.new_page()
        await page.goto(f"{site.address}/me/preferences")

        await expect(page.get_by_text("This browser was told to show nothing from here.")).to_be_visible()
        await expect(page.get_by_role("button", name="Show them on this device")).to_have_count(0)

    async def test_a_browser_without_push_is_told_what_comes_instead(self, site: Site, hers: BrowserContext):
        await hers.add_init_script("delete window.PushManager")
        page = await hers.new_page()
        await page.goto(f"{site.address}/me/preferences")

        await expect(page.get_by_text("This browser cannot show reminders.")).to_be_visible()

    async def test_an_iphone_is_told_to_install_first(self, site: Site, hers: BrowserContext):
        await hers.add_init_script(
            "delete window.PushManager;"
            "Object.defineProperty(navigator, 'userAgent', { get: () => 'Mozilla/5.0 (iPhone) Safari' })"
        )
        page = await hers.new_page()
        await page.goto(f"{site.address}/me/preferences")

        await expect(
            page.get_by_text("Choose Share, then Add to Home Screen", exact=False).first
        ).to_be_visible()


async def due_now(owner_db: psycopg.AsyncConnection, who: Member) -> None:
    """Her morning time has just come, and her quiet hours are over."""
    wall = clock.now().astimezone(ZoneInfo(who.timezone)).time().replace(second=0, microsecond=0)
    await owner_db.execute(
        "update profile_settings set morning_reminder_time = %s, quiet_from = '03:00', quiet_to = '03:00',"
        " email_digest_frequency = 'never' where user_id = %s",
        [wall, who.id],
    )


async def pushed(context: BrowserContext, page: Page, message: str) -> dict[str, Any]:
    """Let the browser's own push service bring this message, and say what is shown."""
    worker = context.service_workers[0]
    await worker.evaluate(WATCH)
    devtools = await context.new_cdp_session(page)
    heard: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def hear(told: dict[str, Any]) -> None:
        ours = [each for each in told["registrations"] if page.url.startswith(each["scopeURL"])]
        if ours and not heard.done():
            heard.set_result(ours[0]["registrationId"])

    devtools.on("ServiceWorker.workerRegistrationUpdated", hear)
    await devtools.send("ServiceWorker.enable")
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(page.url))
    at = {"origin": origin, "registrationId": await asyncio.wait_for(heard, 10), "data": message}
    await devtools.send("ServiceWorker.deliverPushMessage", at)
    return await asyncio.wait_for(worker.evaluate("shown"), 10)


async def pressed(worker: Worker, href: str) -> list[str]:
    """Press a notice that leads there: which windows are opened for it."""
    return await worker.evaluate(PRESS, href)

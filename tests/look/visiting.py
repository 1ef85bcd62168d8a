"""A visit to one page in a real browser: opened, settled, and everything it complained about written down."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from time import monotonic

from playwright.async_api import BrowserContext, ConsoleMessage, Page, Response, WebSocket

from gynergy_app.routes import FORBIDDEN
from gynergy_app.services import sessions
from tests.people import PASSWORD, Person

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""What every test browser is started with."""

QUIET_SECONDS = 0.35
"""A page has settled when its socket has said nothing for this long."""
LONGEST_SECONDS = 20.0
MEANT = {"/404": "404", FORBIDDEN: "403"}
"""Pages that are meant to answer so."""
_PARAMETER = re.compile(r"\[\w+\]")


class NoSuchPage(Exception):
    """The page that should lead to a dynamic route has no link to it for this person."""


@dataclass
class Visit:
    """One page in one tab. `troubles` is what its console and its network complained about."""

    page: Page
    address: str
    troubles: list[str] = field(default_factory=list)
    _heard_at: float | None = None

    def __post_init__(self) -> None:
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        self.page.on("response", self._note_response)
        self.page.on("websocket", self._listen)

    async def open(self, path: str) -> None:
        self._heard_at = None
        await self.page.goto(f"{self.address}{path}")
        await self.settle()
        if meant := MEANT.get(path):
            self.troubles = [trouble for trouble in self.troubles if meant not in trouble]

    async def settle(self) -> None:
        """Until the server has told the page everything it had to say, and the fonts are there."""
        began = monotonic()
        while monotonic() - began < LONGEST_SECONDS:
            if self._heard_at is not None and monotonic() - self._heard_at > QUIET_SECONDS:
                await self.page.evaluate("document.fonts.ready.then(() => undefined)")
                return
            await asyncio.sleep(0.05)
        self.troubles.append(f"{self.page.url} had not settled after {LONGEST_SECONDS:.0f} s")

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._heard)

    def _heard(self, frame: str | bytes) -> None:
        if str(frame).startswith("42/_event"):
            self._heard_at = monotonic()

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.troubles.append(f"console: {message.text}")

    def _note_response(self, response: Response) -> None:
        if response.status >= 400:
            self.troubles.append(f"{response.status}: {response.url}")


async def path_of(route: str, visit: Callable[[], Awaitable[Visit]]) -> str:
    """The address of a route; for `/history/[day]` the first day that `/history` links to."""
    if not _PARAMETER.search(route):
        return route
    parent = route[: route.index("[")].rstrip("/")
    wanted = re.compile("^" + _PARAMETER.sub("[^/]+", route) + "$")
    opened = await visit()
    try:
        await opened.open(parent)
        links = await opened.page.eval_on_selector_all("main a[href]", "found => found.map(a => a.pathname)")
    finally:
        await opened.page.close()
    found = next((link for link in links if wanted.match(link)), None)
    if found is None:
        raise NoSuchPage(f"{parent} links to no {route}.")
    return found


async def sign_in(context: BrowserContext, address: str, who: Person) -> None:
    """Through the form's own route, as a browser would send it."""
    answer = await context.request.post(
        f"{address}/auth/sign-in",
        form={"email": who.email, "password": PASSWORD},
        headers={"Origin": address},
        max_redirects=0,
    )
    if not any(cookie.get("name", "").endswith(sessions.COOKIE) for cookie in await context.cookies()):
        raise RuntimeError(f"{who.email} could not sign in at {address}: {answer.status}. Try `make demo`.")

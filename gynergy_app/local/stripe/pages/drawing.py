"""Drawing a page, and the one transaction behind it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from gynergy_app import theme
from gynergy_app.local.stripe.account import Account
from gynergy_app.local.stripe.call import StripeServer

HEADERS = {
    # No `form-action`: whoever has paid is led back to the application, which lives at another address.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; img-src data:; base-uri 'none';"
        " frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@asynccontextmanager
async def at_work(request: Request) -> AsyncIterator[Account]:
    """The account, held, until the block ends; then whoever waits for its events is told."""
    server: StripeServer = request.app.state.server
    async with server.pool.connection() as db:
        account = server.account(db)
        await account.hold()
        yield account
    server.courier.wake()


def page(template: str, status: int = 200, **about: object) -> Response:
    return HTMLResponse(_pages().get_template(f"{template}.html.j2").render(**about), status, HEADERS)


def message(title: str, sentence: str, status: int = 200, href: str = "", label: str = "") -> Response:
    return page("message", status, title=title, sentence=sentence, href=href, label=label)


def money(cents: int) -> str:
    """
    >>> money(99700), money(-3995), money(0)
    ('$997.00', '−$39.95', '$0.00')
    """
    return f"{'−' if cents < 0 else ''}${abs(cents) / 100:,.2f}"


def day(moment: int | None) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%-d %B %Y}" if moment else "-"


def hour(moment: int | None) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M:%S} UTC" if moment else "-"


@cache
def _pages() -> Environment:
    jinja = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.globals["tokens"] = theme.stylesheet()
    jinja.filters |= {"money": money, "day": day, "hour": hour}
    return jinja

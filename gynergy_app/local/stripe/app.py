"""The payment server as an ASGI application: Stripe's API under `/v1`, and the pages Stripe would host."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from starlette.applications import Starlette

from gynergy_app.local.auth.database import open_pool
from gynergy_app.local.stripe import catalogue
from gynergy_app.local.stripe.call import StripeServer
from gynergy_app.local.stripe.clockwork import Clockwork
from gynergy_app.local.stripe.config import StripeConfig
from gynergy_app.local.stripe.courier import Courier
from gynergy_app.local.stripe.pages import PAGES
from gynergy_app.local.stripe.routes import ROUTES
from gynergy_app.local.trouble import Trouble
from gynergy_app.settings import settings

_SCHEMA = Path(__file__).with_name("schema.sql")
ENDPOINT_SECONDS = 10


def stripe_app(config: StripeConfig | None = None) -> Starlette:
    """What is not given comes from settings and the environment. Raises `Trouble` in production."""
    if settings.is_production:
        raise Trouble("The local payment server charges nobody, so production does not run it.")
    config = config or StripeConfig()
    pool = open_pool(config.database_url)
    # The endpoint is on this machine: no proxy stands between.
    http = httpx.AsyncClient(timeout=ENDPOINT_SECONDS, trust_env=False)
    server = StripeServer(config, pool, Courier(config, pool, http))

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with pool, http:
            await _open_shop(server)
            clockwork = Clockwork(config, pool, server.courier)
            running = {asyncio.create_task(each.run()) for each in (server.courier, clockwork)}
            yield
            await _end(running)

    app = Starlette(routes=[*ROUTES, *PAGES], lifespan=lifespan)
    app.state.server = server
    return app


async def _end(running: set[asyncio.Task[None]]) -> None:
    """Python 3.11 can lose a cancellation that meets an answer on its way: it is said until it is heard."""
    while running:
        for each in running:
            each.cancel()
        _, running = await asyncio.wait(running, timeout=0.5)


async def _open_shop(server: StripeServer) -> None:
    async with server.pool.connection() as db:
        account = server.account(db)
        await account.hold()
        await db.execute(_SCHEMA.read_bytes())
        await catalogue.stock(account)

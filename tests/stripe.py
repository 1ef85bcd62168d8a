"""The local payment server, started for a test on a port of its own, and the official client for it."""

import asyncio
import os
import secrets
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import stripe
from granian.constants import Interfaces
from granian.server.embed import Server
from psycopg import sql
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from gynergy_app.local.postgres import Cluster
from gynergy_app.local.stripe.app import stripe_app
from gynergy_app.local.stripe.config import StripeConfig
from tests import database

KEY = "sk_test_of_the_tests"
WEBHOOK_SECRET = "whsec_of_the_tests"
SUCCESS = "http://localhost:3000/welcome?session_id={CHECKOUT_SESSION_ID}"
Json = dict[str, Any]


@dataclass
class Endpoint:
    """Where events arrive: it believes only what is signed, keeps it, and can be told to refuse."""

    url: str = ""
    events: list[Json] = field(default_factory=list)
    refusals: int = 0
    refused: int = 0

    def kinds(self) -> list[str]:
        return [event["type"] for event in self.events]

    async def wait_for(self, *kinds: str, about: str = "", seconds: float = 10) -> Json:
        """Until each kind of event has come, about this object if one is named; the last of the last kind."""

        def found(kind: str) -> list[Json]:
            named = [event for event in self.events if about in ("", event["data"]["object"].get("id"))]
            return [event for event in named if event["type"] == kind]

        await self.wait_until(lambda: all(found(kind) for kind in kinds), seconds)
        return found(kinds[-1])[-1]

    async def wait_until(self, is_true: Callable[[], bool], seconds: float = 10) -> None:
        await _until(is_true, seconds)

    async def take(self, request: Request) -> Response:
        body = await request.body()
        event = stripe.Webhook.construct_event(body, request.headers["stripe-signature"], WEBHOOK_SECRET)
        if self.refusals:
            self.refusals, self.refused = self.refusals - 1, self.refused + 1
            return Response(status_code=500)
        self.events.append(event.to_dict(for_json=True))
        return Response()


@dataclass
class Stripe:
    url: str
    config: StripeConfig
    client: stripe.StripeClient
    browser: httpx.AsyncClient
    """Somebody who pays. She is led to where the application would be, and does not go there."""
    endpoint: Endpoint
    app: Starlette

    @property
    def v1(self) -> Any:
        return self.client.v1

    async def price(self, lookup_key: str) -> Any:
        found = await self.v1.prices.list_async({"lookup_keys": [lookup_key]})
        return found.data[0]

    async def checkout(self, lookup_key: str = "challenge", **said: Any) -> Any:
        mode = "payment" if lookup_key == "challenge" else "subscription"
        items = [{"price": (await self.price(lookup_key)).id, "quantity": 1}]
        return await self.v1.checkout.sessions.create_async(
            {"mode": mode, "line_items": items, "success_url": SUCCESS, **said}
        )

    async def press(self, session: Any, button: str = "pay", **typed: str) -> httpx.Response:
        """Press a button on the pay page: pay, decline, debit, without, code."""
        return await self.press_at(session.id, button, **typed)

    async def press_at(self, session_id: str, button: str, **typed: str) -> httpx.Response:
        form = {"press": button, "email": "guest@example.com", "agrees": "yes", **typed}
        return await self.browser.post(f"{self.url}/c/pay/{session_id}", data=form)

    async def bought(self, lookup_key: str = "challenge", **said: Any) -> Any:
        session = await self.checkout(lookup_key, **said)
        await self.press(session)
        return await self.v1.checkout.sessions.retrieve_async(session.id)

    async def operate(self, path: str, **said: object) -> None:
        """Press a button on the operator page."""
        answer = await self.browser.post(f"{self.url}/operator/{path}", data={**said})
        assert answer.status_code == 303, answer.text


@asynccontextmanager
async def a_stripe(cluster: Cluster, **config: Any) -> AsyncIterator[Stripe]:
    """In a database of its own, with an endpoint of its own unless `webhook_url` names another."""
    endpoint = Endpoint()
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    endpoint_app = Starlette(routes=[Route("/", endpoint.take, methods=["POST"])])
    with _a_database(cluster) as database_url:
        async with serving(endpoint_app) as endpoint.url:
            chosen = {
                "database_url": database_url,
                "external_url": url,
                "secret_key": KEY,
                "webhook_secret": WEBHOOK_SECRET,
                "webhook_url": endpoint.url,
                "refund_seconds": 0,
                **config,
            }
            settled = StripeConfig(**chosen)
            app = stripe_app(settled)
            async with serving(app, port), httpx.AsyncClient(timeout=10) as browser:
                transport = stripe.HTTPXClient(timeout=10)
                client = stripe.StripeClient(
                    KEY, base_addresses={"api": url}, http_client=transport, max_network_retries=2
                )
                yield Stripe(url, settled, client, browser, endpoint, app)
                await transport.close_async()


def settings_of(stripe: Stripe) -> dict[str, str]:
    """What leads a process of ours to it."""
    return {
        "STRIPE_API_BASE": stripe.url,
        "STRIPE_SECRET_KEY": KEY,
        "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET,
    }


@contextmanager
def _a_database(cluster: Cluster) -> Iterator[str]:
    """Named like those of a run, so that it is cleared away with them if the run is killed."""
    name = f"run_{os.getpid()}_{secrets.token_hex(4)}_stripe"
    with cluster.connect() as db:
        db.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    try:
        yield cluster.url(name)
    finally:
        database.drop(cluster, name)


@asynccontextmanager
async def serving(app: ASGIApp, port: int = 0) -> AsyncIterator[str]:
    """An application at an address of its own: the endpoint of a test, or all of ours."""
    port = port or _free_port()
    server = Server(app, address="127.0.0.1", port=port, interface=Interfaces.ASGI, log_enabled=False)
    serving = asyncio.create_task(server.serve())
    await _until(lambda: _listens(port))
    yield f"http://127.0.0.1:{port}"
    server.stop()
    await serving


async def _until(is_true: Callable[[], bool], seconds: float = 10) -> None:
    async with asyncio.timeout(seconds):
        while not is_true():  # noqa: ASYNC110  other programs tell nobody here when they are ready
            await asyncio.sleep(0.02)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]

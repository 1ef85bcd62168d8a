"""Somebody on the line, who notes how long each answer takes."""

import asyncio
import json
import time
from typing import Any, Self
from uuid import uuid4

import websockets
from websockets.asyncio.client import ClientConnection

from tests.sockets.line import HYDRATE, name_of

LONGEST_SECONDS = 60.0


class Caller:
    """Calls one handler with one argument, over and over. The answer is the message that repeats it."""

    def __init__(self, port: int, handler: Any, argument: str, cookie: str = "") -> None:
        self.seconds: list[float] = []
        self.after_a_pause: list[float] = []
        self._address = f"ws://127.0.0.1:{port}/_event/?EIO=4&transport=websocket&token={uuid4()}"
        self._headers = {"Cookie": cookie} if cookie else {}
        self._name, self._argument = name_of(handler), argument
        self._socket: ClientConnection

    async def __aenter__(self) -> Self:
        self._socket = await websockets.connect(
            self._address, additional_headers=self._headers, max_size=None
        )
        await self._socket.recv()
        await self._socket.send("40/_event,")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._socket.close()

    async def open(self, path: str, until: str) -> None:
        """Load a page and listen until the server speaks of `until`."""
        await self._send(HYDRATE, path, {})
        while until not in await self._hear(LONGEST_SECONDS):
            pass

    async def call(self) -> float:
        """How long the answer took."""
        said = uuid4().hex
        began = time.perf_counter()
        await self._send(self._name, "/", {self._argument: said})
        while said not in await self._hear(LONGEST_SECONDS):
            pass
        return time.perf_counter() - began

    async def call_every_second(self, seconds: int, phase: float) -> None:
        """At the beat of the clock, not of the answers: a slow server is not spared."""
        start = time.perf_counter() + phase
        for n in range(seconds + 1):
            await asyncio.sleep(max(0.0, start + n - time.perf_counter()))
            (self.seconds if n else self.after_a_pause).append(await self.call())

    async def _send(self, name: str, path: str, payload: dict[str, Any]) -> None:
        router = {"pathname": path, "asPath": path, "query": {}}
        event = {"name": name, "payload": payload, "router_data": router}
        await self._socket.send("42/_event," + json.dumps(["event", event]))

    async def _hear(self, seconds: float) -> str:
        while True:
            message = str(await asyncio.wait_for(self._socket.recv(), seconds))
            if message == "2":
                await self._socket.send("3")  # the server asks whether anybody is there
            elif message.startswith("42/_event,"):
                return message

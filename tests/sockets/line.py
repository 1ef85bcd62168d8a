"""A browser's line to the server without the browser: the bytes Reflex's own client would send."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import uuid4

import websockets
from reflex.state import State
from reflex_base.utils.format import format_event_handler

HYDRATE = "reflex___state____state.hydrate_and_load"
FIRST_WORD_SECONDS, SILENCE_SECONDS = 2.0, 0.5
"""A busy machine may take its time before it answers; once it does, the rest follows."""
NAVIGATE = "reflex___state____state.reflex___state____on_load_internal_state.on_load_internal"


@dataclass
class Heard:
    """What the server sent in answer to one event."""

    delta: dict[str, Any] = field(default_factory=dict)
    redirects: list[str] = field(default_factory=list)

    def of(self, state: type[State]) -> dict[str, Any]:
        """What was said about one state's variables, by their own names."""
        told = self.delta.get(state.get_full_name(), {})
        return {name.removesuffix("_rx_state_"): value for name, value in told.items()}

    @property
    def is_nothing(self) -> bool:
        return not self.delta and not self.redirects


class Line:
    """`async with Line(port, cookie="gynergy_session=…") as line: await line.call(State.handler)`."""

    def __init__(self, port: int, *, cookie: str = "", origin: str = "", token: str = "") -> None:
        self.token = token or str(uuid4())
        self._address = f"ws://127.0.0.1:{port}/_event/?EIO=4&transport=websocket&token={self.token}"
        given = {"Cookie": cookie, "Origin": origin}
        self._headers = {name: value for name, value in given.items() if value}

    async def __aenter__(self) -> Self:
        self._socket = await websockets.connect(
            self._address, additional_headers=self._headers, max_size=None
        )
        await self._socket.recv()
        await self._socket.send("40/_event,")
        await self._until(lambda message: message.startswith("40/_event"))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._socket.close()

    async def open(self, path: str) -> Heard:
        """Load a page, as a new document does."""
        return await self.send(HYDRATE, path)

    async def go(self, path: str) -> Heard:
        """Walk to another page inside the same document."""
        return await self.send(NAVIGATE, path)

    async def call(self, handler: Any, path: str = "/", /, **payload: Any) -> Heard:
        return await self.send(name_of(handler), path, **payload)

    async def send(self, name: str, path: str = "/", /, **payload: Any) -> Heard:
        router = {"pathname": path, "asPath": path, "query": {}}
        event = {"name": name, "payload": payload, "router_data": router}
        await self._socket.send("42/_event," + json.dumps(["event", event]))
        return await self._heard()

    async def say(self, frame: str) -> Heard:
        """Send these very characters."""
        await self._socket.send(frame)
        return await self._heard()

    async def _heard(self) -> Heard:
        """Everything until the server has nothing more to say."""
        heard, patience = Heard(), FIRST_WORD_SECONDS
        while True:
            try:
                message = await asyncio.wait_for(self._socket.recv(), patience)
            except TimeoutError:
                return heard
            patience = SILENCE_SECONDS
            if str(message).startswith("42/_event,"):
                _take(heard, json.loads(str(message).removeprefix("42/_event,"))[1])

    async def _until(self, is_it: Any) -> None:
        while not is_it(str(await self._socket.recv())):
            pass


def _take(heard: Heard, update: dict[str, Any]) -> None:
    for state, changes in (update.get("delta") or {}).items():
        heard.delta.setdefault(state, {}).update(changes)
    heard.redirects += [e["payload"]["path"] for e in update.get("events") or [] if e["name"] == "_redirect"]


def name_of(handler: Any) -> str:
    return format_event_handler(handler)

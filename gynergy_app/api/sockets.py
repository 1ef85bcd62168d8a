"""What arrives on the event socket before anybody has looked at it."""

import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)

PACKETS = tuple("0123456")
"""How each message of a browser's own client begins."""


def only_packets(app: ASGIApp) -> ASGIApp:
    """A frame that is no packet ends its socket in one line. The library would tell of it with every word."""

    async def kept(scope: Scope, receive: Receive, send: Send) -> None:
        await app(scope, _reading(receive) if scope["type"] == "websocket" else receive, send)

    return kept


def _reading(receive: Receive) -> Receive:
    async def read() -> Message:
        message = await receive()
        text = message.get("text")
        if text is None or text.startswith(PACKETS):
            return message
        log.warning("Refused a message that cannot be read: it is no packet")
        return {"type": "websocket.disconnect", "code": 1003}

    return read

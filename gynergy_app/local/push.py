"""A push service on this machine, speaking RFC 8030: it takes sealed messages for browsers and reads none.

Like the public ones it believes only who can sign with the key a browser subscribed with (RFC 8292), asks for
a TTL, takes 4096 bytes at most and lets a message replace another of its Topic that still waits. What it took
stays here until it is asked for. It can be told to be busy, and a browser can leave.
"""

import base64
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gynergy_app import clock

HEAVIEST = 4096
LONGEST_SIGNATURE_SECONDS = 24 * 60 * 60
_TOPIC = re.compile(r"[A-Za-z0-9_-]{1,32}")
_VAPID = re.compile(r"vapid\s+t=([^,\s]+)\s*,\s*k=([A-Za-z0-9_-]+)")


@dataclass(frozen=True)
class Taken:
    """A sealed message, and what was said beside it."""

    body: bytes
    ttl: int
    topic: str
    urgency: str


@dataclass
class Browser:
    """Somebody who waits for messages. `key` is whose messages it takes."""

    key: str
    waiting: list[Taken] = field(default_factory=list)
    taken: int = 0


class PushService:
    """Serve `app` at `url`; browsers subscribe with `subscribe` and leave with `leave`."""

    def __init__(self, url: str, now: Callable[[], datetime] = clock.now) -> None:
        self.url = url.rstrip("/")
        self.now = now
        self.browsers: dict[str, Browser] = {}
        self.busy_for: str | None = None
        """While set, nothing is taken and this is the Retry-After."""
        self.app = Starlette(routes=[Route("/push/{token}", self._take, methods=["POST"])])

    def subscribe(self, application_server_key: str) -> str:
        """The endpoint of a new browser."""
        token = secrets.token_urlsafe(24)
        self.browsers[token] = Browser(application_server_key)
        return f"{self.url}/push/{token}"

    def leave(self, endpoint: str) -> None:
        del self.browsers[endpoint.rpartition("/")[2]]

    def browser(self, endpoint: str) -> Browser:
        return self.browsers[endpoint.rpartition("/")[2]]

    async def _take(self, request: Request) -> Response:
        if self.busy_for is not None:
            return Response("Too many messages.", 429, {"Retry-After": self.busy_for})
        browser = self.browsers.get(request.path_params["token"])
        if browser is None:
            return Response("This browser has left.", 410)
        if refusal := self._refusal(request, browser):
            return refusal
        body = await request.body()
        if len(body) > HEAVIEST:
            return Response("Too large.", 413)
        headers = request.headers
        taken = Taken(body, int(headers["ttl"]), headers.get("topic", ""), headers.get("urgency", "normal"))
        browser.waiting = [each for each in browser.waiting if not taken.topic or each.topic != taken.topic]
        browser.waiting.append(taken)
        browser.taken += 1
        return Response(status_code=201, headers={"Location": f"/message/{secrets.token_urlsafe(8)}"})

    def _refusal(self, request: Request, browser: Browser) -> Response | None:
        headers = request.headers
        signed = _VAPID.fullmatch(headers.get("authorization", ""))
        if signed is None or not self._is_signed(*signed.groups()):
            return Response("Who is asking?", 401)
        if signed[2] != browser.key:
            return Response("This browser waits for somebody else.", 403)
        if headers.get("content-encoding") != "aes128gcm" or not headers.get("ttl", "").isdigit():
            return Response("A message has a TTL and is sealed with aes128gcm.", 400)
        if "topic" in headers and not _TOPIC.fullmatch(headers["topic"]):
            return Response("A Topic has 32 characters of base64url at most.", 400)
        return None

    def _is_signed(self, token: str, key: str) -> bool:
        now = self.now().timestamp()
        try:
            point = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
            public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
            said = jwt.decode(
                token, public, algorithms=["ES256"], audience=self.url, options={"verify_exp": False}
            )
        except (ValueError, jwt.InvalidTokenError):
            return False
        return now < said.get("exp", 0) <= now + LONGEST_SIGNATURE_SECONDS and ":" in said.get("sub", "")

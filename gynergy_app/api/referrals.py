"""By whose link a browser first came, remembered until somebody signs up or buys there.

Any page may be the one a link leads to. The first link stays: a later one changes nothing.
"""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gynergy_app.api.auth.posting import keep_cookie
from gynergy_app.domain.referrals import code_in
from gynergy_app.services import referrals

_IF_CHANGED = {b"if-none-match", b"if-modified-since"}


def remember_links(app: ASGIApp) -> ASGIApp:
    async def remembering(scope: Scope, receive: Receive, send: Send) -> None:
        code = _new_code(scope)
        if not code:
            await app(scope, receive, send)
            return
        headers = [(name, value) for name, value in scope["headers"] if name not in _IF_CHANGED]
        await app({**scope, "headers": headers}, receive, _with_cookie(send, code))

    return remembering


def _new_code(scope: Scope) -> str:
    if scope["type"] != "http" or scope["method"] != "GET":
        return ""
    code = code_in(scope["query_string"].decode("ascii", "replace"))
    return code if code and not referrals.came_by(Headers(scope=scope).get("cookie", "")) else ""


def _with_cookie(send: Send, code: str) -> Send:
    """Only a page brings it, and that answer is for this browser alone: nothing in between may keep it."""

    async def complete(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200:
            headers = MutableHeaders(scope=message)
            if headers.get("content-type", "").startswith("text/html"):
                headers.append("Set-Cookie", _cookie(code))
                headers["Cache-Control"] = "no-store"
        await send(message)

    return complete


def _cookie(code: str) -> str:
    carrier = Response()
    keep_cookie(carrier, referrals.COOKIE, code, referrals.LASTS_SECONDS)
    return carrier.headers["Set-Cookie"]

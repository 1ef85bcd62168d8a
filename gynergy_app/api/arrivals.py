"""How a browser first came, remembered until somebody signs up or buys there: the page, when, by whose link.

Any page may be the one a link leads to. The first link stays, and so does the first page: later ones change
nothing. A browser that asks for privacy keeps the code of a link alone: somebody gave it on purpose.
"""

from dataclasses import replace

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gynergy_app import clock
from gynergy_app.api.auth.posting import keep_cookie
from gynergy_app.domain.arrivals import Arrival, in_link, page_at
from gynergy_app.services import arrivals, cookies, sessions

_IF_CHANGED = {b"if-none-match", b"if-modified-since"}
_ASKS_FOR_PRIVACY = ("sec-gpc", "dnt")


def remember_arrivals(app: ASGIApp) -> ASGIApp:
    async def remembering(scope: Scope, receive: Receive, send: Send) -> None:
        news = _news(scope)
        if news is None:
            await app(scope, receive, send)
            return
        headers = [(name, value) for name, value in scope["headers"] if name not in _IF_CHANGED]
        await app({**scope, "headers": headers}, receive, _with_cookie(send, news))

    return remembering


def _news(scope: Scope) -> Arrival | None:
    """What this browser shall remember and does not yet."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return None
    headers, now = Headers(scope=scope), clock.now()
    known = arrivals.of_browser(headers.get("cookie", ""), now)
    code = known.code or in_link(scope["query_string"].decode("ascii", "replace")).code
    news = replace(known, code=code)
    page = page_at(scope["path"])
    if page and not known.page and _may_be_remembered(headers):
        news = Arrival(code, page, now.replace(microsecond=0))
    return news if news != known else None


def _may_be_remembered(headers: Headers) -> bool:
    """Somebody who is signed in has come long ago."""
    is_signed_in = bool(cookies.read(headers.get("cookie", ""), sessions.COOKIE))
    return not is_signed_in and all(headers.get(name) != "1" for name in _ASKS_FOR_PRIVACY)


def _with_cookie(send: Send, news: Arrival) -> Send:
    """Only a page brings it, and that answer is for this browser alone: no cache in between may keep it."""

    async def complete(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200:
            headers = MutableHeaders(scope=message)
            if headers.get("content-type", "").startswith("text/html"):
                headers.append("Set-Cookie", _cookie(news))
                headers["Cache-Control"] = "private, no-cache"
        await send(message)

    return complete


def _cookie(news: Arrival) -> str:
    carrier = Response()
    keep_cookie(carrier, arrivals.COOKIE, news.written, arrivals.LASTS_SECONDS)
    return carrier.headers["Set-Cookie"]

"""What every answer carries, whatever made it: security and cache headers, a request id, tidy paths.

Three ASGI wrappers, outermost last. They know nothing of pages: what may run in a page is read from the built
files, once, at the start.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gynergy_app import logs, routes
from gynergy_app.settings import ROOT, settings

BUILT = ROOT / ".web" / "build" / "client"

_INLINE = re.compile(
    r"<(?P<tag>script|style)(?P<attributes>[^>]*)>(?P<code>.*?)</(?P=tag)>", re.DOTALL | re.IGNORECASE
)
_ONE_YEAR, _ONE_WEEK = 31_536_000, 604_800
_UPLOAD_OF_REFLEX = "/_upload"
_SERVICE_WORKER = "/sw.js"
_NOTHING_HERE = "/404"
LONGEST_NAME = 200
"""Bytes of one part of a path. Beyond 255 a file system answers in its own words."""
JOIN_PAGE = "join.html"
"""Stands for the page of every friend code until a script has drawn it."""
_JOIN = re.compile(re.escape(routes.JOIN.split("[")[0]) + "[^/]+/?")

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
}
if settings.is_production:
    _ALWAYS["Strict-Transport-Security"] = f"max-age={2 * _ONE_YEAR}; includeSubDomains"


def allowed_origins() -> list[str]:
    """Which pages may open the event socket: ours. On one's own machine it has two names."""
    parts = urlsplit(settings.public_url)
    origins = [f"{parts.scheme}://{parts.netloc}"]
    if not settings.is_production and parts.port:
        origins += [f"http://{name}:{parts.port}" for name in ("localhost", "127.0.0.1")]
    return list(dict.fromkeys(origins))


# -- Content security -------------------------------------------------------------------------------------


def content_policy(page: str = "") -> str:
    """No script and no sheet in a page but its own, no `eval`, nothing from anywhere else.

    Attributes may style: a ray of the dial is as long as a day was full.
    """
    sockets = [f"ws{origin.removeprefix('http')}" for origin in allowed_origins()]
    rules = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *_hashes(page, "script")],
        "style-src": ["'self'", *_hashes(page, "style")],
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "media-src": ["'self'"],
        "connect-src": ["'self'", *sockets],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'", *payment_pages()],
        "frame-ancestors": ["'none'"],
    }
    policy = "; ".join(f"{name} {' '.join(sources)}" for name, sources in rules.items())
    return f"{policy}; upgrade-insecure-requests" if settings.is_production else policy


def payment_pages() -> list[str]:
    """Where a form of ours may lead in the end: browsers look at redirects too."""
    if settings.stripe_api_base:
        peer = urlsplit(settings.stripe_api_base)
        return [f"{peer.scheme}://{peer.netloc}"]
    own = [f"https://{settings.stripe_domain}"] if settings.stripe_domain else []
    return ["https://checkout.stripe.com", "https://billing.stripe.com", *own]


def _hashes(page: str, tag: str) -> list[str]:
    """By which a browser will recognise what stands between these tags of this page."""
    found = [each for each in _INLINE.finditer(page) if each["tag"].lower() == tag]
    inline = [each["code"] for each in found if "src=" not in each["attributes"] and each["code"].strip()]
    digests = [base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() for code in inline]
    return list(dict.fromkeys(f"'sha256-{digest}'" for digest in digests))


def page_policies(built: Path) -> dict[str, str]:
    """A policy for each page that was built, by its path with a last slash; "" is for every other path."""
    policies = {_path_of(page, built): _policy_of(page) for page in built.rglob("*.html")}
    fallback = built / "404.html"
    return {**policies, "": _policy_of(fallback) if fallback.exists() else content_policy()}


def _path_of(page: Path, built: Path) -> str:
    place = page.relative_to(built).as_posix().removesuffix("index.html").strip("/")
    return f"/{place}/" if place else "/"


def _policy_of(page: Path) -> str:
    return content_policy(page.read_text(encoding="utf-8"))


# -- The wrappers -----------------------------------------------------------------------------------------


def pretty_paths(app: ASGIApp, built: Path = BUILT) -> ASGIApp:
    """Serve `/today` from its folder without sending the browser to `/today/` first.

    A path that no address of ours can have, such as `/%00`, leads where every unknown one leads. Before any
    script, all friend codes have one page.
    """
    has_join_page = (built / JOIN_PAGE).exists()
    folders = {_path_of(page, built).removesuffix("/") for page in built.rglob("index.html")} - {""}

    async def tidy(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] in folders:
            path = scope["path"] + "/"
            scope = {**scope, "path": path, "raw_path": path.encode()}
        elif scope["type"] == "http" and not _may_be_ours(scope["path"]):
            scope = {**scope, "path": _NOTHING_HERE, "raw_path": _NOTHING_HERE.encode()}
        elif scope["type"] == "http" and has_join_page and _JOIN.fullmatch(scope["path"]):
            scope = {**scope, "path": f"/{JOIN_PAGE}", "raw_path": f"/{JOIN_PAGE}".encode()}
        await app(scope, receive, send)

    return tidy


def _may_be_ours(path: str) -> bool:
    """No address of ours has signs that cannot be printed, or names longer than a file's may be."""
    return path.isprintable() and all(len(name.encode()) <= LONGEST_NAME for name in path.split("/"))


def without_uploads(app: ASGIApp) -> ASGIApp:
    """Close Reflex's own upload route: it takes any size from anybody. Ours are in `api/uploads.py`."""

    async def closed(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(_UPLOAD_OF_REFLEX):
            await PlainTextResponse("There is nothing here.", status_code=404)(scope, receive, send)
        else:
            await app(scope, receive, send)

    return closed


def secure_headers(app: ASGIApp, built: Path = BUILT) -> ASGIApp:
    """Add what the answer does not already say, and give the request its id."""
    policies = page_policies(built)

    async def secured(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await app(scope, receive, send)
            return
        request_id = uuid4().hex[:16]
        scope.setdefault("state", {})["request_id"] = request_id
        logs.reference.set(request_id)
        await app(scope, receive, _completing(send, scope["path"], request_id, policies))

    return secured


def _completing(send: Send, path: str, request_id: str, policies: Mapping[str, str]) -> Send:
    async def complete(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            is_page = headers.get("content-type", "").startswith("text/html")
            for name, value in _ALWAYS.items():
                headers.setdefault(name, value)
            headers.setdefault("X-Request-Id", request_id)
            _name_once(headers, "Vary")
            headers.setdefault("Cache-Control", _cache_rule(path, message["status"], "etag" in headers))
            if is_page:
                key = path if path.endswith("/") else path + "/"
                headers.setdefault("Content-Security-Policy", policies.get(key, policies[""]))
            elif message["status"] != 304:
                # A 304 would replace the policy of the page the browser has kept.
                headers.setdefault("Content-Security-Policy", _policy_beside_pages(path))
        await send(message)

    return complete


def _name_once(headers: MutableHeaders, header: str) -> None:
    """Several layers add what they vary by, each without a look at what is there."""
    named: dict[str, str] = {}
    for word in ",".join(headers.getlist(header)).split(","):
        named.setdefault(word.strip().lower(), word.strip())
    if any(named):
        headers[header] = ", ".join(filter(None, named.values()))


def _policy_beside_pages(path: str) -> str:
    """A service worker fetches under the policy it came with; nothing else here fetches at all."""
    fetches = "connect-src 'self'; " if path == _SERVICE_WORKER else ""
    return f"default-src 'none'; {fetches}frame-ancestors 'none'"


def _cache_rule(path: str, status: int, has_etag: bool) -> str:
    """Hashed names never change; other files are asked for again, and mostly answered with 304."""
    if status not in (200, 206, 304) or not has_etag:
        return "no-store"
    if path.startswith("/assets/"):
        return f"public, max-age={_ONE_YEAR}, immutable"
    if path.startswith("/fonts/"):
        return f"public, max-age={_ONE_WEEK}"
    return "no-cache"

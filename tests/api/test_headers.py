"""What every answer carries, and what a page may run."""

import base64
import hashlib
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from gynergy_app import headers
from gynergy_app.api import create_api
from gynergy_app.errors import Conflict, Invalid

INLINE = "window.theme = 'dark'"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """What a build leaves: two pages, a fallback, one hashed script, one font."""
    page = f"<html><script src='/assets/a-1.js'></script><script>{INLINE}</script></html>"
    for name in ("index.html", "today/index.html", "404.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(page if name != "404.html" else "<html>Nothing here</html>")
    for name in ("assets/a-1.js", "fonts/serif.woff2"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("1")
    return tmp_path


def browser(app: ASGIApp, built: Path) -> httpx.AsyncClient:
    wrapped = headers.without_uploads(app)
    wrapped = headers.secure_headers(headers.pretty_paths(wrapped, built), built)
    transport = httpx.ASGITransport(wrapped, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://localhost:3000")


@pytest.fixture
def site(built: Path) -> httpx.AsyncClient:
    return browser(StaticFiles(directory=built, html=True), built)


async def test_a_page_may_run_its_own_inline_script_and_no_other(site: httpx.AsyncClient):
    policy = (await site.get("/today")).headers["content-security-policy"]

    digest = base64.b64encode(hashlib.sha256(INLINE.encode()).digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}';" in policy
    assert "unsafe-eval" not in policy
    assert "frame-ancestors 'none'" in policy


async def test_a_page_may_use_its_own_sheet_and_no_other(site: httpx.AsyncClient, built: Path):
    sheet = "h1 { color: teal }"
    (built / "offline.html").write_text(f"<html><style>{sheet}</style></html>")
    site = browser(StaticFiles(directory=built, html=True), built)

    styled = (await site.get("/offline.html")).headers["content-security-policy"]
    plain = (await site.get("/today")).headers["content-security-policy"]

    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}'; style-src-attr 'unsafe-inline';" in styled
    assert "style-src 'self'; style-src-attr 'unsafe-inline';" in plain


async def test_what_an_answer_varies_by_is_named_once(built: Path):
    async def answer(request: Request) -> Response:
        said = PlainTextResponse("")
        for names in ("Accept-Encoding, Origin", "Origin", "origin"):
            said.headers.append("Vary", names)
        return said

    app = Starlette(routes=[Route("/", answer)])

    assert (await browser(app, built).get("/")).headers.get_list("vary") == ["Accept-Encoding, Origin"]


@pytest.mark.parametrize("path", ["/%00", "/today/%0a", "/a%7fb", f"/history/{'9' * 260}"])
async def test_an_address_no_page_can_have_leads_where_unknown_ones_lead(site: httpx.AsyncClient, path: str):
    answer = await site.get(path)

    assert answer.status_code == 404
    assert answer.text == (await site.get("/nowhere")).text


async def test_an_unknown_address_is_a_404_without_the_scripts_of_others(site: httpx.AsyncClient):
    answer = await site.get("/nowhere")

    assert answer.status_code == 404
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


async def test_a_page_is_served_without_a_detour(site: httpx.AsyncClient):
    answer = await site.get("/today", follow_redirects=False)

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("/", "no-cache"),
        ("/today", "no-cache"),
        ("/assets/a-1.js", "public, max-age=31536000, immutable"),
        ("/fonts/serif.woff2", "public, max-age=604800"),
        ("/assets/gone.js", "no-store"),
    ],
)
async def test_only_what_never_changes_is_kept(path: str, rule: str, site: httpx.AsyncClient):
    assert (await site.get(path)).headers["cache-control"] == rule


async def test_every_answer_is_guarded(site: httpx.AsyncClient):
    for path in ("/", "/assets/a-1.js", "/nowhere", "/_upload"):
        told = (await site.get(path)).headers
        assert told["x-content-type-options"] == "nosniff"
        assert told["x-frame-options"] == "DENY"
        assert "content-security-policy" in told
        assert "camera=()" in told["permissions-policy"]


async def test_a_service_worker_is_asked_for_anew_and_may_fetch_from_us_alone(
    site: httpx.AsyncClient, built: Path
):
    (built / "sw.js").write_text("addEventListener('fetch', () => {});")
    told = (await site.get("/sw.js")).headers

    assert told["cache-control"] == "no-cache"
    assert told["content-security-policy"] == (
        "default-src 'none'; connect-src 'self'; frame-ancestors 'none'"
    )


async def test_each_request_has_an_id_of_its_own(site: httpx.AsyncClient):
    first, second = await site.get("/"), await site.get("/")

    assert first.headers["x-request-id"] != second.headers["x-request-id"]


async def test_an_answer_that_has_its_own_policy_keeps_it(built: Path):
    def own(request: Request) -> Response:
        return HTMLResponse(
            "mail", headers={"Content-Security-Policy": "sandbox", "Cache-Control": "private"}
        )

    told = (await browser(Starlette(routes=[Route("/mail", own)]), built).get("/mail")).headers

    assert (told["content-security-policy"], told["cache-control"]) == ("sandbox", "private")


async def test_what_a_route_answers_is_not_stored(built: Path):
    def answer(request: Request) -> Response:
        return JSONResponse({"points": 18})

    told = (await browser(Starlette(routes=[Route("/points", answer)]), built).get("/points")).headers

    assert told["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/join/FRIEND-ABC234", "/join/friend%20abc234", "/join/x/"])
async def test_the_links_of_friend_codes_have_one_page_before_any_script(built: Path, path: str):
    (built / headers.JOIN_PAGE).write_text("<html>A place from a friend</html>")
    site = browser(StaticFiles(directory=built, html=True), built)

    answer = await site.get(path)

    assert (answer.status_code, "A place from a friend" in answer.text) == (200, True)
    assert (await site.get("/join")).status_code == 404
    assert (await site.get("/join/a/b")).status_code == 404


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_reflexs_own_upload_route_is_closed(method: str, built: Path):
    async def takes_anything(scope, receive, send) -> None:
        await PlainTextResponse("taken")(scope, receive, send)

    answer = await browser(takes_anything, built).request(method, "/_upload", content=b"x")

    assert answer.status_code == 404


def test_only_our_own_pages_may_open_the_socket():
    assert headers.allowed_origins() == ["http://localhost:3000", "http://127.0.0.1:3000"]


# -- Answers that no page draws ----------------------------------------------------------------------------


def failing(error: Exception) -> Starlette:
    def fail(request: Request) -> Response:
        raise error

    api = create_api()
    api.router.routes.append(Route("/fail", fail))
    return api


async def test_a_refusal_speaks_the_callers_language(built: Path):
    client = browser(failing(Conflict("Somebody was first.")), built)

    page = await client.get("/fail", headers={"accept": "text/html"})
    data = await client.get("/fail", headers={"accept": "application/json"})

    assert (page.status_code, data.status_code) == (409, 409)
    assert "<p>Somebody was first.</p>" in page.text
    assert data.json() == {"error": "Somebody was first."}


async def test_problems_are_named_by_field(built: Path):
    client = browser(failing(Invalid({"email": "This address is incomplete."})), built)

    answer = await client.get("/fail")

    assert answer.status_code == 422
    assert answer.json()["problems"] == {"email": "This address is incomplete."}


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
async def test_an_unforeseen_error_is_an_apology_with_a_reference(accept: str, built: Path):
    client = browser(failing(ZeroDivisionError("secret insides")), built)

    answer = await client.get("/fail", headers={"accept": accept})

    assert answer.status_code == 500
    assert "secret insides" not in answer.text
    assert "What you saved is safe" in answer.text
    assert answer.headers["x-request-id"] in answer.text

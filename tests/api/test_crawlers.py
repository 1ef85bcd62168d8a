"""What search engines are told."""

from xml.etree import ElementTree

import httpx
import pytest
from starlette.applications import Starlette

from gynergy_app import pages, routes
from gynergy_app.api import crawlers
from gynergy_app.settings import settings

MEANS_NOTHING_BY_ITSELF = {
    routes.CHECK_MAIL,
    routes.CHECKOUT_SUCCESS,
    routes.FORGOT_PASSWORD,
    routes.RESET_PASSWORD,
    routes.FORBIDDEN,
    routes.JOIN,
    routes.REDEEM,
    routes.DEV_COMPONENTS,
    "/404",
}


@pytest.fixture
def crawler(monkeypatch: pytest.MonkeyPatch) -> httpx.AsyncClient:
    monkeypatch.setattr(settings, "public_url", "https://gynergy.example/")
    app = Starlette(routes=crawlers.routes)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost")


def test_what_is_announced_is_public_and_every_public_page_was_thought_about():
    public = {page.ROUTE for page in pages.modules() if page.ACCESS == "public"}

    assert set(routes.ANNOUNCED) == public - MEANS_NOTHING_BY_ITSELF


async def test_the_map_names_whole_addresses_of_public_pages_only(crawler: httpx.AsyncClient):
    answer = await crawler.get("/sitemap.xml")

    found = [place.text for place in ElementTree.fromstring(answer.text).iter() if place.tag.endswith("loc")]
    assert answer.headers["content-type"].startswith("application/xml")
    assert found == [f"https://gynergy.example{path}" for path in routes.ANNOUNCED]


async def test_crawlers_are_sent_to_public_pages_only(crawler: httpx.AsyncClient):
    lines = (await crawler.get("/robots.txt")).text.splitlines()

    assert "Disallow: /" in lines
    assert {f"Allow: {path}$" for path in routes.ANNOUNCED} < set(lines)
    assert not [line for line in lines if "/today" in line or "/admin" in line or "/me" in line]
    assert lines[-1] == "Sitemap: https://gynergy.example/sitemap.xml"

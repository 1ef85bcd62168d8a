"""What search engines are told: which pages there are for everybody, and that the others are not for them."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from gynergy_app.routes import ANNOUNCED
from gynergy_app.settings import settings

DRAWN_WITH = ("/assets/", "/fonts/", "/og.png")
"""Without these a page is blank to whoever looks at it as a browser does."""


async def robots(request: Request) -> Response:
    allowed = [f"Allow: {path}$" for path in ANNOUNCED]
    allowed += [f"Allow: {path}" for path in DRAWN_WITH]
    lines = ["User-agent: *", *allowed, "Disallow: /", "", f"Sitemap: {_absolute('/sitemap.xml')}", ""]
    return PlainTextResponse("\n".join(lines))


async def sitemap(request: Request) -> Response:
    pages = "".join(f"  <url><loc>{_absolute(path)}</loc></url>\n" for path in ANNOUNCED)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return Response(f"{head}{pages}</urlset>\n", media_type="application/xml")


def _absolute(path: str) -> str:
    return f"{settings.public_url.rstrip('/')}{path}"


routes = [Route("/robots.txt", robots), Route("/sitemap.xml", sitemap)]

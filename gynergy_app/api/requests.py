"""Reading what a browser sends to our own routes: where it comes from, who it is, what was typed."""

from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request

from gynergy_app.errors import Invalid, NotAllowed
from gynergy_app.settings import settings

HEAVIEST_FORM = 16 * 1024
MOST_FIELDS = 30


class ForeignRequest(NotAllowed):
    def __init__(self) -> None:
        super().__init__("This request did not come from our own page. Please open the page again and retry.")


def check_origin(request: Request) -> None:
    """Refuse what another site made the browser send: cookies travel along, the intention does not.

    Every current browser says `Sec-Fetch-Site`; older ones say `Origin` with every POST.
    """
    site = request.headers.get("sec-fetch-site")
    if site == "same-origin" or (not site and _is_ours(request)):
        return
    raise ForeignRequest


def _is_ours(request: Request) -> bool:
    origin = request.headers.get("origin", "")
    own = {_origin(settings.public_url)}
    if not settings.is_production:
        own.add(f"{request.url.scheme}://{request.headers.get('host', '')}")
    return origin in own


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def address_of(request: Request) -> str:
    """The caller's network address; `X-Forwarded-For` counts only as far as our own proxies wrote it."""
    hops = settings.trusted_proxy_hops
    forwarded = [
        part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()
    ]
    if hops and len(forwarded) >= hops:
        return forwarded[-hops]
    return request.client.host if request.client else "unknown"


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a small form. A repeated field counts once, with its last value."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > HEAVIEST_FORM:
            raise Invalid({"form": "This is more than the form can take. Please shorten what you typed."})
    try:
        return dict(
            parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
        )
    except ValueError:
        raise Invalid({"form": "The form did not arrive whole. Please send it again."}) from None

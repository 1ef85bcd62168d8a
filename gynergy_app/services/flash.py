"""What one request leaves for the page after it: what was typed, what was wrong with it. Never a password.

It travels in a short-lived HttpOnly cookie that only we can read, so a form posted without JavaScript comes
back as it was left, and nothing typed appears in an address.
"""

import json
from dataclasses import asdict, dataclass, field

from gynergy_app.services import cookies, sealed

COOKIE = "gynergy_flash"
LASTS_SECONDS = 120
LONGEST_VALUE = 300


@dataclass(frozen=True)
class Flash:
    """`page` is the path it belongs to; each problem stands beside its field, the note above the form."""

    page: str
    typed: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    note: str = ""
    is_good_news: bool = False


def seal(flash: Flash) -> str:
    short = {name: value[:LONGEST_VALUE] for name, value in flash.typed.items()}
    return sealed.seal(COOKIE, json.dumps({**asdict(flash), "typed": short}, ensure_ascii=False))


def find(cookie_header: str, page: str) -> Flash | None:
    """What the last request left for this page."""
    message = sealed.unseal(COOKIE, cookies.read(cookie_header, COOKIE), seconds=LASTS_SECONDS)
    flash = Flash(**json.loads(message)) if message else None
    return flash if flash and flash.page == page else None

"""From a letter's template and its context to a subject, an HTML part and a text part.

Jinja writes the MJML first, with every value escaped, and only then does MJML become HTML: a name that looks
like markup arrives as text. The text part is written by hand beside it, its first line is the subject.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import mrml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, select_autoescape

from gynergy_app import routes, theme
from gynergy_app.settings import settings

TEMPLATES = Path(__file__).parent / "templates"
SUBJECT = "Subject: "


class CannotRender(Exception):
    """The row and its template do not fit. No retry will mend that; a person has to."""


@dataclass(frozen=True)
class Rendered:
    subject: str
    html: str
    text: str
    unsubscribe_url: str | None = None


def render(template_key: str, context: dict[str, Any]) -> Rendered:
    """Write one mail.

    Raises `CannotRender` when the template is unknown or the context lacks something it names.
    """
    try:
        mjml = _jinja().get_template(f"{template_key}.mjml.j2").render(context)
        subject, text = _split(_jinja().get_template(f"{template_key}.txt.j2").render(context))
        way_out = _absolute(context["unsubscribe"]) if "unsubscribe" in context else None
        return Rendered(subject, mrml.to_html(mjml).content, text, way_out)
    except (TemplateError, ValueError, OSError) as error:
        raise CannotRender(f"{template_key}: {error}") from error


def _split(letter: str) -> tuple[str, str]:
    first, _, rest = letter.lstrip().partition("\n")
    if not first.startswith(SUBJECT):
        raise ValueError(f"the text part must begin with {SUBJECT!r}")
    return first.removeprefix(SUBJECT).strip(), rest.strip() + "\n"


@cache
def _jinja() -> Environment:
    jinja = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(enabled_extensions=("mjml.j2",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.globals |= {"routes": routes, "light": _colours(theme.LIGHT), "dark": _colours(theme.DARK)}
    jinja.filters |= {"absolute": _absolute, "day": _day, "moment": _moment, "line": _line}
    return jinja


def _colours(which: int) -> dict[str, str]:
    """The tokens written out, because mail clients know no custom properties."""
    return {name.replace("-", "_"): theme.colour(name, which) for name in theme.COLOURS}


def _absolute(path: str) -> str:
    """A page of ours. The payment service names its own pages whole."""
    if path.startswith(("https://", "http://")):
        return path
    return settings.public_url.rstrip("/") + path


def _day(iso: str) -> str:
    """`2026-12-07` as `Monday 7 December`."""
    day = date.fromisoformat(iso)
    return f"{day:%A} {day.day} {day:%B}"


def _moment(iso: str, timezone: str) -> str:
    """An instant as the member's own clock showed it."""
    local = datetime.fromisoformat(iso).astimezone(ZoneInfo(timezone))
    return f"{local:%A} {local.day} {local:%B %Y} at {local:%H:%M} ({timezone})"


def _line(text: str) -> str:
    """One line, whatever was typed: a name cannot start a new header or a new paragraph."""
    return " ".join(text.split())

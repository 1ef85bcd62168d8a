"""Which of her sessions a page shows: the one its address names, else the one she lives."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.guard import member
from gynergy_app.repositories.book_sessions import Place
from gynergy_app.services import programs
from gynergy_app.services.programs import Enrolled
from gynergy_app.services.yearbook_pages import span


@dataclass(frozen=True)
class SessionLink:
    """One of her sessions. `is_open`: it is the one on the page; `is_lived`: its days are counted now."""

    program: str
    dates: str
    href: str
    is_open: bool
    is_lived: bool


class SessionsState(rx.State):
    """Her sessions, for pages that show one of them. Empty while there is only one.

    `query` ends the address of a page that stays with the session on this one.
    """

    links: list[SessionLink] = []
    is_unknown: bool = False
    is_former: bool = False
    query: str = ""

    @rx.event
    async def open(self):
        who, now = member(), clock.now()
        async with as_member(who.id) as db:
            places = await programs.places(db, who, now=now)
        asked = asked_session(self)
        known = [place.session_id for place in places]
        is_hers = asked in known
        self.is_unknown = bool(_said(self)) and not is_hers
        self.is_former = is_hers and asked != known[0]
        self.query = routes.in_session("", str(asked)) if self.is_former else ""
        shown = asked if is_hers else next(iter(known), None)
        self.links = _links(places, shown, _page(self.router.url.path)) if len(places) > 1 else []


def _links(places: Sequence[Place], shown: UUID | None, path: str) -> list[SessionLink]:
    return [
        SessionLink(
            program=place.program,
            dates=span(place.start_date, place.end_date),
            href=routes.in_session(path, str(place.session_id)),
            is_open=place.session_id == shown,
            is_lived=place == places[0],
        )
        for place in places
    ]


def _page(path: str) -> str:
    """A day belongs to one session: another is chosen for the calendar."""
    return routes.HISTORY if path.startswith(f"{routes.HISTORY}/") else path


def asked_session(screen: rx.State) -> UUID | None:
    """The session that the address of this page names; None where it names none."""
    try:
        return UUID(_said(screen))
    except ValueError:
        return None


def link_session(enrolled: Enrolled) -> str:
    """What addresses of this session's pages say of it: nothing, for the one she lives."""
    return "" if enrolled.is_current else str(enrolled.session_id)


def _said(screen: rx.State) -> str:
    return screen.router.url.query_parameters.get("session", "")

"""The statement of points as a file for a spreadsheet."""

import csv
import io
from collections.abc import Iterator
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gynergy_app import clock
from gynergy_app import routes as paths
from gynergy_app.api.auth.posting import get_caller
from gynergy_app.db import as_member
from gynergy_app.errors import NotFound
from gynergy_app.services.gamification import Statement, statement
from gynergy_app.services.gamification.statement import Entry

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads UTF-8 as something else."""

HEADS = ("Day", "Time", "What", "Kind", "Base", "Multiplier", "Bonus", "Points", "Balance", "Why")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class NoStatement(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no statement yet. It begins with a place in a session.")


async def download(request: Request) -> Response:
    who = await get_caller(request)
    now = clock.now()
    async with as_member(who.id) as db:
        told = await statement.read(db, who, _session(request), now=now)
    if told is None:
        raise NoStatement
    name = f"gynergy-points-{clock.day_in(who.timezone, now)}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return Response(as_csv(told).encode(), media_type="text/csv; charset=utf-8", headers=headers)


def _session(request: Request) -> UUID | None:
    """The session asked for; none is asked for at the bare address."""
    said = request.query_params.get("session")
    try:
        return UUID(said) if said else None
    except ValueError:
        raise NoStatement from None


def as_csv(told: Statement) -> str:
    """Oldest first, as a spreadsheet adds up."""
    file = io.StringIO(newline="")
    table = csv.writer(file)
    table.writerow(HEADS)
    table.writerows(_cells(entry) for entry in reversed(told.entries))
    return BYTE_ORDER_MARK + file.getvalue()


def _cells(entry: Entry) -> Iterator[str | int]:
    award = entry.award
    why = entry.reason or "; ".join(
        f"{line.label} {line.figure}" for line in award.explain() if line.label != "This page"
    )
    texts = (entry.day.isoformat(), f"{entry.at:%H:%M}", entry.name, entry.kind.value)
    figures = (award.base, f"{award.multiplier.normalize():f}", award.bonus, entry.points, entry.balance)
    yield from map(plain, texts)
    yield from figures
    yield plain(why)


def plain(text: str) -> str:
    """Text that no spreadsheet takes for a formula.

    >>> plain("=1+1"), plain("Morning journal")
    ("'=1+1", 'Morning journal')
    """
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


routes = [Route(paths.POINTS_CSV, download, methods=["GET"])]

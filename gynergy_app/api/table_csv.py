"""Tables as files for a spreadsheet: no text in them is ever taken for a formula."""

import csv
import io
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from starlette.responses import Response

from gynergy_app.api.points_csv import BYTE_ORDER_MARK, plain

Cell = str | int | float | datetime | None


async def table(
    heads: Sequence[str], rows: AsyncIterator[Iterable[Cell]], *, zone: str, name: str
) -> Response:
    """Moments are those of `zone`, in ISO form."""
    file = io.StringIO(newline="")
    written = csv.writer(file)
    written.writerow(heads)
    async for row in rows:
        written.writerow([_plain(cell, ZoneInfo(zone)) for cell in row])
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.csv"',
        "Cache-Control": "private, no-store",
    }
    body = (BYTE_ORDER_MARK + file.getvalue()).encode()
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)


def _plain(cell: Cell, zone: ZoneInfo) -> str | int | float:
    if isinstance(cell, datetime):
        return cell.astimezone(zone).isoformat(timespec="seconds")
    return plain(cell or "") if isinstance(cell, str | None) else cell


def amount(cents: int) -> str:
    """A figure as a spreadsheet reads it; never negative, so never a formula.

    >>> amount(99700), amount(5)
    ('997.00', '0.05')
    """
    return f"{cents / 100:.2f}"

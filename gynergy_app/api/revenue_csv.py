"""The table of the payments desk as a file for a spreadsheet."""

import csv
import io
from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gynergy_app import clock
from gynergy_app import routes as paths
from gynergy_app.api.auth.posting import get_caller
from gynergy_app.api.points_csv import BYTE_ORDER_MARK, plain
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import timezone_or_utc
from gynergy_app.domain.payments.figures import Period, Step, period_problem
from gynergy_app.errors import Invalid, NotAllowed
from gynergy_app.services.desks import money
from gynergy_app.services.desks.money import Money

HEADS = ("From", "Zone", "Currency", "Purchases", "Paid", "Subscriptions", "Gone back", "Net")
CODE = 3
"""The length of a currency's name."""


class ForAdmins(NotAllowed):
    def __init__(self) -> None:
        super().__init__("This file is for admins.")


async def download(request: Request) -> Response:
    who = await get_caller(request)
    if not who.is_admin:
        raise ForAdmins
    period, now = _period(request), clock.now()
    said = request.query_params.get("step")
    step = Step(said) if said in tuple(Step) else Step.day
    currency = request.query_params.get("currency", "")[:CODE]
    async with as_member(who.id) as db:
        seen = await money.read(db, period, step, currency=currency, now=now)
    name = f"gynergy-payments-{period.first}-{period.last}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return Response(as_csv(seen).encode(), media_type="text/csv; charset=utf-8", headers=headers)


def _period(request: Request) -> Period:
    first, last = (_day(request.query_params.get(name, "")) for name in ("from", "to"))
    problem = period_problem(first, last)
    if first is None or last is None or problem:
        raise Invalid({"from": problem})
    return Period(first, last, timezone_or_utc(request.query_params.get("zone")))


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def as_csv(seen: Money) -> str:
    """Oldest first. Amounts are plain numbers, so that a spreadsheet adds them up."""
    file = io.StringIO(newline="")
    table = csv.writer(file)
    table.writerow(HEADS)
    for each in seen.stretches:
        amounts = (each.gross_cents, each.renewed_cents, each.gone_cents, each.net_cents)
        table.writerow(
            (
                plain(each.begins.isoformat()),
                plain(seen.period.zone),
                plain(seen.currency.upper()),
                each.bought,
                *(f"{cents / 100:.2f}" for cents in amounts),
            )
        )
    return BYTE_ORDER_MARK + file.getvalue()


routes = [Route(paths.ADMIN_REVENUE_CSV, download, methods=["GET"])]

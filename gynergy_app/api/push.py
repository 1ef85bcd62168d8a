"""Told by the service worker, which has no socket: a push service gave this browser a new address."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gynergy_app import routes as paths
from gynergy_app.api.auth.posting import get_caller
from gynergy_app.api.requests import check_origin, read_form
from gynergy_app.db import as_member
from gynergy_app.services import devices
from gynergy_app.services.devices import Address


async def moved(request: Request) -> Response:
    check_origin(request)
    who, said = await get_caller(request), await read_form(request)
    address = Address(said.get("endpoint", ""), said.get("p256dh", ""), said.get("auth", ""))
    async with as_member(who.id) as db:
        await devices.move(db, who, said.get("former", ""), address)
    return Response(status_code=204)


routes = [Route(paths.PUSH_MOVED, moved, methods=["POST"])]

"""The emblem of a highest self."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gynergy_app import clock
from gynergy_app.api.auth.posting import get_caller, own_cookie
from gynergy_app.api.uploads import receive_picture
from gynergy_app.db import as_member
from gynergy_app.domain.payments.access import Right
from gynergy_app.errors import GynergyError
from gynergy_app.integrations import supabase_storage
from gynergy_app.services import sessions
from gynergy_app.services.journaling import visions
from gynergy_app.services.payments import entitlements


async def change(request: Request) -> Response:
    """Take a picture in place of the one before, which stays with its version."""
    who = await get_caller(request)
    entitlements.require(who, Right.write, now=clock.now())
    key = await receive_picture(request, who, field="emblem")
    try:
        async with as_member(who.id) as db:
            await visions.change_emblem(db, who, key, now=clock.now())
    except GynergyError:
        await supabase_storage.delete(await sessions.access_token(own_cookie(request), clock.now()), key)
        raise
    return JSONResponse({"key": key, "url": f"/media/{key}"})


routes = [Route("/uploads/emblem", change, methods=["POST"])]

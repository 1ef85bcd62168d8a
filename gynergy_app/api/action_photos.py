"""Photos of a gratitude action."""

from datetime import date

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gynergy_app import clock
from gynergy_app.api.auth.posting import get_caller, own_cookie
from gynergy_app.api.uploads import receive_picture
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.access import Right
from gynergy_app.errors import GynergyError, Invalid
from gynergy_app.integrations import supabase_storage
from gynergy_app.services import sessions
from gynergy_app.services.journaling import gratitude_actions
from gynergy_app.services.payments import entitlements


async def add(request: Request) -> Response:
    """Put a photo on the page of `?day=`."""
    who = await get_caller(request)
    entitlements.require(who, Right.write, now=clock.now())
    day = _day(request)
    key = await receive_picture(request, who, field="photo")
    try:
        photos = await _attach(who, key, day)
    except GynergyError:
        await supabase_storage.delete(await sessions.access_token(own_cookie(request), clock.now()), key)
        raise
    return JSONResponse({"key": key, "photos": photos})


async def _attach(who: Member, key: str, day: date) -> list[str]:
    async with as_member(who.id) as db:
        return await gratitude_actions.attach_photo(db, who, key, day=day, now=clock.now())


def _day(request: Request) -> date:
    try:
        return date.fromisoformat(request.query_params.get("day", ""))
    except ValueError:
        raise Invalid(
            {"photo": "The page this photo is for could not be found. Open it again, please."}
        ) from None


routes = [Route("/uploads/action-photo", add, methods=["POST"])]

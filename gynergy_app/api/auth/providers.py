"""Signing in with another house, for those the auth service reports. The code it sends back is worth nothing
without the verifier this browser keeps."""

import base64
import hashlib
import json
import secrets

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gynergy_app import clock, routes
from gynergy_app.api.auth.posting import drop_cookie, keep_cookie, lead_to, let_in, slow_down
from gynergy_app.db import as_member
from gynergy_app.errors import GynergyError, NotFound
from gynergy_app.integrations import supabase_auth
from gynergy_app.services import consents, cookies, sealed
from gynergy_app.services.flash import Flash
from gynergy_app.settings import settings

COOKIE = "gynergy_provider"
LASTS_SECONDS = 10 * 60
RETURN_TO = "/auth/callback"


class UnknownProvider(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "This way of signing in is not offered here. Please choose one of those on the page."
        )


async def leave(request: Request) -> Response:
    provider = request.path_params["provider"]
    if provider not in (await supabase_auth.providers()).external:
        raise UnknownProvider
    verifier = secrets.token_urlsafe(48)
    digest = hashlib.sha256(verifier.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    address = supabase_auth.address_of_provider(provider, f"{settings.public_url}{RETURN_TO}", challenge)
    response = RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})
    asked = {"verifier": verifier, "next": routes.own(request.query_params.get("next"), routes.TODAY)}
    keep_cookie(response, COOKIE, sealed.seal(COOKIE, json.dumps(asked)), LASTS_SECONDS)
    return response


async def come_back(request: Request) -> Response:
    value = cookies.read(request.headers.get("cookie", ""), COOKIE)
    asked = sealed.unseal(COOKIE, value, seconds=LASTS_SECONDS)
    code = request.query_params.get("code", "")
    if not asked or not code:
        return _not_signed_in("You were not signed in. Nothing has changed; you can try again.")
    try:
        await slow_down(request, "link")
        auth = await supabase_auth.exchange(code, json.loads(asked)["verifier"])
        async with as_member(auth.user_id) as db:
            await consents.agree_on_arrival(db, auth.user_id, now=clock.now())
        response = await let_in(request, auth, json.loads(asked)["next"])
    except GynergyError as refused:
        return _not_signed_in(str(refused))
    drop_cookie(response, COOKIE)
    return response


def _not_signed_in(note: str) -> Response:
    response = lead_to(routes.SIGN_IN, Flash(routes.SIGN_IN, note=note))
    drop_cookie(response, COOKIE)
    return response

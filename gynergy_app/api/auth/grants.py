"""Leave to choose a new password without the old one, for a quarter of an hour after a mailed link."""

from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from gynergy_app.api.auth.posting import drop_cookie, keep_cookie
from gynergy_app.domain.accounts import Member
from gynergy_app.services import cookies, sealed

COOKIE = "gynergy_new_password"
LASTS_SECONDS = 15 * 60


def grant_new_password(response: Response, user_id: UUID) -> None:
    keep_cookie(response, COOKIE, sealed.seal(COOKIE, str(user_id)), LASTS_SECONDS)


def may_choose_password(request: Request, who: Member) -> bool:
    value = cookies.read(request.headers.get("cookie", ""), COOKIE)
    return sealed.unseal(COOKIE, value, seconds=LASTS_SECONDS) == str(who.id)


def spend_grant(response: Response) -> None:
    drop_cookie(response, COOKIE)

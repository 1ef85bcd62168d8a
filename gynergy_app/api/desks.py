"""What a browser is told about the desks before any script runs.

Their pages are empty until the guard lets somebody in. A member who is no admin is led to the page that says
so, and that page answers 403.
"""

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gynergy_app import clock, db, routes
from gynergy_app.domain.accounts import Member
from gynergy_app.services import cookies, sessions

_READING = {"GET", "HEAD"}
_IF_CHANGED = {b"if-none-match", b"if-modified-since"}


def keep_to_admins(app: ASGIApp) -> ASGIApp:
    async def kept(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].rstrip("/") if scope["type"] == "http" else ""
        if path == routes.FORBIDDEN:
            headers = [(name, value) for name, value in scope["headers"] if name not in _IF_CHANGED]
            await app({**scope, "headers": headers}, receive, _refusing(send))
        elif _is_desk(path) and scope["method"] in _READING and await _is_for_others(scope):
            await RedirectResponse(routes.FORBIDDEN, status_code=303)(scope, receive, send)
        else:
            await app(scope, receive, send)

    return kept


def _is_desk(path: str) -> bool:
    return path == routes.ADMIN or path.startswith(f"{routes.ADMIN}/")


async def _is_for_others(scope: Scope) -> bool:
    """Strangers are led to the sign-in page by the page itself, and come back from there."""
    who = await _caller(scope)
    return who is not None and not who.is_admin


async def _caller(scope: Scope) -> Member | None:
    """Nobody can be recognised while the database does not answer: the page says that better."""
    cookie = cookies.read(Headers(scope=scope).get("cookie", ""), sessions.COOKIE)
    try:
        return await sessions.find(cookie, clock.now())
    except Exception as error:
        if db.is_away(error):
            return None
        raise


def _refusing(send: Send) -> Send:
    async def refuse(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200:
            message = {**message, "status": 403}
        await send(message)

    return refuse

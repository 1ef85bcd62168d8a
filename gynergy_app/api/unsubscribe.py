"""Leaving a reminder from the mail that brought it, without signing in (RFC 8058).

Opening the link changes nothing: mail scanners open every link, and some programs open it before anybody
reads. Only POST switches the reminder off. It comes from mail providers as well as from our own button, so it
is asked neither for cookies nor for where it comes from: the link itself says who may, and can do no more.
"""

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from gynergy_app import routes as paths
from gynergy_app.api.notice import notice
from gynergy_app.db import as_member
from gynergy_app.domain.notifications import Reminder
from gynergy_app.services import unsubscribing

NAMES = {
    Reminder.morning: "morning reminder",
    Reminder.evening: "evening reminder",
    Reminder.streak_warning: "word before a streak ends",
    Reminder.weekly_digest: "weekly look back",
}
PREFERENCES = (paths.PREFERENCES, "All reminders, in Preferences")

_HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


async def ask(request: Request) -> HTMLResponse:
    name = NAMES[unsubscribing.read(request.path_params["token"]).reminder]
    sentence = f"The {name} comes by mail, behind the bell and on your devices. This button ends all three."
    return _page(notice(sentence, button=f"Switch the {name} off", way_back=PREFERENCES))


async def leave(request: Request) -> HTMLResponse:
    way_out = unsubscribing.read(request.path_params["token"])
    async with as_member(way_out.user_id) as db:
        await unsubscribing.leave(db, way_out)
    sentence = f"The {NAMES[way_out.reminder]} is off. It comes no more, neither by mail nor anywhere else."
    return _page(notice(sentence, way_back=PREFERENCES))


def _page(content: str) -> HTMLResponse:
    return HTMLResponse(content, headers=_HEADERS)


routes = [
    Route(paths.UNSUBSCRIBE, ask, methods=["GET"]),
    Route(paths.UNSUBSCRIBE, leave, methods=["POST"]),
]

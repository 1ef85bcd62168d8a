"""Puts the app together. Nothing imports this."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import reflex as rx
from reflex.event import EventSpec

from gynergy_app import db, headers, live, logs, pages
from gynergy_app.api import create_api
from gynergy_app.api.arrivals import remember_arrivals
from gynergy_app.api.desks import keep_to_admins
from gynergy_app.api.sockets import only_packets
from gynergy_app.components.document import appearance
from gynergy_app.errors import GynergyError, NotSignedIn
from gynergy_app.guard import Guard
from gynergy_app.integrations import stripe_billing
from gynergy_app.state import defaults
from gynergy_app.state.community.feed import news
from gynergy_app.state.session import not_allowed, records_away, sign_in_ended
from gynergy_app.state.shell import ShellState

logs.configure()
log = logging.getLogger(__name__)


def explain(exception: Exception) -> EventSpec:
    """Tell the member what she can understand; keep the rest for the log."""
    if isinstance(exception, NotSignedIn):
        return cast(EventSpec, ShellState.ask_to_sign_in())
    if isinstance(exception, GynergyError):
        return _say(str(exception))
    if db.refuses_writing(exception):
        log.error("The database takes nothing new: %s", type(exception).__name__)
        return _say("Nothing can be saved on our side just now. What you typed stays here; try again later.")
    if db.is_away(exception):
        log.warning("The database does not answer: %s", type(exception).__name__)
        return cast(EventSpec, ShellState.lose_records())
    log.error("Unhandled error in an event handler", exc_info=exception)
    return _say("Something went wrong on our side. Please try again in a moment.")


def _say(sentence: str) -> EventSpec:
    return cast(EventSpec, ShellState.say(sentence, "error"))


@asynccontextmanager
async def close_doors() -> AsyncIterator[None]:
    """Give the database and Stripe their connections back when the process ends."""
    yield
    await stripe_billing.close()
    await db.close_engines()


app = rx.App(
    **appearance(),
    backend_exception_handler=explain,
    api_transformer=[
        create_api(),
        keep_to_admins,
        remember_arrivals,
        headers.without_uploads,
        headers.pretty_paths,
        headers.secure_headers,
        only_packets,
    ],
)
app.add_middleware(Guard(sign_in_ended(), records_away(), not_allowed))
app.register_lifespan_task(close_doors)
live.rooms.serve(app, news)
app.register_lifespan_task(live.listening)
pages.register(app)
defaults.share()

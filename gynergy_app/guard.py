"""Default deny, in one place: nothing runs over the socket unless its caller may.

A handler can be called by its name whatever page is shown. So before every event the guard asks who is
calling (the sign-in behind the cookie this socket was opened with) and lets through only what is `@public`
or theirs. A tab's state belongs to one member, and is emptied before anybody else, or nobody, can look into
it.
"""

import inspect
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, get_type_hints
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import reflex as rx
from pydantic import ConfigDict, TypeAdapter
from reflex.app import App
from reflex.event import Event
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.event.context import EventContext
from reflex_base.registry import RegisteredEventHandler, RegistrationContext
from reflex_base.utils.form import form_data_as_dict

from gynergy_app import clock, db, routes
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.access import Right
from gynergy_app.errors import GynergyError, NotSignedIn
from gynergy_app.services import cookies, sessions

log = logging.getLogger(__name__)

Marked = TypeVar("Marked", bound=Callable[..., Any])

_caller: ContextVar[Member | None] = ContextVar("caller", default=None)
"""Each event runs in a task of its own, background events too, so nobody sees another event's caller."""


def member() -> Member:
    """Who called the handler that is running now."""
    who = _caller.get()
    if who is None:
        raise NotSignedIn
    return who


def caller() -> Member | None:
    """Like `member`, for the few handlers that strangers may call too."""
    return _caller.get()


@contextmanager
def acting_as(who: Member | None) -> Iterator[None]:
    """Run a handler as this person where no socket brought it: in tests and replays."""
    token = _caller.set(who)
    try:
        yield
    finally:
        _caller.reset(token)


class Access(StrEnum):
    anyone = "anyone"
    member = "member"
    admin = "admin"
    nobody = "nobody"


def public(handler: Marked) -> Marked:
    """Open a handler to strangers. Stands above `@rx.event`."""
    return _mark(handler, Access.anyone)


def admin_only(handler_or_state: Marked) -> Marked:
    """Close one handler, or every handler of a state, to all but admins."""
    return _mark(handler_or_state, Access.admin)


@dataclass(frozen=True)
class Needed:
    """What a handler asks for beside a sign-in. `quietly`: its page says by itself that it is closed."""

    right: Right
    quietly: bool = False


def entitled(right: Right, *, quietly: bool = False) -> Callable[[Marked], Marked]:
    """Close one handler, or every handler of a state, to members whose entitlement does not allow this.

    Stands above `@rx.event`. What reads back what somebody wrote is never closed like this. `quietly` for
    what runs by itself when a page opens.
    """

    def mark(handler_or_state: Marked) -> Marked:
        needed = Needed(right, quietly)
        handler_or_state.__gynergy_needed__ = needed  # pyright: ignore[reportFunctionMemberAccess]
        return handler_or_state

    return mark


def _mark(marked: Marked, access: Access) -> Marked:
    marked.__gynergy_access__ = access  # pyright: ignore[reportFunctionMemberAccess]
    return marked


HYDRATIONS = frozenset({"hydrate", "hydrate_and_load"})
"""The events of Reflex that send a whole state to the browser."""

ATTEMPT = "attempt"
"""The argument by which a page names its message, to know the answer again."""

_REFLEX_NEEDS = HYDRATIONS | {
    "on_load_internal",
    "set_is_hydrated",
    "update_vars_internal",
    "handle_frontend_exception",
}
"""What Reflex itself calls to open a page. Its `setvar`, which sets a variable by name, is not among them."""


@cache
def access_to(event_name: str) -> Access:
    """Who may call this handler: what it says itself, else what its state says, else members only."""
    registered = RegistrationContext.get().event_handlers.get(event_name)
    if registered is None or _short(event_name) == "setvar":
        return Access.nobody
    if is_reflex_own(registered):
        return Access.anyone if _short(event_name) in _REFLEX_NEEDS else Access.nobody
    state = registered.states[0]
    if hasattr(state, "required_role"):
        return Access.admin
    said = getattr(state, "__gynergy_access__", None)
    return said or getattr(registered.handler.fn, "__gynergy_access__", Access.member)


@cache
def needed_for(event_name: str) -> Needed | None:
    """What a caller has to be allowed beside being signed in: what the handler says, else its state."""
    registered = RegistrationContext.get().event_handlers.get(event_name)
    if registered is None or is_reflex_own(registered):
        return None
    said = getattr(registered.handler.fn, "__gynergy_needed__", None)
    return said or getattr(registered.states[0], "__gynergy_needed__", None)


def is_reflex_own(registered: RegisteredEventHandler) -> bool:
    return registered.states[0].__module__.split(".")[0] in {"reflex", "reflex_base"}


def _short(event_name: str) -> str:
    return event_name.rsplit(".", 1)[-1]


class StateOwner(rx.State):
    """Whose state this tab's is: a member's id, or nothing while nobody has signed in.

    Until its first event a state holds nothing, so there is nothing to forget. Emptying would fill it: every
    variable of every page with its default.
    """

    _has_begun: bool = False
    _member_id: str = ""


class Guard(Middleware):
    """`sign_in_ended` is what a page with unsaved words is sent instead of being left.

    `records_away` answers while nobody can be recognised, because the database does not answer; `not_allowed`
    says to whom it is closed what would open it, and which message of the page was refused.
    """

    def __init__(
        self,
        sign_in_ended: StateUpdate,
        records_away: StateUpdate,
        not_allowed: Callable[[Right, Member, str], StateUpdate],
    ) -> None:
        self._sign_in_ended = sign_in_ended
        self._records_away = records_away
        self._not_allowed = not_allowed

    async def preprocess(self, app: App, state: BaseState, event: Event) -> StateUpdate | None:
        router = EventContext.get().router_data
        try:
            who = await _who(router)
        except Exception as error:
            if db.is_away(error):
                return self._records_away
            raise
        _caller.set(who)
        owner = await state.get_state(StateOwner)
        if owner._member_id != _id(who):
            if owner._member_id and not who and _is_writing(router, event):
                return None if _is_for_anyone(event) else self._sign_in_ended
            if owner._has_begun:
                await _empty(state)
            owner._member_id = _id(who)
        if not owner._has_begun:
            owner._has_begun = True
        refusal = _refusal(access_to(event.name), who, router) or self._closed(event, who)
        if refusal is None:
            _require_fitting(event)
        return refusal

    def _closed(self, event: Event, who: Member | None) -> StateUpdate | None:
        """Asks nobody: what she may open came with the answer to who she is."""
        needed = needed_for(event.name)
        if needed is None or who is None or who.entitlement.allows(needed.right, clock.now()):
            return None
        if needed.quietly:
            return StateUpdate()
        return self._not_allowed(needed.right, who, str(event.payload.get(ATTEMPT, "")))


def _require_fitting(event: Event) -> None:
    """Arguments a handler does not take come from an old page or a forged message, not from our code."""
    signature, expected = _takes(event.name)
    try:
        signature.bind(None, **event.payload)
        for name, kind in expected.items():
            if name in event.payload:
                kind.validate_python(form_data_as_dict(event.payload[name]))
    except (TypeError, ValueError):
        log.warning("Refused an event whose arguments do not fit: %s", event.name)
        raise GynergyError(
            "This page no longer fits the server. Please load it again; nothing that was saved is lost."
        ) from None


@cache
def _takes(event_name: str) -> tuple[inspect.Signature, dict[str, TypeAdapter[Any]]]:
    """The names this handler takes, and of our own handlers also the kinds."""
    registered = RegistrationContext.get().event_handlers[event_name]
    handler = registered.handler.fn
    kinds = {} if is_reflex_own(registered) else get_type_hints(handler)
    exact = ConfigDict(strict=True)
    adapters = {name: TypeAdapter(kind, config=exact) for name, kind in kinds.items() if name != "return"}
    return inspect.signature(handler), adapters


async def _who(router: Mapping[str, Any]) -> Member | None:
    """The cookie of the socket this event came through; what a handler chains keeps that of its cause."""
    header = str(router.get("headers", {}).get("cookie", ""))
    return await sessions.find(cookies.read(header, sessions.COOKIE), clock.now())


def _id(who: Member | None) -> str:
    return str(who.id) if who else ""


def _refusal(access: Access, who: Member | None, router: Mapping[str, Any]) -> StateUpdate | None:
    if access is Access.anyone:
        return None
    if who is None:
        return _send_to(f"{routes.SIGN_IN}?next={quote(_address(router), safe='')}")
    if access is Access.member or (access is Access.admin and who.is_admin):
        return None
    return _send_to(routes.FORBIDDEN)


def _send_to(path: str) -> StateUpdate:
    return StateUpdate(events=Event.from_event_type(rx.redirect(path)))


def _address(router: Mapping[str, Any]) -> str:
    asked = urlsplit(str(router.get("asPath", "")))
    # What a page says while it is being left carries the question of the page that follows.
    query = urlencode([pair for pair in parse_qsl(asked.query) if pair[0] != "next"])
    address = routes.own(urlunsplit(("", "", asked.path, query, "")), routes.TODAY)
    return routes.TODAY if address == routes.HOME else address


def _is_writing(router: Mapping[str, Any], event: Event) -> bool:
    """On a page that holds words which are nowhere else yet; coming from another page does not count."""
    return routes.is_written_on(_address(router)) and _short(event.name) != "on_load_internal"


def _is_for_anyone(event: Event) -> bool:
    """A handler of ours that strangers may call, such as the one that puts the dialog away."""
    registered = RegistrationContext.get().event_handlers.get(event.name)
    is_ours = registered is not None and not is_reflex_own(registered)
    return is_ours and access_to(event.name) is Access.anyone


async def _empty(state: BaseState) -> None:
    """Forget everything, also the branches a shared store has not loaded for this event."""
    root = await state.get_state(rx.State)
    for kind in RegistrationContext.get().base_states.values():
        await state.get_state(kind)
    was_hydrated = root.is_hydrated
    root.reset()
    root.is_hydrated = was_hydrated

"""What surrounds every page: who is here, short messages with undo, and an expired sign-in."""

from dataclasses import dataclass
from typing import Literal
from uuid import uuid4

import reflex as rx
from reflex.event import EventType
from reflex_base.event import Event

from gynergy_app.guard import public

Kind = Literal["info", "success", "error"]
SHOWN_AT_ONCE = 3


@dataclass(frozen=True)
class Toast:
    id: str
    text: str
    kind: Kind = "info"
    can_undo: bool = False


@dataclass(frozen=True)
class Closed:
    """What is closed to a member, why, and what opens it. Empty: nothing is.

    `also` is a second way to open it; `has_written`: there may be words of hers to read.
    """

    title: str = ""
    why: str = ""
    opens: str = ""
    href: str = ""
    also: str = ""
    also_href: str = ""
    has_written: bool = False


@dataclass(frozen=True)
class Notice:
    """What every page says about her subscription. Empty: nothing. What is not urgent can be put aside."""

    key: str = ""
    headline: str = ""
    words: str = ""
    opens: str = ""
    is_urgent: bool = False


class ShellState(rx.State):
    """The frame's own memory. Who is here is filled when a member's page loads."""

    member_id: str = ""
    member_name: str = ""
    member_initial: str = ""
    member_picture: str = ""
    cohort_name: str = ""
    unread_count: int = 0
    is_admin: bool = False
    shortcuts_enabled: bool = True
    theme: str = ""
    """What the account chose. A device with a choice of its own keeps that."""
    lacks: list[str] = []
    """The rights she has not. Unknown until her page has opened: nothing is called closed before that."""
    closed: Closed = Closed()
    """Why this page is closed to her."""
    without_place: Closed = Closed()
    """Why she has no days and no start to choose, should she have none. Empty: there is one, or it comes."""
    leaves_on: str = ""
    """The day on which the account will be deleted, when its owner asked for that."""

    notice: Notice = Notice()

    toasts: list[Toast] = []
    is_signed_out: bool = False
    """Her sign-in ended while she was writing. Until she is back nothing of this page can be saved."""
    asks_to_sign_in: bool = False
    refused: Closed = Closed()
    """What she just asked for and may not do. Whatever she typed stays where it is."""
    refused_attempt: str = ""
    """Which message of a page that was."""
    are_records_away: bool = False

    _put_aside: str = ""

    # What takes back an action, by toast. Stays on the server: a browser names a toast, never a handler.
    _undo: dict[str, list[Event]] = {}

    @public
    @rx.event
    def say(self, text: str, kind: Kind = "info"):
        """A sentence for ten seconds."""
        self._show(Toast(uuid4().hex, str(text)[:300], kind))

    @public
    @rx.event
    def undo(self, toast_id: str):
        events = self._undo.get(toast_id, [])
        self._let_go(toast_id)
        return events

    @public
    @rx.event
    def let_go(self, toast_id: str):
        self._let_go(toast_id)

    @public
    @rx.event
    def ask_to_sign_in(self):
        """The sign-in ended while a page was open: say so over the page, so that its text stays."""
        self.is_signed_out = self.asks_to_sign_in = True

    @public
    @rx.event
    def stay_signed_out(self):
        self.asks_to_sign_in = False

    @rx.event
    def accept_refusal(self):
        self.refused = Closed()

    @rx.event
    def put_notice_aside(self):
        """It comes back when there is something new to say."""
        self._put_aside, self.notice = self.notice.key, Notice()

    @public
    @rx.event
    def lose_records(self):
        """The database does not answer: say so until it does."""
        self.are_records_away = True

    @public
    @rx.event
    def find_records(self):
        """It answers again: the page opens its line anew and loads what is missing."""
        self.are_records_away = False

    def _notice(self, notice: Notice) -> None:
        is_put_aside = notice.key == self._put_aside and not notice.is_urgent
        self.notice = Notice() if is_put_aside else notice

    def _show(self, toast: Toast, undo: list[Event] | None = None) -> None:
        self.toasts = [*self.toasts, toast][-SHOWN_AT_ONCE:]
        shown = {toast.id for toast in self.toasts}
        self._undo = {key: events for key, events in self._undo.items() if key in shown}
        if undo:
            self._undo[toast.id] = undo

    def _let_go(self, toast_id: str) -> None:
        self.toasts = [toast for toast in self.toasts if toast.id != toast_id]
        self._undo.pop(toast_id, None)


async def offer_undo(state: rx.State, text: str, undo: EventType[()]) -> None:
    """Say what was done and offer to take it back, instead of asking before.

    `await offer_undo(self, "Photo removed.", PhotoState.restore(photo_id))`
    """
    shell = await state.get_state(ShellState)
    shell._show(Toast(uuid4().hex, text, "success", can_undo=True), Event.from_event_type(undo))

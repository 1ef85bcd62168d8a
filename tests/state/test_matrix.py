"""Which page opens to whom, written out; and that whatever changes something on such a page asks the same."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from reflex.state import BaseState
from reflex_base.event import EventHandler
from reflex_base.registry import RegistrationContext
from reflex_base.utils.format import format_event_handler

from gynergy_app import matrix, pages, routes
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.access import PAST_DUE_GRACE, Entitlement, Right
from gynergy_app.domain.payments.kinds import AccessType, PurchaseStatus, SubscriptionStatus
from gynergy_app.guard import access_to, needed_for
from gynergy_app.state.closed import closed_words
from gynergy_app.state.cohorts.blocking import BlockingState
from gynergy_app.state.programs.sessions import SessionsState
from gynergy_app.state.session import MemberState

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)
BOUGHT, PAST_DUE = AccessType.purchased, SubscriptionStatus.past_due

KINDS = {
    "nothing": Entitlement(),
    "challenge": Entitlement(came_by=BOUGHT, challenge_until=NOW + DAY),
    "over": Entitlement(came_by=BOUGHT, challenge_until=NOW),
    "journal": Entitlement(subscription=SubscriptionStatus.active),
    "grace": Entitlement(subscription=PAST_DUE, past_due_since=NOW - PAST_DUE_GRACE + DAY),
    "past due": Entitlement(subscription=PAST_DUE, past_due_since=NOW - PAST_DUE_GRACE),
    "community": Entitlement(has_community=True),
}
TABLE = """
                           nothing challenge over journal grace past_due community
/welcome                      -        x       -     -      -       -        -
/journal/morning              -        x       -     x      x       -        -
/journal/evening              -        x       -     x      x       -        -
/journal/gratitude-action     -        x       -     x      x       -        -
/journal/weekly               -        x       -     x      x       -        -
/journal/weekly-challenge     -        x       -     x      x       -        -
/journal/meditation           -        x       -     x      x       -        -
/journal/missed               -        x       -     x      x       -        -
/visions/highest-self         -        x       -     x      x       -        -
/visions/mantra               -        x       -     x      x       -        -
/visions/creed                -        x       -     x      x       -        -
/visions/discovery            -        x       -     x      x       -        -
/life-map                     -        x       -     x      x       -        -
/cohort                       -        x       -     -      -       -        x
/leaderboard                  -        x       -     -      -       -        x
/cohort/members               -        x       -     -      -       -        x
"""
NEVER_CLOSED = {
    routes.TODAY,
    routes.WEEKS,
    routes.VISIONS,
    routes.HISTORY,
    routes.HISTORY_DAY,
    routes.MILESTONE,
    routes.GRADUATION,
    routes.YEARBOOK,
    routes.INSIGHT,
    routes.BADGES,
    routes.POINTS,
    routes.NOTIFICATIONS,
    routes.ME,
    routes.PREFERENCES,
    routes.SECURITY,
    routes.DATA,
    routes.ACCESS,
}
"""Today, the account, and everything that reads back or takes along what somebody wrote."""

HARMLESS = {
    "change_day", "choose", "close", "close_celebration", "cover", "edit", "lay_out", "look_again", "look_at",
    "open", "put_away", "reopen", "show_all", "uncover",
}  # fmt: skip
"""They read, or change what the screen shows. On the leaderboard these are closed too: it shows others."""


def written_out() -> Iterator[tuple[str, str, bool]]:
    _, *rows = TABLE.strip().splitlines()
    for row in rows:
        path, *marks = row.split()
        yield from ((path, kind, mark == "x") for kind, mark in zip(KINDS, marks, strict=True))


def a_member(hers: Entitlement, *, is_admin: bool = False) -> Member:
    return Member(uuid4(), "iris@example.com", "Iris", "", "UTC", is_admin=is_admin, entitlement=hers)


def is_open(path: str, who: Member) -> bool:
    right = matrix.needed(path)
    return right is None or who.entitlement.allows(right, NOW)


class TestPages:
    @pytest.mark.parametrize(("path", "kind", "expected"), list(written_out()))
    def test_open_and_close_as_written(self, path: str, kind: str, expected: bool):
        assert is_open(path, a_member(KINDS[kind])) is expected
        assert is_open(f"{path}/", a_member(KINDS[kind])) is expected

    def test_the_table_has_every_page_that_may_be_closed(self):
        assert {path for path, _, _ in written_out()} == set(matrix.NEEDED)
        assert set(matrix.NEEDED) <= {page.ROUTE for page in pages.modules()}

    def test_what_was_written_is_never_closed(self):
        assert {path for path in NEVER_CLOSED if matrix.needed(path)} == set()

    @pytest.mark.parametrize("path", list(matrix.NEEDED))
    def test_an_admin_opens_no_more_than_anybody(self, path: str):
        """She looks after others; what she writes herself is hers to buy or to be given."""
        assert not is_open(path, a_member(Entitlement(), is_admin=True))

    @pytest.mark.parametrize("kind", list(KINDS))
    @pytest.mark.parametrize("right", Right)
    def test_what_is_closed_says_why_and_leads_to_what_opens_it(self, kind: str, right: Right):
        if KINDS[kind].allows(right, NOW):
            return
        said = closed_words(right, KINDS[kind], NOW)

        assert said.title
        assert said.why.endswith(".")
        assert said.opens
        assert said.href in (routes.PRICING, routes.BILLING)

    @pytest.mark.parametrize(
        ("hers", "title"),
        [
            (Entitlement(), "Writing is not open to you yet"),
            (KINDS["over"], "Your session is over"),
            (Entitlement(closed_reason="Asked to be let go."), "Your access is closed"),
            (Entitlement(taken_back=PurchaseStatus.refunded), "Your place is closed"),
            (KINDS["past due"], "Your journal is closed"),
            (Entitlement(subscription=SubscriptionStatus.canceled), "Your journal subscription has ended"),
            (Entitlement(subscription=SubscriptionStatus.paused), "Your journal is paused"),
            (Entitlement(subscription=SubscriptionStatus.incomplete_expired), "Your journal did not begin"),
            (Entitlement(subscription=SubscriptionStatus.unpaid), "Your journal waits for a payment"),
        ],
    )
    def test_each_reason_has_its_sentence(self, hers: Entitlement, title: str):
        assert closed_words(Right.write, hers, NOW).title == title

    @pytest.mark.parametrize(
        ("what", "said", "unsaid"),
        [
            (PurchaseStatus.refunded, "went back", "disputed"),
            (PurchaseStatus.disputed, "disputed", "went back"),
        ],
    )
    def test_a_place_that_is_closed_says_whether_its_money_went_back_or_is_fought_over(
        self, what: PurchaseStatus, said: str, unsaid: str
    ):
        why = closed_words(Right.write, Entitlement(taken_back=what), NOW).why

        assert said in why
        assert unsaid not in why

    def test_an_admins_reason_is_told(self):
        said = closed_words(Right.write, Entitlement(closed_reason="Asked to be let go."), NOW)

        assert "“Asked to be let go.”" in said.why


@pytest.fixture
def handlers() -> dict[str, type[BaseState]]:
    """Every handler of the states behind pages that may be closed, by its registered name.

    Whom somebody keeps out of her sight is never closed to her.
    """
    closable = [page for page in pages.modules() if matrix.needed(page.ROUTE)]
    registered = RegistrationContext.get().event_handlers
    behind = {state_of(handler) for page in closable for handler in page.ON_LOAD}
    behind -= {MemberState, SessionsState, BlockingState}
    return {
        name: entry.states[0]
        for name, entry in registered.items()
        if entry.states[0] in behind and not name.endswith(".setvar")
    }


def state_of(handler: EventHandler) -> type[BaseState]:
    return RegistrationContext.get().event_handlers[format_event_handler(handler)].states[0]


class TestHandlers:
    def test_whatever_changes_something_asks_what_its_page_asks(self, handlers: dict[str, type[BaseState]]):
        unmarked = {name.rsplit(".", 1)[-1] for name in handlers if needed_for(name) is None}

        assert unmarked <= HARMLESS

    def test_a_page_and_its_handlers_ask_the_same(self, handlers: dict[str, type[BaseState]]):
        for page in (page for page in pages.modules() if matrix.needed(page.ROUTE)):
            state = state_of(page.ON_LOAD[-1])
            asked = {needed_for(name) for name, owner in handlers.items() if owner is state} - {None}
            assert {needed.right for needed in asked if needed} == {matrix.needed(page.ROUTE)}

    def test_none_of_them_is_open_to_strangers(self, handlers: dict[str, type[BaseState]]):
        assert {access_to(name).value for name in handlers} == {"member"}

    def test_what_runs_when_a_page_opens_is_refused_without_a_word(self):
        """The page itself says that it is closed: a dialog over it would say so twice."""
        opening = [
            needed
            for page in pages.modules()
            for handler in page.ON_LOAD
            if (needed := needed_for(format_event_handler(handler)))
        ]

        assert opening
        assert all(needed.quietly for needed in opening)

"""A dialog belongs to the visit it was opened in: whoever comes back to a desk finds it closed."""

from types import ModuleType
from typing import Any

import pytest

from gynergy_app import clock
from gynergy_app.domain.accounts import Member
from gynergy_app.pages.admin import (
    book,
    cohort,
    gamification,
    inbox,
    invitations,
    member,
    programs,
    purchase,
    reports,
)
from gynergy_app.state.admin.code_acts import CodeActState
from gynergy_app.state.admin.cohort_acts import CohortActState
from gynergy_app.state.admin.deciding import Question
from gynergy_app.state.admin.editor import EditorState
from gynergy_app.state.admin.gamification_acts import GamificationActState
from gynergy_app.state.admin.inbox_acts import InboxActState
from gynergy_app.state.admin.invitations import InvitationsState
from gynergy_app.state.admin.member import MemberFileState
from gynergy_app.state.admin.phases import PhaseState
from gynergy_app.state.admin.purchase import PurchaseState
from gynergy_app.state.admin.refund import RefundState
from gynergy_app.state.admin.reports import ReportsState
from tests.state.conftest import AScreen, call

ASKED = Question("hide", "Hide the post of Ana?")


@pytest.mark.parametrize(
    ("page", "state", "field", "opened"),
    [
        (programs, EditorState, "kind", "book"),
        (book, EditorState, "kind", "quote"),
        (book, PhaseState, "order", 2),
        (cohort, CohortActState, "kind", "about"),
        (gamification, GamificationActState, "kind", "badge"),
        (inbox, InboxActState, "question", ASKED),
        (inbox, InboxActState, "payload", "{}"),
        (invitations, InvitationsState, "question", ASKED),
        (reports, ReportsState, "question", ASKED),
        (member, MemberFileState, "question", ASKED),
        (member, CodeActState, "question", ASKED),
        (purchase, PurchaseState, "question", ASKED),
        (purchase, CodeActState, "question", ASKED),
        (purchase, RefundState, "is_open", True),
    ],
)
async def test_opening_a_desk_closes_its_dialogs(
    page: ModuleType, state: type, field: str, opened: Any, a_screen: AScreen, carla: Member
):
    screen = await a_screen(state)
    closed = getattr(screen, field)
    setattr(screen, field, opened)

    for handler in page.ON_LOAD:
        if handler.state_full_name == state.get_full_name():
            await call(handler, screen, carla, clock.now())

    assert getattr(screen, field) == closed

"""What a refund would change, as a table: said before anything happens."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from gynergy_app.domain.payments.codes import CodeState
from gynergy_app.domain.payments.kinds import AccessType, PurchaseStatus
from gynergy_app.domain.payments.refunding import (
    Balance,
    CodeStands,
    Consequences,
    Invited,
    PlaceStands,
    RefundReason,
    Standing,
    amount_problem,
    cents_in,
    consequences,
)
from gynergy_app.domain.payments.sources import Opening, Run, Source, open_until, opening, without

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
UNTIL = datetime(2026, 5, 16, 15, tzinfo=UTC)
FULL, PART = 99_700, 10_000
completed, review = PurchaseStatus.completed, PurchaseStatus.review

BOUGHT, GIVEN = Opening(AccessType.purchased, UNTIL), Opening(AccessType.friend_code, UNTIL)
FREE = CodeStands("FRIEND-AAA222", CodeState.open)
USED = CodeStands("FRIEND-BBB333", CodeState.used, "Tom Baker")
OVER = CodeStands("FRIEND-CCC444", CodeState.expired)
EMPTY, WRITTEN_IN = PlaceStands("May", has_written=False), PlaceStands("April", has_written=True)
INVITED = Invited("Ruth", 100, (("First guest", 50),))

ALL = Standing(
    balance=Balance(completed, FULL, 0, 0),
    has_account=True,
    access=BOUGHT,
    remaining=None,
    codes=(FREE, USED, OVER),
    invited=INVITED,
    is_reminded=True,
    places=(EMPTY, WRITTEN_IN),
    writes_to="ana@example.com",
)


def said(follows: Consequences) -> dict[str, object]:
    """What is announced, in short."""
    return {
        "whole": follows.is_whole,
        "access": follows.remaining.kind.value if follows.remaining else None,
        "stop": [fate.code.code for fate in follows.codes if fate.stops],
        "points": follows.invited.total if follows.invited else 0,
        "reminders": follows.reminders_stop,
        "seat": follows.seat_is_freed,
        "places": follows.places,
        "letter": follows.letter,
    }


WHOLE = {
    "whole": True, "access": None, "stop": [FREE.code], "points": 150,
    "reminders": True, "seat": False, "letter": True, "places": (EMPTY, WRITTEN_IN),
}  # fmt: skip
NOTHING = {
    **WHOLE,
    "whole": False,
    "access": "purchased",
    "stop": [],
    "points": 0,
    "reminders": False,
    "places": (),
}


@pytest.mark.parametrize(
    ("standing", "amount", "expected"),
    [
        (ALL, FULL, WHOLE),
        (ALL, PART, NOTHING),
        (ALL, FULL - 1, NOTHING),
        (replace(ALL, balance=Balance(completed, FULL, PART, 0)), FULL - PART, WHOLE),
        (replace(ALL, balance=Balance(completed, FULL, 0, PART)), FULL - PART, WHOLE),
        (replace(ALL, balance=Balance(completed, FULL, PART, PART)), PART, NOTHING),
        (
            replace(ALL, remaining=GIVEN),
            FULL,
            {**WHOLE, "access": "friend_code", "reminders": False, "places": ()},
        ),
        (replace(ALL, is_journal_open=True), FULL, {**WHOLE, "reminders": False}),
        (replace(ALL, is_reminded=False), FULL, {**WHOLE, "reminders": False}),
        (replace(ALL, invited=None), FULL, {**WHOLE, "points": 0}),
        (replace(ALL, codes=(USED, OVER)), FULL, {**WHOLE, "stop": []}),
        (replace(ALL, codes=(FREE, FREE)), FULL, {**WHOLE, "stop": [FREE.code] * 2}),
        (replace(ALL, writes_to=""), FULL, {**WHOLE, "letter": False}),
        (
            Standing(Balance(completed, FULL, 0, 0), False, has_seat=True, writes_to="guest@example.com"),
            FULL,
            {**WHOLE, "stop": [], "points": 0, "reminders": False, "seat": True, "places": ()},
        ),
        (
            Standing(Balance(review, 900, 0, 0), True, access=GIVEN, remaining=GIVEN, writes_to="a@b.c"),
            900,
            {**WHOLE, "access": "friend_code", "stop": [], "points": 0, "reminders": False, "places": ()},
        ),
    ],
)
def test_what_a_refund_changes(standing: Standing, amount: int, expected: dict[str, object]):
    assert said(consequences(standing, amount)) == expected


@pytest.mark.parametrize(
    ("balance", "amount", "problem"),
    [
        (Balance(completed, FULL, 0, 0), FULL, ""),
        (Balance(completed, FULL, 0, 0), 1, ""),
        (Balance(completed, FULL, 0, 0), 0, "such as"),
        (Balance(completed, FULL, 0, 0), None, "such as"),
        (Balance(completed, FULL, 0, 0), FULL + 1, "At most 997.00"),
        (Balance(completed, FULL, PART, PART), FULL - 2 * PART + 1, "At most 797.00"),
        (Balance(completed, FULL, PART, FULL - PART), 1, "on its way back already"),
        (Balance(completed, 0, 0, 0), 1, "Nothing was paid"),
        (Balance(completed, FULL, 0, 0, has_payment=False), FULL, "Nothing was paid"),
        (Balance(PurchaseStatus.refunded, FULL, FULL, 0), 1, "has gone back"),
        (Balance(PurchaseStatus.pending, FULL, 0, 0), FULL, "not paid"),
        (Balance(PurchaseStatus.failed, FULL, 0, 0), FULL, "never paid"),
        (Balance(PurchaseStatus.expired, FULL, 0, 0), FULL, "never paid"),
        (Balance(PurchaseStatus.disputed, FULL, 0, 0), FULL, "bank has asked"),
        (Balance(review, 900, 0, 0), 900, ""),
        (Balance(review, 900, 0, 0), 899, "only the whole amount"),
    ],
)
def test_how_much_can_go_back(balance: Balance, amount: int | None, problem: str):
    answer = amount_problem(balance, amount)

    assert problem in answer
    assert bool(answer) is bool(problem)


@pytest.mark.parametrize(
    "typed", ["", "  ", "12.3", "1.234", "9,97", "-5", "1e5", "１00", "997.00 usd", "0x10"]
)
def test_what_is_no_amount_is_not_guessed(typed: str):
    assert cents_in(typed) is None


def test_every_reason_is_one_that_stripe_knows_and_has_words():
    assert {reason.value for reason in RefundReason} == {"requested_by_customer", "duplicate", "fraudulent"}
    assert all(reason.words for reason in RefundReason)


AURORA, BOREAS = uuid4(), uuid4()
EARLY, LATE = NOW - timedelta(days=60), NOW - timedelta(days=3)


def a_run(session_id: UUID, start: date, *, is_hers: bool = True) -> Run:
    return Run(session_id, start, open_until(start + timedelta(days=44), None), is_hers)


def test_a_session_can_be_written_in_until_its_grace_is_over_by_the_last_clock():
    assert open_until(date(2026, 4, 15), None) == UNTIL
    assert open_until(date(2026, 4, 15), date(2026, 4, 20)) == datetime(2026, 4, 21, 15, tzinfo=UTC)


MINE, ANOTHER = uuid4(), uuid4()
HERS = Source(AccessType.purchased, LATE, AURORA, MINE)


@pytest.mark.parametrize(
    ("sources", "closed_at", "kind"),
    [
        ([], None, None),
        ([HERS], None, None),
        ([HERS, Source(AccessType.friend_code, EARLY, None, ANOTHER)], None, AccessType.friend_code),
        ([HERS, Source(AccessType.admin_granted, EARLY)], None, AccessType.admin_granted),
        ([Source(AccessType.friend_code, LATE, None, ANOTHER), replace(HERS, purchase_id=ANOTHER)],
         None, AccessType.purchased),
        ([Source(AccessType.admin_granted, EARLY)], LATE, None),
        ([Source(AccessType.admin_granted, NOW)], LATE, AccessType.admin_granted),
    ],
)  # fmt: skip
def test_what_still_opens_the_challenge(
    sources: list[Source], closed_at: datetime | None, kind: AccessType | None
):
    left = opening(without(sources, MINE), [a_run(AURORA, date(2026, 3, 2))], closed_at)

    assert (left.kind if left else None) is kind


def test_it_is_open_for_the_latest_session_that_was_not_over_when_it_began():
    runs = [a_run(AURORA, date(2026, 3, 2)), a_run(BOREAS, date(2026, 4, 1), is_hers=False)]
    bought = Source(AccessType.purchased, LATE, BOREAS, MINE)

    assert opening([bought], runs) == Opening(AccessType.purchased, runs[0].open_until)
    assert opening([bought], runs[1:]) == Opening(AccessType.purchased, runs[1].open_until)
    assert opening([bought], []) == Opening(AccessType.purchased, None)
    assert opening([replace(bought, since=UNTIL)], runs[:1]) == Opening(AccessType.purchased, None)

"""The money desks in a browser's eyes: the lists, the sheet, and a refund that is asked for once."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
import reflex as rx
from psycopg.types.json import Jsonb
from reflex.istate.data import ReflexURL, RouterData

from gynergy_app import routes
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.receipts import order_number
from gynergy_app.guard import acting_as
from gynergy_app.state.admin.code_acts import CodeActState
from gynergy_app.state.admin.member import MemberFileState
from gynergy_app.state.admin.member_money import MemberMoneyState
from gynergy_app.state.admin.purchase import PurchaseState
from gynergy_app.state.admin.purchases import PurchasesState
from gynergy_app.state.admin.refund import RefundState
from gynergy_app.state.admin.subscriptions import SubscriptionsState
from tests.conftest import NewPerson

WHY = "She asked for it by mail."


@pytest.fixture
async def carla(new_person: NewPerson) -> AsyncIterator[Member]:
    person = await new_person("Carla", "Winter", is_admin=True)
    who = Member(person, "carla@example.com", "Carla", "Winter", "UTC", is_admin=True)
    with acting_as(who):
        yield who


class Sold:
    """A member who has bought, in the rows as the webhook leaves them."""

    def __init__(self, person: UUID, purchase_id: UUID, mark: str) -> None:
        self.person, self.id, self.mark = person, purchase_id, mark


@pytest.fixture
async def sold(new_person: NewPerson, owner_db: psycopg.AsyncConnection) -> Sold:
    mark = uuid4().hex[:8]
    person, purchase_id = await new_person("Maya", f"Lind {mark}"), uuid4()
    await owner_db.execute(
        "insert into purchases (id, user_id, status, amount_cents, email, stripe_payment_intent_id,"
        " purchased_at, created_at) values (%s, %s, 'completed', 99700, %s, %s, now(), now())",
        [purchase_id, person, f"maya.{mark}@example.com", f"pi_{mark}"],
    )
    return Sold(person, purchase_id, mark)


async def a_state(kind: type[Any], path: str) -> Any:
    state = await rx.State().get_state(kind)
    state.router = RouterData(url=ReflexURL(f"http://localhost:3000{path}"))
    return state


async def call(handler: Any, state: Any, *said: Any) -> Any:
    answer = handler.fn(state, *said)
    return await answer if hasattr(answer, "__await__") else answer


async def listed(query: str) -> Any:
    state = await a_state(PurchasesState, f"{routes.ADMIN_PURCHASES}?{query}")
    await call(PurchasesState.open, state)
    return state


async def refund_sheet(purchase_id: UUID) -> Any:
    state = await a_state(RefundState, routes.admin_purchase(str(purchase_id)))
    await call(RefundState.ask, state)
    return state


async def refunds(db: psycopg.AsyncConnection, purchase_id: UUID) -> list[tuple]:
    query = "select amount_cents, status, reason from refunds where purchase_id = %s"
    return await (await db.execute(query, [purchase_id])).fetchall()


async def test_a_purchase_is_found_by_whatever_somebody_knows_of_it(
    carla: Member, sold: Sold, owner_db: psycopg.AsyncConnection
):
    row = await (
        await owner_db.execute("select code from friend_codes where purchase_id = %s", [sold.id])
    ).fetchone()
    assert row
    for known in (
        f"lind {sold.mark}", f"MAYA.{sold.mark}@", str(sold.id), str(sold.id)[:8].upper(), f"pi_{sold.mark}",
        row[0].lower().replace("-", " "),
    ):  # fmt: skip
        state = await listed(f"q={known}")
        assert [found.id for found in state.rows] == [str(sold.id)], known
        assert state.answer.sums == ["One purchase: $997.00 paid."]


async def test_what_was_paid_too_little_is_paid_in_every_figure_until_somebody_decides(
    carla: Member, sold: Sold, owner_db: psycopg.AsyncConnection
):
    query = "update purchases set status = 'review', amount_cents = 49850, review_reason = %s where id = %s"
    await owner_db.execute(query, [WHY, sold.id])

    state = await listed(f"q={sold.mark}&by=purchased")
    file = await a_state(PurchaseState, routes.admin_purchase(str(sold.id)))
    await call(PurchaseState.open, file)

    assert state.answer.sums == ["One purchase: $498.50 paid, $498.50 of it still to decide."]
    assert [row.amount for row in state.rows] == ["$498.50"]
    assert [fact.value[:8] for fact in file.view.facts if fact.name == "Paid"] == ["$498.50,"]


async def test_what_the_address_asks_for_stands_in_the_form_and_in_the_file_beside_it(
    carla: Member, sold: Sold
):
    query = f"q={sold.mark}&status=completed&type=challenge&by=purchased&from=2026-01-01&zone=Asia/Tokyo"

    state = await listed(query)

    asked = state.asked
    assert (asked.status, asked.kind, asked.by, asked.first, asked.zone) == (
        "completed", "challenge", "purchased", "2026-01-01", "Asia/Tokyo",
    )  # fmt: skip
    assert len(state.rows) == 1
    assert state.answer.csv.startswith(f"{routes.ADMIN_PURCHASES_CSV}?q={sold.mark}&status=completed")
    assert "zone=Asia%2FTokyo" in state.answer.csv


@pytest.mark.parametrize(
    "query",
    ["status=nonsense&type=x&by=y&from=then&to=99999-01-01&zone=Moon/Base", "from=0001-01-01&to=9999-12-31"],
)
async def test_a_hostile_address_is_a_list_without_filters(carla: Member, sold: Sold, query: str):
    state = await listed(f"{query}&q={sold.mark}")

    assert [found.id for found in state.rows] == [str(sold.id)]


async def test_the_sheet_says_what_follows_and_the_button_waits_for_the_amount(
    carla: Member, sold: Sold, owner_db: psycopg.AsyncConnection
):
    state = await refund_sheet(sold.id)

    assert [row.name for row in state.sheet.rows] == ["Money", "Access", "Code 1", "Code 2", "Mail", "Kept"]
    said = {row.name: row.after for row in state.sheet.rows}
    assert (said["Money"], said["Code 1"]) == ("$997.00 goes back", "stops working")
    assert "the whole price is back" in state.sheet.letter
    for typed, is_ready in (
        ("", False),
        ("997", True),
        ("997.01", False),
        ("$997.00", True),
        ("99700", False),
    ):
        await call(RefundState.confirm, state, typed)
        assert state.is_ready is is_ready, typed
    await call(RefundState.give_back, state, {"reason": "requested_by_customer", "confirm": "99.70"})
    assert state.problems == {"confirm": "Please type 997.00 to confirm."}
    assert await refunds(owner_db, sold.id) == []


async def test_the_sheet_says_what_becomes_of_her_place(
    carla: Member, sold: Sold, run: UUID, owner_db: psycopg.AsyncConnection
):
    await owner_db.execute(
        "update book_sessions set start_date = current_date, end_date = current_date + 44 where id = %s",
        [run],
    )
    await owner_db.execute(
        "insert into session_enrollments (user_id, book_id, session_id, enrollment_date)"
        " select %s, book_id, id, current_date from book_sessions where id = %s",
        [sold.person, run],
    )
    empty = await refund_sheet(sold.id)
    await owner_db.execute(
        "insert into journey (user_id, session_id, entry_date) values (%s, %s, current_date)",
        [sold.person, run],
    )
    begun = await refund_sheet(sold.id)

    places = [next(row for row in each.sheet.rows if row.name == "Place") for each in (empty, begun)]
    assert [(row.before, row.after) for row in places] == [("in Aurora", "free"), ("in Aurora", "stays hers")]


async def test_a_part_is_a_sheet_of_its_own(carla: Member, sold: Sold):
    state = await refund_sheet(sold.id)

    await call(RefundState.choose, state, "part")
    assert (state.sheet.amount, state.sheet.rows) == ("", [])
    await call(RefundState.write_part, state, "1000")
    assert "At most 997.00" in state.problems["part"]
    await call(RefundState.write_part, state, "100")

    assert state.sheet.to_type == "100.00"
    access = next(row for row in state.sheet.rows if row.name == "Access")
    assert (access.after, access.more) == ("stays", "A part of the price changes no access.")
    assert "This is a part of what you paid" in state.sheet.letter


async def test_the_sheet_of_a_guest_speaks_of_no_page_of_hers(
    carla: Member, sold: Sold, owner_db: psycopg.AsyncConnection
):
    member = await refund_sheet(sold.id)
    await owner_db.execute("update purchases set user_id = null where id = %s", [sold.id])

    guest = await refund_sheet(sold.id)

    assert "from her page" in member.sheet.last_word
    assert guest.sheet.last_word == "Money cannot be called back."


async def test_two_tabs_with_the_same_sheet_ask_for_one_refund(
    carla: Member, sold: Sold, owner_db: psycopg.AsyncConnection
):
    tabs = [await refund_sheet(sold.id) for _ in range(2)]
    form = {"reason": "duplicate", "note": "Twice", "confirm": "997.00"}

    said = [str(await call(RefundState.give_back, tab, form)) for tab in tabs]

    assert "$997.00 is asked for. Two codes stop when it has arrived." in said[0]
    assert "has moved meanwhile" in said[1]
    assert [tab.is_open for tab in tabs] == [False, True]
    assert tabs[1].problems == {"part": "The whole amount is on its way back already."}
    assert await refunds(owner_db, sold.id) == [(99_700, "pending", "duplicate")]


async def test_a_sheet_gives_back_nothing_on_the_page_of_another_purchase(
    carla: Member, sold: Sold, owner_db: psycopg.AsyncConnection
):
    state = await refund_sheet(sold.id)
    state.router = RouterData(url=ReflexURL(f"http://localhost:3000{routes.admin_purchase(str(uuid4()))}"))

    await call(RefundState.give_back, state, {"reason": "duplicate", "confirm": "997.00"})

    assert await refunds(owner_db, sold.id) == []


async def test_the_purchase_says_truthfully_how_far_its_refund_is(
    carla: Member, sold: Sold, owner_db: psycopg.AsyncConnection
):
    sheet = await refund_sheet(sold.id)
    await call(RefundState.give_back, sheet, {"reason": "duplicate", "confirm": "997.00"})
    state = await a_state(PurchaseState, routes.admin_purchase(str(sold.id)))

    async def shown() -> tuple[bool, str, str, str]:
        await call(PurchaseState.open, state)
        [row] = state.view.refunds
        return state.view.is_moving, row.state, row.by, state.view.moving

    assert await shown() == (
        True, "Waits for Stripe", "Carla Winter",
        "$997.00 is asked for and not confirmed by Stripe yet. It is asked again until it answers.",
    )  # fmt: skip
    await owner_db.execute(
        "update refunds set stripe_refund_id = %s where purchase_id = %s", [f"re_{sold.mark}", sold.id]
    )
    assert (await shown())[:2] == (True, "On its way")
    await owner_db.execute("update refunds set status = 'succeeded' where purchase_id = %s", [sold.id])
    assert (await shown())[:2] == (False, "Arrived")
    await owner_db.execute("update refunds set status = 'failed' where purchase_id = %s", [sold.id])
    assert (await shown())[:2] == (False, "Came back")
    await owner_db.execute("update refunds set stripe_refund_id = null where purchase_id = %s", [sold.id])
    assert (await shown())[:2] == (False, "Refused by Stripe")


async def test_the_story_of_a_buyer_is_told_on_her_purchase_and_on_her_page(carla: Member, sold: Sold):
    purchase = await a_state(PurchaseState, routes.admin_purchase(str(sold.id)))
    person = await a_state(MemberMoneyState, routes.admin_member(str(sold.person)))
    await call(PurchaseState.open, purchase)
    await call(MemberMoneyState.open, person)

    told = [row.what for row in person.view.timeline]
    for what in (
        "Made an account", "Began to buy the challenge, $997.00", "Paid $997.00 for the challenge",
        "Got two friend codes to give", "Page opened, by Carla Winter",
    ):  # fmt: skip
        assert what in told
    assert [row.what for row in purchase.view.timeline] == told
    assert [row.href for row in person.view.purchases] == [routes.admin_purchase(str(sold.id))]


async def test_what_was_paid_for_the_journal_and_what_went_back_stands_on_the_story_once(
    carla: Member, sold: Sold, owner_db: psycopg.AsyncConnection
):
    subscription_id = uuid4()
    await owner_db.execute(
        "insert into subscriptions (id, user_id, stripe_subscription_id, stripe_price_id, status,"
        " amount_cents) values (%s, %s, %s, 'price_x', 'active', 3995)",
        [subscription_id, sold.person, f"sub_{sold.mark}"],
    )
    for kind, thing, cents in (("paid", "in_0", 0), ("paid", "in_1", 3995), ("back", "re_1", 1000)):
        await owner_db.execute(
            "insert into subscription_payments (id, subscription_id, kind, stripe_id, amount_cents,"
            " happened_at) values (gen_random_uuid(), %s, %s, %s, %s, now())",
            [subscription_id, kind, f"{thing}_{sold.mark}", cents],
        )
    turned = {
        "turn": "switched", "at": "2026-01-02T03:04:05+00:00", "subscription": f"sub_{sold.mark}",
        "status": "active", "amount_cents": 39900, "currency": "usd", "interval": "year", "is_ending": False,
    }  # fmt: skip
    await owner_db.execute(
        "insert into automation_events (event_type, user_id, payload) values ('subscription_turned', %s, %s)",
        [sold.person, Jsonb(turned)],
    )
    person = await a_state(MemberMoneyState, routes.admin_member(str(sold.person)))

    await call(MemberMoneyState.open, person)

    told = [(row.what, row.more, row.group) for row in person.view.timeline if "journal" in row.what]
    assert sorted(told) == [
        ("$10.00 paid for the journal went back", f"re_1_{sold.mark}", "money"),
        ("Changed the journal to $399.00 a year", f"sub_{sold.mark}", "money"),
        ("Paid $39.95 for the journal", f"in_1_{sold.mark}", "money"),
        ("Subscribed to the journal, $39.95 a month", f"sub_{sold.mark}", "money"),
    ]


async def test_the_number_a_buyer_quotes_leads_to_her_purchase(carla: Member, sold: Sold):
    number = order_number(sold.id)
    state = await a_state(PurchasesState, f"{routes.ADMIN_PURCHASES}?q={number.lower()}")

    await call(PurchasesState.open, state)

    assert [row.order for row in state.rows] == [number]


async def test_what_a_guest_was_sent_stays_on_her_story_once_she_has_an_account(
    carla: Member, sold: Sold, owner_db: psycopg.AsyncConnection
):
    email = f"guest.{uuid4().hex[:8]}@example.com"
    await owner_db.execute(
        "update purchases set email = %s, claimed_at = now() where id = %s", [email, sold.id]
    )
    await owner_db.execute(
        "insert into email_messages (id, dedupe_key, to_email, template_key, context, stream, status)"
        " values (gen_random_uuid(), %s, %s, 'purchase_made', '{}', 'transactional', 'sent')",
        [f"purchase:{sold.id}", email.upper()],
    )
    person = await a_state(MemberMoneyState, routes.admin_member(str(sold.person)))

    await call(MemberMoneyState.open, person)

    assert [row.what for row in person.view.timeline if row.group == "mail"] == ["Mail “Purchase made”"]


async def test_a_guests_story_is_found_by_her_address(carla: Member, owner_db: psycopg.AsyncConnection):
    purchase_id, email = uuid4(), f"guest.{uuid4().hex[:8]}@example.com"
    await owner_db.execute(
        "insert into purchases (id, status, amount_cents, email, purchased_at)"
        " values (%s, 'completed', 99700, %s, now())",
        [purchase_id, email],
    )
    await owner_db.execute(
        "insert into email_messages (id, dedupe_key, to_email, template_key, context, stream, status)"
        " values (gen_random_uuid(), %s, %s, 'purchase_made', '{}', 'transactional', 'sent')",
        [f"purchase:{purchase_id}", email.upper()],
    )
    state = await a_state(PurchaseState, routes.admin_purchase(str(purchase_id)))

    await call(PurchaseState.open, state)

    assert state.view.name == email
    assert {row.what for row in state.view.timeline} == {
        "Began to buy the challenge, $997.00", "Paid $997.00 for the challenge", "Mail “Purchase made”",
    }  # fmt: skip


async def test_a_code_is_taken_back_with_a_reason_and_prolonged_until_then(
    carla: Member, sold: Sold, owner_db: psycopg.AsyncConnection
):
    money = await a_state(MemberMoneyState, routes.admin_member(str(sold.person)))
    await call(MemberMoneyState.open, money)
    code = money.view.codes[0]
    state = await a_state(CodeActState, routes.admin_member(str(sold.person)))
    await owner_db.execute("update friend_codes set expires_at = now() where id = %s", [code.id])

    async def act(what: str, reason: str = WHY) -> None:
        await call(CodeActState.ask, state, what, code.id, code.code)
        await call(CodeActState.decide, state, {"reason": reason})

    await act("prolong", " ")
    assert "reason" in state.problems
    await act("prolong")
    await act("take_back")
    with pytest.raises(Exception, match="taken back already"):
        await act("prolong")

    await call(MemberMoneyState.look, money)
    assert [(row.state, row.can_change) for row in money.view.codes if row.id == code.id] == [
        ("Taken back", False)
    ]
    query = "select action, reason from audit_log where subject_id = %s order by created_at"
    acts = await (await owner_db.execute(query, [code.id])).fetchall()
    assert acts == [("code.prolonged", WHY), ("code.taken_back", WHY)]


async def test_an_admin_opens_and_closes_the_challenge_with_a_reason(
    carla: Member, ben: UUID, owner_db: psycopg.AsyncConnection
):
    state = await a_state(MemberFileState, routes.admin_member(str(ben)))
    await call(MemberFileState.open, state)
    challenge = state.view.doors[0]
    assert (challenge.name, challenge.state) == ("Challenge", "Closed")
    assert state.view.can_open

    for act, shown in (("grant", "Open"), ("close", "Closed")):
        await call(MemberFileState.ask, state, act)
        await call(MemberFileState.decide, state, {"reason": WHY})
        assert state.view.doors[0].state == shown

    assert state.view.doors[0].more == WHY
    assert [line.what for line in state.view.audit[:2]] == ["Challenge closed", "Challenge opened"]


async def test_subscriptions_are_found_and_added_up_by_currency_and_interval(
    carla: Member, new_person: NewPerson, owner_db: psycopg.AsyncConnection
):
    mark = uuid4().hex[:8]
    person = await new_person("Ruth", f"Ade {mark}")
    for n, (status, interval, cents) in enumerate(
        [("active", "month", 3995), ("active", "year", 39_900), ("canceled", "month", 3995)]
    ):
        await owner_db.execute(
            "insert into subscriptions (id, user_id, stripe_subscription_id, stripe_price_id, status,"
            " interval, amount_cents, current_period_end)"
            " values (gen_random_uuid(), %s, %s, 'price_x', %s, %s, %s, now())",
            [person, f"sub_{mark}{n}", status, interval, cents],
        )
    found = {}
    for query in (f"q={mark}", f"q={mark}&status=active", f"q={mark}&interval=year", f"q=sub_{mark}2"):
        state = await a_state(SubscriptionsState, f"{routes.ADMIN_SUBSCRIPTIONS}?{query}")
        await call(SubscriptionsState.open, state)
        found[query] = (len(state.rows), state.answer.sums)

    assert list(found.values()) == [
        (3, ["2 subscriptions: $79.90 a month.", "One subscription: $399.00 a year."]),
        (2, ["One subscription: $39.95 a month.", "One subscription: $399.00 a year."]),
        (1, ["One subscription: $399.00 a year."]),
        (1, ["One subscription: $39.95 a month."]),
    ]

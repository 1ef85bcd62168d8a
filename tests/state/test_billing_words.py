"""What a page says of a subscription: in all eight states, on every day that matters, in her own zone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from gynergy_app.domain.payments.access import NOTHING, Entitlement, Right
from gynergy_app.domain.payments.kinds import AccessType, Interval, PurchaseStatus, SubscriptionStatus
from gynergy_app.domain.payments.offers import Sold
from gynergy_app.domain.payments.paying import Price
from gynergy_app.services.payments import prices
from gynergy_app.services.payments.bought import Bought
from gynergy_app.services.payments.papers import Invoice, Paying
from gynergy_app.services.payments.subscriptions import Change, Held
from gynergy_app.state.closed import closed_words
from gynergy_app.state.payments.held import as_of, card_of
from gynergy_app.state.payments.notices import QUIET, notice_of
from gynergy_app.state.payments.papers import invoice_row, purchase_row
from gynergy_app.state.payments.plans import plans
from gynergy_app.state.payments.switching import switch_of
from gynergy_app.state.programs.after import journal_words

NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
TOKYO = "Asia/Tokyo"
DAY = timedelta(days=1)
MONTH = Held(
    id=uuid4(),
    stripe_id="sub_1",
    customer_id="cus_1",
    status=SubscriptionStatus.active,
    price=Price(3_995),
    interval=Interval.month,
    period_end=NOW + 20 * DAY,
    is_ending=False,
    trial_start=None,
    trial_end=None,
    past_due_since=None,
    ended_at=None,
    fetched_at=NOW,
)


def facts(held: Held, way: Paying | None = None, zone: str = "UTC") -> dict[str, str]:
    return {fact.name: fact.value for fact in card_of(held, way, zone, NOW).facts}


class TestEveryPage:
    def test_says_nothing_while_all_is_well(self):
        assert notice_of(NOTHING, "UTC", NOW) == QUIET
        well = Entitlement(subscription=SubscriptionStatus.active)
        assert notice_of(well, "UTC", NOW) == QUIET

    @pytest.mark.parametrize(
        ("zone", "until"), [("UTC", "Tuesday 8 December, 09:30"), (TOKYO, "Tuesday 8 December, 18:30")]
    )
    def test_says_until_when_writing_stays_open_on_her_clock(self, zone: str, until: str):
        hers = Entitlement(subscription=SubscriptionStatus.past_due, past_due_since=NOW)

        notice = notice_of(hers, zone, NOW)

        assert notice.words == f"Writing stays open until {until}."
        assert (notice.opens, notice.is_urgent) == ("Change the card", True)

    def test_says_that_grace_is_over(self):
        hers = Entitlement(subscription=SubscriptionStatus.past_due, past_due_since=NOW - 7 * DAY)

        notice = notice_of(hers, "UTC", NOW)

        assert notice.headline == "Your journal subscription is not paid."
        assert notice.words.startswith("Writing is closed until it is")
        assert notice == notice_of(Entitlement(subscription=SubscriptionStatus.unpaid), "UTC", NOW)

    @pytest.mark.parametrize(
        ("status", "said"),
        [
            (SubscriptionStatus.trialing, ""),
            (SubscriptionStatus.active, ""),
            (SubscriptionStatus.past_due, "Your journal subscription could not be paid."),
            (SubscriptionStatus.unpaid, "Your journal subscription is not paid."),
            (SubscriptionStatus.paused, "Your journal subscription is paused."),
            (SubscriptionStatus.incomplete, "Your journal subscription has not begun."),
            (SubscriptionStatus.incomplete_expired, ""),
            (SubscriptionStatus.canceled, ""),
        ],
    )
    def test_tells_each_of_the_eight_states_once(self, status: SubscriptionStatus, said: str):
        """What is over is told by the card of what it closed; what is well is not told."""
        hers = Entitlement(subscription=status, past_due_since=NOW)

        assert notice_of(hers, "UTC", NOW).headline == said
        is_open = hers.allows(Right.write, NOW)
        assert is_open or said or "journal" in closed_words(Right.write, hers, NOW).title

    @pytest.mark.parametrize("status", [SubscriptionStatus.paused, SubscriptionStatus.incomplete])
    def test_may_put_aside_what_only_waits_for_her(self, status: SubscriptionStatus):
        notice = notice_of(Entitlement(subscription=status), "UTC", NOW)
        beside_a_place = notice_of(Entitlement(AccessType.purchased, subscription=status), "UTC", NOW)

        assert not notice.is_urgent
        assert notice.key
        assert "writing" in notice.words
        assert beside_a_place.words == "Your place in the challenge is not touched by it."

    @pytest.mark.parametrize("since", [NOW, NOW - 7 * DAY])
    def test_closes_nothing_that_the_challenge_keeps_open(self, since: datetime):
        hers = Entitlement(
            AccessType.purchased, subscription=SubscriptionStatus.past_due, past_due_since=since
        )

        assert notice_of(hers, "UTC", NOW).words == "Your place in the challenge is not touched by it."

    @pytest.mark.parametrize(("ahead", "is_told"), [(4 * DAY, False), (3 * DAY, True), (-DAY, False)])
    def test_speaks_of_a_trial_in_its_last_days(self, ahead: timedelta, is_told: bool):
        hers = Entitlement(subscription=SubscriptionStatus.trialing, trial_until=NOW + ahead)

        assert bool(notice_of(hers, "UTC", NOW).headline) is is_told

    def test_does_not_threaten_with_a_charge_that_will_not_come(self):
        ends = NOW + DAY
        hers = Entitlement(subscription=SubscriptionStatus.trialing, trial_until=ends, journal_until=ends)

        assert notice_of(hers, "UTC", NOW).words == "It is cancelled: nothing will be charged."

    @pytest.mark.parametrize(("ahead", "is_told"), [(8 * DAY, False), (7 * DAY, True)])
    def test_speaks_of_an_end_in_its_last_week(self, ahead: timedelta, is_told: bool):
        hers = Entitlement(subscription=SubscriptionStatus.active, journal_until=NOW + ahead)

        notice = notice_of(hers, "UTC", NOW)

        assert (notice.headline, notice.is_urgent) == (
            ("Your journal subscription ends on Tuesday 8 December.", False) if is_told else ("", False)
        )

    def test_has_another_key_for_another_day_so_that_what_was_put_aside_comes_back(self):
        days = [NOW + DAY, NOW + 2 * DAY]
        keys = {
            notice_of(Entitlement(subscription=SubscriptionStatus.active, journal_until=day), "UTC", NOW).key
            for day in days
        }

        assert len(keys) == 2


class TestTheCard:
    @pytest.mark.parametrize(
        ("status", "tag", "acts"),
        [
            (SubscriptionStatus.trialing, "Trial", "switch card cancel"),
            (SubscriptionStatus.active, "Active", "switch card cancel"),
            (SubscriptionStatus.past_due, "Not paid", "card cancel"),
            (SubscriptionStatus.unpaid, "Unpaid", "card cancel"),
            (SubscriptionStatus.paused, "Paused", "resume card cancel"),
            (SubscriptionStatus.incomplete, "Not complete", "card cancel"),
            (SubscriptionStatus.incomplete_expired, "Not begun", ""),
            (SubscriptionStatus.canceled, "Ended", ""),
        ],
    )
    def test_has_words_and_a_way_out_in_every_state(self, status: SubscriptionStatus, tag: str, acts: str):
        card = card_of(replace(MONTH, status=status), None, "UTC", NOW)

        assert card.tag == tag
        assert card.words
        offered = {
            "resume": card.resume_label,
            "switch": card.switch_label,
            "card": card.card_label,
            "cancel": card.cancel_label,
        }
        assert {name for name, label in offered.items() if label} == set(acts.split())

    def test_says_what_is_charged_next_and_when_on_her_calendar(self):
        late = replace(MONTH, period_end=datetime(2026, 12, 31, 20, tzinfo=UTC))

        assert facts(late)["Next charge"] == "$39.95 on Thursday 31 December"
        assert facts(late, zone=TOKYO)["Next charge"] == "$39.95 on Friday 1 January 2027"

    def test_counts_what_is_in_credit(self):
        assert facts(MONTH, Paying("", "", Price(1_000)))["Next charge"] == (
            "$10 on Monday 21 December, the rest is in credit"
        )
        assert facts(MONTH, Paying("", "", Price(0)))["Next charge"].startswith("$0 on")

    def test_names_what_pays(self):
        way = Paying("Visa ending in 4242", "March 2029", Price(3_995))

        assert facts(MONTH, way)["Paid by"] == "Visa ending in 4242, good until March 2029"
        assert "Paid by" not in facts(MONTH)

    def test_of_one_that_ends_says_until_when_and_offers_to_keep_it(self):
        card = card_of(replace(MONTH, is_ending=True), None, "UTC", NOW)

        assert (card.tag, card.resume_label, card.cancel_label, card.switch_label) == (
            "Ending",
            "Keep it after all",
            "",
            "",
        )
        assert facts(replace(MONTH, is_ending=True)) == {
            "Price": "$39.95 a month",
            "Open until": "Monday 21 December, 09:30",
        }

    def test_of_a_trial_says_that_nothing_was_charged(self):
        trial = replace(
            MONTH, status=SubscriptionStatus.trialing, trial_end=NOW + 6 * DAY, period_end=NOW + 6 * DAY
        )

        assert card_of(trial, None, "UTC", NOW).words.endswith("Nothing has been charged.")
        assert facts(trial)["First charge"] == "$39.95 on Monday 7 December"
        assert "First charge" not in facts(replace(trial, is_ending=True))
        assert "nothing is charged" in card_of(trial, None, "UTC", NOW).cancel_words

    def test_of_a_card_that_was_refused_says_until_when_the_journal_is_open(self):
        owed = replace(MONTH, status=SubscriptionStatus.past_due, past_due_since=NOW - 6 * DAY)
        over = replace(owed, past_due_since=NOW - 8 * DAY)

        assert "stays open until Wednesday 2 December, 09:30" in card_of(owed, None, "UTC", NOW).words
        assert "closed on Monday 30 November, 09:30" in card_of(over, None, "UTC", NOW).words
        assert "ends at once" in card_of(owed, None, "UTC", NOW).cancel_words

    def test_says_how_old_it_is_by_the_oldest_answer(self):
        older = replace(MONTH, fetched_at=NOW - timedelta(hours=2))

        assert as_of([MONTH, older], "UTC", NOW) == "As of 07:30"
        assert as_of([replace(MONTH, fetched_at=NOW - DAY)], "UTC", NOW) == "As of Monday 30 November, 09:30"
        assert as_of([], "UTC", NOW) == ""


class TestBefore:
    def test_the_price_the_first_charge_and_what_a_year_saves_are_said(self):
        month, year = plans(prices.announced(), 7, "UTC", NOW)

        assert (month.value, month.price, month.saves) == ("month", "$39.95 a month", "")
        assert month.first == (
            "Nothing today. $39.95 on Tuesday 8 December, and then every month until you cancel."
        )
        assert (year.price, year.saves) == ("$399 a year", "$80.40 less than twelve months")

    def test_without_a_trial_she_pays_today(self):
        month, _ = plans(prices.announced(), 0, "UTC", NOW)

        assert month.first == "$39.95 today, and then every month until you cancel."

    def test_a_year_that_saves_nothing_says_nothing(self):
        dear = {**prices.announced(), Sold.journal_year: replace(prices.announced()[Sold.journal_year])}
        dear[Sold.journal_year] = replace(dear[Sold.journal_year], price=Price(60_000))

        assert plans(dear, 0, "UTC", NOW)[1].saves == ""

    def test_after_the_last_day_a_journal_is_offered_to_whoever_has_none(self):
        offers = prices.announced()

        assert "$39.95 a month or $399 a year" in journal_words(NOTHING, offers)
        assert journal_words(Entitlement(subscription=SubscriptionStatus.canceled), offers)
        assert journal_words(Entitlement(subscription=SubscriptionStatus.past_due), offers) == ""


class TestAnotherPlan:
    CHANGE = Change(Interval.year, 1_796_117_400, Price(36_500), NOW, Price(0), Price(39_900), is_later=False)

    def test_what_is_charged_now_stands_on_the_button(self):
        asked = switch_of("1", self.CHANGE, "UTC", NOW)

        assert asked.action == "Change and pay $365"
        assert "$365 is charged now: $399, less what you have paid and not used." in asked.words

    def test_a_credit_is_said(self):
        change = replace(
            self.CHANGE, to=Interval.month, due=Price(0), credit=Price(35_000), every=Price(3_995)
        )

        assert switch_of("1", change, "UTC", NOW).words == (
            "Nothing is charged now. $350 of what you paid is left over and pays what comes next; "
            "then it costs $39.95 a month."
        )

    def test_in_a_trial_nothing_is_due_before_its_end(self):
        asked = switch_of("1", replace(self.CHANGE, due_at=NOW + 6 * DAY, is_later=True), "UTC", NOW)

        assert asked.words == "Nothing is charged now. From Monday 7 December on it costs $399 a year."
        assert asked.action == "Change the plan"


def invoice(status: str) -> Invoice:
    return Invoice("in_1", "AB-1", NOW, Price(3_995), status, "https://i", "")


class TestPapers:
    @pytest.mark.parametrize(
        ("status", "tag", "action"), [("paid", "Paid", "Open it"), ("open", "Open", "Pay it")]
    )
    def test_an_invoice_says_whether_it_is_paid(self, status: str, tag: str, action: str):
        row = invoice_row(invoice(status), "UTC", NOW)

        assert (row.name, row.day, row.amount, row.tag, row.action) == (
            "Invoice AB-1",
            "Tuesday 1 December",
            "$39.95",
            tag,
            action,
        )

    @pytest.mark.parametrize(
        ("back", "tag"),
        [(0, "Paid"), (1, "Partly given back"), (3_994, "Partly given back"), (3_995, "Given back")],
    )
    def test_an_invoice_whose_money_went_back_says_so(self, back: int, tag: str):
        assert invoice_row(invoice("paid"), "UTC", NOW, back=back).tag == tag

    @pytest.mark.parametrize(
        ("status", "back", "tag", "words"),
        [
            (PurchaseStatus.completed, 0, "Paid", ""),
            (PurchaseStatus.completed, 10_000, "Paid", "$100 of it was given back."),
            (PurchaseStatus.refunded, 99_700, "Refunded", "All of it was given back on Tuesday 1 December."),
            (PurchaseStatus.disputed, 0, "Disputed", "Your bank has asked for the money back."),
        ],
    )
    def test_a_purchase_says_what_became_of_the_money(
        self, status: PurchaseStatus, back: int, tag: str, words: str
    ):
        place = Bought(uuid4(), NOW, Price(99_700), Price(back), status, False, NOW, True)

        row = purchase_row(place, "UTC", NOW)

        assert (row.amount, row.tag, row.receipt) == ("$997", tag, f"/billing/receipts/{place.id}")
        assert row.words.startswith(words)

    def test_a_gift_has_no_price_and_no_receipt(self):
        gift = Bought(uuid4(), NOW, Price(0), Price(0), PurchaseStatus.completed, True, None, False)

        row = purchase_row(gift, "UTC", NOW)

        assert (row.amount, row.tag, row.receipt) == ("A friend’s gift", "Given", "")

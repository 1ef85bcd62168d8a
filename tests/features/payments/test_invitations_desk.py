"""Invitations at the desk: who invited whom, what is odd about it, and a decision that is made once."""

from uuid import UUID, uuid4

import pytest

from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.kinds import PurchaseStatus
from gynergy_app.domain.referrals import ReviewStatus, Signal
from gynergy_app.repositories.referral_reviews import Review
from gynergy_app.services import referrals
from gynergy_app.services.desks import invitations
from tests.features.conftest import as_somebody
from tests.features.payments.conftest import NewBuyer
from tests.features.payments.shop import MINUTE, NOW, buy, give_back
from tests.features.payments.test_referrals import comes_by, inviting


@pytest.fixture
def ruth(admin: UUID) -> Member:
    return as_somebody(admin, first_name="Ruth")


@pytest.fixture
async def twins(new_buyer: NewBuyer) -> tuple[Member, Member, UUID]:
    """Two accounts of one mailbox: one invited the other, who has bought."""
    unique = uuid4().hex[:10]
    host = await new_buyer("Ana", email=f"{unique}@example.com", last_name="Silva")
    guest = await new_buyer("Twin", email=f"{unique}+two@example.com")
    await comes_by(guest, (await inviting(host)).code)
    return host, guest, await buy(guest)


async def waiting(who: Member, host: Member) -> list[Review]:
    async with as_member(who.id) as db:
        return [each for each in await invitations.waiting(db) if each.referrer_id == host.id]


async def decided(who: Member, host: Member) -> list[Review]:
    async with as_member(who.id) as db:
        found = await invitations.decided(db)
    return [each for each in found.reviews if each.referrer_id == host.id]


async def test_an_admin_reads_who_invited_whom_and_what_is_odd(
    ruth: Member, twins: tuple[Member, Member, UUID]
):
    host, guest, purchase_id = twins

    [review] = await waiting(ruth, host)

    assert (review.referrer_name, review.referred_name) == ("Ana Silva", "Twin")
    assert (review.referred_id, review.purchase_id) == (guest.id, purchase_id)
    assert review.signals == (Signal.same_mailbox,)
    assert review.place is PurchaseStatus.completed


async def test_neither_side_reads_that_somebody_looks_at_it(ruth: Member, twins: tuple[Member, Member, UUID]):
    host, guest, _ = twins

    assert [await waiting(who, host) for who in (host, guest)] == [[], []]
    assert [await decided(who, host) for who in (host, guest)] == [[], []]


@pytest.mark.parametrize(
    ("is_fine", "said", "status"),
    [(True, "converted", ReviewStatus.approved), (False, "rejected", ReviewStatus.rejected)],
)
async def test_a_decision_stays_with_its_reason_and_who_made_it(
    is_fine: bool, said: str, status: ReviewStatus, ruth: Member, twins: tuple[Member, Member, UUID]
):
    host, *_ = twins
    [review] = await waiting(ruth, host)

    async with as_member(ruth.id) as db:
        outcome = await referrals.decide(
            db, ruth, review.id, is_fine=is_fine, reason="They are sisters", now=NOW
        )

    assert outcome.outcome == said
    assert await waiting(ruth, host) == []
    [kept] = await decided(ruth, host)
    assert (kept.status, kept.reason, kept.decided_at) == (status, "They are sisters", NOW)
    assert kept.decided_by == "Ruth Adeyemi"
    assert kept.counts is is_fine


async def test_what_was_given_back_meanwhile_is_fine_and_counts_for_nothing(
    ruth: Member, twins: tuple[Member, Member, UUID]
):
    host, _, purchase_id = twins
    await give_back(purchase_id, now=NOW + MINUTE)
    [review] = await waiting(ruth, host)
    assert review.place is PurchaseStatus.refunded

    async with as_member(ruth.id) as db:
        outcome = await referrals.decide(db, ruth, review.id, is_fine=True, reason="Sisters", now=NOW)

    assert outcome.outcome == "lapsed"
    assert (await inviting(host)).points == 0


async def test_decisions_come_a_page_at_a_time(
    ruth: Member, new_buyer: NewBuyer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(invitations, "PAGE_SIZE", 2)
    unique = uuid4().hex[:10]
    host = await new_buyer("Ana", email=f"{unique}@example.com")
    for n in range(3):
        guest = await new_buyer("Twin", email=f"{unique}+{n}@example.com")
        await comes_by(guest, (await inviting(host)).code)
        await buy(guest)
    for n, review in enumerate(await waiting(ruth, host)):
        async with as_member(ruth.id) as db:
            later = NOW + (1000 + n) * MINUTE
            await referrals.decide(db, ruth, review.id, is_fine=False, reason="One person", now=later)

    async with as_member(ruth.id) as db:
        first = await invitations.decided(db)
        assert first.last is not None
        second = await invitations.decided(db, before=first.last)

    ours = [each.decided_at for each in (*first.reviews, *second.reviews) if each.referrer_id == host.id]
    assert ours == [NOW + (1002 - n) * MINUTE for n in range(3)]

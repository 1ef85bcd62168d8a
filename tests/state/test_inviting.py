"""The page about inviting, in words: who has come, and who has left again since."""

from gynergy_app.domain.accounts import Member
from gynergy_app.state.referrals import InviteState
from tests.features.payments.conftest import NewBuyer, buyer, new_buyer
from tests.features.payments.shop import MINUTE, NOW, buy, give_back
from tests.features.payments.test_referrals import a_guest_of
from tests.state.conftest import AScreen, call

__all__ = ["buyer", "new_buyer"]


async def test_nobody_has_come_until_somebody_does_and_a_place_given_back_is_said(
    a_screen: AScreen, buyer: Member, new_buyer: NewBuyer
):
    screen = await a_screen(InviteState)
    await call(InviteState.open, screen, buyer, NOW)
    assert screen.view.is_new

    purchase_id = await buy(await a_guest_of(buyer, new_buyer))
    await call(InviteState.open, screen, buyer, NOW)
    assert (screen.view.is_new, screen.view.joined) == (False, 1)
    assert "given back" not in screen.view.next

    await give_back(purchase_id, now=NOW + MINUTE)
    await call(InviteState.open, screen, buyer, NOW + MINUTE)
    assert (screen.view.is_new, screen.view.joined) == (False, 0)
    assert screen.view.next.startswith("One place was given back. One person with a place, and the ")

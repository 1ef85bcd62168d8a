"""The mail once more: something always comes, and the page never says which."""

from gynergy_app import routes
from tests.api.conftest import Visitor
from tests.supabase import PASSWORD, Supabase, an_address

AGAIN = "/auth/send-again"


async def test_an_address_confirmed_meanwhile_gets_a_link_into_its_account(
    visitor: Visitor, supabase: Supabase, email: str
):
    await visitor.post("/auth/sign-up", first_name="Ana", email=email, password="seven slow lanterns")

    await visitor.post(AGAIN, email=email, purpose="sign-up")
    followed = await visitor.follow(await supabase.mailed(email, "sign-in link"))

    assert followed.headers["location"] == routes.TODAY
    assert visitor.session


async def test_an_address_still_to_be_confirmed_gets_its_confirmation(visitor: Visitor, supabase: Supabase):
    address = an_address()
    await visitor.post("/auth/sign-up", first_name="Ana", email=address, password=PASSWORD)

    await visitor.post(AGAIN, email=address, purpose="sign-up")
    await visitor.follow(await supabase.mailed(address, "Confirm your e-mail address", count=2))

    assert visitor.session
    assert (await Visitor().sign_in(address)).headers["location"] == routes.TODAY


async def test_the_answer_is_the_same_for_every_address(supabase: Supabase, email: str):
    unconfirmed = an_address()
    await Visitor().post("/auth/sign-up", first_name="Ana", email=unconfirmed, password=PASSWORD)
    answers = []

    for address in (email, unconfirmed, an_address()):
        visitor = Visitor()
        response = await visitor.post(AGAIN, email=address, purpose="sign-up")
        told = visitor.told(routes.CHECK_MAIL)
        answers.append((response.status_code, response.headers["location"], told.note, told.problems))

    assert answers == [(303, routes.CHECK_MAIL, "", {})] * 3

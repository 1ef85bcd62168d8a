"""People who can buy."""

from collections.abc import Awaitable, Callable

import pytest

from gynergy_app.domain.accounts import Member
from tests.conftest import NewPerson

NewBuyer = Callable[..., Awaitable[Member]]


@pytest.fixture
async def new_buyer(new_person: NewPerson) -> NewBuyer:
    """Somebody with a proved address and nothing else: `await new_buyer("Ben")`."""

    async def arrive(first_name: str = "Ana", **said: object) -> Member:
        person = await new_person(first_name, **said)
        address = said.get("email") or f"{first_name.lower()}.{person.hex[:8]}@example.com"
        return Member(person, str(address), first_name, "", "UTC")

    return arrive


@pytest.fixture
async def buyer(new_buyer: NewBuyer) -> Member:
    return await new_buyer("Ana")


@pytest.fixture
async def friend(new_buyer: NewBuyer) -> Member:
    return await new_buyer("Ben")

"""People who can buy, and a payment server to buy at."""

from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import UUID

import pytest
from pydantic import SecretStr

from gynergy_app.domain.accounts import Member
from gynergy_app.integrations import stripe_billing
from gynergy_app.local.postgres import Cluster
from gynergy_app.settings import settings
from tests.conftest import NewPerson
from tests.features.conftest import as_somebody
from tests.features.payments.peer import Shop, a_browserless_client
from tests.stripe import KEY, WEBHOOK_SECRET, Stripe, a_stripe

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


@pytest.fixture(scope="module")
async def peer(cluster: Cluster) -> AsyncIterator[Stripe]:
    """It tells nobody by itself: every test delivers its own events.

    Each file has its own, because a round of comparing looks at everything that ever happened there.
    """
    async with a_stripe(cluster, webhook_url="") as running:
        yield running


@pytest.fixture
async def shop(peer: Stripe, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Shop]:
    monkeypatch.setattr(settings, "stripe_secret_key", SecretStr(KEY))
    monkeypatch.setattr(settings, "stripe_webhook_secret", SecretStr(WEBHOOK_SECRET))
    monkeypatch.setattr(settings, "stripe_api_base", peer.url)
    async with a_browserless_client() as http:
        shop = Shop(peer, http)
        await shop.open()
        yield shop
    await stripe_billing.close()


@pytest.fixture
def carla(admin: UUID) -> Member:
    """Whoever is at the desk."""
    return as_somebody(admin, first_name="Ruth")

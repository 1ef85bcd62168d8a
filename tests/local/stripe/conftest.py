"""A payment server as it comes, for all tests of this folder; each brings its own checkouts."""

from collections.abc import AsyncIterator

import pytest

from gynergy_app.local.postgres import Cluster
from tests.stripe import Stripe, a_stripe


@pytest.fixture(scope="package")
async def peer(cluster: Cluster) -> AsyncIterator[Stripe]:
    async with a_stripe(cluster) as running:
        yield running


@pytest.fixture
async def alone(cluster: Cluster) -> AsyncIterator[Stripe]:
    """A server whose post and troubles nobody else shares."""
    async with a_stripe(cluster) as running:
        yield running

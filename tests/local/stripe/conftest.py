"""A payment server as it comes, for all tests of this folder; each brings its own checkouts."""

from collections.abc import AsyncIterator, Iterator
from secrets import token_hex

import pytest
from psycopg import sql

from gynergy_app.local.postgres import Cluster
from tests.stripe import Stripe, a_stripe


@pytest.fixture(scope="package")
async def peer(cluster: Cluster, database_name: str) -> AsyncIterator[Stripe]:
    async with a_stripe(cluster.url(database_name)) as running:
        yield running


@pytest.fixture
def new_database(cluster: Cluster) -> Iterator[str]:
    """An empty one, for a server that must not share its post with the others."""
    name = f"run_{token_hex(4)}_stripe"
    with cluster.connect() as db:
        db.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    yield name
    with cluster.connect() as db:
        db.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))

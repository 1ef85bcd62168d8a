"""An auth server as it comes, and one configured for the test at hand."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from gynergy_app.local.postgres import Cluster
from tests.supabase import Supabase, a_supabase

Configured = Callable[..., Awaitable[Supabase]]


@pytest.fixture(scope="package")
async def supabase(
    cluster: Cluster, database_name: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Supabase]:
    folder = tmp_path_factory.mktemp("supabase")
    async with a_supabase(cluster.url(database_name), folder) as running:
        yield running


@pytest.fixture
async def configured(
    cluster: Cluster, database_name: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Configured]:
    async with AsyncExitStack() as running:

        async def start(**config: Any) -> Supabase:
            folder = tmp_path_factory.mktemp("supabase")
            return await running.enter_async_context(a_supabase(cluster.url(database_name), folder, **config))

        yield start

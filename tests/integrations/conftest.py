"""The application's settings pointing at a local Supabase, as they would at a hosted one."""

from collections.abc import AsyncIterator, Callable

import pytest
from pydantic import SecretStr

from gynergy_app.local.postgres import Cluster
from gynergy_app.settings import settings
from tests.supabase import SECRET, Supabase, a_supabase

PointAt = Callable[[Supabase], None]


@pytest.fixture(scope="package")
async def running(
    cluster: Cluster, database_name: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Supabase]:
    folder = tmp_path_factory.mktemp("supabase")
    async with a_supabase(cluster.url(database_name), folder) as running:
        yield running


@pytest.fixture
def point_at(monkeypatch: pytest.MonkeyPatch) -> PointAt:
    def point(supabase: Supabase) -> None:
        monkeypatch.setattr(settings, "supabase_url", supabase.url)
        monkeypatch.setattr(settings, "supabase_anon_key", SecretStr(supabase.anon_key))
        monkeypatch.setattr(settings, "supabase_jwt_secret", SecretStr(SECRET))

    return point


@pytest.fixture
def supabase(running: Supabase, point_at: PointAt) -> Supabase:
    point_at(running)
    return running


@pytest.fixture
def service_away(supabase: Supabase, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Call it, and nobody answers any more."""

    def go_away() -> None:
        monkeypatch.setattr(settings, "supabase_url", "http://127.0.0.1:9")

    return go_away

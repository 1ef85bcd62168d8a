"""Pictures nothing shows any more go, three days on; an export takes along those that are there."""

from pathlib import Path
from uuid import uuid4
from zipfile import ZipFile

import psycopg
import pytest
from pydantic import SecretStr

from gynergy_app.integrations import supabase_auth, supabase_storage
from gynergy_app.integrations.supabase_storage import FileNotKept
from gynergy_app.jobs import housekeeping
from gynergy_app.operator import people
from gynergy_app.settings import settings
from tests.features.conftest import START, NewRun, new_run
from tests.supabase import Supabase

__all__ = ["new_run"]

WEBP = b"RIFF....WEBP a small picture"


@pytest.fixture
async def ana(supabase: Supabase, monkeypatch: pytest.MonkeyPatch) -> supabase_auth.AuthSession:
    monkeypatch.setattr(settings, "supabase_service_role_key", SecretStr(supabase.service_key))
    return await supabase_auth.sign_in_anonymously()


async def keep(who: supabase_auth.AuthSession, db: psycopg.AsyncConnection, *, days_ago: int) -> str:
    key = f"{who.user_id}/{uuid4().hex}.webp"
    await supabase_storage.put(who.access_token, key, WEBP, "image/webp")
    await db.execute(
        "update storage.objects o set created_at = at.moment, updated_at = at.moment"
        " from (select now() - %s * interval '1 day' as moment) at where o.name = %s",
        [days_ago, key],
    )
    return key


async def is_there(who: supabase_auth.AuthSession, key: str) -> bool:
    try:
        return await supabase_storage.get(who.access_token, key) == WEBP
    except FileNotKept:
        return False


async def test_what_nothing_shows_goes_and_the_rest_stays(
    ana: supabase_auth.AuthSession,
    new_run: NewRun,
    owner_db: psycopg.AsyncConnection,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(housekeeping, "PICTURES_AT_ONCE", 2)
    face, on_page, fresh = [await keep(ana, owner_db, days_ago=days) for days in (9, 9, 1)]
    taken_off = [await keep(ana, owner_db, days_ago=9) for _ in range(3)]
    await owner_db.execute("update users set profile_image = %s where id = %s", [face, ana.user_id])
    await owner_db.execute(
        "insert into action_logs (user_id, session_id, action_type, period_key, entry_date, images)"
        " select %s, id, 'gratitude', %s, %s, %s from book_sessions where id = %s",
        [ana.user_id, str(START), START, [on_page], await new_run()],
    )

    assert await housekeeping.sweep_pictures() == 3
    assert await housekeeping.sweep_pictures() == 0

    assert [await is_there(ana, key) for key in taken_off] == [False] * 3
    assert [await is_there(ana, key) for key in (face, on_page, fresh)] == [True] * 3


async def test_an_export_holds_the_pictures(
    ana: supabase_auth.AuthSession, owner_db: psycopg.AsyncConnection, tmp_path: Path
):
    email = f"ana.{uuid4().hex[:8]}@example.com"
    await owner_db.execute("update users set email = %s where id = %s", [email, ana.user_id])
    key = await keep(ana, owner_db, days_ago=0)

    await people.export_user(email, tmp_path / "ana.zip")

    with ZipFile(tmp_path / "ana.zip") as archive:
        assert archive.read(f"media/{key.partition('/')[2]}") == WEBP
        assert str(ana.user_id) in archive.read("data.json").decode()

"""Keeping a member's files, in our own words."""

from collections.abc import Callable

import pytest

from gynergy_app.integrations import supabase_auth, supabase_storage
from gynergy_app.integrations.supabase_storage import (
    FileNotKept,
    FileRefused,
    NotYourFolder,
    StorageUnavailable,
)
from tests.supabase import Supabase

PNG = b"\x89PNG\r\n\x1a\n" + b"a small picture"


@pytest.fixture
async def ana(supabase: Supabase) -> supabase_auth.AuthSession:
    return await supabase_auth.sign_in_anonymously()


async def test_a_picture_is_kept_shown_replaced_and_removed(
    ana: supabase_auth.AuthSession, supabase: Supabase
):
    key = f"{ana.user_id}/portrait.png"
    await supabase_storage.put(ana.access_token, key, PNG, "image/png")
    await supabase_storage.put(ana.access_token, key, PNG + b"2", "image/png")
    assert await supabase_storage.get(ana.access_token, key) == PNG + b"2"

    link = await supabase_storage.signed_url(ana.access_token, key)
    assert (await supabase.http.get(link)).content == PNG + b"2"

    await supabase_storage.delete(ana.access_token, key)
    await supabase_storage.delete(ana.access_token, key)
    with pytest.raises(FileNotKept, match="not here any more"):
        await supabase_storage.get(ana.access_token, key)


async def test_refusals_are_sentences(ana: supabase_auth.AuthSession):
    with pytest.raises(NotYourFolder):
        await supabase_storage.put(ana.access_token, "somebody-else/portrait.png", PNG, "image/png")
    with pytest.raises(FileRefused, match="too large or of a kind"):
        await supabase_storage.put(ana.access_token, f"{ana.user_id}/page", b"<html>", "text/html")
    for key in (f"{ana.user_id}/../x.png", f"{ana.user_id}/never.png"):
        with pytest.raises(FileNotKept):
            await supabase_storage.get(ana.access_token, key)
    with pytest.raises(FileNotKept):
        await supabase_storage.signed_url(ana.access_token, f"{ana.user_id}/never.png")


async def test_storage_that_is_away_is_said_to_be_away(
    ana: supabase_auth.AuthSession, service_away: Callable[[], None]
):
    service_away()

    with pytest.raises(StorageUnavailable, match="in a moment"):
        await supabase_storage.get(ana.access_token, f"{ana.user_id}/portrait.png")

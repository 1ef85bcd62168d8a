"""An archive leaves to its owner alone, comes in only as one of ours; leaving takes words and a password."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID
from zipfile import ZipFile

import httpx
import psycopg
import pytest
from pydantic import SecretStr

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.accounts.archives import LASTS
from gynergy_app.domain.accounts.consents import agreed_at_the_door
from gynergy_app.integrations import supabase_files
from gynergy_app.jobs import archives, deletion
from gynergy_app.services import sessions
from gynergy_app.services.archives import exporting
from gynergy_app.settings import settings
from tests.api.conftest import Visitor
from tests.supabase import PASSWORD, Supabase, an_address


@pytest.fixture(autouse=True)
def worker(supabase: Supabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "supabase_service_role_key", SecretStr(supabase.service_key))


@pytest.fixture
async def who(email: str, id_of: Callable) -> Member:
    return Member(await id_of(email), email, "Ana", "", "Europe/Lisbon")


@pytest.fixture
async def made(who: Member) -> str:
    """The path of an archive that is ready."""
    async with as_member(who.id) as db:
        wish = await exporting.ask(db, who, now=clock.now())
    await archives.make(wish.id)
    return routes.archive(str(wish.id))


async def bring(visitor: Visitor, content: bytes) -> httpx.Response:
    return await visitor.http.post(
        "/uploads/archive", files={"archive": ("a.zip", content, "application/zip")}
    )


async def test_an_archive_comes_whole_under_a_name_with_its_day(ana: Visitor, made: str):
    answer = await ana.get(made)

    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="gynergy-{clock.now().date()}.zip"'
    assert answer.headers["cache-control"] == "private, no-store"
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert "index.html" in ZipFile(BytesIO(answer.content)).namelist()


async def test_nobody_else_gets_it(ana: Visitor, made: str, supabase: Supabase):
    address = an_address("ben")
    await supabase.confirmed(address, first_name="Ben")
    ben = Visitor()
    await ben.sign_in(address)

    assert (await ben.get(made)).status_code == 404
    assert (await Visitor().get(made)).status_code == 401


async def test_the_storage_itself_shows_it_to_nobody_else_and_takes_nothing_into_her_folder(
    ana: Visitor, made: str, who: Member, supabase: Supabase, tmp_path: Path
):
    address = an_address("ben")
    await supabase.confirmed(address, first_name="Ben")
    ben = Visitor()
    await ben.sign_in(address)
    token, key = await sessions.access_token(ben.session, clock.now()), f"{who.id}/{made.rpartition('/')[2]}"
    forged = tmp_path / "forged.zip"
    forged.write_bytes(b"PK")

    with pytest.raises(supabase_files.FileGone):
        await anext(supabase_files.read(supabase_files.ARCHIVES, key, token=token))
    with pytest.raises(supabase_files.FilesUnavailable):
        await supabase_files.put(
            supabase_files.ARCHIVES, f"{who.id}/in.zip", forged, supabase_files.ZIP, token=token
        )
    own = await sessions.access_token(ana.session, clock.now())
    assert await anext(supabase_files.read(supabase_files.ARCHIVES, key, token=own))


@pytest.mark.parametrize("path", ["/archives/nonsense.zip", f"/archives/{UUID(int=7)}.zip"])
async def test_what_is_not_there_is_said(ana: Visitor, path: str):
    answer = await ana.get(path)

    assert answer.status_code == 404
    assert "ask for a new one" in answer.text


async def test_after_a_day_it_is_over(ana: Visitor, made: str):
    with clock.travelling(clock.now() + LASTS + timedelta(minutes=1)):
        assert (await ana.get(made)).status_code == 404


async def test_an_archive_goes_out_and_comes_in(ana: Visitor, made: str, who: Member):
    content = (await ana.get(made)).content

    answer = await bring(ana, content)

    assert answer.headers["location"] == routes.DATA
    assert ana.told(routes.DATA).note == "Your archive arrived and is being read."
    again = await bring(ana, content)
    assert again.headers["location"] == routes.DATA
    assert "being read already" in ana.told(routes.DATA).note


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "choose the archive first"), (b"not a zip", "not a zip archive")],
)
async def test_what_is_not_an_archive_leads_back_with_a_sentence(ana: Visitor, content: bytes, sentence: str):
    answer = await bring(ana, content)

    assert answer.headers["location"] == routes.DATA
    assert sentence in ana.told(routes.DATA).problems["archive"]


async def test_another_site_cannot_send_one(ana: Visitor):
    ana.http.headers["sec-fetch-site"] = "cross-site"

    assert (await bring(ana, b"x")).status_code == 403


async def test_a_stranger_is_led_to_the_sign_in(visitor: Visitor):
    assert (await bring(visitor, b"x")).headers["location"].startswith(routes.SIGN_IN)


async def leaves_at(owner_db: psycopg.AsyncConnection, who: Member) -> object:
    row = await (await owner_db.execute("select deletes_at from users where id = %s", [who.id])).fetchone()
    assert row
    return row[0]


@pytest.fixture
async def long_ago(ana: Visitor, owner_db: psycopg.AsyncConnection, who: Member) -> None:
    """Her sign-in is not of the last minutes."""
    await owner_db.execute(
        "update private.web_sessions set created_at = now() - interval '1 hour' where user_id = %s", [who.id]
    )


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"confirmation": "delete", "leaving_password": PASSWORD}, "confirmation"),
        ({"confirmation": "delete everything", "leaving_password": "wrong"}, "leaving_password"),
        ({"confirmation": "delete everything"}, "leaving_password"),
    ],
)
async def test_leaving_takes_the_words_and_the_password(
    ana: Visitor, long_ago: None, who: Member, owner_db: psycopg.AsyncConnection, form: dict, field: str
):
    answer = await ana.post("/auth/leave", **form)

    assert answer.headers["location"] == routes.DATA
    told = ana.told(routes.DATA)
    assert field in told.problems
    assert told.typed["confirmation"] == form["confirmation"]
    assert await leaves_at(owner_db, who) is None


async def test_leaving_and_staying(
    ana: Visitor, long_ago: None, who: Member, owner_db: psycopg.AsyncConnection
):
    await ana.post("/auth/leave", confirmation="delete everything", leaving_password=PASSWORD)
    assert await leaves_at(owner_db, who)
    assert "A mail about it is on its way." in ana.told(routes.DATA).note

    await ana.post("/auth/stay")

    assert await leaves_at(owner_db, who) is None
    assert ana.told(routes.DATA).note == "Your account stays. Nothing was changed."


async def test_a_sign_in_of_the_last_minutes_stands_for_a_password(
    ana: Visitor, who: Member, owner_db: psycopg.AsyncConnection
):
    await ana.post("/auth/leave", confirmation="delete everything")

    assert await leaves_at(owner_db, who)


async def test_signing_in_says_that_the_account_is_leaving(ana: Visitor, email: str):
    await ana.post("/auth/leave", confirmation="delete everything", leaving_password=PASSWORD)

    answer = await Visitor().sign_in(email)

    assert answer.headers["location"] == routes.DATA


async def test_afterwards_nobody_can_sign_in_and_the_cookie_is_worth_nothing(
    ana: Visitor, who: Member, email: str
):
    await ana.post("/auth/leave", confirmation="delete everything", leaving_password=PASSWORD)

    with clock.travelling(clock.now() + timedelta(days=15)):
        assert await deletion.delete(who.id)
        assert (await ana.get(routes.archive(str(who.id)))).status_code == 401
        late = Visitor()
        await late.sign_in(email)

    assert "do not belong together" in late.told(routes.SIGN_IN).problems["password"]


async def test_making_an_account_agrees_to_the_wording_of_that_day(
    visitor: Visitor, owner_db: psycopg.AsyncConnection, supabase: Supabase
):
    address = an_address("nia")

    await visitor.post("/auth/sign-up", first_name="Nia", email=address, password="a quiet word for now")

    rows = await (
        await owner_db.execute(
            "select c.kind, c.version, c.given_at > now() - interval '1 minute' from consents c"
            " join users u on u.id = c.user_id where u.email = %s order by 1",
            [address],
        )
    ).fetchall()
    assert rows == [(kind, written, True) for kind, written in sorted(agreed_at_the_door().items())]

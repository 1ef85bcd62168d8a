"""The page that shows this machine's mail, and that it is not there in production."""

from collections.abc import AsyncIterator
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from gynergy_app.api import dev_mail
from gynergy_app.local import kept_mail, mailbox
from gynergy_app.settings import settings


@pytest.fixture
async def browser() -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(Starlette(routes=dev_mail.routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as browser:
        yield browser


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """One mail, as hostile as a mail can be."""
    monkeypatch.setattr(settings, "var_dir", tmp_path)
    folder = tmp_path / "mailbox"
    folder.mkdir()
    mail = EmailMessage()
    mail["Subject"] = "<script>alert('subject')</script>"
    mail["To"] = "ana@example.com"
    mail["Message-ID"] = "<1@example.com>"
    mail.set_content("Confirm: https://gynergy.example/auth/confirm?token_hash=abc&type=email")
    mail.add_alternative("""<p>Hello</p></iframe>"><script>alert("html")</script>""", subtype="html")
    mail.add_attachment(b"<script>", maintype="text", subtype="html", filename='a"b.html')
    mailbox.keep(folder, mail.as_bytes(), ["ana@example.com"])
    return kept_mail.search(folder)[0].key


async def test_a_hostile_mail_is_shown_and_nothing_of_it_runs(browser: httpx.AsyncClient, key: str):
    for view in dev_mail.VIEWS:
        page = await browser.get(f"/dev/mail/{key}", params={"view": view})

        assert page.status_code == 200
        assert "<script" not in page.text
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]

    letter = (await browser.get(f"/dev/mail/{key}")).text
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="&lt;p&gt;Hello' in letter


async def test_the_link_in_a_mail_can_be_followed(browser: httpx.AsyncClient, key: str):
    page = await browser.get(f"/dev/mail/{key}", params={"view": "links"})

    assert 'href="https://gynergy.example/auth/confirm?token_hash=abc&amp;type=email"' in page.text


async def test_an_attachment_is_saved_never_opened(browser: httpx.AsyncClient, key: str):
    file = await browser.get(f"/dev/mail/{key}/attachments/0")

    assert file.content == b"<script>"
    assert file.headers["Content-Type"] == "application/octet-stream"
    assert file.headers["Content-Disposition"] == "attachment; filename*=UTF-8''a%22b.html"
    assert (await browser.get(f"/dev/mail/{key}/attachments/1")).status_code == 404


async def test_searching_narrows_the_list_and_keeps_the_words(browser: httpx.AsyncClient, key: str):
    assert key in (await browser.get("/dev/mail?q=confirm")).text
    nothing = (await browser.get("/dev/mail", params={"q": '"><b>'})).text
    assert key not in nothing
    assert "<b>" not in nothing


async def test_an_empty_mailbox_says_so(
    browser: httpx.AsyncClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(settings, "var_dir", tmp_path)

    assert "Nothing here" in (await browser.get("/dev/mail")).text


async def test_what_is_not_there_is_not_found(browser: httpx.AsyncClient, key: str):
    for address in (
        f"/dev/mail/{'0' * 24}",
        "/dev/mail/..%2f..%2fsettings",
        f"/dev/mail/{key}/attachments/x",
    ):
        assert (await browser.get(address)).status_code == 404


async def test_in_production_there_is_no_such_page(
    browser: httpx.AsyncClient, key: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(settings, "gynergy_env", "production")

    for address in ("/dev/mail", f"/dev/mail/{key}", f"/dev/mail/{key}/attachments/0"):
        assert (await browser.get(address)).status_code == 404

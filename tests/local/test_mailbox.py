"""The mailbox of this machine, spoken to over real SMTP."""

import asyncio
from collections.abc import AsyncIterator
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib
import pytest

from gynergy_app.local import kept_mail, mailbox


@pytest.fixture
async def box(tmp_path: Path) -> AsyncIterator[mailbox.Mailbox]:
    box = await mailbox.start("127.0.0.1", 0, tmp_path / "mailbox")
    yield box
    await box.close()


def a_mail(
    message_id: str | None = "<1@example.com>", *, text: str = "Hello", subject: str = "Grüße 🌅"
) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "GYNERGY <hello@example.com>"
    mail["To"] = "Ana <ana@example.com>"
    mail["Subject"] = subject
    if message_id:
        mail["Message-ID"] = message_id
    mail.set_content(text)
    return mail


async def post(box: mailbox.Mailbox, mail: EmailMessage) -> None:
    await aiosmtplib.send(mail, hostname=box.host, port=box.port)


async def test_a_mail_is_kept_as_it_was_sent(box: mailbox.Mailbox):
    mail = a_mail(text="Write: https://gynergy.example/today.\n\nOnce more: https://gynergy.example/today")
    mail.add_alternative("<p>Write</p>", subtype="html")
    mail.add_attachment(b"BEGIN:VCALENDAR", maintype="text", subtype="calendar", filename="days.ics")
    await post(box, mail)

    [kept] = await kept_mail.wait_for(box.folder, to="ana@example.com", subject="grüße")

    assert kept.subject == "Grüße 🌅"
    assert kept.html.strip() == "<p>Write</p>"
    assert kept.links == ["https://gynergy.example/today"]
    assert [(each.name, each.content) for each in kept.attachments] == [("days.ics", b"BEGIN:VCALENDAR")]


async def test_the_same_mail_sent_twice_even_at_once_is_kept_once(box: mailbox.Mailbox):
    await asyncio.gather(*(post(box, a_mail()) for _ in range(8)))
    await post(box, a_mail("<2@example.com>"))

    assert len(kept_mail.search(box.folder)) == 2
    assert not list(box.folder.glob("*.part"))


async def test_mails_without_a_message_id_are_never_taken_for_one_another(box: mailbox.Mailbox):
    for _ in range(2):
        await asyncio.to_thread(mailbox.keep, box.folder, b"Subject: Hello\r\n\r\nHello", ["ana@example.com"])

    assert len(kept_mail.search(box.folder)) == 2


async def test_searching_asks_for_every_word_and_shows_the_newest_first(box: mailbox.Mailbox):
    await post(box, a_mail("<1@example.com>", subject="First", text="about sparrows"))
    await post(box, a_mail("<2@example.com>", subject="Second", text="about sparrows and rain"))

    assert [mail.subject for mail in kept_mail.search(box.folder, "sparrows")] == ["Second", "First"]
    assert [mail.subject for mail in kept_mail.search(box.folder, "RAIN ana@")] == ["Second"]
    assert kept_mail.search(box.folder, "snow") == []


async def test_waiting_ends_when_the_mail_comes(box: mailbox.Mailbox):
    waiting = asyncio.create_task(kept_mail.wait_for(box.folder, subject="later"))
    await post(box, a_mail(subject="Later"))

    assert (await waiting)[0].subject == "Later"


async def test_waiting_in_vain_says_what_is_there_instead(box: mailbox.Mailbox):
    await post(box, a_mail(subject="Something else"))

    with pytest.raises(TimeoutError, match="Something else"):
        await kept_mail.wait_for(box.folder, subject="Welcome", seconds=0)


@pytest.mark.parametrize("key", ["../../settings", "0" * 24, "", "ABC"])
def test_a_key_that_names_no_mail_finds_nothing(tmp_path: Path, key: str):
    assert kept_mail.read(tmp_path, key) is None


async def test_a_mail_larger_than_ten_megabytes_is_not_taken(box: mailbox.Mailbox):
    with pytest.raises(aiosmtplib.SMTPResponseException):
        await post(box, a_mail(text="x" * 70 + "\n" + ("y" * 70 + "\n") * (mailbox.LARGEST_MAIL // 70)))

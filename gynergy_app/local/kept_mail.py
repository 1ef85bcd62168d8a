"""Reading what the mailbox kept: for the page `/dev/mail` and for tests."""

import asyncio
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as DEFAULT_POLICY
from functools import cached_property
from pathlib import Path

from gynergy_app.local.mailbox import ENVELOPE_TO, RECEIVED_AT

LINK = re.compile(r"https?://[^\s<>\"')\]]+")
KEY = re.compile(r"[0-9a-f]{24}")
LOOK_AGAIN_AFTER_SECONDS = 0.05


@dataclass(frozen=True)
class Attachment:
    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class KeptMail:
    """One mail as it arrived. The parts are read when they are asked for."""

    key: str
    source: bytes

    @cached_property
    def message(self) -> EmailMessage:
        message = message_from_bytes(self.source, policy=DEFAULT_POLICY)
        assert isinstance(message, EmailMessage)  # noqa: S101 - the policy above makes no other kind
        return message

    @property
    def to(self) -> str:
        return str(self.message[ENVELOPE_TO] or self.message["To"] or "")

    @property
    def sender(self) -> str:
        return str(self.message["From"] or "")

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "")

    @cached_property
    def received_at(self) -> datetime:
        """The mailbox's own note of it; a file put there by hand may have none."""
        try:
            return datetime.fromisoformat(str(self.message[RECEIVED_AT]))
        except ValueError:
            return datetime.min.replace(tzinfo=UTC)

    @cached_property
    def html(self) -> str:
        return self._body("html")

    @cached_property
    def text(self) -> str:
        return self._body("plain")

    @cached_property
    def links(self) -> list[str]:
        """Every address in the text part, or in the HTML when there is no text; each once, in order."""
        found = LINK.findall(self.text or self.html.replace("&amp;", "&"))
        return list(dict.fromkeys(link.rstrip(".,;") for link in found))

    @cached_property
    def attachments(self) -> list[Attachment]:
        return [
            Attachment(
                part.get_filename() or f"attachment-{number}",
                part.get_content_type(),
                part.get_payload(decode=True) or b"",  # pyright: ignore[reportArgumentType] - bytes when decoded
            )
            for number, part in enumerate(self.message.iter_attachments(), start=1)
        ]

    def _body(self, kind: str) -> str:
        part = self.message.get_body(preferencelist=(kind,))
        if part is None:
            return ""
        payload = part.get_payload(decode=True)
        charset = part.get_content_charset("utf-8")
        return payload.decode(charset, errors="replace") if isinstance(payload, bytes) else ""

    def mentions(self, words: str) -> bool:
        haystack = " ".join((self.to, self.sender, self.subject, self.text)).casefold()
        return all(word in haystack for word in words.casefold().split())


def read(folder: Path, key: str) -> KeptMail | None:
    """One mail by its key, or None; a key that is not one never touches the disk."""
    if not KEY.fullmatch(key):
        return None
    try:
        return KeptMail(key, (folder / f"{key}.eml").read_bytes())
    except FileNotFoundError:
        return None


def search(folder: Path, words: str = "") -> list[KeptMail]:
    """The mails that mention all the words, newest first."""
    found = [mail for mail in _all(folder) if mail.mentions(words)]
    return sorted(found, key=lambda mail: mail.received_at, reverse=True)


def _all(folder: Path) -> Iterator[KeptMail]:
    for path in folder.glob("*.eml"):
        if mail := read(folder, path.stem):
            yield mail


async def wait_for(
    folder: Path, *, to: str = "", subject: str = "", seconds: float = 10.0, count: int = 1
) -> list[KeptMail]:
    """The mails to this address with these words in the subject, as soon as there are `count` of them.

    Raises `TimeoutError` naming what was there instead. The mailbox may live in another process, so the
    folder is looked at until the condition holds.
    """

    def wanted(mail: KeptMail) -> bool:
        return to.casefold() in mail.to.casefold() and subject.casefold() in mail.subject.casefold()

    return await _until(folder, wanted, count, seconds)


async def _until(
    folder: Path, wanted: Callable[[KeptMail], bool], count: int, seconds: float
) -> list[KeptMail]:
    deadline = asyncio.get_running_loop().time() + seconds
    while True:
        kept = await asyncio.to_thread(search, folder)
        found = [mail for mail in kept if wanted(mail)]
        if len(found) >= count:
            return found
        if asyncio.get_running_loop().time() > deadline:
            seen = "; ".join(f"{mail.subject!r} to {mail.to}" for mail in kept) or "nothing"
            raise TimeoutError(
                f"Waited {seconds} s for {count} mail(s), found {len(found)}. The mailbox holds: {seen}"
            )
        await asyncio.sleep(LOOK_AGAIN_AFTER_SECONDS)

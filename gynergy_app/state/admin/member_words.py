"""Mails in the words of a desk: that they went, not what stood in them."""

from dataclasses import dataclass
from datetime import datetime

from gynergy_app.repositories.members import Mailed
from gynergy_app.state.admin.words import moment

STATES = {
    "sent": ("Sent", "good"),
    "queued": ("Waiting to leave", "wait"),
    "sending": ("Leaving now", "wait"),
    "failed": ("Not delivered", "bad"),
    "unknown": ("No answer from the server", "bad"),
    "suppressed": ("Not sent, address refused mail", "normal"),
    "cancelled": ("Not sent, cancelled", "normal"),
}


@dataclass(frozen=True)
class MailRow:
    when: str
    name: str
    state: str
    kind: str


def mail_row(mail: Mailed, zone: str, now: datetime) -> MailRow:
    state, kind = STATES.get(mail.status, (mail.status, "normal"))
    name = mail.template_key.replace("_", " ").capitalize()
    return MailRow(moment(mail.sent_at or mail.created_at, zone, now), name, state, kind)

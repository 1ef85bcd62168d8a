"""One mail over SMTP, and what its failure means.

    CannotSend
    ├── Refused          this mail will never be taken; `address_is_bad` when the address itself is the reason
    ├── Delayed          not taken now, certainly not delivered: try again later
    ├── OutcomeUnknown   the text was handed over, but no answer came: it may or may not arrive
    └── NotConfigured    the server refuses *us*: no mail can leave until a person looks

SMTP knows no exactly-once. Between the end of DATA and its answer lies a moment in which only the server
knows; `OutcomeUnknown` names that moment instead of guessing. The stable Message-ID lets whoever dedupes by
it collapse a second copy.
"""

import re
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime, parseaddr
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

import aiosmtplib

from gynergy_app import clock
from gynergy_app.settings import settings

TIMEOUT_SECONDS = 20.0
REFUSES_US = {530, 534, 535, 538}
BAD_ADDRESS = re.compile(r"\b5\.1\.\d+\b")
DEFAULT_PORTS = {"smtp": 587, "smtps": 465}


class CannotSend(Exception):
    """`str()` is for the operator: it may hold the server's own words."""


class Refused(CannotSend):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.address_is_bad = bool(BAD_ADDRESS.search(reason))


class Delayed(CannotSend):
    pass


class OutcomeUnknown(CannotSend):
    pass


class NotConfigured(CannotSend):
    pass


@dataclass(frozen=True)
class Mail:
    message_id: str
    to: str
    subject: str
    html: str
    text: str
    unsubscribe_url: str | None = None
    """Where mail programs leave with one press (RFC 8058); None for mail that cannot be left."""


def message_id(row_id: object) -> str:
    """The same for every attempt to send the same row."""
    _, address = parseaddr(settings.mail_from)
    return f"<{row_id}@{address.rpartition('@')[2]}>"


async def send(mail: Mail) -> None:
    """Hand one mail to the server at `SMTP_URL`, or raise the `CannotSend` that says what became of it."""
    client = _client()
    try:
        await _open(client)
        await _address(client, mail)
        await _hand_over(client, mail)
        await _leave(client)
    finally:
        client.close()


def _client() -> aiosmtplib.SMTP:
    url = urlsplit(settings.smtp_url.get_secret_value())
    if url.scheme not in DEFAULT_PORTS or not url.hostname:
        raise NotConfigured("SMTP_URL must look like smtp://user:password@host:port or smtps://…")
    must_encrypt = url.username is not None and not _is_loopback(url.hostname)
    return aiosmtplib.SMTP(
        hostname=url.hostname,
        port=url.port or DEFAULT_PORTS[url.scheme],
        username=unquote(url.username) if url.username else None,
        password=unquote(url.password) if url.password else None,
        use_tls=url.scheme == "smtps",
        # A password never travels in the clear; without one, encryption is used when it is offered.
        start_tls=True if must_encrypt and url.scheme == "smtp" else None,
        timeout=TIMEOUT_SECONDS,
    )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


async def _open(client: aiosmtplib.SMTP) -> None:
    try:
        await client.connect()
    except aiosmtplib.SMTPResponseException as error:
        raise _verdict(error.code, error.message, refuses_us=error.code in REFUSES_US) from error
    except (aiosmtplib.SMTPNotSupported, ssl.SSLCertVerificationError) as error:
        raise NotConfigured(str(error)) from error
    except (aiosmtplib.SMTPException, OSError) as error:
        raise Delayed(str(error)) from error


async def _address(client: aiosmtplib.SMTP, mail: Mail) -> None:
    _, sender = parseaddr(settings.mail_from)
    try:
        await client.mail(sender)
        await client.rcpt(mail.to)
    except aiosmtplib.SMTPResponseException as error:
        raise _verdict(error.code, error.message, refuses_us=error.code in REFUSES_US) from error
    except UnicodeEncodeError as error:
        raise Refused(f"5.1.3 the address cannot be written in ASCII: {error}") from error
    except (aiosmtplib.SMTPException, OSError) as error:
        raise Delayed(str(error)) from error


async def _hand_over(client: aiosmtplib.SMTP, mail: Mail) -> None:
    content = _compose(mail)
    try:
        await client.data(content)
    except aiosmtplib.SMTPResponseException as error:
        raise _verdict(error.code, error.message, refuses_us=error.code in REFUSES_US) from error
    except (aiosmtplib.SMTPException, OSError) as error:
        raise OutcomeUnknown(str(error)) from error


async def _leave(client: aiosmtplib.SMTP) -> None:
    """Say goodbye. The mail is taken already, so a server that hangs up instead changes nothing."""
    try:
        await client.quit(timeout=2)
    except (aiosmtplib.SMTPException, OSError):
        return


def _verdict(code: int, words: str, *, refuses_us: bool) -> CannotSend:
    said = f"{code} {words}"
    if refuses_us:
        return NotConfigured(said)
    return Refused(said) if code >= 500 else Delayed(said)


def _compose(mail: Mail) -> bytes:
    message = EmailMessage(policy=SMTP_POLICY)
    message["Message-ID"] = mail.message_id
    message["Date"] = format_datetime(clock.now())
    message["From"] = settings.mail_from
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Auto-Submitted"] = "auto-generated"
    if mail.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    # Folded at 78 characters, an address without a space in it would leave as an encoded word, which mail
    # programs that look for `List-Unsubscribe: <https://…>` do not read. SMTP takes lines of 998.
    return message.as_bytes(policy=SMTP_POLICY.clone(max_line_length=998))

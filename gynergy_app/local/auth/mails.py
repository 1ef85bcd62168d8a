"""The letters this server writes, and how they leave: over SMTP, text and HTML side by side."""

import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import make_msgid, parseaddr
from html import escape
from urllib.parse import unquote, urlencode, urlsplit

import aiosmtplib

from gynergy_app.local.auth.config import AuthConfig
from gynergy_app.local.auth.errors import AuthError

ONCE = "The link works once, within {lifetime}."
LEAVE_IT = "If you did not ask for it, leave it be: nothing changes."
NOT_YOU = (
    "If this was not you, leave it be: without this link nothing changes. "
    "But then somebody may know your password: choose a new one at {site}/forgot-password"
)
KEEP = "Never give this code to anybody. If you did not ask for it, leave it be: nothing changes."


@dataclass(frozen=True)
class Letter:
    subject: str
    words: str
    button: str = ""
    otherwise: str = LEAVE_IT
    """What to do for somebody who did not ask for it."""
    link_type: str = ""
    """What its link is for, where the letter itself is not named so."""


LETTERS = {
    "signup": Letter(
        "Confirm your e-mail address",
        "You started a GYNERGY account with this address. Please confirm that it is yours; "
        "your first page is ready.",
        "Confirm my address",
    ),
    "invite": Letter(
        "Your invitation to GYNERGY",
        "You have been invited to GYNERGY, a 45-day practice of gratitude journaling. "
        "Open the link to begin.",
        "Accept the invitation",
    ),
    "magiclink": Letter(
        "Your sign-in link",
        "Your account is open. Here is the link into it you asked for; it signs you in once, "
        "on the device where you open it.",
        "Sign in",
    ),
    "recovery": Letter(
        "Choose a new password",
        "Here is the link to choose a new password. Your current one works until you do.",
        "Choose a new password",
    ),
    "email_change_current": Letter(
        "Confirm your change of address",
        "The e-mail address of your GYNERGY account is to change from {old} to {new}. "
        "Both mailboxes have to agree: this is the link for {old}, the other one is in the mail to {new}.",
        "Agree to the change",
        otherwise=NOT_YOU,
        link_type="email_change",
    ),
    "email_change_new": Letter(
        "Confirm your change of address",
        "The e-mail address of a GYNERGY account is to change from {old} to {new}. "
        "Both mailboxes have to agree: this is the link for {new}, the other one is in the mail to {old}.",
        "Agree to the change",
        link_type="email_change",
    ),
    "email_change_only": Letter(
        "Confirm your change of address",
        "The e-mail address of a GYNERGY account is to change from {old} to {new}. "
        "This link is all that is needed.",
        "Agree to the change",
        link_type="email_change",
    ),
    "first_email": Letter(
        "Your pages get an address",
        "You began GYNERGY without an address, and now you give it this one. "
        "Please confirm that it is yours; everything you wrote stays, and is yours on every device.",
        "Use this address",
        link_type="email_change",
    ),
    "reauthentication": Letter(
        "Your confirmation code",
        "Enter this code to confirm that it is you: {code}",
    ),
}

PAGE = """\
<!doctype html>
<html lang="en"><body style="margin:0;padding:32px 16px;background:#f6f3ec;color:#26241f;\
font-family:Georgia,serif;font-size:17px;line-height:1.6">
<div style="max-width:520px;margin:0 auto;padding:32px;background:#fffdf8;\
border:1px solid #e4ded0;border-radius:12px">
<p style="margin:0 0 24px;letter-spacing:.14em;font-size:13px">GYNERGY</p>
<h1 style="margin:0 0 16px;font-size:24px;font-weight:normal">{subject}</h1>
<p style="margin:0 0 24px">{words}</p>
{button}
<p style="margin:0;color:#6b665b;font-size:14px">{small}</p>
</div></body></html>
"""
BUTTON = """\
<p style="margin:0 0 24px"><a href="{link}" style="display:inline-block;padding:12px 22px;\
border-radius:999px;background:#26241f;color:#fffdf8;text-decoration:none">{label}</a></p>"""
ADDRESS = re.compile(r"https?://\S+")
ANCHOR = r'<a href="\g<0>" style="color:#26241f">\g<0></a>'


class Postman:
    def __init__(self, config: AuthConfig) -> None:
        self._config = config

    def link(self, letter: str, token_hash: str, redirect_to: str) -> str:
        """Into our own app, which verifies on the server: no token ever stands in a fragment."""
        query = {"token_hash": token_hash, "type": LETTERS[letter].link_type or letter}
        if redirect_to:
            query["next"] = redirect_to.removeprefix(self._config.site_url) or "/"
        return f"{self._config.site_url}/auth/confirm?{urlencode(query)}"

    async def send(self, to: str, letter: str, *, link: str = "", **said: str) -> None:
        """`said` fills what the letter's words leave open."""
        known = {"site": self._config.site_url, "lifetime": self._lifetime(), **said}
        message = compose(to, self._config.smtp_admin_email, LETTERS[letter], link, known)
        server = urlsplit(self._config.smtp_url.get_secret_value())
        try:
            await aiosmtplib.send(
                message,
                hostname=server.hostname,
                port=server.port or 25,
                username=unquote(server.username) if server.username else None,
                password=unquote(server.password) if server.password else None,
                timeout=10,
            )
        except (aiosmtplib.SMTPException, OSError) as error:
            raise AuthError(500, "unexpected_failure", f"Error sending {letter} email") from error

    def _lifetime(self) -> str:
        minutes = round(self._config.mailer_otp_exp.total_seconds() / 60)
        return f"{minutes // 60} hours" if minutes >= 120 else f"{minutes} minutes"


def compose(to: str, sender: str, letter: Letter, link: str, known: dict[str, str]) -> EmailMessage:
    words = letter.words.format(**known)
    small = f"{ONCE} {letter.otherwise}".format(**known) if letter.button else KEEP
    button = BUTTON.format(link=escape(link), label=letter.button) if letter.button else ""

    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Subject"] = letter.subject
    message["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].partition("@")[2] or "gynergy.localhost")
    message.set_content("\n\n".join(part for part in (words, link, small) if part) + "\n")
    page = PAGE.format(
        subject=letter.subject, words=escape(words), button=button, small=ADDRESS.sub(ANCHOR, escape(small))
    )
    message.add_alternative(page, subtype="html")
    return message

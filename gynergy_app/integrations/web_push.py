"""One message to one browser, through the push service it chose (RFC 8030), and what a failure means.

    CannotPush
    ├── Gone       the browser has left: forget its subscription
    ├── Refused    this message will never be taken
    └── Delayed    not taken now, or no answer came: try again, not before `retry_after`

An endpoint is an address a browser gave us, so it is not trusted: it must be https and lead to the public
internet. We look its name up ourselves and connect to the address we looked at, follow nothing and use no
proxy. The one exception is a push service of one's own, named in settings.
"""

import asyncio
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

import httpx

from gynergy_app.integrations import vapid
from gynergy_app.integrations.web_push_encryption import BrowserKeys, seal
from gynergy_app.settings import settings

TIMEOUT = httpx.Timeout(10.0, connect=5.0)
LONGEST_WAIT = timedelta(hours=1)
_GONE = (404, 410)


class CannotPush(Exception):
    """`str()` is for the operator."""


class Gone(CannotPush):
    pass


class Refused(CannotPush):
    pass


class Delayed(CannotPush):
    def __init__(self, reason: str, retry_after: timedelta = timedelta()) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


@dataclass(frozen=True)
class Address:
    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True)
class Message:
    """`topic` lets a later copy replace one that still waits for its device."""

    content: bytes
    topic: str
    seconds_to_live: int


def problem_with(address: Address) -> str | None:
    """Why nothing can be sent here, or None."""
    parts = urlsplit(address.endpoint)
    if len(address.endpoint) > 1000 or parts.username or not parts.hostname:
        return "This is not the address of a push service."
    if parts.scheme != "https" and not _is_our_own(address.endpoint):
        return "A push service is reached by https."
    try:
        BrowserKeys.read(address.p256dh, address.auth)
    except ValueError:
        return "These are not the keys of a push subscription."
    return None


async def send(address: Address, message: Message, now: datetime) -> None:
    """Hand one message over, or raise the `CannotPush` that says what became of it."""
    if problem := problem_with(address):
        raise Refused(problem)
    sealed = seal(message.content, BrowserKeys.read(address.p256dh, address.auth))
    headers = {
        "Authorization": vapid.authorization(address.endpoint, now),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(max(0, message.seconds_to_live)),
        "Topic": message.topic,
        "Urgency": "normal",
    }
    try:
        answer = await _post(address.endpoint, headers, sealed)
    except httpx.HTTPError as error:
        raise Delayed(f"{type(error).__name__}: {error}") from error
    _judge(answer, now)


async def _post(endpoint: str, headers: dict[str, str], body: bytes) -> httpx.Response:
    url, extensions = httpx.URL(endpoint), {}
    if not _is_our_own(endpoint):
        # The certificate is still checked by name.
        headers = {**headers, "Host": url.netloc.decode()}
        extensions = {"sni_hostname": url.host}
        url = url.copy_with(host=await _public_address(url.host, url.port or 443))
    async with httpx.AsyncClient(timeout=TIMEOUT, trust_env=False, follow_redirects=False) as client:
        return await client.post(url, headers=headers, content=body, extensions=extensions)


def _is_our_own(endpoint: str) -> bool:
    own = settings.push_service_url.rstrip("/")
    return bool(own) and endpoint.startswith(f"{own}/")


async def _public_address(host: str, port: int) -> str:
    """One address of this name. Raises `Refused` if any of them lies inside a network of somebody's own."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Delayed(f"{host} cannot be looked up: {error}") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not are_public(addresses):
        raise Refused(f"{host} does not lead to the public internet.")
    return addresses[0]


def are_public(addresses: Sequence[str]) -> bool:
    """
    >>> are_public(["142.250.180.10"]), are_public(["142.250.180.10", "10.0.0.1"]), are_public([])
    (True, False, False)
    >>> are_public(["::ffff:127.0.0.1"]), are_public(["169.254.169.254"]), are_public(["64:ff9b::7f00:1"])
    (False, False, False)
    """
    return bool(addresses) and all(_is_public(ip_address(address)) for address in addresses)


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    inner = _inside(address) if isinstance(address, IPv6Address) else None
    return address.is_global and not address.is_multicast and (inner is None or _is_public(inner))


def _inside(address: IPv6Address) -> IPv4Address | None:
    """An IPv4 address may travel inside one of IPv6."""
    if address.packed.startswith(bytes.fromhex("0064ff9b0000000000000000")):
        return IPv4Address(address.packed[12:])
    return address.ipv4_mapped or address.sixtofour


def _judge(answer: httpx.Response, now: datetime) -> None:
    said = f"{answer.status_code} {answer.text[:200]}"
    if answer.is_success:
        return
    if answer.status_code in _GONE:
        raise Gone(said)
    if answer.status_code == 429 or answer.is_server_error:
        raise Delayed(said, _wait(answer.headers.get("Retry-After", ""), now))
    raise Refused(said)


def _wait(asked: str, now: datetime) -> timedelta:
    """`Retry-After` is a number of seconds or a date."""
    try:
        wait = timedelta(seconds=int(asked)) if asked.isdigit() else parsedate_to_datetime(asked) - now
    except (TypeError, ValueError):
        return timedelta()
    return min(max(wait, timedelta()), LONGEST_WAIT)

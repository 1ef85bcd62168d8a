"""Messages to browsers: sealed as the standard says, signed, and sent nowhere but to push services."""

import asyncio
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import SecretStr

from gynergy_app.integrations import vapid, web_push
from gynergy_app.integrations.vapid import packed, unpacked
from gynergy_app.integrations.web_push import Address, Delayed, Gone, Message, Refused
from gynergy_app.integrations.web_push_encryption import LONGEST, BrowserKeys, seal
from gynergy_app.local.environment import push_key
from gynergy_app.local.push import PushService
from gynergy_app.settings import settings
from tests.devices import Device, a_push_service, point_of, unseal

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HELLO = Message(b'{"title": "The morning page is open"}', "a-topic", 600)


@pytest.fixture
async def service(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[PushService]:
    monkeypatch.setattr(settings, "vapid_private_key", SecretStr(push_key()))
    async with a_push_service() as service:
        monkeypatch.setattr(settings, "push_service_url", service.url)
        service.now = lambda: NOON
        yield service


def private_key(text: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(unpacked(text), "big"), ec.SECP256R1())


def test_the_example_of_the_standard_is_sealed_as_it_says():
    keys = BrowserKeys.read(
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "BTBZMqHH6r4Tts7J_aSIgg",
    )

    sealed = seal(
        b"When I grow up, I want to be a watermelon",
        keys,
        ours=private_key("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
        salt=unpacked("DGv6ra1nlYgDCS1FRnbzlw"),
    )

    assert packed(sealed) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz"
        "AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_no_two_messages_look_alike_and_none_is_too_long():
    browser = ec.generate_private_key(ec.SECP256R1())
    keys = BrowserKeys(point_of(browser), b"s" * 16)

    assert seal(b"same", keys) != seal(b"same", keys)
    assert len(seal(b"x" * LONGEST, keys)) == 4096
    with pytest.raises(ValueError, match="at most"):
        seal(b"x" * (LONGEST + 1), keys)


async def test_a_message_arrives_sealed_for_its_browser_alone(service: PushService):
    device = Device(service)

    await web_push.send(device.address, HELLO, NOON)

    [taken] = device.waiting
    assert (taken.ttl, taken.topic, taken.urgency) == (600, "a-topic", "normal")
    assert HELLO.content not in taken.body
    assert unseal(taken.body, device.private, device.secret) == HELLO.content


async def test_a_later_message_replaces_an_earlier_one_of_its_topic(service: PushService):
    device = Device(service)

    for _ in range(2):
        await web_push.send(device.address, HELLO, NOON)

    assert (device.taken, len(device.waiting)) == (2, 1)


async def test_a_browser_that_left_is_gone(service: PushService):
    device = Device(service)
    service.leave(device.endpoint)

    with pytest.raises(Gone):
        await web_push.send(device.address, HELLO, NOON)


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("90", timedelta(seconds=90)),
        ("Mon, 02 Mar 2026 12:05:00 GMT", timedelta(minutes=5)),
        ("Mon, 02 Mar 2026 11:00:00 GMT", timedelta()),
        ("86400", timedelta(hours=1)),
        ("soon", timedelta()),
        ("", timedelta()),
    ],
)
async def test_a_busy_service_says_when_to_come_again(service: PushService, said: str, wait: timedelta):
    service.busy_for = said

    with pytest.raises(Delayed) as delayed:
        await web_push.send(Device(service).address, HELLO, NOON)

    assert delayed.value.retry_after == wait


async def test_a_service_that_does_not_answer_is_asked_again(
    service: PushService, monkeypatch: pytest.MonkeyPatch
):
    device = Device(service)
    monkeypatch.setattr(settings, "push_service_url", "http://127.0.0.1:9")
    endpoint = device.endpoint.replace(service.url, settings.push_service_url)

    with pytest.raises(Delayed):
        await web_push.send(Address(endpoint, device.address.p256dh, device.address.auth), HELLO, NOON)


async def test_who_signs_with_another_key_is_not_believed(
    service: PushService, monkeypatch: pytest.MonkeyPatch
):
    device = Device(service)
    monkeypatch.setattr(settings, "vapid_private_key", SecretStr(push_key()))

    with pytest.raises(Refused, match="403"):
        await web_push.send(device.address, HELLO, NOON)
    assert device.waiting == []


async def test_the_service_asks_for_a_signature_that_names_it_and_soon_ends(service: PushService):
    device, headers = Device(service), {"TTL": "60", "Content-Encoding": "aes128gcm"}
    good = vapid.authorization(device.endpoint, NOON)
    bad = [
        "",
        "vapid t=x, k=y",
        good[:-3] + "AAA",
        vapid.authorization("https://push.example/x", NOON),
        vapid.authorization(device.endpoint, NOON - timedelta(days=1)),
        vapid.authorization(device.endpoint, NOON + timedelta(days=1)),
    ]
    async with httpx.AsyncClient(headers=headers) as outside:
        for said in bad:
            assert (await outside.post(device.endpoint, headers={"Authorization": said})).status_code == 401
        assert (await outside.post(device.endpoint, headers={"Authorization": good})).status_code == 201


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example/x",
        "http://127.0.0.1:9/x",
        "ftp://push.example/x",
        "https://user:word@push.example/x",
        "https:///x",
        "file:///etc/passwd",
        "https://push.example/" + "x" * 1000,
    ],
)
async def test_what_is_no_push_service_is_refused_before_it_is_called(endpoint: str, service: PushService):
    keys = Device(service).address

    with pytest.raises(Refused):
        await web_push.send(Address(endpoint, keys.p256dh, keys.auth), HELLO, NOON)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "10.1.2.3", "169.254.169.254", "localhost", "0.0.0.0"]
)
async def test_no_endpoint_leads_into_a_network_of_ours(host: str, service: PushService):
    keys = Device(service).address

    with pytest.raises(Refused, match="public internet"):
        await web_push.send(Address(f"https://{host}/x", keys.p256dh, keys.auth), HELLO, NOON)


async def test_a_name_that_also_leads_inside_is_refused(
    service: PushService, monkeypatch: pytest.MonkeyPatch
):
    async def two_faced(*args: object, **named: object) -> list[tuple[object, ...]]:
        found = ("93.184.215.14", "192.168.1.1")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in found]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", two_faced)
    keys = Device(service).address

    with pytest.raises(Refused, match="public internet"):
        await web_push.send(Address("https://push.example/x", keys.p256dh, keys.auth), HELLO, NOON)


@pytest.mark.parametrize(("p256dh", "auth"), [("", ""), ("AAAA", "AAAA"), ("é", "x"), ("B" * 87, "A" * 22)])
def test_keys_no_browser_would_give_are_not_taken(p256dh: str, auth: str):
    assert web_push.problem_with(Address("https://push.example/x", p256dh, auth))

"""Which tokens are believed."""

import hmac
import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.utils import base64url_encode
from pydantic import SecretStr

from gynergy_app.integrations import supabase_auth, supabase_tokens
from gynergy_app.integrations.supabase_tokens import InvalidToken
from gynergy_app.local.postgres import Cluster
from gynergy_app.settings import settings
from tests.integrations.conftest import PointAt
from tests.supabase import PASSWORD, SECRET, Supabase, a_supabase, an_address, signing_key

MINUTE = timedelta(minutes=1)


def a_token(secret: str = SECRET, **said: object) -> str:
    now = datetime.now(UTC)
    claims = {
        "iss": f"{settings.supabase_url}/auth/v1", "aud": "authenticated", "sub": str(uuid4()),
        "session_id": str(uuid4()), "iat": now, "exp": now + MINUTE, **said,
    }  # fmt: skip
    return jwt.encode({name: value for name, value in claims.items() if value is not None}, secret, "HS256")


async def test_a_token_of_this_project_is_believed(supabase: Supabase):
    person = uuid4()

    claims = await supabase_tokens.verify(a_token(sub=str(person), email="ana@example.com"))

    assert (claims.user_id, claims.email, claims.is_anonymous) == (person, "ana@example.com", False)


@pytest.mark.parametrize(
    "said",
    [
        {"iss": "https://another.example/auth/v1"},
        {"aud": "somebody else"},
        {"exp": datetime(2026, 1, 1, tzinfo=UTC)},
        {"exp": None},
        {"sub": None},
        {"sub": "not an id"},
        {"session_id": None},
        {"secret": "a secret of another project, long enough"},
    ],
    ids=str,
)
async def test_anything_else_is_not(supabase: Supabase, said: dict[str, object]):
    with pytest.raises(InvalidToken):
        await supabase_tokens.verify(a_token(**said))  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("text", ["", "a.b.c", "....", "ü", "x" * 5000])
async def test_nonsense_is_not_believed(supabase: Supabase, text: str):
    with pytest.raises(InvalidToken):
        await supabase_tokens.verify(text)


async def test_clocks_may_differ_a_little(supabase: Supabase):
    just_over = datetime.now(UTC) - timedelta(seconds=5)

    assert await supabase_tokens.verify(a_token(exp=just_over))


async def test_a_short_secret_checks_nothing(supabase: Supabase, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "supabase_jwt_secret", SecretStr("short"))

    with pytest.warns(jwt.warnings.InsecureKeyLengthWarning):
        token = a_token("short")

    with pytest.raises(InvalidToken):
        await supabase_tokens.verify(token)


@pytest.mark.parametrize("algorithm", ["ES256", "RS256"])
async def test_public_keys_are_fetched_once_and_never_mistaken_for_a_secret(
    cluster: Cluster, database_name: str, tmp_path_factory: pytest.TempPathFactory, point_at: PointAt,
    monkeypatch: pytest.MonkeyPatch, algorithm: str,
):  # fmt: skip
    folder = tmp_path_factory.mktemp("keys")
    async with a_supabase(cluster.url(database_name), folder, jwt_keys=signing_key(algorithm)) as supabase:
        point_at(supabase)
        monkeypatch.setattr(settings, "supabase_jwt_secret", SecretStr(""))
        started = await supabase_auth.sign_in_anonymously()
        answer = await supabase.http.get(f"{supabase.url}/auth/v1/.well-known/jwks.json")

    # The service is gone; the keys are remembered.
    assert (await supabase_tokens.verify(started.access_token)).user_id == started.user_id
    (public,) = answer.json()["keys"]
    pem = jwt.PyJWK(public).key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    for key in (pem, b"a key nobody agreed on, but long enough"):
        with pytest.raises(InvalidToken):
            await supabase_tokens.verify(forged(started.access_token, public["kid"], key))


def forged(token: str, kid: str, key: bytes) -> str:
    """The same claims, signed as if `key` were a shared secret. The library refuses to, so by hand."""
    header = base64url_encode(json.dumps({"alg": "HS256", "typ": "JWT", "kid": kid}).encode())
    message = header + b"." + token.split(".")[1].encode()
    return (message + b"." + base64url_encode(hmac.digest(key, message, "sha256"))).decode()


async def test_a_session_of_the_local_server_is_read(supabase: Supabase):
    email = an_address()
    await supabase.confirmed(email)

    session = await supabase_auth.sign_in(email, PASSWORD)

    assert session.expires_at - datetime.now(UTC) > 59 * MINUTE

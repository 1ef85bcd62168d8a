"""Signing and checking tokens: one shared secret, or a set of keys whose public half anyone may fetch."""

import json
from typing import Any

import jwt
from jwt.algorithms import get_default_algorithms

ALGORITHMS = {"oct": "HS256", "EC": "ES256", "RSA": "RS256"}
MIN_SECRET_BYTES = 32


class Keyring:
    def __init__(self, secret: str, keys_json: str = "") -> None:
        if secret and len(secret.encode()) < MIN_SECRET_BYTES:
            raise ValueError(f"The JWT secret needs at least {MIN_SECRET_BYTES} bytes.")
        self._secret = secret
        self._jwks: list[dict[str, Any]] = json.loads(keys_json) if keys_json else []
        if not secret and not self._jwks:
            raise ValueError("The auth server needs GOTRUE_JWT_SECRET or GOTRUE_JWT_KEYS.")

    def sign(self, claims: dict[str, Any]) -> str:
        if not self._jwks:
            return jwt.encode(claims, self._secret, "HS256")
        jwk = next((key for key in self._jwks if "sign" in key.get("key_ops", ())), self._jwks[0])
        return jwt.encode(claims, jwt.PyJWK(jwk).key, ALGORITHMS[jwk["kty"]], headers={"kid": jwk.get("kid")})

    def verify(self, token: str) -> dict[str, Any]:
        """The claims of a token we (or the owner of our secret) signed. Raises `jwt.InvalidTokenError`."""
        kid = jwt.get_unverified_header(token).get("kid")
        jwk = next((key for key in self._jwks if kid and key.get("kid") == kid), None)
        if jwk is None and not self._secret:
            raise jwt.InvalidTokenError("No key matches this token.")
        key = jwt.PyJWK(jwk).key if jwk else self._secret
        algorithm = ALGORITHMS[jwk["kty"]] if jwk else "HS256"
        # As GoTrue does: the audience is for other services to check.
        return jwt.decode(
            token, _public(key, algorithm), [algorithm], options={"require": ["exp"], "verify_aud": False}
        )

    def public_set(self) -> dict[str, list[dict[str, Any]]]:
        """Every public half. A shared secret has none, so it is never listed."""
        asymmetric = [jwk for jwk in self._jwks if jwk["kty"] != "oct"]
        return {"keys": [_public_jwk(jwk) for jwk in asymmetric]}


def _public(key: Any, algorithm: str) -> Any:
    return key.public_key() if algorithm != "HS256" and hasattr(key, "public_key") else key


def _public_jwk(jwk: dict[str, Any]) -> dict[str, Any]:
    algorithm = ALGORITHMS[jwk["kty"]]
    key = get_default_algorithms()[algorithm].from_jwk(json.dumps(jwk))
    public = get_default_algorithms()[algorithm].to_jwk(_public(key, algorithm), as_dict=True)
    return {**public, "kid": jwk.get("kid"), "alg": algorithm, "use": "sig", "key_ops": ["verify"]}

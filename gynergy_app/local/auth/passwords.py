"""Passwords are hashed by bcrypt, off the event loop: it is meant to be slow."""

import asyncio

import bcrypt

from gynergy_app.local.auth.errors import AuthError, WeakPassword

COST = 10
MAX_BYTES = 72
NOBODYS = bcrypt.hashpw(b"nobody", bcrypt.gensalt(COST, prefix=b"2a"))
"""Compared when there is no such person, so that the answer takes as long as for anyone."""


def require_strength(password: str, min_length: int) -> None:
    if len(password.encode()) > MAX_BYTES:
        raise AuthError(400, "validation_failed", f"Password cannot be longer than {MAX_BYTES} characters")
    if len(password) < min_length:
        raise WeakPassword(f"Password should be at least {min_length} characters.", "length")


async def hashed(password: str) -> str:
    # Supabase writes $2a$; bcrypt reads both, and a copied row stays readable there.
    salt = bcrypt.gensalt(COST, prefix=b"2a")
    return (await asyncio.to_thread(bcrypt.hashpw, password.encode()[:MAX_BYTES], salt)).decode()


async def matches(password: str, stored: str | None) -> bool:
    known = (stored or "").encode() or NOBODYS
    same = await asyncio.to_thread(bcrypt.checkpw, password.encode()[:MAX_BYTES], known)
    return same and bool(stored)

"""Sign-ins of browsers: an opaque cookie there, the auth service's tokens encrypted in a row here.

A sign-in lives as long as the auth service says. These functions open their own doors: a cookie is read
before anybody knows who is asking.
"""

from gynergy_app.services.sessions.ending import (
    NoSuchSession,
    OwnSession,
    end_all,
    list_own,
    revoke,
    revoke_all,
    revoke_one,
)
from gynergy_app.services.sessions.living import COOKIE, LIFETIME, access_token, find, open
from gynergy_app.services.sessions.remembered import forget_everybody, forget_member

__all__ = [
    "COOKIE",
    "LIFETIME",
    "NoSuchSession",
    "OwnSession",
    "access_token",
    "end_all",
    "find",
    "forget_everybody",
    "forget_member",
    "list_own",
    "open",
    "revoke",
    "revoke_all",
    "revoke_one",
]

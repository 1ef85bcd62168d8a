"""What never stands in a log: cookies, tokens, passwords, keys, and the words somebody sent."""

import re

_NAME = r"[\w-]*(?:cookie|authorization|apikey|password|passwd|secret|token|token_hash)"
_QUOTED = re.compile(rf"""(?i)(b?["']{_NAME}["']\s*[:,]\s*b?)(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
_HEADER = re.compile(r"(?im)\b((?:set-)?cookie|(?:proxy-)?authorization):[^\r\n]*")
_ASSIGNED = re.compile(rf"""(?i)\b({_NAME}|code)=[^\s&;,"')]+""")
_BEARER = re.compile(r"(?i)\bbearer\s+[\w.~+/=-]+")
_JWT = re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]*")
_USERINFO = re.compile(r"(\w://[^/\s:@]*:)[^@\s/]+@")
_SENT = re.compile(
    r"(?s)^(Error transforming event payload for handler [\w.<>]+|Received event .*?Event data):.*"
)
"""How Reflex begins what it says of an event it cannot take; the rest is what was sent."""


def redacted(text: str) -> str:
    """The same text without cookies, tokens, passwords and keys.

    >>> redacted("GET /auth/confirm?token_hash=abc&type=email {'cookie': 'gynergy=123'}")
    "GET /auth/confirm?token_hash=…&type=email {'cookie': '…'}"
    """
    text = _SENT.sub(r"\1: …", text)
    text = _QUOTED.sub(r"\1'…'", text)
    text = _HEADER.sub(r"\1: …", text)
    text = _ASSIGNED.sub(r"\1=…", text)
    text = _BEARER.sub("Bearer …", text)
    text = _JWT.sub("…", text)
    return _USERINFO.sub(r"\1…@", text)

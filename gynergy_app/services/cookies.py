"""The names our cookies travel under, and reading one out of a `Cookie` header."""

from gynergy_app.settings import settings

IS_SECURE = settings.public_url.startswith("https://")


def named(name: str) -> str:
    """Over https a `__Host-` cookie: no subdomain and no plain connection can set or see it."""
    return f"__Host-{name}" if IS_SECURE else name


def read(header: str, name: str) -> str:
    """Empty when absent. The standard parser gives up on the whole header when one foreign cookie is odd."""
    wanted = named(name)
    for pair in header.split(";"):
        key, _, value = pair.strip().partition("=")
        if key == wanted:
            return value
    return ""

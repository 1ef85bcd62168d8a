"""Naming a device as its owner would, from what a browser says about itself."""

_BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_MACHINES = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("CrOS", "Chromebook"), ("Mac OS X", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def device_name(user_agent: str | None) -> str:
    """
    >>> device_name("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1")
    'Safari on iPhone'
    >>> device_name("curl/8.5")
    'Unknown device'
    """
    said = user_agent or ""
    browser = next((name for mark, name in _BROWSERS if mark in said), None)
    machine = next((name for mark, name in _MACHINES if mark in said), None)
    if browser and machine:
        return f"{browser} on {machine}"
    return browser or machine or "Unknown device"

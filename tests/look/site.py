"""The site to look at: the one that runs, or one started for the while."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.request import urlopen

from gynergy_app.settings import ROOT, settings

STARTING_SECONDS = 300


@contextmanager
def a_site(address: str = "") -> Iterator[str]:
    """Where it answers. A site that had to be started is stopped again."""
    address = (address or settings.public_url).rstrip("/")
    if is_ready(address):
        yield address
        return
    print(f"Nothing answers at {address}; starting it.")
    port = address.rsplit(":", 1)[-1]
    process = subprocess.Popen([sys.executable, "-m", "gynergy_app", "run", "--port", port], cwd=ROOT)
    try:
        _wait(process, address)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def is_ready(address: str) -> bool:
    try:
        with urlopen(f"{address}/ready", timeout=2):
            return True
    except HTTPError:
        return False
    except OSError:
        return False


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if is_ready(address):
            return
        time.sleep(0.3)
    raise RuntimeError("The site did not start. The lines above say why.")

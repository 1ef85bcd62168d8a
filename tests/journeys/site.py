"""The real thing for browsers: built pages, the web process on a free port, and people already signed in."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from urllib.request import urlopen
from uuid import UUID, uuid4

import jwt

from gynergy_app import clock
from gynergy_app.integrations.supabase_auth import AuthSession
from gynergy_app.local.push import PushService
from gynergy_app.services import cookies, sessions
from gynergy_app.settings import ROOT
from tests.stripe import Stripe
from tests.supabase import SECRET, Supabase


class Site:
    """One web process. It can be killed and started again under its address, as a failing server would."""

    supabase: Supabase
    push: PushService
    stripe: Stripe
    push_key: str

    def __init__(self, services: Mapping[str, str] | None = None) -> None:
        self.services = services or {}
        self.port = _free_port()
        self.address = f"http://localhost:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        await asyncio.to_thread(self._start)

    def _start(self) -> None:
        log = ROOT / "var" / "journeys.log"
        with log.open("ab") as said:
            command = [sys.executable, "-m", "gynergy_app", "web", "--port", str(self.port)]
            env = {**os.environ, **self.services, "PUBLIC_URL": self.address}
            self._process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=said, stderr=said)
        self._wait_until_ready()

    def kill(self) -> None:
        """Without a word, as when the power fails."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Reachable, and without an answer."""
        self._tell(signal.SIGSTOP)
        try:
            yield
        finally:
            self._tell(signal.SIGCONT)

    def _end(self, how: signal.Signals) -> None:
        if self._process:
            self._tell(how)
            self._process.wait(timeout=20)
        self._process = None

    def _tell(self, what: signal.Signals) -> None:
        if self._process:
            children = subprocess.run(["pgrep", "-P", str(self._process.pid)], capture_output=True, text=True)
            for pid in (self._process.pid, *map(int, children.stdout.split())):
                os.kill(pid, what)

    def _wait_until_ready(self) -> None:
        for _ in range(300):
            if self._process is None or self._process.poll() is not None:
                break
            try:
                with urlopen(f"{self.address}/health", timeout=1):
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"The web process did not start; see {ROOT / 'var' / 'journeys.log'}")


async def cookie_of(person: UUID, site: Site) -> dict[str, str]:
    """A sign-in of this person, as the browser keeps it, with a token the storage believes."""
    now = clock.now()
    ends, sign_in, email = now + timedelta(days=1), uuid4(), f"{person}@example.com"
    claims = {"sub": str(person), "role": "authenticated", "aud": "authenticated", "email": email}
    token = jwt.encode({**claims, "session_id": str(sign_in), "exp": int(ends.timestamp())}, SECRET, "HS256")
    auth = AuthSession(person, email, token, "refresh", ends, False, sign_in)
    value = await sessions.open(auth, "Chromium", "127.0.0.1", now)
    return {"name": cookies.named(sessions.COOKIE), "value": value, "url": site.address}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]

"""A process of the product and one of the bare application, without pages: only sockets are spoken to."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import psutil

from gynergy_app.settings import ROOT

OURS = "gynergy_app.gynergy_app:app"
BARE = "tests.bench.bare:app"
STARTING_SECONDS = 60
_PREBUILT = {"REFLEX_ENV_MODE": "prod", "__REFLEX_SKIP_COMPILE": "true", "REFLEX_TELEMETRY_ENABLED": "false"}


@dataclass(frozen=True)
class Server:
    process: psutil.Popen
    port: int

    @property
    def memory(self) -> int:
        """Bytes that belong to nobody else, of the process and its workers."""
        family = [self.process, *self.process.children(recursive=True)]
        return sum(each.memory_full_info().uss for each in family)


@asynccontextmanager
async def serving(app: str) -> AsyncIterator[Server]:
    port = _free_port()
    words = [sys.executable, "-m", "tests.bench.serve", app, str(port)]
    process = psutil.Popen(words, cwd=ROOT, env={**os.environ, **_PREBUILT}, stdout=subprocess.DEVNULL)
    try:
        await _until_it_listens(process, port)
        yield Server(process, port)
    finally:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
        process.wait(timeout=20)


async def _until_it_listens(process: psutil.Popen, port: int) -> None:
    async with asyncio.timeout(STARTING_SECONDS):
        while process.poll() is None:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return
    raise RuntimeError("The server did not start; see the lines above.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]

"""The web process: granian on the bundle that was built before. No node, up in about a second."""

import importlib
import multiprocessing
import os
import sys

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from gynergy_app import logs
from gynergy_app.local import frontend, ports
from gynergy_app.local.postgres import free_port
from gynergy_app.local.processes import environment
from gynergy_app.local.trouble import Trouble
from gynergy_app.settings import settings

APPLICATION = "gynergy_app.gynergy_app:app"

_PREBUILT = {
    "REFLEX_ENV_MODE": "prod",
    "REFLEX_USE_GRANIAN": "true",
    "REFLEX_TELEMETRY_ENABLED": "false",
    "REFLEX_CHECK_LATEST_VERSION": "false",
    # Reflex's own names for "do not compile" and "serve the pages too".
    "__REFLEX_SKIP_COMPILE": "true",
    "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
}


def serve(host: str, port: int) -> None:
    """Serve until SIGTERM; requests in hand get a few seconds to finish."""
    if not frontend.exists():
        raise Trouble("The pages have not been built yet. First: python -m gynergy_app build")
    ports.refuse_busy(host, port, f"--port {port + 100}")
    os.environ.update(_PREBUILT)  # noqa: TID251  Reflex reads these when the app is imported
    logs.configure()
    _read_application()
    Server(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        factory=True,
        # One process holds its members' screens in memory; more than one needs REDIS_URL and a balancer.
        workers=1,
        workers_kill_timeout=5,
        respawn_failed_workers=True,
        log_dictconfig=logs.GRANIAN,
        log_level=LogLevels.warning,
        log_access=settings.is_production,
        log_access_format=logs.ACCESS_FORMAT,
    ).serve()


def _read_application() -> None:
    """Have the code in memory before a worker is forked: one that dies is then replaced at once.

    Reading it takes seconds, on a busy machine many. Where processes are not forked, each reads for itself.
    """
    if multiprocessing.get_start_method() == "fork":
        importlib.import_module(APPLICATION.partition(":")[0])


def develop(port: int) -> None:
    """Reflex's own development server: it follows every change, and needs node."""
    command = [sys.executable, "-m", "reflex", "run", "--env", "dev", "--loglevel", "warning"]
    command += [
        "--frontend-port",
        str(port),
        "--backend-port",
        str(free_port()),
        "--backend-host",
        "127.0.0.1",
    ]
    given = {**frontend.node_environment(), "REFLEX_API_URL": f"http://localhost:{port}"}
    os.execve(sys.executable, command, environment(given))  # noqa: S606  the supervisor watches this process

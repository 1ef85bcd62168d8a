"""`run`: everything on this machine with one command, and everything stopped again with one key."""

import fcntl
import json
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from urllib.parse import urlsplit

from dotenv import dotenv_values

from gynergy_app import clock
from gynergy_app.local import bootstrap, environment, frontend, ports, postgres, processes
from gynergy_app.local.database_watch import DatabaseWatch
from gynergy_app.local.processes import Family, operator_command
from gynergy_app.local.trouble import Trouble
from gynergy_app.routes import DEV_MAIL
from gynergy_app.settings import LOCAL_ENV, ROOT, settings

VAR = ROOT / "var"
DATABASE_FOLDER = VAR / "postgres"
READY_SECONDS = 60
DATABASE_LOOK_SECONDS = 2

_DEMO_WANTED = VAR / "demo.wanted"
_RECORD = VAR / "processes.json"
_SIGN_INS = VAR / "demo.txt"


def run(host: str, port: int, *, with_demo: bool = True, reload: bool = False) -> None:
    """Bring everything up, say where it is, and keep it up until told to stop."""
    _refuse_foreign_services()
    VAR.mkdir(exist_ok=True)
    with _only_one(), _stopping_quietly():
        processes.clear_leftovers(_RECORD)
        ports.refuse_busy(host, port, f"PORT={port + 100} make run")
        family = Family(_RECORD, tell)
        try:
            _bring_up(family, host, port, with_demo=with_demo, reload=reload)
            _keep_up(family)
        except KeyboardInterrupt:
            tell("Stopping.")
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            family.stop()
            postgres.stop(DATABASE_FOLDER)


def _bring_up(family: Family, host: str, port: int, *, with_demo: bool, reload: bool) -> None:
    begun = time.monotonic()
    building = None if reload else _start_building()
    try:
        values = _start_database(port)
        family.start("local servers", operator_command("local"), values)
        if with_demo and _DEMO_WANTED.exists():
            _wait_for_listener(family, values["SUPABASE_URL"])
            tell("Loading the demo people. Living their days takes a moment.")
            processes.run_once(
                operator_command("demo"), values, failing="The demo people could not be loaded."
            )
        _finish_building(building)
    except BaseException:
        _end(building)
        raise
    family.start("worker", operator_command("worker"), values)
    _start_web(family, values, host, port, reload=reload)
    _wait_until_ready(family, port)
    tell(f"Ready after {time.monotonic() - begun:.0f} s: http://localhost:{port}")
    if with_demo:
        _tell_sign_ins()
    tell(f"Mail that would have been sent: http://localhost:{port}{DEV_MAIL}")
    if practice := values.get("STRIPE_API_BASE"):
        tell(f"What banks and time do to payments: {practice}/operator")
    tell("Ctrl-C stops everything.")


def _keep_up(family: Family) -> None:
    """Whoever dies is started again, the database too."""
    port = postgres.ensure_running(DATABASE_FOLDER).port
    watch, look_at = DatabaseWatch(DATABASE_FOLDER, port, tell), 0.0
    while True:
        time.sleep(processes.TEND_SECONDS)
        family.tend()
        if time.monotonic() >= look_at:
            watch.look()
            look_at = time.monotonic() + DATABASE_LOOK_SECONDS


def _start_database(port: int) -> dict[str, str]:
    cluster = postgres.ensure_running(DATABASE_FOLDER)
    has_stripe = bool(_given().get("STRIPE_SECRET_KEY"))
    values = environment.written(ROOT / LOCAL_ENV, cluster, port, has_stripe=has_stripe)
    if not bootstrap.exists(cluster, bootstrap.DATABASE):
        _SIGN_INS.unlink(missing_ok=True)
        _DEMO_WANTED.touch()
    bootstrap.prepare(cluster, bootstrap.DATABASE, environment.secrets_in(values))
    return values


def _start_building() -> subprocess.Popen[bytes] | None:
    """Build while the database comes up; None when there is nothing to build."""
    if frontend.is_built():
        return None
    tell("Building the pages. The first time takes a minute or two; later only when something changed.")
    return subprocess.Popen(
        operator_command("build"), cwd=ROOT, env=processes.environment({}), start_new_session=True
    )


def _finish_building(building: subprocess.Popen[bytes] | None) -> None:
    if building and building.wait() != 0:
        raise Trouble("Without its pages there is nothing to serve.")


def _end(building: subprocess.Popen[bytes] | None) -> None:
    if building and building.poll() is None:
        processes.end_group(building.pid)


def _start_web(family: Family, values: dict[str, str], host: str, port: int, *, reload: bool) -> None:
    if not reload:
        family.start("web", operator_command("web", "--host", host, "--port", str(port)), values)
        return
    tell("Pages reload when a file changes.")
    family.start("web", operator_command("develop", "--port", str(port)), values)


def _wait_for_listener(family: Family, address: str) -> None:
    parts = urlsplit(address)
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if dead := family.first_dead():
            raise Trouble(f"The {dead.name} did not start. The lines above say why.")
        try:
            socket.create_connection((parts.hostname, parts.port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise Trouble(f"Nothing answers at {address} after {READY_SECONDS} s.")


def _wait_until_ready(family: Family, port: int) -> None:
    deadline = time.monotonic() + READY_SECONDS
    said = "nothing"
    while time.monotonic() < deadline:
        if dead := family.first_dead():
            raise Trouble(f"The {dead.name} did not start. The lines above say why.")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/ready", timeout=2):
                return
        except urllib.error.HTTPError as error:
            said = json.loads(error.read() or b"{}").get("waiting_for", "nothing")
        except OSError:
            said = "the web process"
        time.sleep(0.1)
    raise Trouble(f"Not ready after {READY_SECONDS} s. Still waiting for: {said}.")


def _tell_sign_ins() -> None:
    if _SIGN_INS.exists():
        tell(_SIGN_INS.read_text().rstrip())


def tell(sentence: str) -> None:
    print(sentence, flush=True)


def remember_demo(sign_ins: Sequence[tuple[str, str, str]]) -> None:
    """What the demo people sign in with, for this run and later ones to print."""
    today = clock.now()
    heading = f"Sign in as (their days as of {today.day} {today:%B}; `make demo` begins them anew):"
    lines = [f"  {email:<26} {password:<18} {story}" for email, password, story in sign_ins]
    _SIGN_INS.write_text("\n".join([heading, *lines, ""]))
    _DEMO_WANTED.unlink(missing_ok=True)


def _refuse_foreign_services() -> None:
    """`run` makes its own database; somebody else's must never be migrated or filled by accident."""
    if settings.is_production:
        raise Trouble("`run` is for one machine. In production start `web` and `worker` by themselves.")
    given = _given()
    for name in ("DATABASE_URL", "DATABASE_ADMIN_URL", "SUPABASE_URL"):
        if given.get(name):
            raise Trouble(
                f"{name} names a service of your own, and `run` brings its own. "
                "Unset it, or start `web` and `worker` by themselves."
            )


def _given() -> dict[str, str | None]:
    """What somebody has set by hand, here or in `.env`."""
    return {**dotenv_values(ROOT / ".env"), **processes.environment({})}


@contextmanager
def _only_one() -> Iterator[None]:
    """Two runs in one folder would stop each other's database."""
    with (VAR / "run.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble(
                "GYNERGY already runs from this folder. Stop that one first, with Ctrl-C."
            ) from None
        yield


@contextmanager
def _stopping_quietly() -> Iterator[None]:
    """SIGTERM and a closed terminal end things as Ctrl-C does."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    yield

"""The embedded PostgreSQL: made on first use, started when needed, found again afterwards.

The binaries come from a wheel; everything else is ours. One folder holds the data, the port, the superuser's
password and the server's log. It listens on the loopback interface only and asks everyone for a password.
The server outlives the process that started it, until `stop`.
"""

import fcntl
import re
import secrets
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import psycopg

from gynergy_app.local.account import Account, binaries_for, home_for, server_account
from gynergy_app.local.trouble import Trouble

HOST = "127.0.0.1"
SUPERUSER = "postgres"
START_SECONDS = 300
"""Recovery after a crash reads back up to a gigabyte of log."""
CONNECT_SECONDS = 5
PULSE_SECONDS = 2
"""libpq waits at least this long for an answer, whatever it is told."""
WAIT_FOR_OLD_SECONDS = 30
"""How long a killed server may take to be buried before its folder is free again."""

_SETTINGS = """
# The embedded server: this machine only, passwords for all, and a log short enough to recover in seconds.
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
max_wal_size = '1GB'
timezone = 'UTC'
log_timezone = 'UTC'
"""
# The built-in locale sorts alike on every operating system.
_INITDB = ["--auth=scram-sha-256", "--encoding=UTF8", "--data-checksums"]
_INITDB += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
_STAMP = re.compile(r"^\d{4}-.*? \[\d+\] ")
_TELLING = re.compile(r"FATAL|PANIC|error|invalid")
_FORGETFUL = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@dataclass(frozen=True)
class Cluster:
    """A running server, and how its superuser reaches it."""

    port: int
    password: str = field(repr=False)
    host: str = HOST

    def url(self, database: str = "postgres", user: str = SUPERUSER, password: str | None = None) -> str:
        secret = quote(self.password if password is None else password, safe="")
        return f"postgresql://{user}:{secret}@{self.host}:{self.port}/{database}"

    @property
    def admin_url(self) -> str:
        return self.url()

    def connect(self, database: str = "postgres", **options: Any) -> psycopg.Connection:
        wanted = {"connect_timeout": CONNECT_SECONDS, **options}
        return psycopg.connect(self.url(database), autocommit=True, **wanted)


class Pulse(Enum):
    """What one look at a cluster finds."""

    answers = auto()
    silent = auto()
    """Its process is there and takes nobody in: frozen, or still reading back its log."""
    gone = auto()


@dataclass(frozen=True)
class _Home:
    """The folder of one cluster."""

    path: Path
    account: Account
    bin: Path

    @property
    def data(self) -> Path:
        return self.path / "data"

    @property
    def log(self) -> Path:
        return self.path / "postgres.log"

    def cluster(self) -> Cluster:
        return Cluster(int((self.path / "port").read_text()), (self.path / "password").read_text())

    def pg_ctl(self, *arguments: str | Path) -> tuple[int, str]:
        done = self.account.run([self.bin / "pg_ctl", "-D", self.data, *arguments])
        return done.returncode, done.stdout + done.stderr


def ensure_running(folder: Path, *, durable: bool = True) -> Cluster:
    """The cluster of this folder, made if there is none and started if it is not running.

    `durable=False` trades safety against power cuts for speed: for test clusters only.
    """
    with _locked(folder):
        home = _home(folder)
        if not (home.data / "PG_VERSION").exists():
            _make(home)
        _check_version(home)
        if _answers(home):
            return home.cluster()
        return _start(home, durable=durable)


def pulse(folder: Path) -> Pulse:
    """How the cluster of this folder is right now. Starts nothing."""
    if not (folder / "data" / "PG_VERSION").exists():
        return Pulse.gone
    home = _home(folder)
    if _answers(home, within=PULSE_SECONDS):
        return Pulse.answers
    return Pulse.silent if _is_alive(home) else Pulse.gone


def _wake(home: _Home) -> None:
    """Somebody who is frozen does not hear that it should stop."""
    with suppress(psutil.Error, FileNotFoundError, ValueError):
        server = psutil.Process(_written_number(home))
        for process in (server, *server.children()) if server.name().startswith("postgres") else ():
            process.resume()


def _is_alive(home: _Home) -> bool:
    """Whether its process is there: frozen, busy starting, or too loaded to answer."""
    with suppress(psutil.NoSuchProcess, FileNotFoundError, ValueError):
        process = psutil.Process(_written_number(home))
        return process.status() != psutil.STATUS_ZOMBIE and process.name().startswith("postgres")
    return False


def _written_number(home: _Home) -> int:
    return int((home.data / "postmaster.pid").read_text().split("\n", 1)[0])


def stop(folder: Path) -> None:
    """Stop the cluster of this folder, if it runs; whoever is connected is sent away, nothing is lost."""
    if not (folder / "data" / "PG_VERSION").exists():
        return
    with _locked(folder):
        home = _home(folder)
        _wake(home)
        status, said = home.pg_ctl("stop", "-m", "fast", "-w", "-t", "60")
        if status != 0 and "does not exist" not in said and "No such process" not in said:
            raise Trouble(f"The database did not stop: {said.strip()}")


def destroy(folder: Path) -> None:
    """Stop the cluster and remove it with all its data."""
    stop(folder)
    if folder.exists():
        shutil.rmtree(folder.resolve())
    if folder.is_symlink():
        folder.unlink()
    _lock_of(folder).unlink(missing_ok=True)


def _home(folder: Path) -> _Home:
    account = server_account()
    try:
        return _Home(home_for(account, folder), account, binaries_for(account))
    except PermissionError as error:
        raise Trouble(
            f"{error.filename} cannot be used by this account. Give it to yourself, or move it away."
        ) from error


def _lock_of(folder: Path) -> Path:
    return folder.absolute().with_name(f"{folder.name}.lock")


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One starter at a time: web, worker and the operator may all ask at once."""
    lock = _lock_of(folder)
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _make(home: _Home) -> None:
    """Make the data folder under another name first: an interrupted start leaves nothing half-made."""
    unfinished = home.path / "data.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    password = home.path / "password"
    _write_secret(password, secrets.token_urlsafe(24))
    home.account.own(password)
    done = home.account.run(
        [home.bin / "initdb", "-D", unfinished, "-U", SUPERUSER, "--pwfile", password, *_INITDB]
    )
    if done.returncode != 0:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise Trouble(_explained(done.stdout + done.stderr, home))
    with (unfinished / "postgresql.conf").open("a") as file:
        file.write(_SETTINGS)
    (home.path / "port").unlink(missing_ok=True)
    unfinished.rename(home.data)


def _write_secret(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(text)


def _check_version(home: _Home) -> None:
    made_by = (home.data / "PG_VERSION").read_text().strip()
    if made_by != "18":
        raise Trouble(
            f"The data in {home.data} was made by PostgreSQL {made_by}; this is version 18. "
            "Move the folder away to start afresh, or dump and restore it with the older version."
        )


def _answers(home: _Home, *, within: int = CONNECT_SECONDS) -> bool:
    """Whether a real connection is possible; a process number proves nothing."""
    with (
        suppress(psycopg.OperationalError, FileNotFoundError, ValueError),
        home.cluster().connect(connect_timeout=within),
    ):
        return True
    return False


def _start(home: _Home, *, durable: bool) -> Cluster:
    deadline = time.monotonic() + WAIT_FOR_OLD_SECONDS
    while True:
        said = _try_start(home, _choose_port(home), durable=durable)
        if said is None and _answers(home):
            return home.cluster()
        if not (said and _may_pass(said, home)) or time.monotonic() > deadline:
            raise Trouble(_explained(said or "It started but refuses connections.", home))
        time.sleep(0.2)


def _try_start(home: _Home, port: int, *, durable: bool) -> str | None:
    """Start once; what the server said if it would not."""
    seen = home.log.stat().st_size if home.log.exists() else 0
    options = f"-p {port}" if durable else f"-p {port} {_FORGETFUL}"
    status, said = home.pg_ctl("start", "-w", "-t", str(START_SECONDS), "-l", home.log, "-o", options)
    if status == 0:
        return None
    with suppress(FileNotFoundError):
        said += home.log.read_bytes()[seen:].decode(errors="replace")
    return said


def _choose_port(home: _Home) -> int:
    """The port of last time if it is still free, else any free one."""
    saved = home.path / "port"
    with suppress(FileNotFoundError, ValueError, OSError):
        port = int(saved.read_text())
        free_port(port)
        return port
    port = free_port()
    saved.write_text(str(port))
    return port


def free_port(port: int = 0) -> int:
    """A port nobody listens on; raises `OSError` when the wanted one is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((HOST, port))
        return probe.getsockname()[1]


def _may_pass(said: str, home: _Home) -> bool:
    """Whether trying again can help: an old server is still going away, or a port was taken meanwhile."""
    if "could not bind" in said:
        return True
    if "pre-existing shared memory block" in said:
        return True
    if "postmaster.pid" in said and "already exists" in said:
        return _old_server_is_leaving(home)
    return False


def _old_server_is_leaving(home: _Home) -> bool:
    """A killed server stays in the process table until its parent notices; its number may be given away."""
    try:
        process = psutil.Process(_written_number(home))
        if process.status() == psutil.STATUS_ZOMBIE:
            return True
        if not process.name().startswith("postgres"):
            (home.data / "postmaster.pid").unlink()
        return True
    except (psutil.NoSuchProcess, FileNotFoundError, ValueError):
        return True


def _explained(said: str, home: _Home) -> str:
    if "No space left on device" in said or "could not extend file" in said:
        return (
            f"The disk that holds {home.path} is full. Free some space and try again: "
            "nothing that was saved is lost."
        )
    if "ermission" in said or "wrong ownership" in said:
        return (
            f"The database cannot use {home.path}: its files belong to someone else or have unusual "
            "permissions. Give the folder back to the account that made it, or move it away to start afresh."
        )
    lines = [_STAMP.sub("", line.strip()) for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if _TELLING.search(line)] or lines or ["nothing"]
    return f"The database did not start. It said: {telling[0]} The whole log is {home.log}."

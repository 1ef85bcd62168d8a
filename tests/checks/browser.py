"""Prints the path of a Chromium, finding or installing one: `python -m tests.checks.browser`.

In this order: CHROMIUM_PATH, one that is installed, Debian's package when we are root, Playwright's own.
Debian has the same browser without its windows too, which asks a third less of the machine.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
SHELL = "chromium-headless-shell"
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def main() -> int:
    path = given() or installed() or from_debian() or from_playwright()
    if path is None:
        print("No browser was found and none could be installed. Set CHROMIUM_PATH.", file=sys.stderr)
        return 1
    add_shell(path)
    print(path)
    return 0


def quick() -> str | None:
    """Draws pages and nothing around them. It grants no permissions and installs no apps."""
    path = given() or installed()
    shell = Path(path).with_name(SHELL) if path else None
    return str(shell) if shell and shell.exists() else path


def add_shell(path: str) -> None:
    """Beside Debian's browser, once."""
    if path == "/usr/bin/chromium" and not Path(path).with_name(SHELL).exists():
        _apt_install(SHELL)


def given() -> str | None:
    path = os.environ.get("CHROMIUM_PATH")
    return path if path and os.access(path, os.X_OK) else None


def installed() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), str(MAC) if MAC.exists() else None)


def from_debian() -> str | None:
    return installed() if _apt_install("chromium") else None


def _apt_install(package: str) -> bool:
    """Whether it was tried; only root may."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print(f"Installing Debian's {package}.", file=sys.stderr)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", package]):
        subprocess.run(["apt-get", "-qq", *words], env=environment, stdout=sys.stderr)
    return True


def from_playwright() -> str | None:
    print("Installing Playwright's Chromium.", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], stdout=sys.stderr)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


if __name__ == "__main__":
    sys.exit(main())

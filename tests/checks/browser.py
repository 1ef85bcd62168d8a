"""Prints the path of a Chromium, finding or installing one: `python -m tests.checks.browser`.

In this order: CHROMIUM_PATH, one that is installed, Debian's package when we are root, Playwright's own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def main() -> int:
    path = given() or installed() or from_debian() or from_playwright()
    if path is None:
        print("No browser was found and none could be installed. Set CHROMIUM_PATH.", file=sys.stderr)
        return 1
    print(path)
    return 0


def given() -> str | None:
    path = os.environ.get("CHROMIUM_PATH")
    return path if path and os.access(path, os.X_OK) else None


def installed() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), str(MAC) if MAC.exists() else None)


def from_debian() -> str | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("Installing Debian's Chromium.", file=sys.stderr)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", "-qq", *words], env=environment, stdout=sys.stderr)
    return installed()


def from_playwright() -> str | None:
    print("Installing Playwright's Chromium.", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], stdout=sys.stderr)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


if __name__ == "__main__":
    sys.exit(main())

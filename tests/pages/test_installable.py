"""What a browser needs to install the product and to say that there is no line: whole, and in our colours."""

import json
import re
from math import hypot
from pathlib import Path

import pytest
from PIL import Image

from gynergy_app import pages, routes, theme
from gynergy_app.settings import ROOT

ASSETS = ROOT / "assets"
MANIFEST = json.loads((ASSETS / "manifest.webmanifest").read_text())
WORKER = (ASSETS / "sw.js").read_text()
OFFLINE = (ASSETS / "offline.html").read_text()


def asset(path: str) -> Path:
    return ASSETS / path.lstrip("/")


@pytest.mark.parametrize("icon", MANIFEST["icons"], ids=lambda icon: icon["src"])
def test_every_icon_is_there_in_the_size_it_says(icon: dict[str, str]):
    with Image.open(asset(icon["src"])) as image:
        assert "x".join(map(str, image.size)) == icon["sizes"]
        assert image.format == "PNG"


def test_a_masked_icon_has_no_hole_at_its_edge_and_its_mark_in_the_middle():
    with Image.open(asset("/icons/maskable-512.png")) as image:
        drawn = image.convert("RGB")
    ground = tuple(bytes.fromhex(theme.colour("canvas", theme.DARK)[1:]))
    some = [(x, y) for x in range(0, 512, 8) for y in range(0, 512, 8)]
    safe = 0.4 * 512

    assert {drawn.getpixel((x, y)) for x, y in some if hypot(x - 256, y - 256) > safe} == {ground}


def test_an_installed_app_opens_today_and_its_shortcuts_are_pages():
    known = {page.ROUTE for page in pages.modules()}

    assert MANIFEST["start_url"] == routes.TODAY
    assert {shortcut["url"] for shortcut in MANIFEST["shortcuts"]} <= known
    assert MANIFEST["display"] == "standalone"


def test_the_window_of_an_installed_app_has_our_colours():
    dark = theme.colour("canvas", theme.DARK)

    assert MANIFEST["theme_color"] == MANIFEST["background_color"] == dark


@pytest.mark.parametrize("which", [theme.DARK, theme.LIGHT])
def test_the_offline_page_is_drawn_with_the_tokens(which: int):
    used = set(re.findall(r"var\(--([\w-]+)\)", OFFLINE))

    for name in used:
        assert f"--{name}: {theme.colour(name, which)}" in OFFLINE


def test_the_offline_page_needs_nothing_that_is_not_kept_with_it():
    kept = set(re.findall(r'^  "(/[^"]+)",$', WORKER, re.MULTILINE))
    needed = set(re.findall(r'(?:src="|url\("|href=")(/[^"]+)"', OFFLINE))

    assert needed <= kept
    assert all(asset(path).exists() for path in kept)
    assert "style=" not in OFFLINE
    assert "<script>" not in OFFLINE


def test_the_worker_keeps_nothing_by_name_but_the_offline_page():
    kept = set(re.findall(r'^  "(/[^"]+)",$', WORKER, re.MULTILINE))

    assert all(path.startswith(("/offline.", "/favicon.", "/fonts/")) for path in kept)
    assert re.findall(r"^const BUILD = \S+;$", WORKER, re.MULTILINE) == ['const BUILD = "development";']

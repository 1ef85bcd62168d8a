"""Every pair of colours that carries words or marks a control can be told apart, in both themes."""

import re

import pytest

from gynergy_app import theme
from gynergy_app.settings import ROOT

GROUNDS = ("canvas", "surface", "raised")
TEXTS = ("ink", "ink-soft", "accent", "gold", "warm", "danger", "uncommon", "rare", "epic")
WORDS_ON_GROUND = [(text, ground) for text in TEXTS for ground in GROUNDS]
WORDS_ON_FILL = [("on-accent", "accent"), ("canvas", "ink")]
OUTLINES = [("edge", ground) for ground in GROUNDS]
BOTH = pytest.mark.parametrize("shown", [theme.DARK, theme.LIGHT], ids=["dark", "light"])


def luminance(hex_colour: str) -> float:
    channels = [int(hex_colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_the_guidelines_say():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@BOTH
@pytest.mark.parametrize(("text", "ground"), WORDS_ON_GROUND + WORDS_ON_FILL)
def test_words_can_be_read(text: str, ground: str, shown: int):
    assert contrast(theme.colour(text, shown), theme.colour(ground, shown)) >= 4.5


@BOTH
@pytest.mark.parametrize(("outline", "ground"), OUTLINES)
def test_the_edge_of_a_control_can_be_seen(outline: str, ground: str, shown: int):
    assert contrast(theme.colour(outline, shown), theme.colour(ground, shown)) >= 3


@BOTH
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_focus_ring_can_be_seen(ground: str, shown: int):
    assert contrast(theme.colour("accent", shown), theme.colour(ground, shown)) >= 3


@BOTH
@pytest.mark.parametrize("tone", ["warm", "accent", "gold", "danger"])
def test_words_on_a_tinted_banner_can_be_read(tone: str, shown: int):
    """A banner is the surface with 14 % of its tone, as `parts.css` mixes it; its icon is all tone."""
    tinted = mixed(theme.colour(tone, shown), theme.colour("surface", shown), 0.14)

    assert contrast(theme.colour("ink", shown), tinted) >= 4.5
    assert contrast(theme.colour(tone, shown), tinted) >= 3


def mixed(colour: str, ground: str, share: float) -> str:
    channels = ((int(colour[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in channels)


def test_every_name_used_in_a_stylesheet_exists():
    """A misspelt variable draws nothing and says nothing."""
    known = {*theme.COLOURS, *theme.FONTS, "shadow", *(f"r-{name}" for name in theme.RADII)}
    given_in_place = {"tone", "lamp-x", "m", "x", "before", "after"}
    for sheet in sorted((ROOT / "assets" / "styles").glob("*.css")):
        css = sheet.read_text()
        used = set(re.findall(r"var\(--([a-z-]+)", css)) - set(re.findall(r"(?<![\w-])--([a-z-]+):", css))
        assert used <= known | given_in_place, f"{sheet.name} uses {used - known - given_in_place}"


@BOTH
def test_both_themes_name_every_colour(shown: int):
    sheet = theme.stylesheet()
    for name in theme.COLOURS:
        assert f"--{name}: {theme.colour(name, shown)};" in sheet

"""Colours, type, space and shape, each named once. Everything else says the name.

`stylesheet()` writes the names as CSS variables for both themes, `tailwind()` makes utility classes of them
(`bg-surface`, `text-ink-soft`, `border-line`, `rounded-card`, `font-serif`, `text-14`). `rxconfig.py` hands
both to the build.
"""

from typing import Any

COLOURS: dict[str, tuple[str, str]] = {
    # name: (dark, light)
    "canvas": ("#13120E", "#FAF7F1"),
    "surface": ("#1B1A15", "#FFFEFB"),
    "raised": ("#26241D", "#F3EDE1"),
    "line": ("#37342A", "#E2D9C8"),
    "edge": ("#7F7A6B", "#8B8270"),
    "ink": ("#F3EFE5", "#211F1A"),
    "ink-soft": ("#B5AE9E", "#5F5A4E"),
    "accent": ("#5EE0C4", "#0A7362"),
    "on-accent": ("#06231D", "#FFFFFF"),
    "gold": ("#E6BC62", "#85600D"),
    "warm": ("#FFB27A", "#A34A12"),
    "danger": ("#FF8F85", "#B3261E"),
    "uncommon": ("#7BC8F6", "#1C6AA1"),
    "rare": ("#B39BFF", "#6A45C9"),
    "epic": ("#FF8BD1", "#B0287F"),
    # Light itself. Decoration only, never text.
    "lamp": ("#FFB27A", "#F2B056"),
    "glow": ("rgb(255 178 122 / 0.10)", "rgb(242 176 86 / 0.20)"),
    "scrim": ("rgb(8 7 4 / 0.62)", "rgb(46 38 24 / 0.42)"),
}
SHADOW = ("0 18px 48px rgb(0 0 0 / 0.46)", "0 18px 48px rgb(82 64 30 / 0.20)")

FONTS = {
    "ui": '"Work Sans", "Work Sans Fallback", system-ui, sans-serif',
    "serif": '"Newsreader", "Newsreader Fallback", Georgia, serif',
}
TYPE_SCALE = (12, 14, 16, 18, 22, 28, 36, 48, 72)
RADII = {"card": "12px", "control": "10px", "full": "999px"}
BREAKPOINTS = {"sm": "480px", "md": "768px", "lg": "1100px", "xl": "1360px"}
WIDTHS = {"writing": "720px", "board": "1120px", "desk": "1280px", "measure": "60ch"}

DARK, LIGHT = 0, 1


def colour(name: str, theme: int) -> str:
    return COLOURS[name][theme]


def _variables(theme: int) -> str:
    colours = "".join(f"--{name}: {pair[theme]}; " for name, pair in COLOURS.items())
    scheme = ("dark", "light")[theme]
    return f"color-scheme: {scheme}; {colours}--shadow: {SHADOW[theme]};"


def stylesheet() -> str:
    """The tokens as CSS. Dark is the ground; `data-theme` nests a fixed theme inside a page of the other.

    Reflex sets the class `dark` or `light` on <html> before the first paint. Without JavaScript neither class
    is there, so the system's wish is followed by a media query.
    """
    fixed = "".join(f"--{name}: {family}; " for name, family in FONTS.items())
    fixed += "".join(f"--r-{name}: {radius}; " for name, radius in RADII.items())
    return "\n".join(
        [
            "/* Written from gynergy_app/theme.py. */",
            f":root {{ {fixed}}}",
            f':root, .dark, [data-theme="dark"] {{ {_variables(DARK)} }}',
            f"@media (prefers-color-scheme: light) {{ :root:not(.dark) {{ {_variables(LIGHT)} }} }}",
            f'.light, [data-theme="light"] {{ {_variables(LIGHT)} }}',
            "",
        ]
    )


def tailwind() -> Any:
    """The same names as Tailwind's theme. Its own palette and type scale are replaced: only tokens exist."""
    colours = {name: f"var(--{name})" for name in COLOURS}
    return {
        "theme": {
            "colors": {**colours, "transparent": "transparent", "current": "currentColor"},
            "fontFamily": {"sans": "var(--ui)", "serif": "var(--serif)", "mono": "ui-monospace, monospace"},
            "fontSize": {str(size): f"{size / 16}rem" for size in TYPE_SCALE},
            "screens": BREAKPOINTS,
            "extend": {
                "borderRadius": {name: f"var(--r-{name})" for name in RADII},
                "boxShadow": {"layer": "var(--shadow)"},
                "maxWidth": WIDTHS,
            },
        }
    }

"""How the whole app looks: what `rx.App` is given so that every page has our type, colours and overlays."""

from typing import Any

import reflex as rx
from reflex_components_core.base.error_boundary import ErrorBoundary

from gynergy_app import theme
from gynergy_app.components.feedback import error_state
from gynergy_app.components.links import outside_link
from gynergy_app.components.overlay import overlay

VIEWPORT = "width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-visual"
PRELOADED_FONTS = ("work-sans-latin-wght-normal", "newsreader-latin-wght-normal")


def _head() -> list[rx.Component]:
    fonts = [
        rx.el.link(
            rel="preload",
            href=f"/fonts/{name}.woff2",
            custom_attrs={"as": "font"},
            type="font/woff2",
            cross_origin="anonymous",
        )
        for name in PRELOADED_FONTS
    ]
    dark, light = theme.colour("canvas", theme.DARK), theme.colour("canvas", theme.LIGHT)
    return [
        rx.el.meta(
            name="viewport",
            content=VIEWPORT,
        ),
        rx.el.meta(name="theme-color", content=dark, media="(prefers-color-scheme: dark)"),
        rx.el.meta(name="theme-color", content=light, media="(prefers-color-scheme: light)"),
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.link(rel="icon", href="/favicon.ico", sizes="32x32"),
        rx.el.link(rel="apple-touch-icon", href="/apple-touch-icon.png"),
        rx.el.link(rel="manifest", href="/manifest.webmanifest"),
        rx.el.meta(name="apple-mobile-web-app-title", content="GYNERGY"),
        *fonts,
    ]


def _broken_page() -> rx.Component:
    """In place of a page that could not be drawn. What happened is reported to the server by Reflex."""
    words = error_state(
        "This page could not be shown.",
        "What you wrote is safe on this device and on our side. The fault is ours and has been noted.",
        outside_link("Load it again", href="", class_name="btn"),
    )
    return rx.el.main(
        rx.el.h1("Something broke", class_name="title mb-6"), words, class_name="page page-reading"
    )


def _boundary(stateful: bool) -> rx.Component:
    props: dict[str, Any] = {"fallback_render": rx.Var.create(_broken_page())}
    if not stateful:
        props["on_error"] = rx.noop()
    return ErrorBoundary.create(**props)


def appearance() -> dict[str, Any]:
    """`rx.App(**appearance())`. Replaces Reflex's reset, toaster and connection notices with ours."""
    return {
        "html_lang": "en",
        "stylesheets": ["styles"],
        "reset_style": False,
        "head_components": _head(),
        "toaster": None,
        "app_wraps": {
            (55, "ErrorBoundary"): _boundary,
            (5, "Overlay"): lambda stateful: overlay() if stateful else None,
        },
    }

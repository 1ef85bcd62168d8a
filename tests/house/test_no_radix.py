"""Pages are drawn from our own parts, and the server never sends JavaScript to a page.

Radix Themes doubles what every page loads. `rx.toast`, `rx.call_script` and `rx.call_function`
from a handler need `unsafe-eval`, which our content policy refuses, so they would fail silently.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from gynergy_app.settings import ROOT

RADIX_THEMES = frozenset(
    [
        "accordion",
        "alert_dialog",
        "aspect_ratio",
        "avatar",
        "badge",
        "blockquote",
        "box",
        "button",
        "callout",
        "card",
        "center",
        "checkbox",
        "code",
        "color_picker",
        "container",
        "context_menu",
        "data_list",
        "dialog",
        "divider",
        "drawer",
        "dropdown_menu",
        "em",
        "flex",
        "form",
        "grid",
        "heading",
        "hover_card",
        "hstack",
        "icon_button",
        "inset",
        "input",
        "kbd",
        "link",
        "list",
        "list_item",
        "ordered_list",
        "unordered_list",
        "popover",
        "progress",
        "quote",
        "radio",
        "radio_cards",
        "radio_group",
        "scroll_area",
        "section",
        "segmented_control",
        "select",
        "separator",
        "skeleton",
        "slider",
        "spacer",
        "spinner",
        "stack",
        "strong",
        "switch",
        "table",
        "tabs",
        "text",
        "text_area",
        "text_field",
        "theme",
        "theme_panel",
        "toggle",
        "tooltip",
        "vstack",
    ]
)
EVALUATED = frozenset({"toast", "call_script", "call_function", "run_script"})
SOURCES = sorted((ROOT / "gynergy_app").rglob("*.py"))


def names_of_reflex(tree: ast.AST) -> Iterator[str]:
    """The `name` of every `rx.name`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "rx":
            yield node.attr


def modules_imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_only_our_own_parts_are_used(path: Path):
    tree = ast.parse(path.read_text())
    used = set(names_of_reflex(tree))

    assert not used & RADIX_THEMES, "use gynergy_app/components and rx.el"
    assert not used & EVALUATED, "needs unsafe-eval: use ShellState.say, or a script beside its component"
    assert not [name for name in modules_imported(tree) if "radix" in name or "sonner" in name]


def test_the_check_sees_what_it_forbids():
    tree = ast.parse("import reflex as rx\nrx.button('x')\nrx.toast.error('y')\nrx.el.button('z')")

    assert {"button", "toast"} <= set(names_of_reflex(tree))

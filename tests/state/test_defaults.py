"""Tabs share the screens they begin with, which nobody changes, and nothing else."""

import ast
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import reflex as rx
from reflex.state import State

from gynergy_app.settings import ROOT
from gynergy_app.state import defaults
from gynergy_app.state.defaults import is_frozen

SOURCES = sorted((ROOT / "gynergy_app" / "state").rglob("*.py"))
CHANGING = {
    "add",
    "append",
    "clear",
    "extend",
    "insert",
    "pop",
    "remove",
    "reverse",
    "setdefault",
    "sort",
    "update",
}


@dataclass(frozen=True)
class Screen:
    said: str = ""
    rows: list[str] = field(default_factory=list)


@dataclass
class Open:
    said: str = ""


class TabState(State):
    screen: Screen = Screen("so far")
    typed: dict[str, str] = {}  # noqa: RUF012  Reflex copies it for each tab


@pytest.mark.parametrize(
    ("value", "expected"), [(Screen(), True), (Open(), False), (Screen, False), ({}, False), ("", False)]
)
def test_what_is_a_screen(value: object, expected: bool):
    assert is_frozen(value) is expected


def test_tabs_begin_with_one_screen_and_with_fields_of_their_own(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(defaults, "OURS", TabState.__module__)
    defaults.share()
    mine, theirs = (tab.substates[TabState.get_name()] for tab in (rx.State(), rx.State()))
    assert isinstance(mine, TabState)
    assert isinstance(theirs, TabState)

    mine.typed["name"] = "Ana"
    mine.screen = Screen("anew")

    assert theirs.typed == {}
    assert theirs.screen.said == "so far"
    default = TabState.__fields__["screen"].default_value
    assert default() is default()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_screen_is_replaced_and_never_changed(path: Path):
    assert [ast.unparse(node) for node in ast.walk(ast.parse(path.read_text())) if _changes(node)] == []


def _changes(node: ast.AST) -> bool:
    """`self.view.rows.append(…)` or `self.view.rows[0] = …`: something inside a variable of a state."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in CHANGING and _is_inside(node.func.value)
    written = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    is_written = isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign)
    return is_written and any(isinstance(each, ast.Subscript) and _is_inside(each.value) for each in written)


def _is_inside(node: ast.expr) -> bool:
    parts = ast.unparse(node).split(".")
    return parts[0] == "self" and len(parts) > 2

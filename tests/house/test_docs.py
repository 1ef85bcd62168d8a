"""What the documents name exists. A README that lies is a bug."""

import re
import tomllib
from pathlib import Path

import pytest

from gynergy_app import __main__ as operator
from gynergy_app.settings import ROOT, Settings

DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "ARCHITECTURE.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
EACH = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())

FOLDERS = r"(?:gynergy_app|alembic|assets|docs|tests|pages|components|state|services|domain|repositories)"
PATH = re.compile(rf"(?<![\w./-]){FOLDERS}/[\w./*-]*[\w*/]")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
MAKE = re.compile(r"(?:`|^|= )(?:PORT=\d+ )?make ([a-z]+)", re.MULTILINE)
COMMAND = re.compile(r"python -m gynergy_app ([a-z-]+)")
SETTING = re.compile(r"`([A-Z]+(?:_[A-Z]+)+)`")
NOT_OURS = {"ON_LOAD", "STRIPE_TEST_KEY"}


def is_there(named: str, document: Path) -> bool:
    """Beside the document, at the top, or in the package."""
    beginnings = (document.parent, ROOT, ROOT / "gynergy_app")
    return any(next(start.glob(named.rstrip("/")), None) for start in beginnings)


@EACH
def test_paths_exist(document: Path):
    words = document.read_text()
    named = set(PATH.findall(words)) | set(LINK.findall(words))

    assert [path for path in sorted(named) if not is_there(path, document)] == []


@EACH
def test_make_targets_exist(document: Path):
    made = (ROOT / "Makefile").read_text()

    assert set(MAKE.findall(document.read_text())) <= set(re.findall(r"^([a-z]+):", made, re.MULTILINE))


@EACH
def test_commands_exist(document: Path, capsys: pytest.CaptureFixture[str]):
    for command in COMMAND.findall(document.read_text()):
        with pytest.raises(SystemExit) as left:
            operator.main([command, "--help"])

        assert left.value.code == 0, command


@EACH
def test_settings_exist(document: Path):
    named = set(SETTING.findall(document.read_text())) - NOT_OURS

    assert {name for name in named if name.lower() not in Settings.model_fields} == set()


def test_every_dependency_has_its_line_of_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    rows = re.findall(r"^\| ([a-z][\w, -]*) \|", (ROOT / "docs/dependencies.md").read_text(), re.MULTILINE)
    explained = {name for row in rows for name in row.split(", ")} - {"package"}

    assert {re.split(r"[\[=]", dependency)[0] for dependency in wanted} == explained


def test_decisions_are_numbered_without_a_gap_and_say_the_same_four_things():
    records = sorted((ROOT / "docs/decisions").glob("*.md"))

    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    for record in records:
        words = record.read_text()
        for part in ("**Context.**", "**Decision.**", "**Consequences.**", "**Alternatives.**"):
            assert part in words, f"{record.name} lacks {part}"


def test_the_pictures_of_the_readme_are_small():
    for picture in (ROOT / "docs/images").iterdir():
        assert picture.stat().st_size < 150_000, picture.name

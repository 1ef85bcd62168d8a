"""A switch that does nothing is not shown."""

from dataclasses import fields
from pathlib import Path

import pytest

from gynergy_app.settings import ROOT
from gynergy_app.state.accounts.preferences import Choices

WRITERS = {"models/accounts.py", "domain/accounts/preferences.py", "state/accounts/preferences.py"}
"""Where a choice is declared, checked and kept. To be honoured it has to be read somewhere else."""


def readers() -> list[Path]:
    package = ROOT / "gynergy_app"
    code = [path for path in package.rglob("*.py") if "pages" not in path.parts]
    return [
        *(path for path in code if path.relative_to(package).as_posix() not in WRITERS),
        *(ROOT / "alembic" / "sql").rglob("*.sql"),
    ]


@pytest.mark.parametrize("choice", [field.name for field in fields(Choices)])
def test_every_choice_on_the_page_is_read_by_something_that_acts_on_it(choice: str):
    assert [path for path in readers() if choice in path.read_text()]

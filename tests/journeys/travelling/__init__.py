"""A site in another time, which goes on from wherever it is sent."""

import os
from datetime import UTC, datetime
from pathlib import Path

from gynergy_app.settings import ROOT

HERE = Path(__file__).parent


class TimeMachine:
    """Where a process started with `environment` is in time, and how to send it elsewhere."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "away"
        self._file.write_text("0")

    @property
    def environment(self) -> dict[str, str]:
        return {"PYTHONPATH": f"{HERE}{os.pathsep}{ROOT}", "TRAVEL_FILE": str(self._file)}

    def go_to(self, moment: datetime) -> None:
        """The site is there from now on, and its time goes on from there."""
        away = (moment - datetime.now(UTC)).total_seconds()
        fresh = self._file.with_suffix(".new")
        fresh.write_text(str(away))
        fresh.replace(self._file)

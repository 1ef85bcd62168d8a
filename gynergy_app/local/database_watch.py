"""Keeps an eye on the embedded database while everything else leans on it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from gynergy_app.local import postgres
from gynergy_app.local.postgres import Pulse
from gynergy_app.local.trouble import Trouble


@dataclass
class DatabaseWatch:
    """One that is gone is started again. One that is only silent is waited for, however long: starting a
    second server on its data would help nobody."""

    folder: Path
    port: int
    tell: Callable[[str], None]
    _was_silent: bool = field(default=False, init=False)

    def look(self) -> None:
        """One look, and one sentence whenever something changed."""
        found = postgres.pulse(self.folder)
        if found is Pulse.gone:
            self._start_again()
        elif self._was_silent is not (found is Pulse.silent):
            self.tell(_SILENT if found is Pulse.silent else _BACK)
        self._was_silent = found is Pulse.silent

    def _start_again(self) -> None:
        """What was acknowledged is in its log on the disk."""
        self.tell("The database stopped; starting it again.")
        if postgres.ensure_running(self.folder).port != self.port:
            raise Trouble("The database came back at another port. Run this again; nothing is lost.")


_SILENT = "The database does not answer; waiting for it. Nothing that was saved is lost."
_BACK = "The database answers again."

"""Python runs this in every process that has this folder on its path: its clock shows another time.

The file named by TRAVEL_FILE holds how many seconds that time lies from the present.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from gynergy_app import clock

TOLD = "TRAVEL_FILE"


def _now() -> datetime:
    return datetime.now(UTC) + timedelta(seconds=float(Path(os.environ[TOLD]).read_text()))


if TOLD in os.environ:
    clock.now = _now

"""The first of the thousand stories, each time the tests run. `make chaos` plays them all."""

import subprocess
import sys

from gynergy_app.settings import ROOT

STORIES = 12


def test_whatever_goes_wrong_on_the_way_nobody_has_what_was_not_paid_for():
    """In a program of its own: a story empties the books that other tests write in."""
    words = [sys.executable, "-m", "tests.chaos", str(STORIES)]

    played = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)

    assert played.returncode == 0, f"{played.stdout}\n{played.stderr}"

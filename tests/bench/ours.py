"""The whole application, with the handlers of `opened.py` in it."""

from gynergy_app.gynergy_app import app
from tests.bench.opened import OpenedState

__all__ = ["OpenedState", "app"]

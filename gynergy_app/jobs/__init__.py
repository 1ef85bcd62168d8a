"""Work without a visitor. `schedule.py` says what happens by itself, and when."""

from gynergy_app.jobs.worker import run_worker, work

__all__ = ["run_worker", "work"]

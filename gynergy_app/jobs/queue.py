"""The queue: procrastinate on the database we already have, in a schema of its own."""

import procrastinate
from procrastinate import PsycopgConnector

from gynergy_app.settings import settings

SCHEMA = "jobs"

queue = procrastinate.App(connector=PsycopgConnector())
"""Knows the tasks. It reaches the database only inside `connected`."""


def connector() -> PsycopgConnector:
    """The worker's login, in the schema `jobs`. Jobs are announced by NOTIFY, so this is never a pooler."""
    return PsycopgConnector(
        conninfo=settings.database_worker_url.get_secret_value(),
        kwargs={"options": f"-c search_path={SCHEMA}", "connect_timeout": 5},
        min_size=1,
        max_size=8,
        timeout=5.0,
    )

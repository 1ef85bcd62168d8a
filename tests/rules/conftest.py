"""Rules are arithmetic: no database, no network, and no deadline, because the machine may be busy."""

import pytest
from hypothesis import settings

settings.register_profile("rules", deadline=None)
settings.load_profile("rules")


@pytest.fixture(scope="session", autouse=True)
def database_name() -> None:
    """Stands in for the one that starts PostgreSQL."""


@pytest.fixture(scope="session", autouse=True)
def _engines_are_closed() -> None:
    """There are none."""

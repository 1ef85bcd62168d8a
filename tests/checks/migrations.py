"""Models and revisions agree, and every revision can be undone: `python -m tests.checks.migrations`.

Runs on a cluster of its own, made for this and removed afterwards.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from gynergy_app.local import bootstrap, postgres
from gynergy_app.local.processes import environment
from gynergy_app.settings import ROOT

SECRETS = bootstrap.Secrets("web-password", "worker-password", "a step-up secret for a scratch database")


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="gynergy-migrations-") as scratch:
        folder = Path(scratch) / "postgres"
        cluster = postgres.ensure_running(folder, durable=False)
        try:
            bootstrap.prepare(cluster, "scratch", SECRETS)
            return _walk(cluster.url("scratch"))
        finally:
            postgres.destroy(folder)


def _walk(url: str) -> int:
    for words in (["check"], ["downgrade", "base"], ["upgrade", "head"], ["check"]):
        print("alembic", *words)
        status = subprocess.run(
            [sys.executable, "-m", "alembic", *words], cwd=ROOT, env=environment({"DATABASE_ADMIN_URL": url})
        ).returncode
        if status != 0:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main())

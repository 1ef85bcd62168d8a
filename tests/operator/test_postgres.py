"""The embedded database comes up, comes back, and says what is wrong."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from gynergy_app.local import postgres
from gynergy_app.local.database_watch import DatabaseWatch
from gynergy_app.local.postgres import Pulse
from gynergy_app.local.trouble import Trouble
from gynergy_app.settings import ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder nobody else can look into, as a home directory may be."""
    tmp_path.chmod(0o700)
    yield tmp_path / "postgres"
    postgres.destroy(tmp_path / "postgres")


def postmaster(folder: Path) -> int:
    return int((folder / "data" / "postmaster.pid").read_text().split("\n")[0])


def test_it_asks_everyone_for_a_password_and_listens_here_only(folder: Path):
    cluster = postgres.ensure_running(folder, durable=False)

    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host=cluster.host, port=cluster.port, user="postgres", password="guess")
    with cluster.connect() as db:
        assert db.execute("show listen_addresses").fetchone() == ("127.0.0.1",)
        assert db.execute("show data_checksums").fetchone() == ("on",)
    assert (folder / "password").stat().st_mode & 0o077 == 0


def test_it_never_runs_as_root(folder: Path):
    postgres.ensure_running(folder, durable=False)

    assert psutil.Process(postmaster(folder)).uids().effective != 0


def test_a_durable_server_keeps_what_it_acknowledged(folder: Path):
    with postgres.ensure_running(folder).connect() as db:
        settings = db.execute("select current_setting('fsync'), current_setting('synchronous_commit')")
        assert settings.fetchone() == ("on", "on")


def test_after_kill_9_it_comes_back_with_every_acknowledged_row(folder: Path):
    cluster = postgres.ensure_running(folder)
    with cluster.connect() as db:
        db.execute("create table kept (n int)")
        db.execute("insert into kept values (45)")
        os.kill(postmaster(folder), signal.SIGKILL)

    again = postgres.ensure_running(folder)

    assert again.port == cluster.port
    with again.connect() as db:
        assert db.execute("select n from kept").fetchone() == (45,)


def test_an_interrupted_first_start_leaves_nothing_in_the_way(folder: Path):
    postgres.ensure_running(folder, durable=False)
    postgres.stop(folder)
    (folder / "data").rename(folder / "data.unfinished")

    with postgres.ensure_running(folder, durable=False).connect() as db:
        assert db.execute("select 1").fetchone() == (1,)


def test_a_stale_pid_file_of_another_program_is_no_obstacle(folder: Path):
    postgres.ensure_running(folder, durable=False)
    pid_file = folder / "data" / "postmaster.pid"
    lines = pid_file.read_text()
    postgres.stop(folder)
    pid_file.write_text(lines.replace(lines.split("\n")[0], str(os.getpid()), 1))

    with postgres.ensure_running(folder, durable=False).connect() as db:
        assert db.execute("select 1").fetchone() == (1,)


def test_starters_at_the_same_moment_agree(folder: Path):
    code = "import sys; from pathlib import Path; from gynergy_app.local import postgres;"
    code += "print(postgres.ensure_running(Path(sys.argv[1]), durable=False).port)"
    starters = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]

    ports = {starter.communicate(timeout=60)[0] for starter in starters}

    assert len(ports) == 1


def test_data_of_another_version_is_not_touched(folder: Path):
    postgres.ensure_running(folder, durable=False)
    postgres.stop(folder)
    (folder / "data" / "PG_VERSION").write_text("17\n")

    with pytest.raises(Trouble, match="made by PostgreSQL 17"):
        postgres.ensure_running(folder, durable=False)


def test_a_server_that_will_not_start_is_explained_with_its_log(folder: Path):
    postgres.ensure_running(folder, durable=False)
    postgres.stop(folder)
    with (folder / "data" / "postgresql.conf").open("a") as file:
        file.write("shared_buffers = 'a lot'\n")

    with pytest.raises(Trouble, match=r"(?s)did not start.*shared_buffers.*postgres\.log"):
        postgres.ensure_running(folder, durable=False)


def test_a_frozen_server_can_be_stopped(folder: Path):
    postgres.ensure_running(folder, durable=False)
    os.kill(postmaster(folder), signal.SIGSTOP)

    postgres.stop(folder)

    assert postgres.pulse(folder) is Pulse.gone


def test_stopping_what_does_not_run_is_nothing(folder: Path):
    postgres.stop(folder)
    postgres.ensure_running(folder, durable=False)
    postgres.stop(folder)
    postgres.stop(folder)

    assert postgres.pulse(folder) is Pulse.gone


def test_a_frozen_server_is_waited_for_and_a_killed_one_started_again(folder: Path):
    cluster, said = postgres.ensure_running(folder, durable=False), []
    watch = DatabaseWatch(folder, cluster.port, said.append)
    server = postmaster(folder)

    os.kill(server, signal.SIGSTOP)
    try:
        watch.look()
        watch.look()
        assert [*said] == ["The database does not answer; waiting for it. Nothing that was saved is lost."]
        assert psutil.pid_exists(server)
    finally:
        os.kill(server, signal.SIGCONT)
    watch.look()
    watch.look()
    assert said[1:] == ["The database answers again."]

    os.kill(server, signal.SIGKILL)
    psutil.wait_procs([psutil.Process(server)], timeout=10)
    watch.look()
    assert said[2:] == ["The database stopped; starting it again."]
    assert postgres.pulse(folder) is Pulse.answers

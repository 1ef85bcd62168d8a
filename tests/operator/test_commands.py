"""What `make` and `python -m gynergy_app` say to whoever types them."""

import fcntl
import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from uuid import UUID
from zipfile import ZipFile

import pytest
from pydantic import SecretStr

from gynergy_app import __main__ as operator
from gynergy_app.local import frontend, ports
from gynergy_app.local.trouble import Trouble
from gynergy_app.operator import run
from gynergy_app.settings import ROOT, settings


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for `run`, and no service of anybody else in the environment."""
    for name in ("DATABASE_URL", "DATABASE_ADMIN_URL", "SUPABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(run, "VAR", tmp_path)
    monkeypatch.setattr(run, "_RECORD", tmp_path / "processes.json")
    monkeypatch.setattr(run, "DATABASE_FOLDER", tmp_path / "postgres")
    return tmp_path


def test_make_alone_lists_every_command_with_its_sentence():
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    commands = "run dev test chaos check bench look demo migrate revision lock"
    for command in commands.split():
        assert re.search(rf"^  make {command} +[A-Z]", listed, re.MULTILINE), command


def test_a_busy_port_is_one_sentence_with_a_way_out(alone: Path, capsys: pytest.CaptureFixture[str]):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        status = operator.main(["run", "--port", str(port)])

    told = capsys.readouterr().err
    assert status == 1
    assert f"Port {port} is used by another program." in told
    assert f"PORT={port + 100} make run" in told
    assert not (alone / "postgres").exists()


@pytest.mark.parametrize("shares", [False, True])
def test_the_web_process_never_shares_a_port(
    shares: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """Granian lets others listen beside it, so a second one would start without a word."""
    monkeypatch.setattr(frontend, "exists", lambda: True)
    monkeypatch.setattr(settings, "database_url", SecretStr("postgresql://app_web@127.0.0.1/gynergy"))
    with socket.socket() as other:
        if shares:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        status = operator.main(["web", "--port", str(port)])

    assert status == 1
    assert capsys.readouterr().err == (
        f"Port {port} is used by another program. Stop it, or choose another: --port {port + 100}\n"
    )


@pytest.mark.parametrize("port", ["99999", "0", "-1", "abc", "", "٣٠٠٠", "3000.5"])
def test_what_is_no_port_is_one_sentence(port: str, capsys: pytest.CaptureFixture[str]):
    assert operator.main(["run", f"--port={port}"]) == 1
    assert capsys.readouterr().err == (
        f"There is no port {port!r}. Please choose a number from 1 to 65535, such as 3100.\n"
    )


def test_an_address_of_another_machine_is_said_to_be_one():
    with pytest.raises(Trouble, match=r"Nothing can listen at 192\.0\.2\.1, port 3999: "):
        ports.refuse_busy("192.0.2.1", 3999, "--port 4099")


def test_a_second_run_in_the_same_folder_is_refused(alone: Path):
    with (alone / "run.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(Trouble, match="already runs from this folder"):
            run.run("127.0.0.1", 3999)


@pytest.mark.parametrize("name", ["DATABASE_URL", "SUPABASE_URL"])
def test_somebody_elses_database_is_never_filled(name: str, alone: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(name, "postgresql://somewhere.example/production")

    with pytest.raises(Trouble, match=f"{name} names a service of your own"):
        run.run("127.0.0.1", 3999)


def test_no_command_at_all_lists_them_with_a_sentence_each(capsys: pytest.CaptureFixture[str]):
    status = operator.main([])

    listed = capsys.readouterr().err
    assert status == 2
    for command in ("run", "web", "worker", "build", "migrate", "demo", "make-admin", "export-user"):
        assert re.search(rf"^    {command}\s+\w+ \w+", listed, re.MULTILINE), command


def test_an_unknown_command_lists_the_known_ones(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        operator.main(["dance"])

    assert "make-admin" in capsys.readouterr().err


def test_a_member_is_exported_from_the_command_line(ana: UUID, tmp_path: Path):
    """The command runs in a process of its own, with the worker's login."""
    written = tmp_path / "ana.zip"
    email = f"ana.{ana.hex[:8]}@example.com"

    done = subprocess.run(
        [sys.executable, "-m", "gynergy_app", "export-user", email, "--to", str(written)],
        cwd=ROOT, env=dict(os.environ), capture_output=True, text=True,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert written.stat().st_mode & 0o077 == 0
    with ZipFile(written) as archive:
        assert email in archive.read("data.json").decode()


def test_exporting_nobody_is_one_sentence():
    done = subprocess.run(
        [sys.executable, "-m", "gynergy_app", "export-user", "nobody@example.com"],
        cwd=ROOT, env=dict(os.environ), capture_output=True, text=True,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (1, "Nobody here has the address nobody@example.com.\n")

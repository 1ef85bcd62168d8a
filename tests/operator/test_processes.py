"""Children die, come back, and leave nobody behind."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from gynergy_app.local import processes
from gynergy_app.local.processes import Family
from gynergy_app.settings import ROOT

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
PARENT = [
    sys.executable, "-c",
    "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(600)'])",
]  # fmt: skip
STUBBORN = [
    sys.executable, "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)",
]  # fmt: skip


def eventually(is_so: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.02)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def family(tmp_path: Path, said: list[str]) -> Iterator[Family]:
    family = Family(tmp_path / "processes.json", said.append)
    yield family
    family.stop()


def pid_of(family: Family) -> int:
    process = family.children[0].process
    assert process
    return process.pid


def test_whoever_dies_is_started_again_and_it_is_said_once(family: Family, said: list[str]):
    family.start("web", SLEEPER, {})
    first, stopping = pid_of(family), threading.Event()
    watching = threading.Thread(target=family.watch, args=[stopping])
    watching.start()

    os.kill(first, signal.SIGKILL)
    eventually(lambda: pid_of(family) != first)
    stopping.set()
    watching.join()

    assert said == ["web stopped (signal SIGKILL); again in 1 s."]
    assert psutil.pid_exists(pid_of(family))


def test_who_keeps_dying_waits_longer_each_time(family: Family):
    family.start("web", SLEEPER, {})
    child = family.children[0]

    assert [child.schedule_restart() for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]


def test_stopping_ends_grandchildren_too(family: Family):
    family.start("web", PARENT, {})
    parent = psutil.Process(pid_of(family))
    eventually(lambda: bool(parent.children()))
    [grandchild] = parent.children()

    family.stop()

    eventually(lambda: not grandchild.is_running() or grandchild.status() == psutil.STATUS_ZOMBIE)


def test_who_does_not_listen_is_ended(family: Family, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(processes, "STOP_SECONDS", 0.2)
    family.start("web", STUBBORN, {})

    family.stop()

    assert family.children == []


def test_the_next_run_clears_what_a_killed_one_left(tmp_path: Path):
    record = tmp_path / "processes.json"
    code = "import sys; from pathlib import Path; from gynergy_app.local.processes import Family;"
    code += f"Family(Path(sys.argv[1]), print).start('web', {PARENT!r}, {{}})"
    subprocess.run([sys.executable, "-c", code, str(record)], cwd=ROOT, check=True)
    [leader] = json.loads(record.read_text())
    orphan = psutil.Process(leader)
    eventually(lambda: bool(orphan.children()))
    everyone = [orphan, *orphan.children()]

    processes.clear_leftovers(record)

    eventually(lambda: all(not p.is_running() or p.status() == psutil.STATUS_ZOMBIE for p in everyone))
    assert not record.exists()


def test_a_stranger_with_the_same_number_is_left_alone(tmp_path: Path):
    stranger = subprocess.Popen(SLEEPER, cwd=tmp_path, start_new_session=True)
    record = tmp_path / "processes.json"
    record.write_text(f"[{stranger.pid}]")
    try:
        processes.clear_leftovers(record)
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()

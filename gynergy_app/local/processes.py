"""Child processes: started together, watched, started again when they die, stopped together."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import psutil

from gynergy_app.local.trouble import Trouble
from gynergy_app.settings import ROOT

STOP_SECONDS = 8
TEND_SECONDS = 0.25
LONGEST_PAUSE = 30
LIVED_WELL_SECONDS = 60
"""A child that lived this long may die again without waiting longer than the first time."""


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """What a child sees: our own environment, with these values on top.

    Children may keep their compiled modules, whatever this machine prefers: they start in half the time.
    """
    ours = os.environ  # noqa: TID251  children need PATH, HOME and the rest as they are
    return {**ours, "PYTHONDONTWRITEBYTECODE": "", **extra}


def operator_command(*words: str) -> list[str]:
    return [sys.executable, "-m", "gynergy_app", *words]


@dataclass
class Child:
    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    failures: int = 0
    start_again_at: float | None = None

    def start(self) -> None:
        # A session of its own: Ctrl-C reaches only the supervisor, which then stops everyone in order.
        self.process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=environment(self.env),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.started_at, self.start_again_at = time.monotonic(), None

    def has_died(self) -> bool:
        return self.process is not None and self.process.poll() is not None and self.start_again_at is None

    def schedule_restart(self) -> float:
        """When to try again: at once after a long life, later and later otherwise."""
        lived = time.monotonic() - self.started_at
        self.failures = 1 if lived > LIVED_WELL_SECONDS else self.failures + 1
        pause = float(min(2 ** (self.failures - 1), LONGEST_PAUSE))
        self.start_again_at = time.monotonic() + pause
        return pause


@dataclass
class Family:
    """The children of one `run`, remembered in a file so that a killed run can be cleaned up by the next."""

    record: Path
    tell: Callable[[str], None]
    children: list[Child] = field(default_factory=list)

    def start(self, name: str, command: Sequence[str], env: Mapping[str, str]) -> None:
        child = Child(name, command, env)
        child.start()
        self.children.append(child)
        self._remember()

    def first_dead(self) -> Child | None:
        return next((child for child in self.children if child.has_died()), None)

    def watch(self, stopping: Event) -> None:
        """Start again whoever dies, until told to stop."""
        while not stopping.wait(TEND_SECONDS):
            self.tend()

    def tend(self) -> None:
        """One look at everybody."""
        for child in self.children:
            if child.has_died() and child.process:
                end_group(child.process.pid)
                pause = child.schedule_restart()
                self.tell(
                    f"{child.name} stopped ({_reason(child.process.returncode)}); again in {pause:.0f} s."
                )
            elif child.start_again_at is not None and time.monotonic() >= child.start_again_at:
                child.start()
                self._remember()

    def stop(self) -> None:
        """Ask everyone to finish, newest first; insist after a few seconds."""
        running = [child.process for child in reversed(self.children) if child.process]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in running:
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, deadline - time.monotonic()))
            end_group(process.pid)
            process.wait()
        self.children.clear()
        self.record.unlink(missing_ok=True)

    def _remember(self) -> None:
        self.record.write_text(json.dumps([child.process.pid for child in self.children if child.process]))


def clear_leftovers(record: Path) -> None:
    """End the children of an earlier run that was killed itself. Only those: they work in this folder."""
    with suppress(FileNotFoundError, ValueError):
        for leader in json.loads(record.read_text()):
            if left := [process for process in psutil.process_iter() if _belongs_to(process, leader)]:
                end_group(leader)
                psutil.wait_procs(left, timeout=5)
    record.unlink(missing_ok=True)


def _belongs_to(process: psutil.Process, leader: int) -> bool:
    try:
        return os.getpgid(process.pid) == leader and process.cwd() == str(ROOT)
    except (ProcessLookupError, psutil.Error):
        return False


def end_group(leader: int) -> None:
    """End a child and whoever it started, at once: a server killed worker by worker would start new ones."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def _reason(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit {code}"


def run_once(command: Sequence[str], env: Mapping[str, str], *, failing: str) -> None:
    """Run a command to its end, its words in the terminal; `failing` begins the sentence if it fails."""
    done = subprocess.run(command, cwd=ROOT, env=environment(env), stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise Trouble(f"{failing} The lines above say why.")

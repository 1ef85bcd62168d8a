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
LONGEST_PAUSE = 30
LIVED_WELL_SECONDS = 60
"""A child that lived this long may die again without waiting longer than the first time."""


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """What a child sees: our own environment, with these values on top."""
    return {**os.environ, **extra}  # noqa: TID251  children need PATH, HOME and the rest as they are


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
        while not stopping.wait(0.25):
            for child in self.children:
                if child.has_died() and child.process:
                    pause = child.schedule_restart()
                    self.tell(
                        f"{child.name} stopped ({_reason(child.process.returncode)}); again in {pause:.0f} s."
                    )
                elif child.start_again_at is not None and time.monotonic() >= child.start_again_at:
                    child.start()
                    self._remember()

    def stop(self) -> None:
        """Ask everyone to finish, newest first; insist after a few seconds."""
        running = [
            child.process
            for child in reversed(self.children)
            if child.process and child.process.poll() is None
        ]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                kill_tree(process.pid)
                process.wait()
        self.children.clear()
        self.record.unlink(missing_ok=True)

    def _remember(self) -> None:
        known = {}
        for child in self.children:
            with suppress(psutil.NoSuchProcess):
                if child.process:
                    known[child.name] = [child.process.pid, psutil.Process(child.process.pid).create_time()]
        self.record.write_text(json.dumps(known))


def clear_leftovers(record: Path) -> None:
    """End the children of an earlier run that was killed. Only those: number and age must match."""
    with suppress(FileNotFoundError, ValueError):
        for pid, born_at in json.loads(record.read_text()).values():
            with suppress(psutil.NoSuchProcess):
                if abs(psutil.Process(pid).create_time() - born_at) < 0.01:
                    kill_tree(pid)
    record.unlink(missing_ok=True)


def kill_tree(pid: int) -> None:
    with suppress(psutil.NoSuchProcess):
        parent = psutil.Process(pid)
        everyone = [*parent.children(recursive=True), parent]
        for process in everyone:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(everyone, timeout=5)


def _reason(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit {code}"


def run_once(command: Sequence[str], env: Mapping[str, str], *, failing: str) -> None:
    """Run a command to its end, its words in the terminal; `failing` begins the sentence if it fails."""
    done = subprocess.run(command, cwd=ROOT, env=environment(env), stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise Trouble(f"{failing} The lines above say why.")

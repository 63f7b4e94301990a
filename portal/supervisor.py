"""A few processes kept alive together, and stopped together."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

LOOK_EVERY = 0.5  # seconds
RESTART_PAUSE = 1.0  # seconds: a process that keeps dying must not burn the machine
STOP_PATIENCE = 8.0  # seconds


class StopAskedError(Exception):
    """Ctrl-C, or the system asks us to end."""


class Child:
    """One process, in a session of its own: Ctrl-C reaches the supervisor alone."""

    def __init__(self, name: str, command: list[str], folder: Path) -> None:
        self.name = name
        self._command = command
        self._folder = folder
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603 (our own commands)
            self._command, cwd=self._folder, start_new_session=True
        )

    @property
    def dead(self) -> bool:
        return self.process.poll() is not None

    def signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    def end(self, deadline: float) -> None:
        """Wait for its end until `deadline` (of the monotonic clock), then kill all its session."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(deadline - time.monotonic(), 0))
        self.signal(signal.SIGKILL)
        self.process.wait()


@contextmanager
def kept_together(commands: dict[str, list[str]], folder: Path) -> Iterator[list[Child]]:
    """Start the commands, by name; stop them all however the block ends.

    Within the block a signal to end raises `StopAskedError`, here swallowed.
    """
    before = {number: signal.signal(number, _ask) for number in (signal.SIGTERM, signal.SIGINT)}
    children: list[Child] = []
    try:
        children += [Child(name, command, folder) for name, command in commands.items()]
        yield children
    except StopAskedError:
        pass
    finally:
        for number in before:
            signal.signal(number, signal.SIG_IGN)
        _stop(children)
        for number, handler in before.items():
            signal.signal(number, handler)


def watch(children: list[Child], say: Callable[[str], object]) -> None:
    """Restart whatever dies, until asked to stop; `say` is told the name."""
    while True:
        time.sleep(LOOK_EVERY)
        for child in children:
            if child.dead:
                say(child.name)
                time.sleep(RESTART_PAUSE)
                child.start()


def _ask(number: int, frame: FrameType | None) -> None:
    raise StopAskedError


def _stop(children: list[Child]) -> None:
    for child in children:
        child.signal(signal.SIGTERM)
    deadline = time.monotonic() + STOP_PATIENCE
    for child in children:
        child.end(deadline)

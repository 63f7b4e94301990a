"""Processes that may be killed, born of one that has loaded Django once: a birth costs little.

`python -m tests.proofs.brood` reads a job a line, `MODULE ARGUMENT…` (integers), and forks for
each: the child says its number and runs `tests.proofs.MODULE.main`; at its end the parent says
its exit code, negative for the signal that killed it.
"""

import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from signal import SIGKILL
from typing import NoReturn

from django.conf import settings

from tests.proofs.server import environment


@dataclass
class Brood:
    """One process of it lives at a time."""

    parent: "subprocess.Popen[str]"
    pid: int = 0

    def bear(self, module: str, *arguments: int) -> None:
        """Returns once the process is about to work."""
        assert self.parent.stdin is not None
        self.parent.stdin.write(" ".join([module, *map(str, arguments)]) + "\n")
        self.parent.stdin.flush()
        self.pid = self._said()

    def kill(self) -> None:
        """`kill -9`, whatever it is doing; returns once it is dead."""
        os.kill(self.pid, SIGKILL)
        self.wait()

    def wait(self) -> int:
        """Its exit code."""
        return self._said()

    def _said(self) -> int:
        assert self.parent.stdout is not None
        return int(self.parent.stdout.readline())


@contextmanager
def brood() -> Iterator[Brood]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.proofs.brood"],
        cwd=settings.BASE_DIR,
        env=os.environ | environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        yield Brood(parent)  # the end of its input ends the parent


def main() -> None:
    import django

    django.setup()
    for line in sys.stdin:
        module, *arguments = line.split()
        job = import_module(f"tests.proofs.{module}")
        pid = os.fork()
        if not pid:
            _live(job.main, [int(each) for each in arguments])
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 - to whoever asked


def _live(main: Callable[..., object], arguments: list[int]) -> NoReturn:
    code = 1
    try:
        print(os.getpid(), flush=True)  # noqa: T201
        main(*arguments)
        code = 0
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()

"""A real server on the test's own database: processes that can be stormed, and killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

WORKERS, THREADS = 2, 8
START_SECONDS = 60


@dataclass
class Server:
    """granian with its workers, in a process group of its own."""

    port: int
    log: str
    workers: int = WORKERS
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        command = [sys.executable, "-m", "granian", "portal.wsgi:application"]
        options = f"--interface wsgi --host 127.0.0.1 --port {self.port} --backlog 1024"
        sizes = f"--workers {self.workers} --blocking-threads {THREADS}"
        with open(self.log, "ab") as log:  # noqa: PTH123
            self.process = subprocess.Popen(
                [*command, *options.split(), *sizes.split()],
                cwd=settings.BASE_DIR,
                env=os.environ | environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait()

    def kill(self) -> None:
        """`kill -9` on the server and all its workers, whatever they are doing."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            http = HTTPConnection("127.0.0.1", self.port, timeout=5)
            try:
                http.request("GET", "/healthz")
                if http.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.1)
            finally:
                http.close()
        raise TimeoutError(f"the server does not answer; see {self.log}")


_STANDING: dict[int, Server] = {}


@contextmanager
def serving(workers: int = WORKERS) -> Iterator[Server]:
    """A server on a free port. Each of its workers takes seconds to start: it stays for the next
    test, but for PostgreSQL, whose databases cannot be made afresh under its connections.
    """
    server = _STANDING.pop(workers, None) or _started(workers)
    try:
        yield server
    except BaseException:
        server.kill()
        raise
    _STANDING[workers] = server
    if connection.vendor == "postgresql":
        end_standing()


def _started(workers: int) -> Server:
    port = free_port()
    server = Server(port, str(settings.VAR_DIR / "tests" / f"server-{port}.log"), workers)
    server.start()
    return server


def end_standing() -> None:
    while _STANDING:
        _STANDING.popitem()[1].kill()


def environment() -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "tests.proofs.served",
        "DATABASE_URL": database_url(),
        "PYTHONPATH": str(settings.BASE_DIR),
    }


def database_url() -> str:
    """The address of this test's copy of the database."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

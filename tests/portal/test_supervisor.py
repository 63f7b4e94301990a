"""Processes kept together: one that dies comes back, and none outlives the supervisor."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from portal import supervisor
from portal.supervisor import kept_together, watch

SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)",
]


def test_child_restarted_and_all_stopped_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "RESTART_PAUSE", 0.0)
    monkeypatch.setattr(supervisor, "LOOK_EVERY", 0.05)
    restarted: list[str] = []
    handler = signal.getsignal(signal.SIGTERM)
    with kept_together({"first": SLEEPS, "second": SLEEPS}, tmp_path) as children:
        first, second = children
        killed = first.process.pid
        first.signal(signal.SIGKILL)
        threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM)).start()
        watch(children, restarted.append)
    assert restarted == ["first"]
    assert first.process.pid != killed
    assert (first.dead, second.dead) == (True, True)
    assert signal.getsignal(signal.SIGTERM) == handler


def test_child_that_will_not_end_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "STOP_PATIENCE", 0.2)
    with kept_together({"deaf": DEAF}, tmp_path) as children:
        time.sleep(0.3)
    assert children[0].dead


def test_failure_inside_stops_the_children(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), kept_together({"one": SLEEPS}, tmp_path) as children:
        raise RuntimeError
    assert children[0].dead

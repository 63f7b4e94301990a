"""What the set-up types for somebody, or asks to type, on a machine that lacks a package."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.house.tracked import ROOT

NOBODY = "echo 1000"
ROOT_USER = "echo 0"
REFUSES = 'echo "a password is required" >&2; exit 1'
RUNS = 'shift; "$@"'  # sudo -n something
BROKEN = 'echo "no network" >&2; exit 100'


@pytest.mark.parametrize(
    ("programs", "status", "said"),
    [
        ({"id": NOBODY}, 1, ["Needed: type « su -c 'apt-get install hello' »."]),
        (
            {"id": NOBODY, "sudo": REFUSES},
            1,
            ["Needed: type « sudo apt-get install hello »."],
        ),
        (
            {"id": NOBODY, "sudo": RUNS, "apt-get": BROKEN},
            1,
            [
                "Installing hello…",
                "no network",
                "Needed: once that is mended, type « sudo apt-get install hello ».",
            ],
        ),
        ({"id": NOBODY, "sudo": RUNS, "apt-get": "exit 0"}, 0, ["Installing hello…"]),
        ({"id": ROOT_USER, "apt-get": "exit 0"}, 0, ["Installing hello…"]),
    ],
)
def test_package_is_installed_or_its_line_told(
    tmp_path: Path, programs: dict[str, str], status: int, said: list[str]
) -> None:
    for name, body in {"env": 'shift; exec "$@"', **programs}.items():
        program = tmp_path / name
        program.write_text(f"#!/bin/bash\n{body}\n")
        program.chmod(0o755)
    done = subprocess.run(
        ["/bin/bash", str(ROOT / "bin/install-package"), "hello", "Needed"],
        env={"PATH": os.fspath(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.splitlines()) == (status, said)

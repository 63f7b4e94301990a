"""`make bench`: every figure of the README, in one run. `python -m bench [ACTS]`."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

FEW = 2_000


def main(acts: int) -> None:
    for volume in (FEW, acts):
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
            _run([sys.executable, "-m", "bench.acts", str(volume)], DATABASE_URL=url)
        command = ["bin/with-postgresql", sys.executable, "-m", "bench.acts", str(volume)]
        _run(command, PGFSYNC="on")
    _run([sys.executable, "-m", "bench.price_acts", str(acts)])
    _run([sys.executable, "-m", "bench.reconcile", str(acts)])
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        _run([sys.executable, "-m", "bench.answers", str(acts)], DATABASE_URL=url)
    _run(["bin/with-postgresql", sys.executable, "-m", "bench.answers", str(acts)], PGFSYNC="on")
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        _run([sys.executable, "-m", "bench.places"], DATABASE_URL=url)
    _run(["bin/with-postgresql", sys.executable, "-m", "bench.places"], PGFSYNC="on")
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        _run([sys.executable, "-m", "bench.queue"], DATABASE_URL=url)
    _run(["bin/with-postgresql", sys.executable, "-m", "bench.queue"], PGFSYNC="on")
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        _run([sys.executable, "-m", "bench.claims"], DATABASE_URL=url)
    _run(["bin/with-postgresql", sys.executable, "-m", "bench.claims"], PGFSYNC="on")


def _run(command: list[str], **environment: str) -> None:
    subprocess.run(command, check=True, env=os.environ | environment)  # noqa: S603 - our own


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)

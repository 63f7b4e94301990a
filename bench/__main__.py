"""`make bench`: every figure of the README, in one run. `python -m bench [ACTS]`."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

FEW = 2_000
GROWTH = Path(__file__).parents[1] / "docs" / "reconcile-growth.svg"


def main(acts: int) -> None:
    for volume in (FEW, acts):
        _on_sqlite("acts", volume)
        _on_postgresql("acts", volume)
    _run(_bench("price_acts", acts))
    _run([*_bench("reconcile", acts), str(GROWTH)])
    _run(_bench("camt"))
    _on_sqlite("answers", acts)
    _on_postgresql("answers", acts)
    for name in ("places", "queue", "claims"):
        _on_sqlite(name)
        _on_postgresql(name)
    _on_sqlite("payments", FEW)
    _on_postgresql("payments", acts)
    _on_sqlite("indicators", acts)
    _on_postgresql("indicators", acts)
    _on_sqlite("closing", acts)
    _on_postgresql("closing", acts)


def _on_sqlite(name: str, *volume: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        _run(_bench(name, *volume), DATABASE_URL=url)


def _on_postgresql(name: str, *volume: int) -> None:
    _run(["bin/with-postgresql", *_bench(name, *volume)], PGFSYNC="on")


def _bench(name: str, *volume: int) -> list[str]:
    return [sys.executable, "-u", "-m", f"bench.{name}", *map(str, volume)]


def _run(command: list[str], **environment: str) -> None:
    subprocess.run(command, check=True, env=os.environ | environment)  # noqa: S603 - our own


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)

"""`manage.py reconcile` on 10,000 to 1,000,000 lines, beside the same passes as DuckDB SQL.

    python -m bench.reconcile [LINES [SVG]]

Each is a process of its own that reads the same two files and writes its pairs; CPU seconds and
peak memory are the system's, medians of nine turns. The command also identifies people by
name, looks for likeness, counts repetitions and explains; the SQL (`bench/reconcile.sql`) does only
the first two passes. With SVG, the growth of both is drawn there.
"""

import sys
import tempfile
from pathlib import Path
from statistics import median

from bench.cost import measure, tell_cost
from bench.growth import Series, growth

SIZES = (10_000, 100_000, 1_000_000)
TURNS = 9
HERE = Path(__file__).parent


def main(largest: int, drawing: Path | None = None) -> None:
    from bench.claimed import write_files  # noqa: PLC0415 - no process measured pays for it

    ours_all, peer_all = Series("reconcile"), Series("DuckDB SQL")
    print(
        f"\n{'reconcile':<12}{'CPU s':>9}{'peak MB':>9}{'SQL CPU s':>11}{'SQL MB':>9}{'ratio':>8}"
    )
    for lines in sorted({*(size for size in SIZES if size < largest), largest}):
        with tempfile.TemporaryDirectory() as folder:
            write_files(Path(folder), lines)
            turns = [
                (
                    *measure("bench.reconcile", "engine", folder),
                    *measure("bench.reconcile", "sql", folder),
                )
                for _ in range(TURNS)
            ]
        ours, peak, peer, peer_peak = map(median, zip(*turns, strict=True))
        print(
            f"{lines:<12,}{ours:>11.2f}{peak:>11.0f}{peer:>11.2f}{peer_peak:>11.0f}"
            f"{ours / peer:>11.2f}"
        )
        ours_all.points.append((lines, ours))
        peer_all.points.append((lines, peer))
    base, base_peak = measure("bench.reconcile", "libraries", "")
    print(f"{'(imports)':<12}{base:>11.2f}{base_peak:>11.0f}")
    if drawing is not None:
        drawing.write_text(growth([ours_all, peer_all], unit="lines"), encoding="utf-8")
        print(f"growth drawn in {drawing}")


def load_libraries(_: Path) -> None:
    """What the engine's process pays before the first line."""
    import fees.exports.reconciliation  # noqa: PLC0415
    import fees.imports.contract  # noqa: PLC0415
    import fees.reconcile.engine  # noqa: F401, PLC0415


def run_engine(folder: Path) -> None:
    from fees.exports.reconciliation import write_files as write  # noqa: PLC0415 - its own process
    from fees.imports.contract import read_acts, read_statement  # noqa: PLC0415
    from fees.reconcile.engine import reconcile  # noqa: PLC0415

    acts, statement = read_acts(folder / "acts.csv"), read_statement(folder / "statement.csv")
    write(reconcile(acts, statement), folder / "out", seconds=0, peak_mb=0)


def run_sql(folder: Path) -> None:
    import duckdb  # noqa: PLC0415 - the peer's own process

    script = (HERE / "reconcile.sql").read_text(encoding="utf-8")
    for name in ("acts", "statement"):
        script = script.replace(f"{{{name}}}", str(folder / f"{name}.csv"))
    duckdb.sql(script.replace("{out}", str(folder / "sql.csv")))


if __name__ == "__main__":
    works = {"engine": run_engine, "sql": run_sql, "libraries": load_libraries}
    if work := works.get(sys.argv[1] if sys.argv[1:] else ""):
        work(Path(sys.argv[2]))
        tell_cost()
    else:
        main(
            int(sys.argv[1]) if len(sys.argv) > 1 else SIZES[-1],
            Path(sys.argv[2]) if len(sys.argv) > 2 else None,
        )

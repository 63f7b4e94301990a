"""The files that `manage.py reconcile` writes (docs: the contract)."""

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import csv as arrow_csv

from fees.reconcile.frames import LEFT, PAIRS, Left, Pair, Reconciliation


def write_files(result: Reconciliation, directory: Path, *, seconds: float, peak_mb: float) -> None:
    """`pairs.csv`, `left.csv` and `summary.json`, in a directory made if need be."""
    directory.mkdir(parents=True, exist_ok=True)
    _write(result.pairs, PAIRS, directory / "pairs.csv")
    _write(result.left, LEFT, directory / "left.csv")
    summary = {
        "lines": result.lines,
        "acts": result.acts,
        "pairs": _by_verdict(result.pairs, [each.value for each in Pair]),
        "left": _by_verdict(result.left, [each.value for each in Left]),
        "seconds": round(seconds, 3),
        "peak_mb": round(peak_mb, 1),
    }
    (directory / "summary.json").write_text(
        json.dumps(summary, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )


def _write(frame: pd.DataFrame, columns: tuple[str, ...], path: Path) -> None:
    table = pa.Table.from_pandas(frame[list(columns)], preserve_index=False)
    options = arrow_csv.WriteOptions(
        include_header=False, batch_size=1 << 14, delimiter=";", quoting_style="needed"
    )
    with pa.OSFile(str(path), "wb") as file:
        file.write((";".join(columns) + "\n").encode())
        arrow_csv.write_csv(table, file, options)


def _by_verdict(frame: pd.DataFrame, verdicts: list[str]) -> dict[str, dict[str, float]]:
    """Counts and euros; a pair counts for what its line claims, or its act when unreadable."""
    sums = frame.groupby("verdict")["cents"].agg(["size", "sum"]) if len(frame) else pd.DataFrame()
    return {
        each: {
            "count": int(sums["size"].get(each, 0)) if len(sums) else 0,
            "euros": int(sums["sum"].get(each, 0)) / 100 if len(sums) else 0.0,
        }
        for each in verdicts
    }

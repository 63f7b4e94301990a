"""`manage.py reconcile` on 10,000 to 1,000,000 lines, beside the same passes as DuckDB SQL.

    python -m bench.reconcile [LINES [SVG]]

Each is a process of its own that reads the same two files and writes its pairs; CPU seconds and
peak memory are the system's. The command also identifies people by name, looks for likeness,
counts repetitions and explains; the SQL (`bench/reconcile.sql`) does only the first two passes.
With SVG, the growth of both is drawn there.
"""

import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from bench.cost import measure, tell_cost
from bench.growth import Series, growth

SIZES = (10_000, 100_000, 1_000_000)
NOISE = 0.03
PANEL, ACTS_EACH = 40, 400
KINDS = np.array(["MED-BILAN", "KINE-REMOB", "PSY-SUIVI", "RCP-PARA"])
AMOUNTS = np.array(["50.00", "30.00", "50.00", "50.00"])
FIRST = np.array(["Solène", "Maëlle", "Inès", "Loïc", "Rémi", "Théo", "Aimé", "Jean-Loup"])
HERE = Path(__file__).parent


def main(largest: int, drawing: Path | None = None) -> None:
    ours_all, peer_all = Series("reconcile"), Series("DuckDB SQL")
    print(
        f"\n{'reconcile':<12}{'CPU s':>9}{'peak MB':>9}{'SQL CPU s':>11}{'SQL MB':>9}{'ratio':>8}"
    )
    for lines in sorted({*(size for size in SIZES if size < largest), largest}):
        with tempfile.TemporaryDirectory() as folder:
            write_files(Path(folder), lines)
            ours, peak = measure("bench.reconcile", "engine", folder)
            peer, peer_peak = measure("bench.reconcile", "sql", folder)
        print(
            f"{lines:<12,}{ours:>11.2f}{peak:>11.0f}{peer:>11.2f}{peer_peak:>11.0f}"
            f"{ours / peer:>11.2f}"
        )
        ours_all.points.append((lines, ours))
        peer_all.points.append((lines, peer))
    base, base_peak = measure("bench.reconcile", "nothing", "")
    print(f"{'(imports)':<12}{base:>11.2f}{base_peak:>11.0f}")
    if drawing is not None:
        drawing.write_text(growth([ours_all, peer_all], unit="lines"), encoding="utf-8")
        print(f"growth drawn in {drawing}")


def write_files(folder: Path, lines: int) -> None:
    """Acts, and the statement of them with a slip in three lines of a hundred."""
    random = np.random.default_rng(1)
    professionals = max(3, lines // ACTS_EACH)
    who = random.integers(0, professionals, lines)
    patient = who * PANEL + random.integers(0, PANEL, lines)
    kind = who % len(KINDS)
    days = random.integers(0, 330, lines)
    dates = pd.to_datetime("2026-01-05") + pd.to_timedelta(days, unit="D")
    people = np.arange(professionals * PANEL)
    surnames = np.char.add("Aubr", np.char.mod("%d", people // 7)).astype(object)
    names = surnames + " " + FIRST[people % len(FIRST)].astype(object)
    births = (pd.to_datetime("1940-01-01") + pd.to_timedelta(people % 24_000, unit="D")).strftime(
        "%Y-%m-%d"
    )
    acts = pd.DataFrame(
        {
            "act": [f"A{each}" for each in range(1, lines + 1)],
            "professional": np.char.mod("997%08d", np.arange(professionals))[who],
            "professional_name": np.char.mod("Anne Fil%d", np.arange(professionals))[who],
            "patient_code": np.char.mod("P%07d", people)[patient],
            "patient_name": names[patient],
            "birth_date": births.to_numpy()[patient],
            "kind": KINDS[kind],
            "done_on": dates.strftime("%Y-%m-%d"),
            "amount": AMOUNTS[kind],
            "state": random.choice(["accepted", "paid", "refused"], lines, p=[0.9, 0.06, 0.04]),
        }
    )
    acts.to_csv(folder / "acts.csv", sep=";", index=False)
    claims = acts.drop(columns="state").rename(columns={"act": "line"})
    claims["line"] = [f"L{each}" for each in range(1, lines + 1)]
    french = random.random(lines) < 0.5
    claims["done_on"] = np.where(french, dates.strftime("%d/%m/%Y"), claims["done_on"])
    claims["amount"] = np.where(french, claims["amount"].str.replace(".", ","), claims["amount"])
    slip = np.where(random.random(lines) < NOISE, random.integers(1, 6, lines), 0)
    claims["patient_code"] = np.where(slip == 1, "", claims["patient_code"])
    typed = claims["patient_name"].str.slice(0, 2) + claims["patient_name"].str.slice(3)
    claims["patient_name"] = np.where(
        slip <= 2, np.where(slip == 0, claims["patient_name"], typed), claims["patient_name"]
    )
    later = (dates + pd.to_timedelta(2, unit="D")).strftime("%Y-%m-%d")
    claims["done_on"] = np.where(slip == 3, later, claims["done_on"])
    claims["amount"] = np.where(slip == 4, "25,00", claims["amount"])
    claims[slip != 5].to_csv(folder / "statement.csv", sep=";", index=False)


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
    works = {"engine": run_engine, "sql": run_sql, "nothing": lambda _: None}
    if work := works.get(sys.argv[1] if sys.argv[1:] else ""):
        work(Path(sys.argv[2]))
        tell_cost()
    else:
        main(
            int(sys.argv[1]) if len(sys.argv) > 1 else SIZES[-1],
            Path(sys.argv[2]) if len(sys.argv) > 2 else None,
        )

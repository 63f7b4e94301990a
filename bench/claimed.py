"""Acts and the statement of them, for `bench.reconcile`, which measures without numpy's weight."""

from pathlib import Path

import numpy as np
import pandas as pd

NOISE = 0.03
PANEL, ACTS_EACH = 40, 400
KINDS = np.array(["MED-BILAN", "KINE-REMOB", "PSY-SUIVI", "RCP-PARA"])
AMOUNTS = np.array(["50.00", "30.00", "50.00", "50.00"])
FIRST = np.array(["Solène", "Maëlle", "Inès", "Loïc", "Rémi", "Théo", "Aimé", "Jean-Loup"])


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

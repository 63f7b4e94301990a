"""The contract of `manage.py reconcile`, sentence by sentence, on small files."""

import csv
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from django.core.management import CommandError, call_command

from fees.reconcile.engine import reconcile
from fees.reconcile.frames import ACTS, STATEMENT

ROOT = Path(__file__).parents[3]
GP, KINE = "99700000021", "99700000013"
DEFAULT_ACT = {
    "professional": KINE,
    "professional_name": "Anne Le Goff",
    "patient_code": "P1",
    "patient_name": "Aubrac Solène",
    "birth_date": "1980-02-29",
    "kind": "KINE-REMOB",
    "done_on": "2026-03-10",
    "amount": "30.00",
    "state": "accepted",
}


def act(number: int, **cells: str) -> dict[str, str]:
    return {"act": f"A{number}", **DEFAULT_ACT, **cells}


def line(number: int, **cells: str) -> dict[str, str]:
    told = {key: value for key, value in DEFAULT_ACT.items() if key != "state"}
    return {"line": f"L{number}", **told, **cells}


def verdicts(
    acts: list[dict[str, str]], lines: list[dict[str, str]], **options: Any
) -> dict[str, tuple[str, ...]]:
    """What became of each line, and of each act without a pair: its act and verdict."""
    result = reconcile(
        pd.DataFrame(acts, columns=list(ACTS), dtype=str),
        pd.DataFrame(lines, columns=list(STATEMENT), dtype=str),
        **options,
    )
    pairs = result.pairs[["line", "act", "verdict", "method"]].to_numpy().tolist()
    left = result.left[["id", "verdict"]].to_numpy().tolist()
    return {key: tuple(told) for key, *told in [*pairs, *left]}


@pytest.mark.parametrize(
    ("cells", "answer"),
    [
        ({}, ("A1", "matched", "exact")),
        ({"done_on": "10/03/2026", "amount": "30,00 €"}, ("A1", "matched", "exact")),
        ({"patient_name": "SOLENE AUBRAC", "kind": "kine remob"}, ("A1", "matched", "exact")),
        ({"professional": "997 000 000 13", "birth_date": "29/02/80"}, ("A1", "matched", "exact")),
        ({"patient_code": ""}, ("A1", "matched", "exact")),
        ({"patient_name": "", "birth_date": ""}, ("A1", "matched", "exact")),
        ({"professional": ""}, ("A1", "matched", "exact")),
        ({"professional_name": "", "kind": ""}, ("A1", "matched", "exact")),
        ({"patient_name": "Aubrak Solène"}, ("A1", "matched", "fuzzy")),
        ({"patient_code": "", "patient_name": "Aubrak Solène"}, ("A1", "matched", "fuzzy")),
        ({"patient_code": "P11"}, ("A1", "matched", "fuzzy")),
        ({"professional": "99700000031"}, ("A1", "matched", "fuzzy")),
        ({"amount": "25.00"}, ("A1", "amount_differs", "tolerance")),
        ({"amount": "trente"}, ("A1", "amount_differs", "tolerance")),
        ({"amount": ""}, ("A1", "amount_differs", "exact")),
        ({"done_on": "2026-03-13"}, ("A1", "date_differs", "tolerance")),
        ({"done_on": "2026-10-03"}, ("A1", "date_differs", "tolerance")),
        ({"done_on": "2026-03-12", "amount": "25"}, ("A1", "date_differs", "tolerance")),
        ({"kind": "PSY-SUIVI"}, ("A1", "kind_differs", "tolerance")),
        ({"kind": "massage"}, ("A1", "kind_differs", "fuzzy")),
        ({"done_on": "2026-03-14"}, ("missing_in_log",)),
        ({"done_on": ""}, ("unreadable",)),
        ({"done_on": "30/02/2026"}, ("unreadable",)),
        ({"patient_code": "", "patient_name": ""}, ("unreadable",)),
        ({"patient_code": "X9", "patient_name": "Zorro"}, ("unknown_patient",)),
        ({"professional": "X9", "professional_name": "Zorro"}, ("unknown_patient",)),
    ],
)
def test_line_against_one_act(cells: dict[str, str], answer: tuple[str, ...]) -> None:
    acts = [
        act(1),
        act(2, kind="PSY-SUIVI", patient_code="P2", patient_name="Brun Marc", birth_date=""),
    ]
    assert verdicts(acts, [line(1, **cells)])["L1"] == answer


def test_people_born_before_and_after_1970_are_not_mistaken() -> None:
    """Days of birth are counted from 1970: those of the second are two before it."""
    young: dict[str, str] = {}
    old = {"patient_name": "Brun Marc", "birth_date": "1969-12-30"}
    told = verdicts(
        [act(1, **young), act(2, patient_code="P2", **old)],
        [line(1, patient_code="", **young), line(2, patient_code="", **old)],
    )
    assert {each: told[each][0] for each in ("L1", "L2")} == {"L1": "A1", "L2": "A2"}


@pytest.mark.parametrize(
    ("state", "cells", "answer"),
    [
        ("paid", {}, "already_paid"),
        ("paid", {"amount": "25"}, "already_paid"),
        ("refused", {"done_on": "2026-03-11"}, "not_payable"),
    ],
)
def test_first_verdict_that_fits(state: str, cells: dict[str, str], answer: str) -> None:
    assert verdicts([act(1, state=state)], [line(1, **cells)])["L1"][1] == answer


def test_cancelled_act_is_never_paired_nor_left() -> None:
    assert verdicts([act(1, state="cancelled")], [line(1)]) == {"L1": ("missing_in_log",)}


@pytest.mark.parametrize("state", ["accepted", "refused", "paid"])
def test_unclaimed_act(state: str) -> None:
    assert verdicts([act(1, state=state)], []) == {"A1": ("missing_in_statement",)}


def test_lines_beyond_the_acts_are_claimed_twice_the_greatest_last() -> None:
    acts = [act(1), act(2)]
    told = verdicts(acts, [line(10), line(9), line(2)])
    assert told["L10"] == ("claimed_twice",)
    assert {told["L2"][0], told["L9"][0]} == {"A1", "A2"}


def test_repetition_does_not_take_the_act_of_another_day() -> None:
    told = verdicts([act(1), act(2, done_on="2026-03-11")], [line(1), line(2)])
    assert told == {
        "L1": ("A1", "matched", "exact"),
        "L2": ("claimed_twice",),
        "A2": ("missing_in_statement",),
    }


def test_payable_act_is_given_before_its_paid_twin() -> None:
    told = verdicts([act(1, state="paid"), act(2)], [line(1)])
    assert told == {"L1": ("A2", "matched", "exact"), "A1": ("missing_in_statement",)}


def test_homonyms_are_told_apart_by_the_act() -> None:
    twin = {"patient_code": "P2", "birth_date": "1950-01-01"}
    acts = [act(1), act(2, **twin, done_on="2026-04-10")]
    blank = {"patient_code": "", "birth_date": ""}
    told = verdicts(acts, [line(1, **blank, done_on="2026-04-10"), line(2, **blank)])
    assert (told["L1"][0], told["L2"][0]) == ("A2", "A1")


def test_homonyms_with_the_same_act_stay_unknown() -> None:
    acts = [act(1), act(2, patient_code="P2", birth_date="1950-01-01")]
    told = verdicts(acts, [line(1, patient_code="", birth_date="")])
    assert told["L1"] == ("unknown_patient",)


def test_amount_within_the_tolerance_is_the_same() -> None:
    told = verdicts([act(1)], [line(1, amount="30.50")], amount_tolerance=Decimal("0.50"))
    assert told["L1"] == ("A1", "matched", "tolerance")


def test_no_date_tolerance() -> None:
    told = verdicts([act(1)], [line(1, done_on="2026-03-11")], date_tolerance=0)
    assert told["L1"] == ("missing_in_log",)


# --- The command and its files


def write(path: Path, rows: list[dict[str, str]], columns: tuple[str, ...]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return path


def run(folder: Path, acts: list[dict[str, str]], lines: list[dict[str, str]]) -> Path:
    call_command(
        "reconcile",
        acts=write(folder / "acts.csv", acts, ACTS),
        statement=write(folder / "statement.csv", lines, STATEMENT),
        out=folder / "out",
    )
    return folder / "out"


def test_files_written(tmp_path: Path) -> None:
    out = run(tmp_path, [act(1), act(2, done_on="2026-05-01")], [line(1), line(2)])
    with (out / "pairs.csv").open(encoding="utf-8") as file:
        assert list(csv.reader(file, delimiter=";")) == [
            ["line", "act", "verdict", "confidence", "method", "explanation"],
            ["L1", "A1", "matched", "1", "exact", "Tout concorde."],
        ]
    with (out / "left.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [(row["source"], row["id"], row["verdict"]) for row in rows] == [
        ("statement", "L2", "claimed_twice"),
        ("acts", "A2", "missing_in_statement"),
    ]
    assert "L1" in rows[0]["explanation"]
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert summary["lines"], summary["acts"] == (2, 2)
    assert summary["pairs"]["matched"] == {"count": 1, "euros": 30.0}
    assert summary["left"]["claimed_twice"] == {"count": 1, "euros": 30.0}
    assert summary["seconds"] >= 0
    assert summary["peak_mb"] > 0


def test_order_of_the_lines_changes_nothing(tmp_path: Path) -> None:
    acts = [act(n, done_on=f"2026-03-{n:02d}") for n in range(1, 12)]
    lines = [line(n, done_on=f"2026-03-{n:02d}", patient_code="") for n in range(2, 14)]
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    first = run(tmp_path / "one", acts, lines)
    second = run(tmp_path / "two", acts[::-1], lines[::-1])
    for name in ("pairs.csv", "left.csv"):
        assert (first / name).read_text() == (second / name).read_text()


@pytest.mark.parametrize(
    ("name", "rows", "told"),
    [
        ("acts", [act(1, done_on="10/03/2026")], "acts.csv, ligne 2, colonne done_on"),
        ("acts", [act(1), act(2, amount="30,00")], "acts.csv, ligne 3, colonne amount"),
        ("acts", [act(1, state="perdu")], "acts.csv, ligne 2, colonne state"),
        ("acts", [act(1), act(2, birth_date="1980-02-30")], "ligne 3, colonne birth_date"),
        ("acts", [act(1, patient_code=" ")], "acts.csv, ligne 2, colonne patient_code"),
        ("acts", [act(1), act(2) | {"act": ""}], "acts.csv, ligne 3, colonne act"),
        ("acts", [act(1), act(1)], "acts.csv, ligne 3, colonne act"),
        ("statement", [line(1), line(2), line(1)], "statement.csv, ligne 4, colonne line"),
    ],
)
def test_bad_file_is_told_by_its_place_and_nothing_is_written(
    tmp_path: Path, name: str, rows: list[dict[str, str]], told: str
) -> None:
    given = {"acts": [act(1)], "statement": [line(1)], name: rows}
    with pytest.raises(CommandError, match=told) as refused:
        run(tmp_path, given["acts"], given["statement"])
    assert refused.value.returncode == 2
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("file", ["acts.csv", "statement.csv"])
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.replace(b"amount", b"montant", 1), "colonne amount : colonne absente"),
        (lambda text: text.replace("è".encode(), b"\xe8"), "ligne 2.* UTF-8"),
    ],
)
def test_wrong_column_or_encoding(tmp_path: Path, file: str, change: Any, told: str) -> None:
    paths = {
        "acts.csv": write(tmp_path / "acts.csv", [act(1)], ACTS),
        "statement.csv": write(tmp_path / "statement.csv", [line(1)], STATEMENT),
    }
    paths[file].write_bytes(change(paths[file].read_bytes()))
    with pytest.raises(CommandError, match=told):
        call_command(
            "reconcile", acts=paths["acts.csv"], statement=paths["statement.csv"], out=tmp_path
        )


def test_statement_of_uneven_lines_and_lost_identifiers(tmp_path: Path) -> None:
    write(tmp_path / "acts.csv", [act(1)], ACTS)
    text = ";".join(STATEMENT) + "\n;short\nL2;" + KINE + ";;P1;;;KINE-REMOB;10/03/2026;30;more\n"
    (tmp_path / "statement.csv").write_text(text, encoding="utf-8")
    call_command(
        "reconcile",
        acts=tmp_path / "acts.csv",
        statement=tmp_path / "statement.csv",
        out=tmp_path / "out",
    )
    assert '"L2";"A1";"matched"' in (tmp_path / "out/pairs.csv").read_text()
    assert '"ligne 2";"unreadable"' in (tmp_path / "out/left.csv").read_text()


def test_exit_status_and_message_of_the_command(tmp_path: Path) -> None:
    write(tmp_path / "acts.csv", [act(1, amount="x")], ACTS)
    write(tmp_path / "statement.csv", [line(1)], STATEMENT)
    done = subprocess.run(
        [
            *(sys.executable, "manage.py", "reconcile"),
            *("--acts", str(tmp_path / "acts.csv")),
            *("--statement", str(tmp_path / "statement.csv"), "--out", str(tmp_path / "out")),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "acts.csv, ligne 2, colonne amount" in done.stderr

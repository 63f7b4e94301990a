"""The contract of `manage.py price_acts`, sentence by sentence, on small directories of files."""

import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from fees.enums import DoctorCap, WindowKind
from fees.management.commands.price_acts import Command
from fees.pricing.backlog import read_backlog
from fees.pricing.fold import price
from fees.pricing.lines import write_lines
from fees.rules import Policy
from fees.tariffs import DEFAULT_SCHEDULE, read_tariffs
from portal.kit.sheets import SheetError

ROOT = Path(__file__).parents[2]
HEADERS = {
    "patients": "patient;included_on;left_on",
    "ald": "patient;kind;from;to",
    "treating": "patient;professional;from;to",
    "professionals": "professional;profession;agreement_from;agreement_to;employee",
    "rcp": "rcp;patient;held_on;minutes_signed_on;plan_revised_on",
    "attendance": "rcp;professional",
    "acts": "act;entered_at;patient;professional;kind;done_on;rcp;msp_declared",
    "tariffs": "kind;amount;limit;limit_ald;valid_from;valid_to;decision",
}
PEOPLE = {
    "patients": ["P1;2026-01-05;", "P2;2026-01-05;", "P0;;"],
    "professionals": [
        "gp;doctor;2020-01-01;;no",
        "gp2;doctor;2020-01-01;;no",
        "kine;physio;2020-01-01;;no",
        "psy;psychologist;2020-01-01;;no",
        "nurse;nurse;2020-01-01;;no",
        "staff;nurse;2020-01-01;;yes",
        "other;;2020-01-01;;",
    ],
}
MEETING = {
    "treating": ["P1;gp;2026-01-01;2026-12-31", "P2;gp2;2020-01-01;"],
    "rcp": ["R1;P1;2026-03-10;2026-03-12;2026-04-09"],
    "attendance": ["R1;gp", "R1;psy", "R1;nurse"],
}
DEFAULT = Policy()
KINE = "{act};{entered};{patient};kine;KINE-REMOB;{day};;"


def kine(act: str, day: str = "2026-03-10", entered: str = "", patient: str = "P1") -> str:
    return KINE.format(act=act, day=day, entered=entered or f"{day}T09:00:00", patient=patient)


def directory(path: Path, sheets: Mapping[str, list[str]]) -> Path:
    """Write the sheets of a directory, people by default, each under its header."""
    for name, lines in {**PEOPLE, **sheets}.items():
        text = "\n".join([HEADERS[name], *lines]) + "\n"
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def priced(
    path: Path,
    sheets: Mapping[str, list[str]],
    policy: Policy = DEFAULT,
    as_of: date | None = None,
) -> list[str]:
    """The lines that the command would write for these sheets, the header left out."""
    backlog = read_backlog(directory(path, sheets))
    sink = StringIO()
    write_lines(sink, backlog.acts, price(backlog, policy, as_of))
    header, *lines = sink.getvalue().splitlines()
    assert header == "act;decision;amount;reasons;ordinal;limit;window_from;window_to"
    return lines


def reasons(lines: list[str]) -> list[str]:
    return [line.split(";")[3] for line in lines]


CIVIL = "2026-01-01;2027-01-01"

# --- Output


def test_accepted_act_shows_amount_slot_cap_and_window(tmp_path: Path) -> None:
    assert priced(tmp_path, {"acts": [kine("A1")]}) == [f"A1;accepted;30.00;;1;10;{CIVIL}"]


def test_refused_act_shows_its_cap_and_holds_no_slot(tmp_path: Path) -> None:
    line = kine("A1", "2026-01-04")
    assert priced(tmp_path, {"acts": [line]}) == [
        f"A1;refused;0.00;outside_follow_up;;10;{CIVIL}",
    ]


def test_act_for_a_patient_never_included_has_no_inclusion_year(tmp_path: Path) -> None:
    policy = Policy(window=WindowKind.INCLUSION)
    assert priced(tmp_path, {"acts": [kine("A1", patient="P0")]}, policy) == [
        "A1;refused;0.00;outside_follow_up;;10;;"
    ]


def test_arbitrated_act_consumes_nothing(tmp_path: Path) -> None:
    acts = [
        "A1;2026-01-15T09:00:00;P1;gp;MED-BILAN;2026-01-15;;",
        "A2;2026-02-15T09:00:00;P1;gp2;MED-BILAN;2026-02-15;;",
        "A3;2026-03-15T09:00:00;P1;gp;MED-REEVAL;2026-03-15;;",
        "A4;2026-04-15T09:00:00;P1;gp;MED-REEVAL;2026-04-15;;",
        "A5;2026-05-15T09:00:00;P1;gp;MED-BILAN;2026-05-15;;",
    ]
    assert priced(tmp_path, {"acts": acts}) == [
        f"A1;accepted;50.00;;1;2;{CIVIL}",
        f"A2;accepted;50.00;;2;2;{CIVIL}",
        f"A3;to_arbitrate;0.00;cap_reached;;2;{CIVIL}",
        f"A4;to_arbitrate;0.00;cap_reached;;2;{CIVIL}",
        f"A5;refused;0.00;cap_reached;;2;{CIVIL}",
    ]
    separate = priced(tmp_path, {"acts": acts}, Policy(doctor_cap=DoctorCap.SEPARATE))
    assert separate == [
        f"A1;accepted;50.00;;1;2;{CIVIL}",
        f"A2;accepted;50.00;;2;2;{CIVIL}",
        f"A3;accepted;25.00;;1;2;{CIVIL}",
        f"A4;accepted;25.00;;2;2;{CIVIL}",
        f"A5;refused;0.00;cap_reached;;2;{CIVIL}",
    ]


def test_rcp_act_shows_no_cap(tmp_path: Path) -> None:
    acts = [
        "A1;2026-03-10T18:00:00;P1;gp;RCP-MT;2026-03-10;R1;",
        "A2;2026-03-10T18:00:00;P1;psy;RCP-PARA;2026-03-10;R1;",
        "A3;2026-03-10T18:00:00;P1;nurse;RCP-PARA;2026-03-10;R1;",
    ]
    assert priced(tmp_path, {**MEETING, "acts": acts}) == [
        "A1;accepted;75.00;;;;;",
        "A2;accepted;50.00;;;;;",
        "A3;accepted;50.00;;;;;",
    ]


def test_cells_with_separators_are_quoted(tmp_path: Path) -> None:
    line = kine("A1").replace("A1", '"A;""é"""')
    assert priced(tmp_path, {"acts": [line]})[0].startswith('"A;""é""";accepted')


def test_directory_without_act_gives_a_header_alone(tmp_path: Path) -> None:
    assert priced(tmp_path, {"acts": []}) == []


# --- Order, today


def test_acts_are_decided_in_order_of_entry_and_written_in_order_of_file(tmp_path: Path) -> None:
    acts = [
        kine("late", "2026-03-01", "2026-03-20T09:00:00"),
        kine("early", "2026-03-02", "2026-03-02T09:00"),
        kine("middle", "2026-02-27", "2026-03-02 09:00:00.000001"),
    ]
    ordinals = [line.split(";")[4] for line in priced(tmp_path, {"acts": acts})]
    assert ordinals == ["3", "1", "2"]


def test_ties_are_decided_in_order_of_file(tmp_path: Path) -> None:
    acts = [kine(f"A{n}", "2026-03-10", "2026-03-10T09:00:00") for n in range(3)]
    assert reasons(priced(tmp_path, {"acts": acts})) == ["", "duplicate", "duplicate"]


@pytest.mark.parametrize(
    ("entered", "as_of", "expected"),
    [
        ("2026-03-10T00:00:00", None, ""),
        ("2026-03-09T23:59:59", None, "done_in_future"),
        ("2026-06-08T23:59:59", None, ""),
        ("2026-06-09T00:00:00", None, "claim_window_closed"),
        ("2026-06-09T00:00:00", "2026-06-08", ""),
        ("2026-03-10T00:00:00", "2026-06-09", "claim_window_closed"),
        ("2026-03-10T00:00:00", "2026-03-09", "done_in_future"),
    ],
)
def test_today_is_the_day_of_entry_unless_given(
    tmp_path: Path, entered: str, as_of: str | None, expected: str
) -> None:
    today = date.fromisoformat(as_of) if as_of else None
    lines = priced(tmp_path, {"acts": [kine("A1", "2026-03-10", entered)]}, as_of=today)
    assert reasons(lines) == [expected]


# --- Caps and windows


def test_cap_is_per_patient_whoever_did_the_acts(tmp_path: Path) -> None:
    sheets = {
        "professionals": [*PEOPLE["professionals"], "kine2;physio;2020-01-01;;no"],
        "acts": [
            kine(f"A{n}", f"2026-02-{n + 1:02}").replace("kine;", "kine2;" if n % 2 else "kine;")
            for n in range(11)
        ]
        + [kine("B", "2026-02-01", patient="P2")],
    }
    lines = priced(tmp_path, sheets)
    assert [line.split(";")[4] for line in lines] == [*map(str, range(1, 11)), "", "1"]
    assert reasons(lines) == [*[""] * 10, "cap_reached", ""]


def test_refused_act_consumes_nothing(tmp_path: Path) -> None:
    acts = [kine(f"X{n}", "2026-01-04", f"2026-01-04T09:00:0{n}") for n in range(9)]
    lines = priced(tmp_path, {"acts": [*acts, kine("A1")]})
    assert lines[-1] == f"A1;accepted;30.00;;1;10;{CIVIL}"


def test_limit_is_that_of_the_acts_own_day(tmp_path: Path) -> None:
    sheets = {
        "ald": ["P1;31;2026-03-01;2026-03-31", "P1;other;2020-01-01;"],
        "acts": [
            "A1;2026-02-28T09:00:00;P1;gp;MED-BILAN;2026-02-28;;",
            "A2;2026-03-01T09:00:00;P1;gp;MED-BILAN;2026-03-01;;",
            "A3;2026-03-31T09:00:00;P1;gp;MED-REEVAL;2026-03-31;;",
            "A4;2026-04-01T09:00:00;P1;gp;MED-REEVAL;2026-04-01;;",
        ],
    }
    assert priced(tmp_path, sheets) == [
        f"A1;accepted;50.00;;1;2;{CIVIL}",
        f"A2;refused;0.00;cap_reached;;1;{CIVIL}",
        f"A3;to_arbitrate;0.00;cap_reached;;1;{CIVIL}",
        f"A4;accepted;25.00;;2;2;{CIVIL}",
    ]


@pytest.mark.parametrize(
    ("window", "shown"),
    [
        (WindowKind.CIVIL, ["1;2026-01-01;2027-01-01", "1;2027-01-01;2028-01-01"]),
        (WindowKind.INCLUSION, ["1;2026-01-05;2027-01-05", "2;2026-01-05;2027-01-05"]),
        (WindowKind.FOLLOW_UP, ["1;2026-01-05;2027-04-05", "2;2026-01-05;2027-04-05"]),
    ],
)
def test_window_decides_what_counts(tmp_path: Path, window: WindowKind, shown: list[str]) -> None:
    acts = [kine("A1", "2026-12-31"), kine("A2", "2027-01-04")]
    lines = priced(tmp_path, {"acts": acts}, Policy(window=window))
    ordinal, first, last = 4, 6, 7
    cells = [line.split(";") for line in lines]
    assert [f"{c[ordinal]};{c[first]};{c[last]}" for c in cells] == shown


# --- RCP files


def rcp_line(act: str, professional: str, patient: str = "P1", rcp: str = "R1") -> str:
    kind = "RCP-MT" if professional.startswith("gp") else "RCP-PARA"
    return f"{act};2026-03-10T18:00:00;{patient};{professional};{kind};2026-03-10;{rcp};"


PROOFS = "minutes_missing|plan_not_revised|too_few_professionals|not_attending"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (rcp_line("A1", "psy", rcp=""), PROOFS),
        (rcp_line("A1", "psy", rcp="R9"), PROOFS),
        (rcp_line("A1", "psy", patient="P2"), PROOFS),
        (rcp_line("A1", "psy").replace(";2026-03-10;", ";2026-03-09;"), PROOFS),
        (rcp_line("A1", "gp2"), "not_treating_doctor|not_attending"),
        (rcp_line("A1", "gp2", rcp=""), f"not_treating_doctor|{PROOFS}"),
        (rcp_line("A1", "gp", rcp=""), PROOFS),
        (rcp_line("A1", "gp2", patient="P2"), PROOFS),
        (rcp_line("A1", "kine"), "not_attending"),
        (
            rcp_line("A1", "psy").replace("RCP-PARA", "RCP-MT"),
            "wrong_profession|not_treating_doctor",
        ),
        (rcp_line("A1", "gp").replace("RCP-MT", "RCP-PARA"), "wrong_profession"),
        (rcp_line("A1", "other"), "wrong_profession|not_attending"),
    ],
)
def test_rcp_act_needs_the_file_of_its_patient_and_day(
    tmp_path: Path, line: str, expected: str
) -> None:
    assert reasons(priced(tmp_path, {**MEETING, "acts": [line]})) == [expected]


def test_rcp_sheets_may_be_missing(tmp_path: Path) -> None:
    assert reasons(priced(tmp_path, {"acts": [rcp_line("A1", "gp")]})) == [
        f"not_treating_doctor|{PROOFS}"
    ]


def test_listed_twice_is_one_attendee(tmp_path: Path) -> None:
    sheets = {
        **MEETING,
        "attendance": ["R1;psy", "R1;psy", "R1;staff", "R1;other"],
        "acts": [rcp_line("A1", "psy")],
    }
    assert reasons(priced(tmp_path, sheets)) == ["too_few_professionals"]


def test_treating_doctor_is_judged_on_the_day_of_the_act(tmp_path: Path) -> None:
    line = rcp_line("A1", "gp").replace("2026-03-10", "2027-01-01")
    sheets = {**MEETING, "acts": [line]}
    assert reasons(priced(tmp_path, sheets)) == [f"not_treating_doctor|{PROOFS}"]


def test_rcp_duplicate_is_same_file_and_professional(tmp_path: Path) -> None:
    acts = [
        rcp_line("A1", "psy"),
        rcp_line("A2", "psy"),
        rcp_line("A3", "nurse"),
        rcp_line("A4", "psy", patient="P2"),
        rcp_line("A5", "psy").replace(";2026-03-10;", ";2026-03-09;"),
        rcp_line("A6", "psy", rcp=""),
    ]
    assert reasons(priced(tmp_path, {**MEETING, "acts": acts})) == [
        "",
        "duplicate",
        "",
        f"{PROOFS}|duplicate",
        f"{PROOFS}|duplicate",
        PROOFS,
    ]


def test_meeting_of_several_files_pays_each_patients_own(tmp_path: Path) -> None:
    sheets = {
        **MEETING,
        "rcp": [*MEETING["rcp"], "R1;P2;2026-03-10;;2026-03-10"],
        "acts": [
            rcp_line("A1", "psy"),
            rcp_line("A2", "psy", patient="P2"),
            rcp_line("A3", "psy", patient="P0"),
        ],
    }
    assert reasons(priced(tmp_path, sheets)) == [
        "",
        "minutes_missing",
        f"outside_follow_up|{PROOFS}",
    ]


def test_duplicate_is_same_patient_professional_kind_and_day(tmp_path: Path) -> None:
    acts = [
        kine("A1"),
        kine("A2"),
        kine("A3", patient="P2"),
        kine("A4", "2026-03-11"),
        "A5;2026-03-10T10:00:00;P1;gp;MED-BILAN;2026-03-10;;",
        "A6;2026-03-10T11:00:00;P1;gp;MED-REEVAL;2026-03-10;;",
    ]
    assert reasons(priced(tmp_path, {"acts": acts})) == ["", "duplicate", "", "", "", ""]


def test_like_of_a_refused_act_is_no_duplicate(tmp_path: Path) -> None:
    session = "{};2026-03-10T09:00:00;P1;psy;PSY-SUIVI;2026-03-10;;{}"
    acts = [session.format(*cells) for cells in (("A1", ""), ("A2", "yes"), ("A3", "no"))]
    assert reasons(priced(tmp_path, {"acts": acts})) == [
        "msp_not_declared",
        "",
        "duplicate|msp_not_declared",
    ]


# --- Tariffs


def test_default_schedule_is_the_networks_fee_table() -> None:
    table = [(t.kind.value, str(t.amount), t.limit, t.limit_ald) for t in read_tariffs()]
    assert table == [
        ("MED-BILAN", "50.00", 2, 1),
        ("MED-REEVAL", "25.00", 2, 1),
        ("KINE-REMOB", "30.00", 10, None),
        ("PSY-SUIVI", "50.00", 6, None),
        ("RCP-MT", "75.00", None, None),
        ("RCP-PARA", "50.00", None, None),
    ]
    dates = {(t.valid_from, t.valid_to) for t in read_tariffs(DEFAULT_SCHEDULE)}
    assert dates == {(date(2006, 4, 1), None)}


def test_own_tariffs_take_the_place_of_the_default_ones(tmp_path: Path) -> None:
    sheets = {
        "tariffs": [
            "KINE-REMOB;31.5;1;;2026-01-01;2026-03-10;",
            "KINE-REMOB;40;;;2026-03-11;2026-03-31;",
            "KINE-REMOB;41;4;;2026-04-02;;",
        ],
        "acts": [
            kine(f"A{day}", f"2026-{day}")
            for day in ("03-10", "03-11", "03-12", "04-01", "04-02", "04-03")
        ]
        + ["B;2026-03-10T09:00:00;P1;gp;MED-BILAN;2026-03-10;;"],
    }
    assert priced(tmp_path, sheets) == [
        f"A03-10;accepted;31.50;;1;1;{CIVIL}",
        "A03-11;accepted;40.00;;;;;",
        "A03-12;accepted;40.00;;;;;",
        "A04-01;refused;0.00;no_tariff;;;;",
        f"A04-02;accepted;41.00;;4;4;{CIVIL}",
        f"A04-03;refused;0.00;cap_reached;;4;{CIVIL}",
        "B;refused;0.00;no_tariff;;;;",
    ]


# --- Malformed input

GOOD = {**MEETING, "ald": ["P1;30;2020-01-01;"], "acts": [kine("A1"), kine("A2", "2026-03-11")]}


def second(name: str, line: str) -> dict[str, list[str]]:
    """The good directory with `line` as the second of a sheet."""
    return {**GOOD, name: [GOOD.get(name, PEOPLE.get(name, [""]))[0], line]}


@pytest.mark.parametrize(
    ("sheet", "line", "column"),
    [
        ("patients", "P9;2026-02-30;", "included_on"),
        ("patients", "P9;20260101;", "included_on"),
        ("patients", "P9;;01/02/2026", "left_on"),
        ("patients", "P1;;", "patient"),
        ("patients", ";;", "patient"),
        ("ald", "P9;30;2020-01-01;", "patient"),
        ("ald", "P1;33;2020-01-01;", "kind"),
        ("ald", "P1;30;;", "from"),
        ("ald", "P1;30;2020-01-01;x", "to"),
        ("treating", "P9;gp;2020-01-01;", "patient"),
        ("treating", "P1;nobody;2020-01-01;", "professional"),
        ("treating", "P1;gp;;", "from"),
        ("professionals", "gp;doctor;;;", "professional"),
        ("professionals", "new;dentist;;;no", "profession"),
        ("professionals", "new;doctor;2026-1-1;;no", "agreement_from"),
        ("professionals", "new;doctor;;;maybe", "employee"),
        ("rcp", "R2;P9;2026-03-10;;", "patient"),
        ("rcp", "R2;P1;;;", "held_on"),
        ("rcp", "R1;P1;2026-03-11;;", "patient"),
        ("rcp", "R2;P1;2026-03-10;soon;", "minutes_signed_on"),
        ("rcp", "R2;P1;2026-03-10;;2026-04-31", "plan_revised_on"),
        ("attendance", "R1;nobody", "professional"),
        ("acts", kine("A1", "2026-03-11"), "act"),
        ("acts", kine("", "2026-03-11"), "act"),
        ("acts", kine("A2", "2026-03-11", "2026-03-11"), "entered_at"),
        ("acts", kine("A2", "2026-03-11", "2026-03-11T25:00:00"), "entered_at"),
        ("acts", kine("A2", "2026-03-11", "2026-03-11T09:00:00+01:00"), "entered_at"),
        ("acts", kine("A2", "2026-03-11", "2026-03-11T09:00:00Z"), "entered_at"),
        ("acts", kine("A2", patient="P9"), "patient"),
        ("acts", kine("A2", patient=""), "patient"),
        ("acts", kine("A2").replace("kine", "nobody"), "professional"),
        ("acts", kine("A2").replace("KINE-REMOB", "KINE"), "kind"),
        ("acts", kine("A2").replace("KINE-REMOB", ""), "kind"),
        ("acts", kine("A2", "", "2026-03-11T09:00:00"), "done_on"),
        ("acts", kine("A2", "2026-02-29", "2026-03-11T09:00:00"), "done_on"),
        ("acts", kine("A2") + "oui", "msp_declared"),
        ("acts", kine("A2")[:-1], "msp_declared"),
        ("acts", kine("A2") + ";", "9"),
    ],
)
def test_malformed_cell_names_file_line_and_column(
    tmp_path: Path, sheet: str, line: str, column: str
) -> None:
    with pytest.raises(SheetError) as caught:
        read_backlog(directory(tmp_path, second(sheet, line)))
    error = caught.value
    assert (error.file, error.line, error.column) == (f"{sheet}.csv", 3, column)
    assert str(error).startswith(f"{sheet}.csv, ligne 3, colonne {column} : ")


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("KINE;30.00;10;;2006-04-01;;", "kind"),
        ("KINE-REMOB;30,00;10;;2006-04-01;;", "amount"),
        ("KINE-REMOB;-30;10;;2006-04-01;;", "amount"),
        ("KINE-REMOB;;10;;2006-04-01;;", "amount"),
        ("KINE-REMOB;NaN;10;;2006-04-01;;", "amount"),
        ("KINE-REMOB;30.00;ten;;2006-04-01;;", "limit"),
        ("KINE-REMOB;30.00;10;1.5;2006-04-01;;", "limit_ald"),
        ("KINE-REMOB;30.00;-1;;2006-04-01;;", "limit"),
        ("KINE-REMOB;30.00;10;;;;", "valid_from"),
        ("KINE-REMOB;30.00;10;;2006-04-01;never;", "valid_to"),
        ("MED-BILAN;30.00;10;;2006-04-01;;", "valid_from"),
    ],
)
def test_malformed_tariff_names_line_and_column(tmp_path: Path, line: str, column: str) -> None:
    sheets = {**GOOD, "tariffs": ["MED-BILAN;50.00;2;1;2006-04-01;;", line]}
    with pytest.raises(SheetError) as caught:
        read_backlog(directory(tmp_path, sheets))
    error = caught.value
    assert (error.file, error.line, error.column) == ("tariffs.csv", 3, column)


@pytest.mark.parametrize("sheet", ["patients", "professionals", "acts"])
def test_missing_file_is_named(tmp_path: Path, sheet: str) -> None:
    (directory(tmp_path, GOOD) / f"{sheet}.csv").unlink()
    with pytest.raises(SheetError, match=rf"^{sheet}\.csv : fichier absent"):
        read_backlog(tmp_path)


@pytest.mark.parametrize(
    ("sheet", "column"), [(name, c) for name in HEADERS for c in HEADERS[name].split(";")]
)
def test_missing_column_is_named(tmp_path: Path, sheet: str, column: str) -> None:
    directory(tmp_path, {**GOOD, "tariffs": ["KINE-REMOB;30.00;10;;2006-04-01;;"]})
    path = tmp_path / f"{sheet}.csv"
    header, _, rest = path.read_text("utf-8").partition("\n")
    path.write_text(header.replace(column, "another", 1) + "\n" + rest, "utf-8")
    with pytest.raises(SheetError) as caught:
        read_backlog(tmp_path)
    error = caught.value
    named = error.column or ""
    assert (error.file, error.line) == (f"{sheet}.csv", 1)
    assert named not in header.replace(column, "another", 1).split(";")


def test_empty_file_lacks_its_first_column(tmp_path: Path) -> None:
    (directory(tmp_path, GOOD) / "acts.csv").write_text("")
    with pytest.raises(SheetError, match=r"^acts\.csv, ligne 1, colonne act : colonne absente"):
        read_backlog(tmp_path)


def test_repeated_column_is_refused(tmp_path: Path) -> None:
    (directory(tmp_path, GOOD) / "attendance.csv").write_text("rcp;professional;rcp\nR1;gp;R1\n")
    with pytest.raises(SheetError, match=r"^attendance\.csv, ligne 1, colonne rcp : .* répétée"):
        read_backlog(tmp_path)


def test_file_that_is_not_utf8_names_its_line(tmp_path: Path) -> None:
    path = directory(tmp_path, GOOD) / "acts.csv"
    path.write_bytes(path.read_bytes().replace(b"A2", "é".encode("latin-1")))
    with pytest.raises(SheetError, match=r"^acts\.csv, ligne 3 : .*UTF-8"):
        read_backlog(tmp_path)


def test_broken_quotes_name_their_line(tmp_path: Path) -> None:
    sheets = {**GOOD, "acts": [kine("A1"), kine('"A2"x')]}
    with pytest.raises(SheetError, match=r"^acts\.csv, ligne 3 : "):
        read_backlog(directory(tmp_path, sheets))


def test_byte_order_mark_crlf_blank_lines_and_other_columns_are_accepted(tmp_path: Path) -> None:
    directory(tmp_path, GOOD)
    expected = priced(tmp_path, GOOD)
    for path in tmp_path.glob("*.csv"):
        header, *lines = path.read_text("utf-8").splitlines()
        other = [f"note;{header}", "", *(f"é;{line}" for line in lines), ""]
        path.write_text("\r\n".join(other), "utf-8-sig", newline="")
    backlog = read_backlog(tmp_path)
    sink = StringIO()
    write_lines(sink, backlog.acts, price(backlog, Policy()))
    assert sink.getvalue().splitlines()[1:] == expected


# --- The command itself, in a process of its own and an empty environment


def command(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", "price_acts", *arguments],
        env={},
        cwd="/",
        capture_output=True,
        check=False,
    )


def test_command_writes_to_standard_output(tmp_path: Path) -> None:
    path = directory(tmp_path, {"acts": [kine("é1"), kine("A2", "2027-01-04")]})
    run = command(path, "--window", "inclusion", "--doctor-cap", "separate")
    assert (run.returncode, run.stderr.decode()) == (0, "")
    assert run.stdout.decode("utf-8") == (
        "act;decision;amount;reasons;ordinal;limit;window_from;window_to\n"
        "é1;accepted;30.00;;1;10;2026-01-05;2027-01-05\n"
        "A2;accepted;30.00;;2;10;2026-01-05;2027-01-05\n"
    )


def test_command_writes_to_a_file_and_takes_a_day(tmp_path: Path) -> None:
    path, out = directory(tmp_path, {"acts": [kine("A1")]}), tmp_path / "verdicts.csv"
    said = StringIO()
    call_command("price_acts", path, "--as-of", "2026-06-09", "--out", out, stdout=said)
    assert said.getvalue() == ""
    assert out.read_bytes() == (
        b"act;decision;amount;reasons;ordinal;limit;window_from;window_to\n"
        b"A1;refused;0.00;claim_window_closed;;10;2026-01-01;2027-01-01\n"
    )


def test_command_writes_nothing_on_malformed_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = directory(tmp_path, second("acts", kine("A1"))), tmp_path / "verdicts.csv"
    with pytest.raises(SystemExit) as left:
        Command().run_from_argv(["manage.py", "price_acts", str(path), "--out", str(out)])
    said, message = capsys.readouterr()
    assert (left.value.code, said, out.exists()) == (2, "", False)
    assert "acts.csv, ligne 3, colonne act : acte déjà présent" in message
    assert "Traceback" not in message


@pytest.mark.parametrize(
    "option", [("--as-of", "2026-02-30"), ("--window", "rolling"), ("--doctor-cap", "both")]
)
def test_command_refuses_an_unknown_option(
    tmp_path: Path, option: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = directory(tmp_path, GOOD)
    with pytest.raises(SystemExit) as left:
        Command().run_from_argv(["manage.py", "price_acts", str(path), *option])
    assert (left.value.code, capsys.readouterr().out) == (2, "")

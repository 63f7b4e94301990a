"""How long `price_acts` takes for a million acts, beside the plain reading and writing of them.

    python -m bench.price_acts [ACTS]

Makes a directory of national size (12,000 patients, 3,000 professionals, three years; the same
on each run), prices it through the command in a process of its own, then reads the same files and
writes the same verdicts with pandas, which decides nothing: that is the limit.
"""

import csv
import os
import random
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter

PATIENTS, PROFESSIONALS, MEETINGS = 12_000, 3_000, 6_000
FIRST_DAY, DAYS = date(2024, 1, 1), 1_000
PROFESSIONS = ("doctor", "physio", "psychologist", "nurse")
KINDS = {
    "doctor": ("MED-BILAN", "MED-REEVAL", "MED-REEVAL", "RCP-MT"),
    "physio": ("KINE-REMOB", "KINE-REMOB", "KINE-REMOB", "RCP-PARA"),
    "psychologist": ("PSY-SUIVI", "PSY-SUIVI", "PSY-SUIVI", "RCP-PARA"),
    "nurse": ("RCP-PARA",),
}
READ_AND_WRITE = """
import sys
from pathlib import Path
import pandas
directory = Path(sys.argv[1])
for file in sorted(directory.glob("*.csv")):
    pandas.read_csv(file, sep=";", dtype=str, keep_default_na=False)
verdicts = pandas.read_csv(sys.argv[2], sep=";", dtype=str, keep_default_na=False)
verdicts.to_csv(sys.argv[3], sep=";", index=False)
"""


def main(acts: int) -> None:
    root = Path(__file__).parent.parent
    with tempfile.TemporaryDirectory() as name:
        directory, out, copy = Path(name, "files"), Path(name, "out.csv"), Path(name, "copy.csv")
        directory.mkdir()
        make_directory(directory, acts)
        manage = [sys.executable, str(root / "manage.py")]
        start_up = run([*manage, "price_acts", "--help"])
        priced = run([*manage, "price_acts", str(directory), "--out", str(out)])
        limit = run([sys.executable, "-c", READ_AND_WRITE, str(directory), str(out), str(copy)])
        accepted = sum(";accepted;" in line for line in out.open(encoding="utf-8"))
    print(f"{acts:,} acts, {accepted:,} accepted; Django alone starts in {start_up[0]:.1f} s")
    print(f"{'':18}{'seconds':>8}{'CPU s':>8}{'peak MB':>9}{'acts/s':>10}")
    for label, (seconds, cpu, peak) in {"price_acts": priced, "pandas, no rule": limit}.items():
        print(f"{label:18}{seconds:8.1f}{cpu:8.1f}{peak:9.0f}{acts / seconds:10,.0f}")
    ratios = [ours / theirs for ours, theirs in zip(priced, limit, strict=True)]
    print(f"{'ratio':18}{ratios[0]:8.1f}{ratios[1]:8.1f}{ratios[2]:9.1f}")


def run(command: list[str]) -> tuple[float, float, float]:
    """Run a command to its success: seconds, seconds of CPU, peak resident memory in MB."""
    start = perf_counter()
    silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=silent)
    _, status, usage = os.wait4(pid, 0)
    seconds = perf_counter() - start
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def make_directory(directory: Path, acts: int) -> None:
    """Write the contract's files; about two acts in three are accepted or fall to a cap."""
    chance = random.Random(2026)
    patients = [f"P{n:05}" for n in range(PATIENTS)]
    inclusions = {p: FIRST_DAY + timedelta(chance.randrange(DAYS - 200)) for p in patients}
    professionals = {f"S{n:04}": PROFESSIONS[n % 4] for n in range(PROFESSIONALS)}
    by_profession = {
        profession: [s for s, own in professionals.items() if own == profession]
        for profession in PROFESSIONS
    }
    treating = {patient: chance.choice(by_profession["doctor"]) for patient in patients}
    meetings = [f"R{n:05}" for n in range(MEETINGS)]

    write(
        directory / "patients.csv",
        "patient;included_on;left_on",
        ((p, inclusions[p], "") for p in patients),
    )
    write(
        directory / "ald.csv",
        "patient;kind;from;to",
        ((p, chance.choice(["30", "31", "other"]), "2020-01-01", "") for p in patients[::3]),
    )
    write(
        directory / "treating.csv",
        "patient;professional;from;to",
        ((p, doctor, "2020-01-01", "") for p, doctor in treating.items()),
    )
    write(
        directory / "professionals.csv",
        "professional;profession;agreement_from;agreement_to;employee",
        ((s, own, "2020-01-01", "", "no") for s, own in professionals.items()),
    )
    files = []
    for meeting in meetings:
        patient = chance.choice(patients)
        held_on = inclusions[patient] + timedelta(chance.randrange(400))
        files.append((meeting, patient, held_on, held_on, held_on + timedelta(7)))
    write(
        directory / "rcp.csv",
        "rcp;patient;held_on;minutes_signed_on;plan_revised_on",
        files,
    )
    write(
        directory / "attendance.csv",
        "rcp;professional",
        (
            (meeting, professional)
            for meeting, patient, *_ in files
            for professional in (
                treating[patient],
                *(chance.choice(by_profession[profession]) for profession in PROFESSIONS[1:]),
            )
        ),
    )

    def lines() -> Iterator[tuple[object, ...]]:
        for n in range(acts):
            professional = chance.choice(list_of_professionals)
            kind = chance.choice(KINDS[professionals[professional]])
            rcp = ""
            if kind.startswith("RCP"):
                rcp, patient, done_on, *_ = chance.choice(files)
            else:
                patient = chance.choice(patients)
                done_on = inclusions[patient] + timedelta(chance.randrange(-30, 450))
            delay = timedelta(seconds=chance.randrange(95 * 86_400))
            entered = datetime.combine(done_on, time(8)) + delay
            declared = "yes" if kind == "PSY-SUIVI" else ""
            yield (
                f"A{n:07}",
                entered.isoformat(),
                patient,
                professional,
                kind,
                done_on,
                rcp,
                declared,
            )

    list_of_professionals = list(professionals)
    write(
        directory / "acts.csv",
        "act;entered_at;patient;professional;kind;done_on;rcp;msp_declared",
        lines(),
    )


def write(path: Path, header: str, lines: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(header + "\n")
        csv.writer(file, delimiter=";", lineterminator="\n").writerows(lines)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)

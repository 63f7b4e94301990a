"""What must hold whatever the file: caps never exceeded, sums that agree, and a second opinion.

The oracle reads the same rows as text and decides them as a clerk would, going through the whole
list again for each act, with pandas' calendar; it shares no code with the rules.
"""

import csv
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from fees.enums import Decision, DoctorCap, Reason, WindowKind
from fees.pricing.backlog import Backlog, read_backlog
from fees.pricing.fold import price
from fees.pricing.lines import write_lines
from fees.rules import Policy, Verdict, kinds_of, tariff_in_force

type Rows = list[dict[str, str]]
type Sheets = dict[str, Rows]

CODES = ("MED-BILAN", "MED-REEVAL", "KINE-REMOB", "PSY-SUIVI", "RCP-MT", "RCP-PARA")
PROFESSIONS = ("doctor", "physio", "psychologist", "nurse", "psychomotor", "pharmacist", "other")
PAYEES = {
    "MED-BILAN": "doctor",
    "MED-REEVAL": "doctor",
    "KINE-REMOB": "physio",
    "PSY-SUIVI": "psychologist",
    "RCP-MT": "doctor",
    "RCP-PARA": "psychologist physio nurse",
}
# Days where something starts or ends, as those of the inclusions, the ALD, the tariffs.
EDGES = ("2024-11-30", "2025-01-01", "2025-02-28", "2025-06-01", "2025-11-30", "2026-01-01")
DELAYS = (0, 0, 1, 30, 90, 91, -1)
READINGS = [Policy(doctor_cap=cap, window=window) for cap in DoctorCap for window in WindowKind]
A = Policy()


def random_directory(seed: int, acts: int = 60) -> Sheets:
    """A file where most acts are payable, so that caps fill up, with all that can go wrong.

    Acts fall on few days, near the ends of periods, so that they meet the edges and one another.
    """
    chance = random.Random(seed)

    def usually(value: str, *others: str, odds: float = 0.93) -> str:
        return value if chance.random() < odds else chance.choice(others)

    def day_after(day: str, *shifts: int) -> str:
        return str((pd.Timestamp(day) + pd.Timedelta(days=chance.choice(shifts))).date())

    patients = {f"P{n}": usually("2024-11-30", "2024-02-29", "2025-01-01", "") for n in range(3)}
    people = {f"S{n}": PROFESSIONS[n % len(PROFESSIONS)] for n in range(2 * len(PROFESSIONS))}
    meetings = [
        {
            "rcp": f"R{n}",
            "patient": owner,
            "held_on": held_on,
            "minutes_signed_on": usually(held_on, "", "2027-01-01"),
            "plan_revised_on": usually(day_after(held_on, 0, 30), "", day_after(held_on, -1, 31)),
        }
        for n in range(8)
        for held_on in [chance.choice(EDGES)]
        for owner in chance.sample(list(patients), chance.choice([1, 1, 1, 2]))
    ]
    attendance = [
        {"rcp": rcp, "professional": person}
        for rcp in sorted({row["rcp"] for row in meetings})
        for person in chance.choices(list(people), k=chance.choice([1, 2, 8, 8, 8]))
    ]

    def act(n: int) -> dict[str, str]:
        kind = chance.choice(CODES)
        patient, done_on, rcp = chance.choice(list(patients)), chance.choice(EDGES), ""
        if kind.startswith("RCP"):
            meeting = chance.choice(meetings)
            rcp = usually(meeting["rcp"], "", "R9", "R0")
            patient = usually(meeting["patient"], *patients)
            done_on = meeting["held_on"]
        done_on = usually(done_on, day_after(done_on, -1, 1), odds=0.6)
        payees = [code for code, own in people.items() if own in PAYEES[kind].split()]
        return {
            "act": f"A{n}",
            "entered_at": f"{day_after(done_on, *DELAYS)}T{chance.randrange(8, 11):02}:00:00",
            "patient": patient,
            "professional": usually(chance.choice(payees), *people),
            "kind": kind,
            "done_on": done_on,
            "rcp": rcp,
            "msp_declared": usually("yes", "no", ""),
        }

    lines = [(code, "2006-04-01") for code in CODES if chance.random() < 0.95]
    lines += [(chance.choice(CODES), start) for start in ("2025-06-01", "2026-01-01")]
    return {
        "patients": [
            {"patient": code, "included_on": start, "left_on": usually("", *EDGES)}
            for code, start in patients.items()
        ],
        "professionals": [
            {
                "professional": code,
                "profession": profession,
                "agreement_from": usually("2020-01-01", "2025-02-28", ""),
                "agreement_to": usually("", "2026-01-01"),
                "employee": usually("no", "yes"),
            }
            for code, profession in people.items()
        ],
        "ald": [
            {
                "patient": code,
                "kind": chance.choice(["30", "31", "32", "other"]),
                "from": chance.choice(EDGES),
                "to": usually("", *EDGES, odds=0.5),
            }
            for code in patients
        ],
        "treating": [
            {
                "patient": code,
                "professional": doctor,
                "from": usually("2020-01-01", "2025-02-28"),
                "to": usually("", "2026-01-01"),
            }
            for code in patients
            for doctor in chance.sample(["S0", "S1", "S7"], 2)
        ],
        "rcp": meetings,
        "attendance": attendance,
        "tariffs": [
            {
                "kind": kind,
                "amount": chance.choice(["50.00", "12.5", "30"]),
                "limit": chance.choice(["", "0", "1", "2", "3", "6"]),
                "limit_ald": chance.choice(["", "", "0", "1"]),
                "valid_from": start,
                "valid_to": usually("", "2025-11-30"),
                "decision": "",
            }
            for kind, start in lines
        ],
        "acts": [act(n) for n in range(acts)],
    }


def backlog_of(sheets: Sheets) -> Backlog:
    with tempfile.TemporaryDirectory() as directory:
        for name, rows in sheets.items():
            with Path(directory, f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
                writer.writeheader()
                writer.writerows(rows)
        return read_backlog(Path(directory))


def lines_of(backlog: Backlog, verdicts: list[Verdict]) -> list[str]:
    sink = StringIO()
    write_lines(sink, backlog.acts, verdicts)
    return sink.getvalue().splitlines()[1:]


# --- The second opinion


class Clerk:
    """Decides one act after the other from the rows, remembering the accepted ones as rows."""

    def __init__(self, sheets: Sheets, doctor_cap: str, window: str) -> None:
        self.sheets, self.doctor_cap, self.window = sheets, doctor_cap, window
        self.accepted: Rows = []

    def lines(self) -> list[str]:
        queue = sorted(self.sheets["acts"], key=lambda row: pd.Timestamp(row["entered_at"]))
        answers = {row["act"]: self.answer(row) for row in queue}
        return [answers[row["act"]] for row in self.sheets["acts"]]

    def answer(self, act: dict[str, str]) -> str:
        tariff = self.tariff(act)
        first, last = self.window_bounds(act)
        limit = "" if act["kind"].startswith("RCP") else self.limit(act, tariff)
        reasons = [name for name, applies in self.grounds(act, tariff) if applies]
        decision, ordinal, amount = "refused", "", "0.00"
        if not reasons:
            mates = [
                row
                for row in self.accepted
                if row["patient"] == act["patient"]
                and self.same_cap(row["kind"], act["kind"])
                and self.window_bounds(row)[0] == first
            ]
            own = [row for row in mates if row["kind"] == act["kind"]]
            if limit == "" or len(mates) < int(limit):
                decision, amount = "accepted", f"{float(tariff['amount']):.2f}"
                ordinal = "" if limit == "" else str(len(mates) + 1)
                self.accepted.append(act)
            else:
                reasons = ["cap_reached"]
                if self.doctor_cap == "shared" and act["kind"][:3] == "MED":
                    decision = "to_arbitrate" if len(own) < int(limit) else "refused"
        bounds = ["", ""] if limit == "" else [first, last]
        cells = [act["act"], decision, amount, "|".join(reasons), ordinal, limit, *bounds]
        return ";".join(cells)

    def same_cap(self, one: str, other: str) -> bool:
        both_medical = one[:3] == other[:3] == "MED"
        return one == other or (both_medical and self.doctor_cap == "shared")

    def tariff(self, act: dict[str, str]) -> dict[str, str]:
        rows = [
            row
            for row in self.sheets["tariffs"]
            if row["kind"] == act["kind"]
            and row["valid_from"] <= act["done_on"] <= (row["valid_to"] or "9999")
        ]
        return max(rows, key=lambda row: row["valid_from"], default={})

    def limit(self, act: dict[str, str], tariff: dict[str, str]) -> str:
        ald = any(
            row["patient"] == act["patient"]
            and row["kind"] != "other"
            and row["from"] <= act["done_on"] <= (row["to"] or "9999")
            for row in self.sheets["ald"]
        )
        return (tariff.get("limit_ald", "") if ald else "") or tariff.get("limit", "")

    def patient(self, act: dict[str, str]) -> dict[str, str]:
        return next(r for r in self.sheets["patients"] if r["patient"] == act["patient"])

    def follow_up(self, act: dict[str, str]) -> tuple[str, str]:
        row = self.patient(act)
        if not row["included_on"]:
            return "", ""
        end = pd.Timestamp(row["included_on"]) + pd.DateOffset(months=15)
        return row["included_on"], min(str(end.date()), row["left_on"] or "9999")

    def window_bounds(self, act: dict[str, str]) -> tuple[str, str]:
        year = int(act["done_on"][:4])
        if self.window == "civil":
            return f"{year}-01-01", f"{year + 1}-01-01"
        start, end = self.follow_up(act)
        if self.window == "follow_up":
            return (start, end) if start and start <= act["done_on"] < end else ("", "")
        for n in range(20):
            if not start:
                break
            bounds = [pd.Timestamp(start) + pd.DateOffset(years=n + k) for k in (0, 1)]
            first, last = (str(bound.date()) for bound in bounds)
            if first <= act["done_on"] < last:
                return first, last
        return "", ""

    def grounds(self, act: dict[str, str], tariff: dict[str, str]) -> Iterator[tuple[str, bool]]:
        kind, day, today = act["kind"], act["done_on"], act["entered_at"][:10]
        people = {row["professional"]: row for row in self.sheets["professionals"]}
        me = people[act["professional"]]
        start, end = self.follow_up(act)
        yield "outside_follow_up", not (start and start <= day < end)
        signed = me["agreement_from"]
        yield "no_agreement", not (signed and signed <= day <= (me["agreement_to"] or "9999"))
        yield "wrong_profession", me["profession"] not in PAYEES[kind].split()
        treating = [
            row
            for row in self.sheets["treating"]
            if (row["patient"], row["professional"]) == (act["patient"], act["professional"])
            and row["from"] <= day <= (row["to"] or "9999")
        ]
        yield "not_treating_doctor", kind == "RCP-MT" and not treating
        files = [row for row in self.sheets["rcp"] if row["rcp"] == act["rcp"]]
        if kind.startswith("RCP"):
            yield from self.proofs(act, files, people)
        yield "duplicate", any(self.same_claim(row, act, files) for row in self.accepted)
        elapsed = (pd.Timestamp(today) - pd.Timestamp(day)).days
        yield "claim_window_closed", elapsed > 90
        yield "msp_not_declared", kind == "PSY-SUIVI" and act["msp_declared"] != "yes"
        yield "done_in_future", elapsed < 0
        yield "no_tariff", not tariff

    def proofs(
        self, act: dict[str, str], files: Rows, people: dict[str, dict[str, str]]
    ) -> Iterator[tuple[str, bool]]:
        mine = [
            row
            for row in files
            if (row["patient"], row["held_on"]) == (act["patient"], act["done_on"])
        ]
        file = mine[0] if mine else None
        present = {r["professional"] for r in self.sheets["attendance"] if r["rcp"] == act["rcp"]}
        counted = [
            code
            for code in present
            if people[code]["employee"] != "yes" and people[code]["profession"] != "other"
        ]
        late = str((pd.Timestamp(act["done_on"]) + pd.Timedelta(days=30)).date())
        yield "minutes_missing", not (file and file["minutes_signed_on"])
        yield (
            "plan_not_revised",
            not (file and act["done_on"] <= (file["plan_revised_on"] or "0") <= late),
        )
        yield "too_few_professionals", not (file and len(counted) > 1)
        yield "not_attending", not (file and act["professional"] in present)

    def same_claim(self, old: dict[str, str], act: dict[str, str], files: Rows) -> bool:
        if old["professional"] != act["professional"]:
            return False
        if not act["kind"].startswith("RCP"):
            return all(old[column] == act[column] for column in ("patient", "kind", "done_on"))
        only = len(files) == 1 or old["patient"] == act["patient"]
        return old["kind"].startswith("RCP") and old["rcp"] == act["rcp"] and only


SEEDS = st.integers(0, 2**32 - 1)
POLICIES = st.sampled_from(READINGS)


@settings(max_examples=200)
@given(SEEDS, POLICIES)
def test_second_opinion_agrees_on_any_file(seed: int, policy: Policy) -> None:
    sheets = random_directory(seed)
    backlog = backlog_of(sheets)
    clerk = Clerk(sheets, policy.doctor_cap.value, policy.window.value)
    assert lines_of(backlog, price(backlog, policy)) == clerk.lines()


def test_random_files_meet_every_reason_and_every_decision() -> None:
    verdicts = [v for seed in range(30) for v in price(backlog_of(random_directory(seed)), A)]
    assert {v.decision for v in verdicts} == set(Decision)
    assert {reason for v in verdicts for reason in v.reasons} == set(Reason)
    assert Counter(v.decision for v in verdicts)[Decision.ACCEPTED] > len(verdicts) / 5


@settings(max_examples=100)
@given(SEEDS, st.randoms(use_true_random=False), POLICIES)
def test_no_order_of_entry_exceeds_a_cap(seed: int, order: random.Random, policy: Policy) -> None:
    """Accepted acts hold the slots 1..n of their window, no more than the largest limit met."""
    backlog = reordered(backlog_of(random_directory(seed, acts=200)), order)
    held: dict[object, list[Verdict]] = {}
    for act, verdict in zip(backlog.acts, price(backlog, lenient(policy)), strict=True):
        if verdict.decision is Decision.ACCEPTED and verdict.cap is not None:
            assert act.kind in kinds_of(verdict.cap)
            held.setdefault((act.patient, verdict.cap, verdict.window), []).append(verdict)
    for slots in held.values():
        ordinals = [verdict.ordinal for verdict in slots]
        assert sorted(n for n in ordinals if n) == list(range(1, len(slots) + 1))
        assert all(v.limit is None or (v.ordinal or 0) <= v.limit for v in slots)


@settings(max_examples=60)
@given(SEEDS, st.randoms(use_true_random=False), POLICIES)
def test_total_paid_is_the_sum_of_the_tariffs_of_accepted_acts(
    seed: int, order: random.Random, policy: Policy
) -> None:
    backlog = reordered(backlog_of(random_directory(seed)), order)
    verdicts = price(backlog, lenient(policy))
    tariffs = [
        tariff_in_force(backlog.tariffs, act.kind, act.done_on)
        for act, verdict in zip(backlog.acts, verdicts, strict=True)
        if verdict.decision is Decision.ACCEPTED
    ]
    assert sum(v.amount for v in verdicts) == sum(tariff.amount for tariff in tariffs if tariff)
    assert all(bool(v.reasons) == (v.decision is not Decision.ACCEPTED) for v in verdicts)


@settings(max_examples=40)
@given(SEEDS, POLICIES)
def test_pricing_twice_gives_the_same(seed: int, policy: Policy) -> None:
    backlog = backlog_of(random_directory(seed))
    assert price(backlog, policy) == price(backlog, policy)


def reordered(backlog: Backlog, order: random.Random) -> Backlog:
    """The same acts entered in another order, all at the same late moment."""
    moment = max(act.entered_at for act in backlog.acts)
    acts = [act._replace(entered_at=moment) for act in backlog.acts]
    order.shuffle(acts)
    return replace(backlog, acts=acts)


def lenient(policy: Policy) -> Policy:
    """The same readings without a claim window, so that no order of entry is too late."""
    return replace(policy, claim_days=10_000)

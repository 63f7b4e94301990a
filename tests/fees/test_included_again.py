"""A patient included again: an act belongs to the follow-up of its day, wherever it is judged."""

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from fees.enums import Decision, Kind, WindowKind
from fees.exports.contract import export_contract
from fees.models import PolicyVersion
from fees.pricing.backlog import read_backlog
from fees.pricing.fold import price
from fees.rules import Policy, window_of
from fees.selectors.caps import meters_of
from fees.selectors.explain import explain
from fees.selectors.facts_of_many import facts_of_many
from fees.selectors.proposals import proposals_for
from fees.selectors.why import figures_of
from network.actions.inclusion import correct_inclusion
from network.actions.patients import include, leave
from network.actions.requests import ask_again
from network.enums import EvaluationKind, ExitReason, Profession, Role
from network.models import Patient, User
from network.rules.follow_up import FollowUp, comes_before, follow_up_on
from portal.kit.dates import Period
from portal.kit.sheets import SheetError
from portal.kit.words import plain_day
from tests.factories.fees import at, log
from tests.factories.follow_up import make_evaluation
from tests.factories.network import make_link, make_patient, make_professional, make_user
from tests.proofs.threads import recount

D = date.fromisoformat
FIRST = FollowUp(D("2025-02-10"), D("2025-09-01"), former=True)
SECOND = FollowUp(D("2025-09-01"), D("2026-01-15"), former=True)
PRESENT = FollowUp(D("2026-03-01"))
FORMER = (FIRST, SECOND)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-02-09", PRESENT),  # before all: outside, and the present one says from when
        ("2025-02-10", FIRST),
        ("2025-08-31", FIRST),
        ("2025-09-01", SECOND),  # the day of an exit is outside, and begins the next one here
        ("2026-01-14", SECOND),
        ("2026-01-15", PRESENT),  # between two
        ("2026-03-01", PRESENT),
        ("2030-01-01", PRESENT),
    ],
)
def test_day_belongs_to_the_follow_up_that_holds_it(day: str, expected: FollowUp) -> None:
    assert follow_up_on(D(day), PRESENT, FORMER) == expected


@pytest.mark.parametrize(
    ("kind", "day", "window"),
    [
        (WindowKind.CIVIL, "2025-03-03", ("2025-01-01", "2026-01-01")),
        (WindowKind.INCLUSION, "2025-03-03", ("2025-02-10", "2025-09-01")),  # cut at the exit
        (WindowKind.INCLUSION, "2025-10-10", ("2025-09-01", "2026-01-15")),
        (WindowKind.INCLUSION, "2026-10-10", ("2026-03-01", "2027-03-01")),
        (WindowKind.FOLLOW_UP, "2025-03-03", ("2025-02-10", "2025-09-01")),
        (WindowKind.FOLLOW_UP, "2026-10-10", ("2026-03-01", "2027-06-01")),
        (WindowKind.FOLLOW_UP, "2026-02-02", None),
    ],
)
def test_window_is_that_of_the_follow_up_of_the_day(
    kind: WindowKind, day: str, window: tuple[str, str] | None
) -> None:
    followed = follow_up_on(D(day), PRESENT, FORMER)
    expected = Period(D(window[0]), D(window[1])) if window else None
    assert window_of(kind, D(day), followed, 15) == expected


days = st.dates(date(2020, 1, 1), date(2024, 12, 31))


@given(st.lists(days, min_size=1, max_size=7, unique=True), days)
def test_windows_of_two_follow_ups_share_no_day(cuts: list[date], day: date) -> None:
    *ends, last = sorted(cuts)
    pairs = zip(ends[::2], ends[1::2], strict=False)
    former = [FollowUp(start, end, former=True) for start, end in pairs]
    present = FollowUp(last)
    for place, each in enumerate(former):
        assert comes_before(each, present, former[:place])
    mine = follow_up_on(day, present, former)
    for kind in (WindowKind.INCLUSION, WindowKind.FOLLOW_UP):
        window = window_of(kind, day, mine, 15)
        for other in (*former, present):
            if window and other != mine and other.included_on:
                assert other.included_on not in window


@pytest.mark.parametrize(
    ("start", "end", "stands"),
    [
        ("2025-01-01", "2025-02-10", True),  # ends on the day the next begins
        ("2025-01-01", "2025-02-11", False),
        ("2026-01-15", "2026-03-01", True),
        ("2026-01-15", "2026-03-02", False),  # the present one has begun
        ("2026-04-01", "2026-05-01", False),
    ],
)
def test_former_follow_ups_come_one_after_the_other(start: str, end: str, stands: bool) -> None:
    found = FollowUp(D(start), D(end), former=True)
    assert comes_before(found, PRESENT, FORMER) is stands


def included_again(by: User) -> Patient:
    """Followed from 5 January 2026 to 1 June, asked again, included again on 1 July."""
    patient = make_patient()
    leave(
        patient=patient,
        left_on=D("2026-06-01"),
        reason="",
        kind=ExitReason.BETTER,
        by=by,
        now=at(D("2026-06-02")),
    )
    ask_again(patient=patient, requested_on=D("2026-06-20"), by=by, now=at(D("2026-06-20")))
    include(patient=patient, decided_on=D("2026-07-01"), by=by, now=at(D("2026-07-01")))
    return Patient.objects.get(pk=patient.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("window", list(WindowKind))
def test_late_act_of_the_first_follow_up_is_paid(tmp_path: Path, window: WindowKind) -> None:
    """Seen wherever the inclusion is read: decision, cap, lists, words, recount, exported file."""
    PolicyVersion.objects.update(window=window)
    patient, physio = included_again(make_user(Role.COORDINATOR)), make_professional()
    logged = at(D("2026-07-10"))
    on = ("2026-05-31", "2026-06-15", "2026-07-09")
    acts = [log(patient, physio, Kind.KINE_REMOB, D(day), now=logged) for day in on]
    assert [(each.decision, each.reasons) for each in acts] == [
        (Decision.ACCEPTED, ""),
        (Decision.REFUSED, "outside_follow_up"),
        (Decision.ACCEPTED, ""),
    ]
    first, _between, last = acts
    one_count = window is WindowKind.CIVIL
    assert (first.ordinal, last.ordinal) == (1, 2 if one_count else 1)
    (meter,) = meters_of(patient, on=D(on[0]), cap=Kind.KINE_REMOB)
    assert meter.used == (2 if one_count else 1)
    many = facts_of_many(acts)
    assert [many[each.pk].coverage.follow_up.included_on for each in acts] == [
        D("2026-01-05"),
        D("2026-07-01"),
        D("2026-07-01"),
    ]
    figures = [figures_of(each) for each in acts]
    assert [each and each.included_on for each in figures] == [
        D("2026-01-05"),
        D("2026-07-01"),
        D("2026-07-01"),
    ]
    assert explain(first, reader=physio).sentence.count("Il reste") == 1
    assert recount() == []
    export_contract(tmp_path)
    verdicts = price(read_backlog(tmp_path), Policy(window=window))
    assert [(each.decision, each.ordinal) for each in verdicts] == [
        (each.decision, each.ordinal) for each in acts
    ]


@pytest.mark.django_db
def test_evaluation_of_the_first_follow_up_is_proposed_as_payable() -> None:
    by = make_user(Role.COORDINATOR)
    patient = make_patient()
    doctor = make_professional(profession=Profession.DOCTOR)
    make_link(patient=patient, professional=doctor)
    make_evaluation(patient, doctor, held_on=D("2026-05-20"), kind=EvaluationKind.CEO)
    leave(
        patient=patient,
        left_on=D("2026-06-01"),
        reason="",
        kind=ExitReason.BETTER,
        by=by,
        now=at(D("2026-06-02")),
    )
    ask_again(patient=patient, by=by, now=at(D("2026-06-20")))
    include(patient=patient, decided_on=D("2026-07-01"), by=by, now=at(D("2026-07-01")))
    (proposal,) = proposals_for(doctor, on=D("2026-07-10"))
    assert proposal.missing == ()


# --- The date of an inclusion, corrected


@pytest.mark.django_db
def test_correction_names_the_acts_that_would_fall_outside() -> None:
    by, physio = make_user(Role.COORDINATOR), make_professional()
    patient = make_patient()
    for day in ("2026-01-05", "2026-01-20", "2026-02-02"):
        log(patient, physio, Kind.KINE_REMOB, D(day))
    with pytest.raises(ValidationError) as refused:
        correct(patient, "2026-01-25", by)
    (words,) = refused.value.message_dict["included_on"]
    named = [plain_day(D(day)) in words for day in ("2026-01-05", "2026-01-20", "2026-02-02")]
    assert named == [True, True, False]
    patient.refresh_from_db()
    assert patient.included_on == D("2026-01-05")


@pytest.mark.django_db
def test_corrected_date_lets_an_act_in_and_acts_stay_counted() -> None:
    by, physio = make_user(Role.COORDINATOR), make_professional()
    patient = make_patient()
    kept = log(patient, physio, Kind.KINE_REMOB, D("2026-02-02"))
    with pytest.raises(ValidationError):
        correct(patient, "2025-12-31", by)  # before the request
    correct(patient, "2026-01-03", by)
    patient.refresh_from_db()
    early = log(patient, physio, Kind.KINE_REMOB, D("2026-01-03"), now=at(D("2026-02-03")))
    kept.refresh_from_db()
    assert (kept.decision, early.decision) == (Decision.ACCEPTED, Decision.ACCEPTED)
    assert recount() == []


def correct(patient: Patient, day: str, by: User) -> None:
    now = at(D("2026-03-01"))
    correct_inclusion(patient=patient, included_on=D(day), reason="Saisie", by=by, now=now)


# --- follow_ups.csv


FILES = {
    "patients.csv": "patient;included_on;left_on\nP1;2026-03-01;\n",
    "professionals.csv": "professional;profession;agreement_from;agreement_to;employee\n"
    "S1;physio;2020-01-01;;no\n",
    "acts.csv": "act;entered_at;patient;professional;kind;done_on;rcp;msp_declared\n"
    "A1;2025-04-21T10:00:00;P1;S1;KINE-REMOB;2025-04-20;;\n",
}
HEADER = "patient;included_on;left_on;renewed_to\n"


@pytest.mark.parametrize(
    ("lines", "decision"),
    [
        (None, Decision.REFUSED),  # a directory of before
        ("", Decision.REFUSED),
        ("P1;2025-02-10;2025-09-01;\n", Decision.ACCEPTED),
        ("P1;2025-02-10;2025-04-20;\n", Decision.REFUSED),  # the day of the exit is outside
        ("P1;2023-12-01;2025-05-01;\n", Decision.REFUSED),  # after its 15 months
        ("P1;2023-12-01;2025-05-01;2025-05-01\n", Decision.ACCEPTED),  # unless prolonged
    ],
)
def test_file_of_former_follow_ups(tmp_path: Path, lines: str | None, decision: Decision) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    if lines is not None:
        (tmp_path / "follow_ups.csv").write_text(HEADER + lines, encoding="utf-8")
    (verdict,) = price(read_backlog(tmp_path), Policy())
    assert verdict.decision is decision


@pytest.mark.parametrize(
    ("lines", "column"),
    [
        ("P9;2025-02-10;2025-09-01;\n", "patient"),
        ("P1;2025-02-10;;\n", "left_on"),
        ("P1;2025-02-10;2025-02-01;\n", "left_on"),
        ("P1;2025-02-10;2026-03-02;\n", "included_on"),  # the present one has begun
        ("P1;2025-02-10;2025-09-01;\nP1;2025-08-31;2025-10-01;\n", "included_on"),
    ],
)
def test_malformed_former_follow_up_is_named(tmp_path: Path, lines: str, column: str) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "follow_ups.csv").write_text(HEADER + lines, encoding="utf-8")
    with pytest.raises(SheetError, match=r"follow_ups\.csv") as refused:
        read_backlog(tmp_path)
    assert column in str(refused.value)

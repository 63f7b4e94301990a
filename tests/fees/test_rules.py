"""The cap rule and its neighbours, by tables. The golden vectors are those of the network."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from fees.enums import Decision, DoctorCap, Kind, Reason, WindowKind
from fees.rules import (
    Claim,
    Coverage,
    Policy,
    RcpFile,
    Tariff,
    Usage,
    Verdict,
    cap_of,
    days_of,
    decide,
    first_possible_date,
    kinds_of,
    lowest_free,
    tariff_in_force,
    under_ald,
    window_of,
)
from fees.tariffs import read_tariffs
from network.enums import AldKind, Profession
from network.rules.follow_up import FollowUp
from network.rules.proofs import Attendee
from portal.kit.dates import Period

D = date.fromisoformat
TABLE = read_tariffs()
UNUSED = Usage(ordinals=frozenset(), own_kind=0)
DEFAULT = Policy()
SEPARATE = Policy(doctor_cap=DoctorCap.SEPARATE)
PAYEE = {
    Kind.MED_BILAN: Profession.DOCTOR,
    Kind.MED_REEVAL: Profession.DOCTOR,
    Kind.KINE_REMOB: Profession.PHYSIO,
    Kind.PSY_SUIVI: Profession.PSYCHOLOGIST,
    Kind.RCP_MT: Profession.DOCTOR,
    Kind.RCP_PARA: Profession.NURSE,
}
FOLLOWED = Coverage(FollowUp(D("2026-01-05")), under_ald=False)
NEVER = Coverage(FollowUp(None), under_ald=False)
UNDER_ALD = replace(FOLLOWED, under_ald=True)
DAY = D("2026-03-10")


def meeting(*others: Attendee, held_on: date = DAY) -> RcpFile:
    """A payable file where `me`, of whatever profession, meets two others."""
    default = (Attendee("gp", Profession.DOCTOR, False), Attendee("psy", Profession.NURSE, False))
    return RcpFile(
        held_on=held_on,
        minutes_signed_on=held_on,
        plan_revised_on=held_on,
        attendees=(Attendee("me", Profession.NURSE, False), *(others or default)),
    )


def claim(kind: Kind = Kind.KINE_REMOB, done_on: date = DAY) -> Claim:
    """An act that nothing refuses."""
    return Claim(
        kind=kind,
        done_on=done_on,
        today=done_on,
        professional="me",
        profession=PAYEE[kind],
        agreement_from=D("2020-01-01"),
        agreement_to=None,
        is_treating_doctor=True,
        msp_declared=True,
        rcp=meeting(held_on=done_on) if kind.is_rcp else None,
    )


def line(kind: Kind) -> Tariff:
    tariff = tariff_in_force(TABLE, kind, DAY)
    assert tariff is not None
    return tariff


def verdict_of(
    act: Claim,
    coverage: Coverage = FOLLOWED,
    usage: Usage = UNUSED,
    policy: Policy = DEFAULT,
) -> Verdict:
    return decide(act, coverage, line(act.kind), usage, policy)


def reasons_of(act: Claim, coverage: Coverage = FOLLOWED, policy: Policy = DEFAULT) -> list[str]:
    return [reason.value for reason in verdict_of(act, coverage, policy=policy).reasons]


# --- Golden vectors


def replay(
    acts: Sequence[tuple[str, Kind]],
    coverage: Coverage,
    policy: Policy,
    tariffs: Sequence[Tariff] = TABLE,
) -> tuple[list[str], Decimal]:
    """Decide the acts of one patient one after the other: the decisions, and the total paid."""
    accepted: list[tuple[Kind, Verdict]] = []
    decisions = []
    for day, kind in acts:
        act = claim(kind, D(day))
        window = window_of(policy.window, act.done_on, coverage.follow_up, policy.follow_up_months)
        held = [
            (other, verdict)
            for other, verdict in accepted
            if verdict.window == window and verdict.cap == cap_of(kind, policy.doctor_cap)
        ]
        usage = Usage(
            ordinals=frozenset(verdict.ordinal for _, verdict in held if verdict.ordinal),
            own_kind=sum(other is kind for other, _ in held),
        )
        tariff = tariff_in_force(tariffs, kind, act.done_on)
        verdict = decide(act, coverage, tariff, usage, policy)
        if verdict.decision is Decision.ACCEPTED:
            accepted.append((kind, verdict))
        decisions.append(verdict.decision.value)
    return decisions, sum((verdict.amount for _, verdict in accepted), Decimal(0))


def row_by_row() -> list[Tariff]:
    """Reading C: the assessment 2 outside ALD only, the reassessment 1 under ALD only."""
    limits = {Kind.MED_BILAN: (2, 0), Kind.MED_REEVAL: (0, 1)}
    return [
        replace(tariff, limit=limits[tariff.kind][0], limit_ald=limits[tariff.kind][1])
        if tariff.kind in limits
        else tariff
        for tariff in TABLE
    ]


A, B, C = DEFAULT, SEPARATE, SEPARATE
INCLUSION = Policy(window=WindowKind.INCLUSION)
OK, NO, ASK = "accepted", "refused", "to_arbitrate"
G1 = [
    ("2026-01-15", Kind.MED_BILAN),
    ("2026-05-10", Kind.MED_REEVAL),
    ("2026-10-02", Kind.MED_REEVAL),
]
G2 = [("2026-01-15", Kind.MED_BILAN), ("2026-09-10", Kind.MED_REEVAL)]
G5 = [
    (day.isoformat(), Kind.PSY_SUIVI)
    for start, sessions in ((D("2025-11-03"), 6), (D("2026-01-05"), 7))
    for day in (start + timedelta(weeks=n) for n in range(sessions))
]
G7 = [(day, Kind.KINE_REMOB) for day in ("2025-12-31", "2026-01-05", "2027-04-04", "2027-04-05")]


@pytest.mark.parametrize(
    ("policy", "decisions", "total"),
    [(A, [OK, OK, ASK], 75), (INCLUSION, [OK, OK, ASK], 75), (B, [OK, OK, OK], 100)],
    ids=["A/civil", "A/inclusion", "B/civil"],
)
def test_g1_outside_ald(policy: Policy, decisions: list[str], total: int) -> None:
    assert replay(G1, FOLLOWED, policy) == (decisions, Decimal(total))


@pytest.mark.parametrize(
    ("policy", "decisions", "total"),
    [(A, [OK, ASK], 50), (INCLUSION, [OK, ASK], 50), (B, [OK, OK], 75)],
    ids=["A/civil", "A/inclusion", "B/civil"],
)
def test_g2_under_ald(policy: Policy, decisions: list[str], total: int) -> None:
    assert replay(G2, UNDER_ALD, policy) == (decisions, Decimal(total))


@pytest.mark.parametrize("policy", [A, C], ids=["shared", "separate"])
def test_g1_and_g2_row_by_row_is_reached_by_data_alone(policy: Policy) -> None:
    tariffs = row_by_row()
    assert replay(G1, FOLLOWED, policy, tariffs) == ([OK, NO, NO], Decimal(50))
    assert replay(G2, UNDER_ALD, policy, tariffs) == ([NO, OK], Decimal(25))


@pytest.mark.parametrize(
    ("policy", "tariffs", "accepted"),
    [
        (A, TABLE, 12),
        (INCLUSION, TABLE, 6),
        (B, TABLE, 12),
        (C, row_by_row(), 12),
        (Policy(window=WindowKind.FOLLOW_UP), TABLE, 6),
    ],
    ids=["A/civil", "A/inclusion", "B/civil", "C/civil", "A/follow-up"],
)
def test_g5_psychologist_over_two_years(
    policy: Policy, tariffs: Sequence[Tariff], accepted: int
) -> None:
    coverage = replace(FOLLOWED, follow_up=FollowUp(D("2025-11-01")))
    decisions, total = replay(G5, coverage, policy, tariffs)
    assert (decisions.count(OK), decisions.count(ASK), total) == (
        accepted,
        0,
        Decimal(50 * accepted),
    )


@pytest.mark.parametrize("policy", [A, INCLUSION], ids=["civil", "inclusion"])
def test_g7_follow_up_window(policy: Policy) -> None:
    assert replay(G7, FOLLOWED, policy) == ([NO, OK, OK, NO], Decimal(60))


@pytest.mark.parametrize(
    ("minutes", "reasons", "total"),
    [(DAY, [], 175), (None, ["minutes_missing"], 0)],
    ids=["G8", "G9"],
)
def test_g8_and_g9_rcp_of_three(minutes: date | None, reasons: list[str], total: int) -> None:
    attendees = (
        Attendee("gp", Profession.DOCTOR, False),
        Attendee("psy", Profession.PSYCHOLOGIST, False),
        Attendee("nurse", Profession.NURSE, False),
    )
    file = RcpFile(DAY, minutes_signed_on=minutes, plan_revised_on=DAY, attendees=attendees)
    verdicts = [
        verdict_of(
            replace(
                claim(Kind.RCP_MT if attendee.profession is Profession.DOCTOR else Kind.RCP_PARA),
                professional=attendee.professional,
                profession=attendee.profession,
                rcp=file,
            )
        )
        for attendee in attendees
    ]
    assert [[r.value for r in verdict.reasons] for verdict in verdicts] == [reasons] * 3
    assert sum(verdict.amount for verdict in verdicts) == total


def test_g13_reversed_act_frees_its_slot() -> None:
    full = Usage(ordinals=frozenset(range(1, 7)), own_kind=6)
    freed = Usage(ordinals=frozenset({1, 2, 4, 5, 6}), own_kind=5)
    act = claim(Kind.PSY_SUIVI)
    assert verdict_of(act, usage=full).decision is Decision.REFUSED
    assert verdict_of(act, usage=freed).ordinal == 3


# --- The cap


@pytest.mark.parametrize("kind", [kind for kind in Kind if not kind.is_rcp])
@pytest.mark.parametrize("ald", [False, True])
def test_last_slot_is_accepted_and_the_next_refused(kind: Kind, ald: bool) -> None:
    coverage = UNDER_ALD if ald else FOLLOWED
    limit = line(kind).limit_for(under_ald=ald)
    assert limit is not None
    last = Usage(ordinals=frozenset(range(1, limit)), own_kind=limit - 1)
    full = Usage(ordinals=frozenset(range(1, limit + 1)), own_kind=limit)
    civil = Period(D("2026-01-01"), D("2027-01-01"))
    cap = cap_of(kind, DoctorCap.SHARED)
    assert verdict_of(claim(kind), coverage, last) == Verdict(
        Decision.ACCEPTED, line(kind).amount, (), cap, limit, limit, limit - 1, civil
    )
    assert verdict_of(claim(kind), coverage, full) == Verdict(
        Decision.REFUSED, Decimal("0.00"), (Reason.CAP_REACHED,), cap, None, limit, limit, civil
    )


@pytest.mark.parametrize("kind", [Kind.RCP_MT, Kind.RCP_PARA])
def test_rcp_has_no_cap(kind: Kind) -> None:
    assert verdict_of(claim(kind)) == Verdict(
        Decision.ACCEPTED, line(kind).amount, (), None, None, None, None, None
    )


def test_rcp_has_no_cap_even_where_its_line_sets_a_limit() -> None:
    tariff = replace(line(Kind.RCP_PARA), limit=0)
    verdict = decide(claim(Kind.RCP_PARA), FOLLOWED, tariff, UNUSED, Policy())
    assert (verdict.decision, verdict.limit) == (Decision.ACCEPTED, None)


@pytest.mark.parametrize(
    ("held", "own", "granted", "policy", "decision"),
    [
        (1, 0, 0, Policy(), Decision.ACCEPTED),
        (2, 0, 0, Policy(), Decision.TO_ARBITRATE),
        (2, 1, 0, Policy(), Decision.TO_ARBITRATE),
        (2, 2, 0, Policy(), Decision.REFUSED),
        (2, 2, 1, Policy(), Decision.ACCEPTED),
        (3, 2, 1, Policy(), Decision.REFUSED),
        (3, 1, 1, Policy(), Decision.TO_ARBITRATE),
        (2, 2, 0, SEPARATE, Decision.REFUSED),
        (2, 1, 0, SEPARATE, Decision.REFUSED),
    ],
)
def test_shared_cap_is_arbitrated_where_the_separate_reading_would_accept(
    held: int, own: int, granted: int, policy: Policy, decision: Decision
) -> None:
    usage = Usage(ordinals=frozenset(range(1, held + 1)), own_kind=own, granted=granted)
    verdict = verdict_of(claim(Kind.MED_REEVAL), usage=usage, policy=policy)
    refused = decision is not Decision.ACCEPTED
    assert (verdict.decision, verdict.limit, verdict.used) == (decision, 2 + granted, held)
    assert verdict.reasons == ((Reason.CAP_REACHED,) if refused else ())
    assert verdict.ordinal == (None if refused else held + 1)
    assert verdict.amount == (0 if refused else 25)


def test_cap_is_silent_when_something_else_refuses() -> None:
    full = Usage(ordinals=frozenset({1, 2}), own_kind=1)
    act = replace(claim(Kind.MED_BILAN), agreement_from=None)
    verdict = verdict_of(act, usage=full)
    assert (verdict.decision, verdict.reasons) == (Decision.REFUSED, (Reason.NO_AGREEMENT,))
    assert (verdict.ordinal, verdict.limit, verdict.used) == (None, 2, 2)


def test_slot_is_kept_where_the_line_sets_no_limit() -> None:
    tariff = replace(line(Kind.KINE_REMOB), limit=None, limit_ald=3)
    usage = Usage(ordinals=range(1, 31), own_kind=30)
    free = decide(claim(), FOLLOWED, tariff, usage, Policy())
    capped = decide(claim(), UNDER_ALD, tariff, usage, Policy())
    assert (free.decision, free.ordinal, free.limit) == (Decision.ACCEPTED, 31, None)
    assert (capped.decision, capped.ordinal, capped.limit) == (Decision.REFUSED, None, 3)


def test_limit_of_the_day_counts_acts_of_before_the_ald() -> None:
    usage = Usage(ordinals=frozenset({1}), own_kind=1)
    assert verdict_of(claim(Kind.MED_BILAN), FOLLOWED, usage).decision is Decision.ACCEPTED
    assert verdict_of(claim(Kind.MED_BILAN), UNDER_ALD, usage).decision is Decision.REFUSED


@pytest.mark.parametrize(
    ("ordinals", "free"),
    [(set(), 1), ({1}, 2), ({2}, 1), ({1, 2, 4}, 3), ({2, 3}, 1), (range(1, 11), 11)],
)
def test_lowest_free_slot(ordinals: set[int], free: int) -> None:
    assert lowest_free(ordinals) == free


@pytest.mark.parametrize(
    ("kind", "shared", "separate"),
    [
        (Kind.MED_BILAN, "MED", "MED-BILAN"),
        (Kind.MED_REEVAL, "MED", "MED-REEVAL"),
        (Kind.KINE_REMOB, "KINE-REMOB", "KINE-REMOB"),
        (Kind.PSY_SUIVI, "PSY-SUIVI", "PSY-SUIVI"),
        (Kind.RCP_MT, None, None),
        (Kind.RCP_PARA, None, None),
    ],
)
def test_cap_of_each_kind(kind: Kind, shared: str | None, separate: str | None) -> None:
    assert [cap_of(kind, reading) for reading in DoctorCap] == [shared, separate]


@pytest.mark.parametrize(
    ("cap", "kinds"),
    [
        ("MED", (Kind.MED_BILAN, Kind.MED_REEVAL)),
        ("MED-BILAN", (Kind.MED_BILAN,)),
        ("MED-REEVAL", (Kind.MED_REEVAL,)),
        ("PSY-SUIVI", (Kind.PSY_SUIVI,)),
    ],
)
def test_kinds_of_each_cap(cap: str, kinds: tuple[Kind, ...]) -> None:
    assert kinds_of(cap) == kinds


@pytest.mark.parametrize("name", ["RCP-MT", "med", ""])
def test_kinds_of_an_unknown_cap_is_an_error(name: str) -> None:
    with pytest.raises(ValueError, match="no cap"):
        kinds_of(name)


# --- Windows and follow-up


@pytest.mark.parametrize(
    ("kind", "day", "expected"),
    [
        (WindowKind.CIVIL, "2026-12-31", ("2026-01-01", "2027-01-01")),
        (WindowKind.CIVIL, "2025-12-31", ("2025-01-01", "2026-01-01")),
        (WindowKind.INCLUSION, "2026-01-04", None),
        (WindowKind.INCLUSION, "2027-01-04", ("2026-01-05", "2027-01-05")),
        (WindowKind.INCLUSION, "2027-01-05", ("2027-01-05", "2028-01-05")),
        (WindowKind.FOLLOW_UP, "2026-01-04", None),
        (WindowKind.FOLLOW_UP, "2026-01-05", ("2026-01-05", "2027-04-05")),
        (WindowKind.FOLLOW_UP, "2027-04-04", ("2026-01-05", "2027-04-05")),
        (WindowKind.FOLLOW_UP, "2027-04-05", None),
    ],
)
def test_window_that_holds_the_act(
    kind: WindowKind, day: str, expected: tuple[str, str] | None
) -> None:
    window = window_of(kind, D(day), FollowUp(D("2026-01-05")), 15)
    assert window == (expected and Period(D(expected[0]), D(expected[1])))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (WindowKind.CIVIL, Period(D("2026-01-01"), D("2027-01-01"))),
        (WindowKind.INCLUSION, None),
        (WindowKind.FOLLOW_UP, None),
    ],
)
def test_window_of_a_patient_never_included(kind: WindowKind, expected: Period | None) -> None:
    assert window_of(kind, DAY, FollowUp(None), 15) == expected


def test_window_of_the_follow_up_ends_with_it() -> None:
    window = window_of(WindowKind.FOLLOW_UP, DAY, FollowUp(D("2026-01-05"), D("2026-06-01")), 15)
    assert window == Period(D("2026-01-05"), D("2026-06-01"))


@pytest.mark.parametrize(
    ("included_on", "left_on", "last_day"),
    [
        ("2026-01-05", None, "2027-04-04"),
        ("2025-11-30", None, "2027-02-27"),
        ("2024-11-29", None, "2026-02-27"),
        ("2026-11-30", None, "2028-02-28"),
        ("2026-01-05", "2026-06-01", "2026-05-31"),
        ("2026-01-05", "2028-01-01", "2027-04-04"),
    ],
)
def test_follow_up_excludes_its_end(included_on: str, left_on: str | None, last_day: str) -> None:
    followed = FollowUp(D(included_on), D(left_on) if left_on else None)
    period = days_of(followed, 15)
    last = D(last_day)
    assert period == Period(D(included_on), last + timedelta(days=1))
    coverage = Coverage(followed, under_ald=False)
    days = [D(included_on) - timedelta(days=1), D(included_on), last, last + timedelta(days=1)]
    outside = ["outside_follow_up"]
    assert [reasons_of(claim(done_on=day), coverage) for day in days] == [outside, [], [], outside]


@pytest.mark.parametrize("left_on", ["2026-01-05", "2025-01-01"])
def test_follow_up_left_before_it_starts_holds_no_day(left_on: str) -> None:
    coverage = Coverage(FollowUp(D("2026-01-05"), D(left_on)), under_ald=False)
    assert reasons_of(claim(done_on=D("2026-01-05")), coverage) == ["outside_follow_up"]


def test_patient_never_included_is_never_inside() -> None:
    assert days_of(FollowUp(None), 15) is None
    assert reasons_of(claim(), NEVER) == ["outside_follow_up"]


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_passes_follow_up_and_agreement(kind: Kind) -> None:
    act = replace(claim(kind), agreement_from=None)
    coverage = NEVER
    assert reasons_of(act, coverage) == ["outside_follow_up", "no_agreement"]


# --- Tariffs, ALD


def test_tariff_in_force_holds_both_its_ends() -> None:
    old = replace(line(Kind.KINE_REMOB), valid_to=D("2026-06-30"))
    new = replace(old, amount=Decimal("35.00"), valid_from=D("2026-07-01"), valid_to=None)
    days = ["2006-03-31", "2006-04-01", "2026-06-30", "2026-07-01", "9999-12-31"]
    lines = [tariff_in_force([old, new], Kind.KINE_REMOB, D(day)) for day in days]
    assert lines == [None, old, old, new, new]
    assert tariff_in_force([old, new], Kind.PSY_SUIVI, DAY) is None


def test_tariff_that_starts_last_supersedes_an_open_one() -> None:
    old = line(Kind.KINE_REMOB)
    new = replace(old, amount=Decimal("35.00"), valid_from=D("2026-07-01"))
    assert tariff_in_force([new, old], Kind.KINE_REMOB, D("2026-07-01")) is new
    assert tariff_in_force([new, old], Kind.KINE_REMOB, D("2026-06-30")) is old


@pytest.mark.parametrize(
    ("limit", "limit_ald", "expected"),
    [(2, 1, (2, 1)), (2, None, (2, 2)), (None, None, (None, None)), (2, 0, (2, 0))],
)
def test_tariff_limit_by_ald(
    limit: int | None, limit_ald: int | None, expected: tuple[int | None, int | None]
) -> None:
    tariff = replace(line(Kind.MED_BILAN), limit=limit, limit_ald=limit_ald)
    assert (tariff.limit_for(under_ald=False), tariff.limit_for(under_ald=True)) == expected


@pytest.mark.parametrize(
    ("kind", "day", "expected"),
    [
        (AldKind.ALD_30, "2026-02-28", False),
        (AldKind.ALD_30, "2026-03-01", True),
        (AldKind.ALD_31, "2026-03-31", True),
        (AldKind.ALD_32, "2026-04-01", False),
        (AldKind.OTHER, "2026-03-15", False),
    ],
)
def test_ald_counts_when_exempting_and_on_both_its_ends(
    kind: AldKind, day: str, expected: bool
) -> None:
    assert under_ald([(kind, D("2026-03-01"), D("2026-03-31"))], D(day)) == expected


def test_ald_without_end_is_open_and_one_of_several_is_enough() -> None:
    periods = [(AldKind.OTHER, D("2020-01-01"), None), (AldKind.ALD_31, D("2026-03-01"), None)]
    assert [under_ald(periods, D(day)) for day in ("2026-02-28", "9999-12-31")] == [False, True]
    assert under_ald([], DAY) is False


# --- Reasons


def test_act_that_nothing_refuses_is_accepted_at_its_tariff() -> None:
    amounts = [str(verdict_of(claim(kind)).amount) for kind in Kind]
    assert amounts == ["50.00", "25.00", "30.00", "50.00", "75.00", "50.00"]


@pytest.mark.parametrize(
    ("agreement_from", "agreement_to", "covered"),
    [
        (DAY, DAY, True),
        (DAY + timedelta(days=1), None, False),
        (D("2020-01-01"), DAY - timedelta(days=1), False),
        (D("2020-01-01"), None, True),
        (None, None, False),
        (None, DAY, False),
    ],
)
def test_agreement_covers_both_its_ends(
    agreement_from: date | None, agreement_to: date | None, covered: bool
) -> None:
    act = replace(claim(), agreement_from=agreement_from, agreement_to=agreement_to)
    assert reasons_of(act) == ([] if covered else ["no_agreement"])


@pytest.mark.parametrize(
    ("kind", "payees"),
    [
        (Kind.MED_BILAN, {"doctor"}),
        (Kind.MED_REEVAL, {"doctor"}),
        (Kind.KINE_REMOB, {"physio"}),
        (Kind.PSY_SUIVI, {"psychologist"}),
        (Kind.RCP_MT, {"doctor"}),
        (Kind.RCP_PARA, {"psychologist", "physio", "nurse"}),
    ],
)
def test_profession_paid_for_each_kind(kind: Kind, payees: set[str]) -> None:
    reasons = {p.value: reasons_of(replace(claim(kind), profession=p)) for p in Profession}
    assert reasons == {
        p.value: [] if p.value in payees else ["wrong_profession"] for p in Profession
    }


def test_treating_doctor_is_asked_of_rcp_mt_only() -> None:
    stranger = {kind: reasons_of(replace(claim(kind), is_treating_doctor=False)) for kind in Kind}
    assert stranger == {kind: [] for kind in Kind} | {Kind.RCP_MT: ["not_treating_doctor"]}


def test_treating_doctor_and_profession_are_two_reasons() -> None:
    act = replace(claim(Kind.RCP_MT), profession=Profession.NURSE, is_treating_doctor=False)
    assert reasons_of(act) == ["wrong_profession", "not_treating_doctor"]


ALL_PROOFS = ["minutes_missing", "plan_not_revised", "too_few_professionals", "not_attending"]


@pytest.mark.parametrize(
    "rcp", [None, meeting(held_on=DAY - timedelta(days=1))], ids=["none", "another day"]
)
def test_rcp_without_its_file_lacks_every_proof(rcp: RcpFile | None) -> None:
    assert reasons_of(replace(claim(Kind.RCP_PARA), rcp=rcp)) == ALL_PROOFS


@pytest.mark.parametrize("signed_on", [DAY - timedelta(days=9), DAY, D("2031-01-01")])
def test_minutes_count_whenever_signed(signed_on: date) -> None:
    file = replace(meeting(), minutes_signed_on=signed_on)
    assert reasons_of(replace(claim(Kind.RCP_PARA), rcp=file)) == []


@pytest.mark.parametrize(
    ("days", "reasons"),
    [
        (-1, ["plan_not_revised"]),
        (0, []),
        (30, []),
        (31, ["plan_not_revised"]),
        (None, ["plan_not_revised"]),
    ],
)
def test_plan_is_revised_within_thirty_days(days: int | None, reasons: list[str]) -> None:
    revised = None if days is None else DAY + timedelta(days=days)
    file = replace(meeting(), plan_revised_on=revised)
    assert reasons_of(replace(claim(Kind.RCP_PARA), rcp=file)) == reasons


ME = Attendee("me", Profession.NURSE, False)


@pytest.mark.parametrize(
    ("attendees", "reasons"),
    [
        ([ME, Attendee("x", Profession.DOCTOR, False)], []),
        ([ME, Attendee("x", Profession.PHARMACIST, False)], []),
        ([ME, Attendee("x", Profession.PSYCHOMOTOR, False)], []),
        ([ME, Attendee("x", Profession.OTHER, False)], ["too_few_professionals"]),
        ([ME, Attendee("x", Profession.DOCTOR, True)], ["too_few_professionals"]),
        ([ME, ME], ["too_few_professionals"]),
        ([ME], ["too_few_professionals"]),
        ([], ["too_few_professionals", "not_attending"]),
        ([Attendee("x", Profession.DOCTOR, False)], ["too_few_professionals", "not_attending"]),
        (
            [Attendee("x", Profession.DOCTOR, False), Attendee("y", Profession.PHYSIO, False)],
            ["not_attending"],
        ),
        (
            [replace(ME, employee=True), Attendee("x", Profession.DOCTOR, False)],
            ["too_few_professionals"],
        ),
    ],
)
def test_rcp_counts_distinct_professionals_who_are_not_employees(
    attendees: list[Attendee], reasons: list[str]
) -> None:
    file = replace(meeting(), attendees=tuple(attendees))
    assert reasons_of(replace(claim(Kind.RCP_PARA), rcp=file)) == reasons


def test_employees_count_where_the_policy_says_so() -> None:
    file = replace(meeting(), attendees=(ME, Attendee("x", Profession.DOCTOR, True)))
    policy = Policy(exclude_employees=False)
    assert reasons_of(replace(claim(Kind.RCP_PARA), rcp=file), policy=policy) == []


@pytest.mark.parametrize(
    ("days", "reasons"),
    [(-1, ["done_in_future"]), (0, []), (90, []), (91, ["claim_window_closed"])],
)
def test_act_is_claimed_from_its_day_to_the_ninetieth(days: int, reasons: list[str]) -> None:
    assert reasons_of(replace(claim(), today=DAY + timedelta(days=days))) == reasons


@pytest.mark.parametrize("profession", [Profession.PSYCHOLOGIST, Profession.DOCTOR])
def test_msp_is_asked_of_a_psychologists_session_whoever_claims(profession: Profession) -> None:
    act = replace(claim(Kind.PSY_SUIVI), msp_declared=False, profession=profession)
    assert reasons_of(act)[-1] == "msp_not_declared"


def test_msp_is_asked_of_no_other_kind() -> None:
    reasons = {kind: reasons_of(replace(claim(kind), msp_declared=False)) for kind in Kind}
    assert reasons == {kind: [] for kind in Kind} | {Kind.PSY_SUIVI: ["msp_not_declared"]}


def test_duplicate_is_refused() -> None:
    usage = Usage(ordinals=frozenset({1}), own_kind=1, duplicate=True)
    assert verdict_of(claim(), usage=usage).reasons == (Reason.DUPLICATE,)


def test_act_without_tariff_is_refused_and_shows_no_limit() -> None:
    verdict = decide(claim(), FOLLOWED, None, UNUSED, Policy())
    assert (verdict.reasons, verdict.limit) == ((Reason.NO_TARIFF,), None)


def test_every_reason_that_applies_is_listed_in_order() -> None:
    act = replace(
        claim(Kind.RCP_MT),
        today=DAY + timedelta(days=91),
        agreement_from=None,
        profession=Profession.NURSE,
        is_treating_doctor=False,
        rcp=None,
    )
    usage = Usage(ordinals=(), own_kind=0, duplicate=True)
    session = replace(claim(Kind.PSY_SUIVI), today=D("2026-03-09"), msp_declared=False)
    listed = decide(act, NEVER, None, usage, Policy()).reasons
    others = decide(session, FOLLOWED, None, UNUSED, Policy()).reasons
    order = list(Reason)
    assert set(listed) | set(others) == set(Reason) - {Reason.CAP_REACHED}
    assert list(listed) == sorted(listed, key=order.index)
    assert list(others) == sorted(others, key=order.index)


# --- When would it be possible?


def possible(act: Claim, coverage: Coverage = FOLLOWED, usage: Usage = UNUSED) -> date | None:
    return first_possible_date(act, coverage, verdict_of(act, coverage, usage), Policy())


FULL = Usage(ordinals=range(1, 11), own_kind=10)


def test_cap_opens_again_with_the_next_window() -> None:
    assert possible(claim(), usage=FULL) == D("2027-01-01")


def test_cap_never_opens_again_after_the_follow_up() -> None:
    assert possible(claim(done_on=D("2027-01-15")), usage=FULL) is None
    assert (
        possible(
            claim(), Coverage(FollowUp(D("2026-01-05"), D("2026-12-31")), under_ald=False), FULL
        )
        is None
    )


def test_arbitrated_act_is_possible_with_the_next_window() -> None:
    usage = Usage(ordinals=range(1, 3), own_kind=1)
    assert possible(claim(Kind.MED_BILAN), usage=usage) == D("2027-01-01")


@pytest.mark.parametrize(("day", "expected"), [("2026-01-04", "2026-01-05"), ("2027-04-05", None)])
def test_follow_up_opens_with_the_inclusion(day: str, expected: str | None) -> None:
    assert possible(claim(done_on=D(day))) == (expected and D(expected))


def test_agreement_opens_on_its_first_day() -> None:
    act = replace(claim(), agreement_from=D("2026-04-01"))
    assert possible(act) == D("2026-04-01")
    assert possible(replace(act, agreement_from=None)) is None
    ended = replace(act, agreement_from=D("2020-01-01"), agreement_to=D("2026-01-01"))
    assert possible(ended) is None


def test_act_to_come_is_possible_on_its_day() -> None:
    assert possible(replace(claim(), today=DAY - timedelta(days=1))) == DAY


def test_several_reasons_wait_for_the_last() -> None:
    act = replace(claim(done_on=D("2026-01-01")), agreement_from=D("2026-02-01"))
    assert possible(act) == D("2026-02-01")


def test_no_date_mends_another_reason_nor_an_accepted_act() -> None:
    wrong = replace(claim(), profession=Profession.NURSE, agreement_from=D("2026-04-01"))
    assert possible(wrong) is None
    assert possible(claim()) is None

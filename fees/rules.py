"""The fee rules: is an act payable, for how much, in which slot of which cap?

Pure functions over plain values: no database, no clock, no Django. Whatever pays an act (the form,
the month's claim, the file of a backlog) asks `decide`; nothing else knows the rule.

The network's fee table, per patient, all professionals together:

    act         payee             EUR   limit                     cap
    MED-BILAN   doctor             50   2 a year, 1 under ALD     "MED", shared with MED-REEVAL
    MED-REEVAL  doctor             25   2 a year, 1 under ALD     "MED", shared with MED-BILAN
    KINE-REMOB  physio             30   10 a year                 its own
    PSY-SUIVI   psychologist       50   6 a year                  its own
    RCP-MT      treating doctor    75   none                      none
    RCP-PARA    psychologist,      50   none                      none
                physio, nurse

Amounts and limits are dated data (`Tariff`); how the table is read where it is silent is a setting
(`Policy`). Every reason to refuse but the cap is in `refusals`; the cap is the end of `decide`.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from fees.enums import Decision, DoctorCap, Kind, Reason, WindowKind
from network.enums import AldKind, Profession
from network.rules.follow_up import FollowUp
from network.rules.proofs import Attendee, count_professionals, plan_in_time
from portal.kit.dates import Period, add_months, anniversary_year, civil_year, covers
from portal.kit.money import ZERO

SHARED_DOCTOR_CAP = "MED"

PAYEES = {
    Kind.MED_BILAN: frozenset({Profession.DOCTOR}),
    Kind.MED_REEVAL: frozenset({Profession.DOCTOR}),
    Kind.KINE_REMOB: frozenset({Profession.PHYSIO}),
    Kind.PSY_SUIVI: frozenset({Profession.PSYCHOLOGIST}),
    Kind.RCP_MT: frozenset({Profession.DOCTOR}),
    Kind.RCP_PARA: frozenset({Profession.PSYCHOLOGIST, Profession.PHYSIO, Profession.NURSE}),
}

# The exempting long-term conditions: the only ones that bring the limits of the ALD column.
EXEMPTING_ALD = frozenset({AldKind.ALD_30, AldKind.ALD_31, AldKind.ALD_32})

RCP_PROOFS = (
    Reason.MINUTES_MISSING,
    Reason.PLAN_NOT_REVISED,
    Reason.TOO_FEW_PROFESSIONALS,
    Reason.NOT_ATTENDING,
)


@dataclass(frozen=True, slots=True)
class Tariff:
    """One dated line of the fee table; `valid_from` and `valid_to` inside, no `valid_to` = open.

    `amount` in euros. `limit` = acts per patient and window, None = no cap; `limit_ald` takes its
    place under ALD, None = the same `limit`. `decision` names the agency's text it rests on.
    """

    kind: Kind
    amount: Decimal
    limit: int | None
    limit_ald: int | None
    valid_from: date
    valid_to: date | None
    decision: str

    def limit_for(self, *, under_ald: bool) -> int | None:
        if under_ald and self.limit_ald is not None:
            return self.limit_ald
        return self.limit


@dataclass(frozen=True, slots=True)
class Policy:
    """How the network reads the table where it is silent; defaults as in the register (AMB-n)."""

    doctor_cap: DoctorCap = DoctorCap.SHARED  # AMB-1
    window: WindowKind = WindowKind.CIVIL  # AMB-2
    claim_days: int = 90  # AMB-12, after the act, the last day inside
    plan_days: int = 30  # AMB-10, after the meeting, the last day inside
    min_professionals: int = 2  # AMB-6
    follow_up_months: int = 15  # AMB-5
    exclude_employees: bool = True  # AMB-6


@dataclass(frozen=True, slots=True)
class RcpFile:
    """What is known of one patient's file at one meeting; a missing date = not done."""

    held_on: date
    minutes_signed_on: date | None
    plan_revised_on: date | None
    attendees: tuple[Attendee, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """One act as its professional declares it, `today` being the day of the question.

    `rcp` is the file of the act's own patient, None when there is none or it is another's. The
    agreement runs with both ends inside; no start = none signed, no end = open.
    `is_treating_doctor`: recorded as such in the patient's file on `done_on`. `msp_declared`: the
    psychologist declares that the session is not billed to Mon soutien psy.
    """

    kind: Kind
    done_on: date
    today: date
    professional: str | int
    profession: Profession
    agreement_from: date | None
    agreement_to: date | None
    is_treating_doctor: bool
    msp_declared: bool
    rcp: RcpFile | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The patient's side on the act's date: the follow-up that the day belongs to, and the ALD."""

    follow_up: FollowUp
    under_ald: bool


@dataclass(frozen=True, slots=True)
class Usage:
    """What the cap's window already holds, read under the patient's lock.

    `ordinals`: slots held by the accepted acts of the cap, whoever did them and whatever the ALD
    was. `own_kind`: accepted acts of the claim's own kind alone. `granted`: slots added by
    arbitration for this patient, cap and window. `duplicate`: the same act is already accepted.
    """

    ordinals: Collection[int]
    own_kind: int
    granted: int = 0
    duplicate: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of one act; `amount` in euros, 0.00 unless accepted.

    `cap`, `window` and `used` (slots held before this act) are None for an RCP act, and `window`
    where the patient's dates give none. `ordinal` is the slot that an accepted act takes, kept
    even when its tariff line sets no limit: a later line that sets one must count it. `limit`
    includes the slots granted by arbitration; None = no cap.
    """

    decision: Decision
    amount: Decimal
    reasons: tuple[Reason, ...]
    cap: str | None
    ordinal: int | None
    limit: int | None
    used: int | None
    window: Period | None


@cache
def cap_of(kind: Kind, reading: DoctorCap) -> str | None:
    """The name of the cap that an act of this kind consumes; None for an RCP."""
    if kind.is_rcp:
        return None
    if reading is DoctorCap.SHARED and kind in (Kind.MED_BILAN, Kind.MED_REEVAL):
        return SHARED_DOCTOR_CAP
    return kind.value


@cache
def kinds_of(cap: str) -> tuple[Kind, ...]:
    """The kinds whose accepted acts consume this cap. Raises ValueError for an unknown name."""
    kinds = tuple(k for k in Kind if cap in {cap_of(k, reading) for reading in DoctorCap})
    if not kinds:
        raise ValueError(f"no cap is named {cap!r}")
    return kinds


# Cached: a patient's follow-up is asked again for each act.
@lru_cache(maxsize=65536)
def days_of(follow_up: FollowUp, months: int) -> Period | None:
    """From the inclusion to the same day `months` later, or to the exit if sooner.

    A renewal (AMB-5) carries that end further; it never brings it forward. None for a patient who
    was never included.
    """
    included_on, left_on, renewed_to, _former = follow_up
    if included_on is None:
        return None
    end = add_months(included_on, months)
    if renewed_to is not None and renewed_to > end:
        end = renewed_to
    return Period(included_on, end if left_on is None else min(end, left_on))


def window_of(kind: WindowKind, done_on: date, follow_up: FollowUp, months: int) -> Period | None:
    """The window that holds `done_on`, a day of that follow-up; None where there is none.

    Civil: the calendar year. Inclusion: the whole year counted from the inclusion. Follow-up: all
    of it. The last two hold no day before the inclusion, and the last none after the end; those of
    a former follow-up stop at its exit, so that no act of the next one counts in them.
    """
    if kind is WindowKind.CIVIL:
        return civil_year(done_on)
    if follow_up.included_on is None:
        return None
    if kind is WindowKind.INCLUSION:
        year = anniversary_year(follow_up.included_on, done_on)
        return _cut(year, follow_up.left_on) if follow_up.former else year
    period = days_of(follow_up, months)
    return period if period is not None and done_on in period else None


def _cut(period: Period | None, at: date | None) -> Period | None:
    if period is None or at is None or period.end is None or period.end <= at:
        return period
    return Period(period.start, at)


def tariff_in_force(tariffs: Iterable[Tariff], kind: Kind, on: date) -> Tariff | None:
    """The line of the table for this kind and day; the latest to start where several hold.

    A line is superseded, never edited, so that an older one may stay open.
    """
    in_force = [t for t in tariffs if t.kind is kind and covers(t.valid_from, t.valid_to, on)]
    return max(in_force, key=lambda tariff: tariff.valid_from, default=None)


def under_ald(periods: Iterable[tuple[AldKind, date, date | None]], on: date) -> bool:
    """Whether an exempting ALD (30, 31, 32) covers the day; (kind, from, to), both ends inside."""
    return any(kind in EXEMPTING_ALD and covers(first, last, on) for kind, first, last in periods)


def decide(
    claim: Claim, coverage: Coverage, tariff: Tariff | None, usage: Usage, policy: Policy
) -> Verdict:
    """Decide one act. `tariff` is the line in force on the act's date, None when there is none.

    `usage` is that of the cap `cap_of(claim.kind, policy.doctor_cap)` in the window `window_of`
    the act's date. The cap is examined last, only when nothing else refuses.
    """
    reasons = tuple(refusals(claim, coverage, tariff, usage, policy))
    cap = cap_of(claim.kind, policy.doctor_cap)
    used = len(usage.ordinals)
    base = tariff.limit_for(under_ald=coverage.under_ald) if cap and tariff else None
    limit = None if base is None else base + usage.granted

    if reasons:
        decision = Decision.REFUSED
    elif base is None or limit is None or used < limit:
        decision = Decision.ACCEPTED
    else:
        reasons = (Reason.CAP_REACHED,)
        # AMB-1: what the separate reading would have paid is for the medical director to settle.
        arbitrable = cap == SHARED_DOCTOR_CAP and usage.own_kind < base
        decision = Decision.TO_ARBITRATE if arbitrable else Decision.REFUSED

    accepted = decision is Decision.ACCEPTED
    return Verdict(
        decision=decision,
        amount=tariff.amount if accepted and tariff else ZERO,
        reasons=reasons,
        cap=cap,
        ordinal=lowest_free(usage.ordinals) if accepted and cap else None,
        limit=limit,
        used=used if cap else None,
        window=_window(claim.done_on, coverage, policy) if cap else None,
    )


def refusals(
    claim: Claim, coverage: Coverage, tariff: Tariff | None, usage: Usage, policy: Policy
) -> Iterator[Reason]:
    """Every reason to refuse the act, the cap left aside, in the order of `Reason`."""
    if not _in_follow_up(claim.done_on, coverage, policy):
        yield Reason.OUTSIDE_FOLLOW_UP
    if not covers(claim.agreement_from, claim.agreement_to, claim.done_on):
        yield Reason.NO_AGREEMENT
    if claim.profession not in PAYEES[claim.kind]:
        yield Reason.WRONG_PROFESSION
    if claim.kind.is_rcp:
        yield from rcp_refusals(claim, policy)
    if usage.duplicate:
        yield Reason.DUPLICATE
    if (claim.today - claim.done_on).days > policy.claim_days:
        yield Reason.CLAIM_WINDOW_CLOSED
    if claim.kind is Kind.PSY_SUIVI and not claim.msp_declared:
        yield Reason.MSP_NOT_DECLARED
    if claim.done_on > claim.today:
        yield Reason.DONE_IN_FUTURE
    if tariff is None:
        yield Reason.NO_TARIFF


def rcp_refusals(claim: Claim, policy: Policy) -> Iterator[Reason]:
    """What refuses an RCP act: a doctor who does not treat the patient (AMB-9), a missing proof.

    Minutes, plan revised, enough professionals and the claimant's presence are all missing where
    no file of this patient was discussed on that day.
    """
    if claim.kind is Kind.RCP_MT and not claim.is_treating_doctor:
        yield Reason.NOT_TREATING_DOCTOR
    rcp = claim.rcp
    if rcp is None or rcp.held_on != claim.done_on:
        yield from RCP_PROOFS
        return
    if rcp.minutes_signed_on is None:
        yield Reason.MINUTES_MISSING
    if not plan_in_time(rcp.held_on, rcp.plan_revised_on, policy.plan_days):
        yield Reason.PLAN_NOT_REVISED
    present = count_professionals(rcp.attendees, exclude_employees=policy.exclude_employees)
    if present < policy.min_professionals:
        yield Reason.TOO_FEW_PROFESSIONALS
    if all(attendee.professional != claim.professional for attendee in rcp.attendees):
        yield Reason.NOT_ATTENDING


def days_late(done_on: date, asked_on: date, claim_days: int) -> int:
    """How many days after its window an act was asked for; 0 within it, the last day inside.

    Source: facts of the network, AMB-12.
    """
    return max(0, (asked_on - done_on).days - claim_days)


def lowest_free(ordinals: Collection[int]) -> int:
    """The smallest slot number, from 1, that is not held; a freed slot is taken again."""
    ordinal = 1
    while ordinal in ordinals:
        ordinal += 1
    return ordinal


def first_possible_date(
    claim: Claim, coverage: Coverage, verdict: Verdict, policy: Policy
) -> date | None:
    """The next day on which none of the verdict's reasons would hold, if waiting is enough.

    A cap opens again with the next window, a follow-up and an agreement with their first day, an
    act to come on its own day. None when the act was accepted, when another reason stands, or when
    the day falls outside the follow-up or the agreement.
    """
    opens = {
        Reason.CAP_REACHED: verdict.window.end if verdict.window else None,
        Reason.OUTSIDE_FOLLOW_UP: coverage.follow_up.included_on,
        Reason.NO_AGREEMENT: claim.agreement_from,
        Reason.DONE_IN_FUTURE: claim.done_on,
    }
    days = [opens.get(reason) for reason in verdict.reasons]
    known = [day for day in days if day is not None]
    if not known or len(known) < len(days):
        return None
    first = max(known)
    possible = (
        first >= claim.done_on
        and _in_follow_up(first, coverage, policy)
        and covers(claim.agreement_from, claim.agreement_to, first)
    )
    return first if possible else None


def _in_follow_up(day: date, coverage: Coverage, policy: Policy) -> bool:
    period = days_of(coverage.follow_up, policy.follow_up_months)
    return period is not None and day in period


def _window(day: date, coverage: Coverage, policy: Policy) -> Period | None:
    return window_of(policy.window, day, coverage.follow_up, policy.follow_up_months)

"""The two things every write on an act does: lock the patient, and leave a step behind."""

from datetime import date, datetime

from fees import course
from fees.enums import Move
from fees.models import Act, ActStep
from fees.selectors.facts import facts_of
from network.actions.journal import record
from network.models import Patient, User


class Conflict(Exception):
    """What was asked does not fit what stands now; the message is for the person."""


def lock_patient(patient_id: int) -> Patient:
    """Hold the one row under which a patient's acts are decided, until the transaction ends."""
    return Patient.objects.select_for_update(no_key=True).get(pk=patient_id)


def decide(act: Act, *, today: date) -> None:
    """Decide the act from the facts as they stand, and write on it the decision and its grounds.

    `today` is the day of its entry. Its patient is locked; it is not saved here.
    """
    facts = facts_of(act, today=today)
    verdict = facts.decide()
    act.state = course.state_after(verdict.decision)
    act.decision = verdict.decision
    act.reasons = "|".join(verdict.reasons)
    act.amount = verdict.amount
    act.tariff, act.policy = facts.line, facts.policy
    act.cap, act.limit, act.ordinal = verdict.cap or "", verdict.limit, verdict.ordinal
    act.window_from = verdict.window.start if verdict.window else None
    act.window_to = verdict.window.end if verdict.window else None


def leave_step(act: Act, *, move: Move, by: User | None, now: datetime, note: str = "") -> None:
    """Write the immutable step, and the line of the journal."""
    ActStep.objects.create(
        act=act,
        at=now,
        by=by,
        move=move,
        state=act.state,
        decision=act.decision,
        reasons=act.reasons,
        amount=act.amount,
        note=note,
    )
    record(
        verb=f"act.{move}",
        by=by,
        at=now,
        patient=act.patient,
        subject=f"acte {act.pk}",
        reason=note,
    )

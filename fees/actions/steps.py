"""The two things every write on an act does: lock the patient, and leave a step behind."""

from datetime import date, datetime

from django.db.models import BigIntegerField, QuerySet
from django.utils.translation import gettext as _

from fees import course
from fees.enums import Move
from fees.models import Act, ActStep, PolicyVersion
from fees.selectors.facts import facts_of
from network.actions.journal import record
from network.models import JournalEntry, Patient, User
from portal.kit.locks import waiting
from portal.kit.prepared import Prepared, given, insert_row

JOURNAL_REASON = JournalEntry._meta.get_field("reason").max_length


class Conflict(Exception):
    """What was asked does not fit what stands now; the message is for the person."""


class Busy(Conflict):
    """Another writing holds this patient's acts for longer than the lock time-out."""


def lock_patient(patient_id: int) -> Patient:
    """Hold the one row under which a patient's acts are decided, until the transaction ends.

    Raises Busy when somebody else holds it for too long.
    """
    with waiting(_busy):
        patient = _locked_patients.first(patient=patient_id)
    if patient is None:
        raise Patient.DoesNotExist
    return patient


def _busy() -> Busy:
    return Busy(
        _("Ce dossier est occupé par une autre saisie. Rien n’est perdu\u00a0: essayez encore.")
    )


@Prepared
def _locked_patients() -> QuerySet[Patient]:
    key = given("patient", BigIntegerField())
    return Patient.objects.select_for_update(no_key=True).filter(pk=key)


def decide(act: Act, *, today: date, excepted: bool = False) -> None:
    """Decide the act from the facts as they stand, and write on it the decision and its grounds.

    `today` is the day of its entry; `excepted`, a slot was just granted to it. Its patient is
    locked; it is not saved here. Raises Conflict for a day older than any reading of the table.
    """
    try:
        facts = facts_of(act, today=today)
    except PolicyVersion.DoesNotExist as error:
        raise Conflict(_("Aucun barème n’est en vigueur à cette date.")) from error
    verdict = facts.decide(excepted=excepted)
    act.state = course.state_after(verdict.decision)
    act.decision = verdict.decision
    act.reasons = "|".join(verdict.reasons)
    act.amount = verdict.amount
    act.tariff, act.policy = facts.line, facts.policy
    act.cap, act.limit, act.ordinal = verdict.cap or "", verdict.limit, verdict.ordinal
    act.window_from = verdict.window.start if verdict.window else None
    act.window_to = verdict.window.end if verdict.window else None


def step_of(act: Act, *, move: Move, by: User | None, now: datetime, note: str = "") -> ActStep:
    """What an act is after a move, to be written once and for all."""
    return ActStep(
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


def leave_step(act: Act, *, move: Move, by: User | None, now: datetime, note: str = "") -> None:
    """Write the immutable step, and the line of the journal."""
    insert_row(step_of(act, move=move, by=by, now=now, note=note))
    record(
        verb=f"act.{move}",
        by=by,
        at=now,
        patient=act.patient,
        subject=f"acte {act.pk}",
        reason=note[:JOURNAL_REASON],
    )

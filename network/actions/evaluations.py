"""The doctor's sheet: kept as a draft, signed, completed; its letter. Under the patient's lock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.actions.drafts import check_shown
from network.actions.journal import record
from network.actions.pathway import move_patient
from network.actions.patients import lock_patient
from network.actions.visits import hold_visit
from network.enums import (
    Channel,
    Direction,
    EvaluationKind,
    LinkRole,
    Move,
    PathwayState,
    Profession,
    VisitState,
)
from network.events import Evaluated, Reassessed
from network.models import (
    CareLink,
    Evaluation,
    EvaluationAddendum,
    LiaisonLetter,
    Orientation,
    Patient,
    Professional,
    User,
    Visit,
)
from portal.kit.events import publish
from portal.kit.words import plain_day

MOVES = {
    EvaluationKind.CEO: Move.EVALUATED,
    EvaluationKind.REASSESSMENT: Move.REASSESSED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What the doctor writes; `intensity` 0 to 10; `orientations`: direction → its words."""

    held_on: date
    intensity: int | None = None
    pain: str = ""
    repercussions: str = ""
    treatments: str = ""
    priorities: str = ""
    own_words: str = ""
    orientations: Mapping[Direction, str] = field(default_factory=dict)


def save_evaluation(
    *,
    patient: Patient,
    kind: EvaluationKind,
    doctor: Professional,
    findings: Findings,
    sign: bool,
    by: User,
    now: datetime,
    shown: str | None = None,
) -> Evaluation:
    """Keep the doctor's draft, or sign it: it then stays as it is, and the pathway moves.

    Signing what is already signed that day changes nothing. `shown`: the stamp of the draft that
    the page showed. Raises ValidationError: not a doctor, not followed, a day out of the follow-up,
    nothing to compare with, too little to sign; ChangedElsewhere: another page has kept it since.
    """
    if doctor.profession != Profession.DOCTOR:
        raise ValidationError(_("Cette synthèse est écrite par un médecin."))
    with transaction.atomic():
        locked = lock_patient(patient.pk)
        own = Evaluation.objects.filter(patient=locked, kind=kind, doctor=doctor)
        if sign and (done := own.signed().filter(held_on=findings.held_on).first()):
            return done
        if locked.state != PathwayState.FOLLOWED:
            raise ValidationError(_("Une synthèse s’écrit pour un patient suivi."))
        sheet = own.filter(signed_at=None).first()
        begun = sheet is None
        if sheet is None or not _holds(sheet, findings):
            check_shown(sheet.saved_at if sheet else None, shown)
        sheet = sheet or Evaluation(patient=locked, kind=kind, doctor=doctor)
        _check_day(locked, findings.held_on, today=timezone.localdate(now))
        sheet.compared_with = _compared_with(locked, kind)
        sheet.visit = _visit(locked, sheet, doctor, findings.held_on)
        _write(sheet, findings, now)
        if sign:
            _sign(locked, sheet, findings, by, now)
        elif begun:
            record(verb="summary.started", by=by, at=now, patient=locked, subject=_subject(sheet))
    return sheet


def complete_evaluation(
    *, evaluation: Evaluation, words: str, by: User, now: datetime
) -> EvaluationAddendum:
    """Add to a signed sheet, by its doctor. The same words twice are one addendum."""
    with transaction.atomic():
        locked = lock_patient(evaluation.patient_id)
        sheet = Evaluation.objects.select_related("doctor").get(pk=evaluation.pk)
        if sheet.signed_at is None:
            raise ValidationError(
                _("Cette synthèse n’est pas signée\u00a0: corrigez-la directement.")
            )
        if sheet.doctor.user_id != by.pk:
            raise ValidationError(_("Seul le médecin qui a signé complète cette synthèse."))
        same = EvaluationAddendum.objects.filter(evaluation=sheet, words=words).first()
        if same:
            return same
        addendum = EvaluationAddendum.objects.create(evaluation=sheet, words=words, at=now, by=by)
        record(verb="summary.completed", by=by, at=now, patient=locked, subject=_subject(sheet))
    return addendum


def prepare_letter(*, evaluation: Evaluation, by: User, now: datetime) -> LiaisonLetter:
    """Date the letter of a signed sheet, to the treating doctor of the day. Twice is once."""
    with transaction.atomic():
        locked = lock_patient(evaluation.patient_id)
        sheet = Evaluation.objects.select_related("letter").get(pk=evaluation.pk)
        if sheet.signed_at is None:
            raise ValidationError(_("Signez d’abord la synthèse."))
        found: LiaisonLetter | None = getattr(sheet, "letter", None)
        if found:
            return found
        today = timezone.localdate(now)
        link = (
            CareLink.objects.on(today)
            .filter(patient=locked, role=LinkRole.TREATING_DOCTOR)
            .select_related("professional")
            .order_by("-starts_on")
            .first()
        )
        letter = LiaisonLetter.objects.create(
            evaluation=sheet,
            to=link.professional if link else None,
            prepared_on=today,
            prepared_by=by,
        )
        record(verb="letter.prepared", by=by, at=now, patient=locked, subject=_subject(sheet))
    return letter


def send_letter(
    *, letter: LiaisonLetter, channel: Channel, sent_on: date, by: User, now: datetime
) -> LiaisonLetter:
    """Note when the letter left, and by which channel. The same twice is once."""
    with transaction.atomic():
        sheet = Evaluation.objects.get(pk=letter.evaluation_id)
        locked = lock_patient(sheet.patient_id)
        found = LiaisonLetter.objects.get(pk=letter.pk)
        if (found.channel, found.sent_on) == (channel, sent_on):
            return found
        if found.sent_on:
            raise ValidationError(_("L’envoi de ce courrier est déjà noté."))
        if sent_on > timezone.localdate(now):
            raise ValidationError({"sent_on": _("Cette date est à venir.")})
        if sent_on < found.prepared_on:
            raise ValidationError({"sent_on": _("Le courrier a été préparé après ce jour.")})
        found.channel, found.sent_on, found.sent_by = channel, sent_on, by
        found.save(update_fields=["channel", "sent_on", "sent_by"])
        record(verb="letter.sent", by=by, at=now, patient=locked, subject=_subject(sheet))
    return found


def _check_day(patient: Patient, held_on: date, *, today: date) -> None:
    if held_on > today:
        raise ValidationError({"held_on": _("Cette consultation n’a pas encore eu lieu.")})
    if patient.included_on and held_on < patient.included_on:
        raise ValidationError({"held_on": _("Cette date précède l’inclusion.")})


def _compared_with(patient: Patient, kind: EvaluationKind) -> Evaluation | None:
    """The CEO of this follow-up. Raises ValidationError when it lacks, or is already there."""
    ceo = (
        Evaluation.objects.signed()
        .filter(patient=patient, kind=EvaluationKind.CEO, held_on__gte=patient.included_on)
        .order_by("-held_on", "-pk")
        .first()
    )
    if kind == EvaluationKind.CEO:
        if ceo:
            raise ValidationError(
                _("La CEO est déjà signée\u00a0: écrivez un complément, ou une réévaluation.")
            )
        return None
    if ceo is None:
        raise ValidationError(
            _("Une réévaluation se compare à une CEO signée\u00a0: il n’y en a pas.")
        )
    return ceo


def _visit(
    patient: Patient, sheet: Evaluation, doctor: Professional, held_on: date
) -> Visit | None:
    """The doctor's appointment of that day, if there is one."""
    if sheet.kind != EvaluationKind.CEO:
        return None
    standing = Visit.objects.filter(
        patient=patient, slot__doctor=doctor, slot__starts_at__date=held_on
    )
    return standing.filter(state=VisitState.BOOKED).first()


WRITTEN = (
    "held_on",
    "intensity",
    "pain",
    "repercussions",
    "treatments",
    "priorities",
    "own_words",
)


def _holds(sheet: Evaluation, findings: Findings) -> bool:
    """Whether the draft already says all this."""
    orientations = {each.direction: each.words for each in sheet.orientations.all()}
    same = all(getattr(sheet, name) == getattr(findings, name) for name in WRITTEN)
    return same and orientations == findings.orientations


def _write(sheet: Evaluation, findings: Findings, now: datetime) -> None:
    for name in WRITTEN:
        setattr(sheet, name, getattr(findings, name))
    sheet.saved_at = now
    sheet.save()
    Orientation.objects.filter(evaluation=sheet).delete()
    Orientation.objects.bulk_create(
        Orientation(evaluation=sheet, direction=direction, words=findings.orientations[direction])
        for direction in Direction
        if direction in findings.orientations
    )


def _sign(patient: Patient, sheet: Evaluation, findings: Findings, by: User, now: datetime) -> None:
    _check_complete(findings)
    move = MOVES[EvaluationKind(sheet.kind)]
    move_patient(patient, move, on=findings.held_on, by=by, now=now)
    patient.save(update_fields=["state"])
    if sheet.visit:
        hold_visit(sheet.visit, by=by, now=now)
    sheet.signed_at = now
    sheet.save(update_fields=["signed_at"])
    record(verb="summary.signed", by=by, at=now, patient=patient, subject=_subject(sheet))
    event = Reassessed if sheet.is_reassessment else Evaluated
    publish(event(sheet.pk, patient.pk))


def _check_complete(findings: Findings) -> None:
    """What a summary cannot be signed without: the pain, what matters to the person, a way on."""
    lacks = {
        "pain": not findings.pain.strip() and _("Décrivez la douleur en une phrase au moins."),
        "priorities": not findings.priorities.strip()
        and _("Notez ce qui compte d’abord pour la personne."),
        "directions": not findings.orientations and _("Choisissez au moins une orientation."),
    }
    if wrong := {name: words for name, words in lacks.items() if words}:
        raise ValidationError(wrong)


def _subject(sheet: Evaluation) -> str:
    return f"{sheet.kind} {plain_day(sheet.held_on)}"

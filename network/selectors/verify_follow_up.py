"""Recount of consultations: no doctor in two places, no sheet without its step, ends that hold."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef

from network.enums import EvaluationKind, Move, VisitState
from network.models import ConsultationSlot, Evaluation, PathwayStep, Patient, Visit
from network.rules.consultation import clash
from network.rules.follow_up import last_day_of_follow_up
from portal.kit.verify import Breach, recount

STEP_OF = {
    EvaluationKind.CEO: Move.EVALUATED,
    EvaluationKind.REASSESSMENT: Move.REASSESSED,
}


@recount("consultations")
def consultations(checked: Counter[str]) -> Iterator[Breach]:
    yield from _slots(checked)
    yield from _visits(checked)
    yield from _sheets(checked)
    yield from _renewals(checked)


def _slots(checked: Counter[str]) -> Iterator[Breach]:
    """Standing slots of a doctor share no minute."""
    last: dict[int, tuple[datetime, int]] = {}
    rows = ConsultationSlot.objects.standing().order_by("doctor", "starts_at", "pk")
    for pk, doctor, starts_at, minutes in rows.values_list(
        "pk", "doctor", "starts_at", "minutes"
    ).iterator():
        checked["créneaux"] += 1
        before = last.get(doctor)
        if before and clash(starts_at, minutes, [before]):
            yield Breach(f"créneau {pk}", "sur un autre du même médecin", "aucun partage")
        last[doctor] = (starts_at, minutes)


def _visits(checked: Counter[str]) -> Iterator[Breach]:
    """An appointment noted as held has its signed sheet, and the other way round."""
    signed = Evaluation.objects.signed().filter(visit=OuterRef("pk"))
    for pk, state, has in Visit.objects.annotate(has=Exists(signed)).values_list(
        "pk", "state", "has"
    ):
        checked["rendez-vous"] += 1
        if has != (state == VisitState.HELD):
            yield Breach(f"rendez-vous {pk}", state, "fait si et seulement si signé")


def _sheets(checked: Counter[str]) -> Iterator[Breach]:
    """Each signed sheet moved the pathway, on its own day."""
    for kind, move in STEP_OF.items():
        steps = PathwayStep.objects.filter(
            patient=OuterRef("patient"), move=move, on=OuterRef("held_on")
        )
        rows = Evaluation.objects.signed().filter(kind=kind).annotate(moved=Exists(steps))
        for pk, moved in rows.values_list("pk", "moved"):
            checked["synthèses signées"] += 1
            if not moved:
                yield Breach(f"synthèse {pk}", "aucune étape", f"une étape {move}")


def _renewals(checked: Counter[str]) -> Iterator[Breach]:
    """A renewed follow-up ends later than it would have, and a step says why."""
    steps = PathwayStep.objects.filter(patient=OuterRef("pk"), move=Move.RENEWED)
    rows = Patient.objects.filter(renewed_to__isnull=False).annotate(said=Exists(steps))
    for code, included_on, renewed_to, said in rows.values_list(
        "code", "included_on", "renewed_to", "said"
    ):
        checked["prolongations"] += 1
        if included_on and renewed_to and renewed_to <= last_day_of_follow_up(included_on):
            yield Breach(f"dossier {code}", f"prolongé au {renewed_to}", "après le terme")
        if not said:
            yield Breach(f"dossier {code}", "prolongé sans étape", "une étape motivée")

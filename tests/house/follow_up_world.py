"""The consultations of the access matrix: signed sheets with their letter, slots, appointments."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from network.actions.evaluations import prepare_letter
from network.enums import Role
from network.models import Patient
from portal.kit import clock
from tests.factories.fees import account
from tests.factories.follow_up import make_evaluation, make_slot, make_visit
from tests.factories.network import make_patient, make_user

type Values = dict[tuple[str, str], dict[str, Any]]


def follow_up_values(mine: Patient, theirs: Patient) -> Values:
    """The parameters of the addresses of consultations and evaluations."""
    values: Values = {}
    now = clock.now()
    for label, patient in (("own", mine), ("other", theirs)):
        sheet = make_evaluation(patient, held_on=timezone.localdate(now), now=now)
        prepare_letter(evaluation=sheet, by=account(sheet.doctor), now=now)
        for name in ("evaluation", "evaluation_pdf", "evaluation_complete"):
            values[f"network:{name}", label] = {"code": patient.code, "pk": sheet.pk}
        for name in ("liaison_prepare", "liaison_pdf", "liaison_sent"):
            values[f"network:{name}", label] = {"code": patient.code, "pk": sheet.pk}
        values["network:evaluation_write", label] = {"code": patient.code, "word": "ceo"}
    ahead = now + timedelta(days=12)
    slot = make_slot(starts_at=ahead, by=make_user(Role.COORDINATOR), now=now)
    visit = make_visit(make_patient(), starts_at=ahead, now=now)
    values["network:slot_withdraw", "other"] = {"pk": slot.pk}
    values["network:consultation_site", "other"] = {"pk": slot.site_id}
    for name in ("visit_move", "visit_cancel", "visit_miss"):
        values[f"network:{name}", "other"] = {"uid": visit.uid}
    return values

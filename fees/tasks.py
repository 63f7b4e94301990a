"""Periodic work of the fee room."""

from datetime import datetime

from fees.actions.waiting import redecide_waiting_of
from fees.models import Act
from portal.kit.ticks import every


@every(hours=24)
def decide_again_what_waits(now: datetime) -> None:
    """Heal what a lost event left undecided; changes nothing when nothing was lost."""
    patients = Act.objects.waiting().order_by().values_list("patient", flat=True).distinct()
    for patient_id in patients.iterator():
        redecide_waiting_of(patient_id=patient_id, now=now)

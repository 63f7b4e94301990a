"""The line of a cycle: a seat in each of its sessions at once, or none."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from etp.enums import WaitState

from .place import OfPatients
from .programme import Cycle

_LIVE = [WaitState.WAITING, WaitState.OFFERED]
_ENDED = [WaitState.SERVED, WaitState.LEFT, WaitState.OVER]


class CycleWait(models.Model):
    """Somebody waits for a whole cycle, in the order of `joined_at`.

    While OFFERED, the patient holds an offered place in each of its sessions, which names the cycle
    and no `Wait`.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    patient = models.ForeignKey(
        "network.Patient", on_delete=models.PROTECT, related_name="cycle_waits"
    )
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="waits")
    joined_at = models.DateTimeField()
    state = models.CharField(
        max_length=8,
        choices=[(s.value, s.value) for s in WaitState],
        default=WaitState.WAITING.value,
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[OfPatients["CycleWait"]] = OfPatients.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("attente d’un cycle")
        ordering = ("joined_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "cycle"],
                condition=Q(state__in=_LIVE),
                name="one_wait_a_cycle",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_LIVE, ended_at=None)
                | Q(state__in=_ENDED, ended_at__isnull=False),
                name="cycle_wait_ends_with_its_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id}, {self.cycle_id}"

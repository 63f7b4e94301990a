"""What the coordination does with requests: letters of answer, files compared."""

from datetime import date
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.enums import Addressee, Reply, Role

from .patient import Patient
from .referral import reads_requests

ADDRESSEES = {
    Addressee.DOCTOR: _("au médecin"),
    Addressee.PATIENT: _("au patient"),
}
OUTCOMES = {
    Reply.INCLUDE: _("Inclure dans le réseau"),
    Reply.REDIRECT: _("Réorienter"),
    Reply.REFUSE: _("Refuser"),
    Reply.ASK: _("Demander ce qui manque"),
}


class RequestLetterQuerySet(models.QuerySet["RequestLetter"]):
    def visible_to(self, user: Any, on: date) -> Self:
        """Coordination: all. A doctor's: who referred, who follows. A patient's: the own ones."""
        if reads_requests(user):
            return self.all()
        roles: frozenset[Role] = getattr(user, "roles", frozenset())
        mine = Q(to=Addressee.PATIENT, patient__in=Patient.objects.own_of(user, on))
        if Role.CLINICIAN not in roles:
            return self.filter(mine)
        followed = Patient.objects.followed_by(user, on)
        written_to = Q(referral__author=user) | Q(patient__in=followed)
        return self.filter(mine | (Q(to=Addressee.DOCTOR) & written_to))


class RequestLetter(models.Model):
    """A letter of answer. `key` is that of the decision: confirmed twice, it is one letter."""

    uid = models.UUIDField(unique=True, default=uuid4)
    key = models.UUIDField()
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="request_letters")
    referral = models.ForeignKey(
        "network.Referral", on_delete=models.PROTECT, related_name="letters", null=True
    )
    to = models.CharField(max_length=7, choices=[(a.value, a.value) for a in Addressee])
    outcome = models.CharField(max_length=8, choices=[(o.value, o.value) for o in Reply])
    body = models.TextField(_("texte"))
    dated = models.DateField(_("du"))
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("network.User", on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[RequestLetterQuerySet] = RequestLetterQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("courrier de réponse")
        ordering = ("-written_at", "to", "pk")
        constraints = [
            models.UniqueConstraint(fields=["key", "to"], name="request_letter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id} · {self.outcome} · {self.to}"

    @property
    def about(self) -> str:
        return str(OUTCOMES[Reply(self.outcome)])

    @property
    def file_name(self) -> str:
        """Neither the person nor what it is about: files travel."""
        return f"courrier-{self.uid.hex[:8]}.pdf"

    @property
    def addressee_words(self) -> str:
        return str(ADDRESSEES[Addressee(self.to)])


class DistinctFiles(models.Model):
    """Two files with the same traits that somebody compared: they are two persons."""

    one = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey("network.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="distinct_files_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="distinct_files_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} ≠ {self.other_id}"

"""Steps of the pathway: who moved a patient, when and why. The table only grows."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.enums import Move

MOVE_WORDS = {
    Move.RECEIVED: _("demande reçue"),
    Move.COMPLETED: _("dossier complet"),
    Move.ASKED: _("pièce demandée"),
    Move.INCLUDED: _("inclusion décidée"),
    Move.REDIRECTED: _("demande réorientée"),
    Move.REFUSED: _("demande refusée"),
    Move.ARCHIVED: _("demande archivée"),
    Move.JOINED: _("demande réunie à un autre dossier"),
    Move.ASKED_AGAIN: _("nouvelle demande"),
    Move.EVALUATED: _("CEO faite"),
    Move.REASSESSED: _("réévaluation faite"),
    Move.RENEWED: _("suivi prolongé"),
    Move.ENDED: _("fin du suivi"),
    Move.CORRECTED: _("date d’inclusion corrigée"),
}


class PathwayStep(models.Model):
    """One move; `on` is the day it counts from, `at` the instant it was written.

    `state` is where it led: the patient's state is that of the last step (`manage.py verify`).
    """

    patient = models.ForeignKey("network.Patient", on_delete=models.PROTECT, related_name="steps")
    move = models.CharField(
        _("étape"), max_length=12, choices=[(m.value, label) for m, label in MOVE_WORDS.items()]
    )
    state = models.CharField(max_length=12)
    on = models.DateField(_("le"))
    at = models.DateTimeField()
    by = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    reason = models.CharField(_("motif"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("étape du parcours")
        ordering = ("pk",)
        indexes = [
            models.Index(fields=["patient", "id"], name="pathway_step_of_patient"),
            models.Index(fields=["move", "on"], name="pathway_step_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id} · {self.move}"

    @property
    def words(self) -> str:
        return str(MOVE_WORDS[Move(self.move)])

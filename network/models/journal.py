"""Who did or read what, when and why. The table only grows."""

from django.db import models
from django.utils.translation import gettext_lazy as _

VERBS = {
    "patient.registered": _("dossier ouvert"),
    "patient.read": _("dossier consulté"),
    "patient.included": _("inclusion décidée"),
    "patient.turned_away": _("demande réorientée ou refusée"),
    "patient.left": _("sortie du suivi"),
    "treating_doctor.set": _("médecin traitant changé"),
    "team.joined": _("équipe complétée"),
    "team.left": _("départ de l’équipe"),
    "ald.recorded": _("ALD notée"),
    "ald.corrected": _("ALD corrigée"),
    "ald.ended": _("fin d’ALD notée"),
    "rcp.recorded": _("RCP notée"),
    "rcp.read": _("dossier de RCP consulté"),
    "rcp.file_recorded": _("dossier de RCP noté"),
    "rcp.file_changed": _("dossier de RCP modifié"),
    "rcp.planned": _("RCP prévue"),
    "rcp.changed": _("RCP déplacée ou modifiée"),
    "rcp.called_off": _("RCP annulée"),
    "rcp.held": _("RCP tenue"),
    "rcp.invited": _("convocation à une RCP envoyée"),
    "rcp.uninvited": _("convocation à une RCP retirée"),
    "rcp.answered": _("réponse à une convocation de RCP"),
    "rcp.file_removed": _("dossier retiré d’une RCP"),
    "rcp.proposed": _("proposition de RCP notée"),
    "rcp.proposal_withdrawn": _("proposition de RCP retirée"),
    "rcp.proposal_closed": _("suite d’une proposition de RCP notée"),
    "rcp.paper_plan": _("plan modifié sur papier"),
    "rcp.minutes_written": _("compte rendu de RCP rédigé"),
    "rcp.minutes_signed": _("compte rendu de RCP signé"),
    "rcp.copied": _("copie d’un compte rendu de RCP"),
    "rcp.work_noted": _("situation de travail notée après une RCP"),
    "rcp.quorum_set": _("quorum des RCP modifié"),
    "structure.wait_noted": _("attente d’une structure notée"),
    "structure.confirmed": _("fiche de structure confirmée"),
    "structure.remark_settled": _("remarque d’une structure traitée"),
    "professional.registered": _("professionnel ajouté"),
    "professional.updated": _("fiche de professionnel modifiée"),
    "agreement.set": _("convention modifiée"),
    "account.opened": _("premier compte ouvert"),
    "account.registered": _("compte ouvert"),
    "account.deactivated": _("compte fermé"),
    "account.reactivated": _("compte rouvert"),
    "invitation.sent": _("invitation envoyée"),
    "invitation.resent": _("invitation renvoyée"),
    "invitation.withdrawn": _("invitation retirée"),
    "invitation.accepted": _("invitation acceptée"),
    "factor.reset": _("second facteur réinitialisé"),
    "rpps.verified": _("RPPS vérifié"),
    "bank.proposed": _("compte bancaire proposé"),
    "bank.confirmed": _("compte bancaire confirmé"),
    "bank.rejected": _("compte bancaire écarté"),
    "role.granted": _("rôle donné"),
    "role.withdrawn": _("rôle retiré"),
    "consultation_site.kept": _("site de consultation enregistré"),
    "slots.opened": _("créneaux ouverts"),
    "slot.withdrawn": _("créneau retiré"),
    "visit.booked": _("CEO prise"),
    "visit.moved": _("CEO déplacée"),
    "visit.cancelled": _("CEO annulée"),
    "visit.missed": _("CEO manquée"),
    "summary.started": _("synthèse commencée"),
    "summary.signed": _("synthèse signée"),
    "summary.completed": _("synthèse complétée"),
    "summary.read": _("synthèse consultée"),
    "letter.prepared": _("courrier de liaison préparé"),
    "letter.sent": _("courrier de liaison envoyé"),
    "patient.renewed": _("suivi prolongé"),
    "inclusion.corrected": _("date d’inclusion corrigée"),
    "contact.tried": _("tentative de contact"),
    "plan.begun": _("plan de soins commencé"),
    "plan.dropped": _("brouillon de plan abandonné"),
    "plan.signed": _("plan de soins signé"),
    "plan.agreed": _("accord donné sur le plan de soins"),
    "plan.read": _("plan de soins consulté"),
    "pathway.read": _("parcours consulté"),
    "sharing.given": _("accord de partage donné"),
    "sharing.withdrawn": _("accord de partage retiré"),
    "sharing.read": _("accords de partage consultés"),
    "readers.read": _("liste des lecteurs consultée"),
    "glass.broken": _("accès exceptionnel ouvert"),
    "glass.refused": _("accès exceptionnel : dossier non trouvé"),
    "glass.checked": _("accès exceptionnel vérifié"),
    "questionnaire.asked": _("questionnaire demandé"),
    "questionnaire.begun": _("questionnaire commencé"),
    "questionnaire.sent": _("questionnaire envoyé"),
    "questionnaire.withdrawn": _("questionnaire retiré"),
    "questionnaire.read": _("réponses au questionnaire consultées"),
    "questionnaire.reminded": _("rappel du questionnaire"),
    "alert.raised": _("réponse signalée à la coordination"),
    "alert.seen": _("réponse signalée prise en charge"),
    "link.sent": _("lien personnel envoyé"),
    "link.opened": _("entrée par le lien personnel"),
    "link.closed": _("lien personnel fermé après cinq dates de naissance fausses"),
    "link.revoked": _("lien personnel retiré"),
    "referral.sent": _("demande adressée"),
    "referral.discarded": _("brouillon de demande supprimé"),
    "attachment.added": _("pièce jointe ajoutée"),
    "attachment.removed": _("pièce jointe retirée"),
    "attachment.read": _("pièce jointe consultée"),
    "request.read": _("demande consultée"),
    "request.completed": _("dossier complet"),
    "request.asked": _("pièces demandées"),
    "request.reminded": _("demande relancée"),
    "request.archived": _("demande archivée"),
    "request.asked_again": _("demande reprise"),
    "request.joined": _("demande réunie à un dossier"),
    "request.told_apart": _("deux personnes distinguées"),
    "letter.written": _("courrier écrit"),
    "letter.read": _("courrier consulté"),
    "structure.created": _("structure ajoutée par un tableur"),
    "structure.changed": _("structure modifiée par un tableur"),
    "phone_line.number_set": _("numéro d’une ligne réservée saisi"),
    "phone_line.number_removed": _("numéro d’une ligne réservée retiré"),
}
"""Words of the journal. A room above adds those of its own verbs with `VERBS.update`."""

READINGS = {
    "attachment.read",
    "letter.read",
    "pathway.read",
    "patient.read",
    "plan.read",
    "questionnaire.read",
    "rcp.read",
    "request.read",
    "sharing.read",
    "summary.read",
}
"""Verbs of those who opened a patient's file, or what an RCP holds of it: the patient sees them.

A room above adds its own.
"""


class JournalEntry(models.Model):
    """One read or one write. `subject` names the thing without any health data."""

    at = models.DateTimeField(_("quand"), db_index=True)
    actor = models.ForeignKey(
        "network.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("qui")
    )
    patient = models.ForeignKey(
        "network.Patient", on_delete=models.PROTECT, null=True, related_name="journal"
    )
    verb = models.CharField(_("action"), max_length=40)
    subject = models.CharField(_("objet"), max_length=80, blank=True)
    reason = models.CharField(_("motif"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("entrée du journal")
        verbose_name_plural = _("journal")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"

    @property
    def words(self) -> str:
        return str(VERBS.get(self.verb, self.verb))

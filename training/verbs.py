"""What the training room writes in the journal, in words."""

from django.utils.translation import gettext_lazy as _

from network.models.journal import VERBS

VERBS.update(
    {
        "attendance.arrived": _("arrivée notée à une rencontre"),
        "attendance.kept": _("relevé de présence d’une rencontre enregistré"),
        "attestation.issued": _("attestation de formation délivrée"),
        "attestation.revoked": _("attestation de formation révoquée"),
        "meeting.called_off": _("rencontre annulée"),
        "meeting.repeated": _("rencontre reprise pour une autre année"),
        "registration.cancelled": _("inscription à une rencontre annulée"),
        "registration.made": _("inscription à une rencontre"),
        "registration.seated": _("place donnée à qui attendait"),
        "replay.asked": _("question ajoutée à un enregistrement"),
        "replay.kept": _("enregistrement d’une rencontre gardé"),
        "replay.moved": _("question d’un enregistrement mise à un autre moment"),
        "replay.published": _("enregistrement d’une rencontre publié"),
        "replay.unasked": _("question retirée d’un enregistrement"),
        "replay.withdrawn": _("enregistrement d’une rencontre retiré"),
        "survey.answered": _("avis donné sur une rencontre"),
        "training_body.described": _("organisme de formation décrit"),
        "registration.lapsed": _("place rendue, faute de paiement"),
        "registration.paid": _("inscription à une rencontre payée"),
        "payment.opened": _("paiement par carte commencé"),
        "payment.late": _("paiement arrivé sans place, remboursé"),
        "payment.disputed": _("paiement par carte contesté"),
        "refund.asked": _("remboursement demandé"),
        "refund.confirmed": _("remboursement confirmé"),
        "refund.refused": _("remboursement refusé"),
        "refund.failed": _("remboursement qui n’a pas abouti"),
        "refund.done": _("remboursement effectué"),
    }
)

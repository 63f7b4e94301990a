"""The doors of the training room. Those who teach too find theirs behind one."""

from django.utils.translation import gettext_lazy as _

from portal.kit.navigation import Entry, register
from training.access import Perm

TEACHING = "training:committee"

register(
    Entry(
        _("Se former"),
        "training:home",
        "graduation-cap",
        Perm.LEARN,
        40,
        inside=TEACHING,
        note=_("Vos cas, vos modules, vos attestations."),
    ),
    Entry(_("Formation"), TEACHING, "graduation-cap", Perm.SEE_STATISTICS, 40),
    Entry(
        _("Questions à revoir"),
        "training:questions",
        "chart-column",
        Perm.SEE_STATISTICS,
        42,
        inside=TEACHING,
        note=_("Facilité, temps, certitude\u00a0: ce que disent les réponses."),
    ),
    Entry(
        _("Fiches de preuve"),
        "training:cards",
        "book",
        Perm.SEE_STATISTICS,
        44,
        inside=TEACHING,
        note=_("Ce que touche chacune\u00a0: pages, réponses, apprenants."),
    ),
    Entry(
        _("Effet des modules"),
        "training:effects",
        "chart-column",
        Perm.SEE_STATISTICS,
        46,
        inside=TEACHING,
        note=_("Les mêmes personnes avant, après, à 30 et à 90\u00a0jours."),
    ),
    Entry(
        _("Rencontres"),
        "training:meetings",
        "calendar",
        Perm.EDIT_WEBINARS,
        45,
        inside=TEACHING,
        note=_("Qui vient, qui attend\u202f; annuler, reprendre pour l’an prochain."),
    ),
    Entry(
        _("Attestations délivrées"),
        "training:issued_attestations",
        "stamp",
        Perm.REVOKE_ATTESTATION,
        48,
        inside=TEACHING,
        note=_("Chercher, vérifier, révoquer."),
    ),
    Entry(
        _("Paiements par carte"),
        "training:payments",
        "euro",
        Perm.SEE_PAYMENTS,
        66,
        inside=(TEACHING, "training:home", "fees:batches"),
        note=_("Inscriptions payées, remboursements, versements."),
    ),
    Entry(_("Heures"), "training:hours", "hourglass", Perm.SEE_HOURS, 65),
    Entry(_("Organisme"), "training:body", "stamp", Perm.EDIT_BODY, 70),
)

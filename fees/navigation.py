"""The doors of the fee room."""

from django.utils.translation import gettext_lazy as _

from fees.access import Perm
from portal.kit.navigation import Entry, register

register(
    Entry(_("Noter un acte"), "fees:log_act", "add", Perm.LOG_ACT, 10),
    Entry(_("Mes actes"), "fees:my_acts", "receipt-euro", Perm.LOG_ACT, 20),
    Entry(_("Actes"), "fees:control", "receipt-euro", Perm.CONTROL_ACTS, 10),
    Entry(_("Paiements"), "fees:batches", "banknote", Perm.PAY, 12),
    Entry(
        _("Mes paiements"),
        "fees:my_payments",
        "banknote",
        Perm.SEE_TRANSFER,
        25,
        inside="fees:my_acts",
    ),
    Entry(_("Mes demandes"), "fees:my_claims", "send", Perm.CLAIM, 21, inside="fees:my_acts"),
    Entry(
        _("Pourquoi pas payé ?"),
        "fees:why",
        "info",
        Perm.SEE_WHY,
        26,
        inside=("fees:my_acts", "fees:control"),
        note=_("Pour chaque acte\u00a0: ce qui l’arrête, et le geste suivant"),
    ),
    Entry(_("Clôtures"), "fees:closings", "lock", Perm.PAY, 13, inside="fees:batches"),
    Entry(_("Rapports"), "fees:reports", "file", Perm.PAY, 14, inside="fees:batches"),
    Entry(
        _("Demandes"),
        "fees:control_claims",
        "inbox",
        Perm.CONTROL_ACTS,
        11,
        inside="fees:control",
        note=_("Contrôler les demandes de paiement reçues"),
    ),
    Entry(
        _("Vérifications après paiement"),
        "fees:spot_checks",
        "search-check",
        Perm.CONTROL_ACTS,
        13,
        inside="fees:control",
        note=_("Une part des actes payés, tirée au sort"),
    ),
    Entry(
        _("Rapprochement"),
        "fees:statements",
        "table-2",
        Perm.RECONCILE,
        14,
        inside="fees:control",
        note=_("Les relevés des professionnels face aux actes notés"),
    ),
    Entry(
        _("Mes relevés"),
        "fees:my_statements",
        "table-2",
        Perm.SEND_STATEMENT,
        22,
        inside="fees:my_acts",
    ),
    Entry(_("Arbitrages"), "fees:arbitrations", "scale", Perm.ARBITRATE, 15),
    Entry(_("Barème"), "fees:schedule", "table-2", Perm.EDIT_SCHEDULE, 60),
    Entry(
        _("Part vérifiée après paiement"),
        "fees:spot_rate",
        "search-check",
        Perm.EDIT_SCHEDULE,
        61,
        inside="fees:schedule",
    ),
    Entry(
        _("Relevés de banque"),
        "fees:bank_files",
        "table-2",
        Perm.RECONCILE,
        15,
        inside="fees:batches",
        note=_("Ce que la banque a débité, et ce qui revient"),
    ),
)

"""What the fee room writes in the journal, in words."""

from django.utils.translation import gettext_lazy as _

from fees.enums import Move
from network.models.journal import VERBS

VERBS.update(
    {
        f"act.{Move.DRAFTED}": _("acte gardé en brouillon"),
        f"act.{Move.LOGGED}": _("acte noté"),
        f"act.{Move.REDECIDED}": _("acte décidé de nouveau"),
        f"act.{Move.ARBITRATED}": _("acte arbitré"),
        f"act.{Move.VALIDATED}": _("acte validé"),
        f"act.{Move.BATCHED}": _("acte mis en paiement"),
        f"act.{Move.PAID}": _("acte payé"),
        f"act.{Move.CANCELLED}": _("acte annulé"),
        f"act.{Move.REVERSED}": _("acte extourné"),
        "tariff.superseded": _("tarif changé"),
        "policy.superseded": _("lecture du barème changée"),
    }
)

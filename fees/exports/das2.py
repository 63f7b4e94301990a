"""Totals for the declaration of fees, as a table."""

import pandas as pd
from django.utils.translation import gettext as _

from fees.selectors.declared import declared, threshold_of
from portal.kit.words import euros


def das2_frame(year: int) -> pd.DataFrame:
    """One row a professional: sums in euros; no account number, no patient."""
    threshold = threshold_of(year)
    above = {True: _("oui"), False: _("non"), None: ""}
    column = (
        _("Au-dessus de %(amount)s (à vérifier)") % {"amount": euros(threshold.amount)}
        if threshold
        else _("Au-dessus du seuil")
    )
    rows = [
        {
            _("Nom"): each.paid.professional.last_name,
            _("Prénom"): each.paid.professional.first_name,
            _("RPPS"): each.paid.professional.rpps or "",
            _("Profession"): each.paid.professional.trade,
            _("Lieu d’exercice"): each.paid.professional.practice,
            _("Code postal"): each.paid.professional.postcode,
            _("Commune"): each.paid.professional.city,
            _("Viré"): float(each.paid.executed),
            _("Retourné"): float(each.paid.returned),
            _("Dont récupéré"): float(each.paid.recovered),
            _("Total versé"): float(each.paid.total),
            column: above[each.above],
        }
        for each in declared(year)
    ]
    return pd.DataFrame(rows)

"""Lists of acts as tables."""

from collections.abc import Iterable

import pandas as pd
from django.utils.translation import gettext as _

from fees import wording
from fees.models import Act


def act_frame(acts: Iterable[Act], *, pseudonymous: bool) -> pd.DataFrame:
    """One row an act: text columns, `Date` (date), `Montant` (euros, 2 decimals).

    Pseudonymous: the file's code in place of the patient's name.
    """
    rows = [
        {
            _("Professionnel"): str(act.professional),
            _("Dossier") if pseudonymous else _("Patient"): (
                act.patient.code if pseudonymous else act.patient.name
            ),
            _("Acte"): act.get_kind_display(),
            _("Date"): act.done_on,
            _("État"): state_words(act),
            _("Motif"): ", ".join(wording.title(reason) for reason in act.reason_codes),
            _("Montant"): float(act.amount),
        }
        for act in acts
    ]
    return pd.DataFrame(rows)


def state_words(act: Act) -> str:
    return _("À arbitrer") if act.awaits_arbitration else act.get_state_display()

"""What was checked of an act, one line each, without any clinical content."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fees.enums import Kind, Reason
from fees.models import Act


@dataclass(frozen=True, slots=True)
class Check:
    """One automatic check and its result."""

    ok: bool
    label: str


def checks_of(act: Act) -> list[Check]:
    """Each check that applies to the act, as it was decided, in the order of the reasons."""
    missing = set(act.reason_codes)
    lines = {
        Reason.CAP_REACHED: _slot(act),
        Reason.OUTSIDE_FOLLOW_UP: _("Date dans la période de suivi"),
        Reason.NO_AGREEMENT: _("Convention en vigueur à cette date"),
        Reason.WRONG_PROFESSION: _("Acte de cette profession"),
        Reason.NOT_TREATING_DOCTOR: _("Médecin traitant inscrit ce jour-là"),
        Reason.MINUTES_MISSING: _("Compte rendu de RCP signé"),
        Reason.PLAN_NOT_REVISED: _("PPS modifié après la RCP"),
        Reason.TOO_FEW_PROFESSIONALS: _("Assez de professionnels présents"),
        Reason.NOT_ATTENDING: _("Présence notée pour ce dossier"),
        Reason.DUPLICATE: _("Pas de doublon"),
        Reason.CLAIM_WINDOW_CLOSED: _("Noté dans le délai"),
        Reason.MSP_NOT_DECLARED: _("Séance non facturée à Mon soutien psy"),
        Reason.DONE_IN_FUTURE: _("Date passée"),
        Reason.NO_TARIFF: _("Ligne du barème en vigueur"),
    }
    return [
        Check(reason not in missing, label)
        for reason, label in lines.items()
        if _applies(reason, act.kind_code) and (reason is not Reason.CAP_REACHED or act.cap)
    ]


def _applies(reason: Reason, kind: Kind) -> bool:
    if reason is Reason.NOT_TREATING_DOCTOR:
        return kind is Kind.RCP_MT
    if reason is Reason.MSP_NOT_DECLARED:
        return kind is Kind.PSY_SUIVI
    if reason in (
        Reason.MINUTES_MISSING,
        Reason.PLAN_NOT_REVISED,
        Reason.TOO_FEW_PROFESSIONALS,
        Reason.NOT_ATTENDING,
    ):
        return kind.is_rcp
    return True


def _slot(act: Act) -> str:
    if act.ordinal and act.limit:
        return _("Place %(ordinal)s sur %(limit)s du plafond") % {
            "ordinal": act.ordinal,
            "limit": act.limit,
        }
    if Reason.CAP_REACHED in act.reason_codes:
        return _("Plafond de %(limit)s atteint") % {"limit": act.limit}
    return _("Plafond : sans objet")

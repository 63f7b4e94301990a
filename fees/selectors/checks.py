"""What was checked of an act, one line each, without any clinical content."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fees.enums import Kind, Reason, Remark
from fees.models import Act
from portal.kit.words import plain_day


@dataclass(frozen=True, slots=True)
class Check:
    """One automatic check and its result."""

    ok: bool
    label: str


def checks_of(act: Act, missing: Collection[str] | None = None) -> list[Check]:
    """Each check that applies to the act, in the order of the reasons.

    `missing`: the remarks of a control made now; None = as the act was decided.
    """
    claimed = missing is not None
    missing = set(act.reason_codes) if missing is None else missing
    lines: dict[str, str] = {
        Reason.CAP_REACHED: _slot(act, missing),
        Reason.OUTSIDE_FOLLOW_UP: _("Date dans la période de suivi"),
        Reason.NO_AGREEMENT: _("Convention en vigueur à cette date"),
        Remark.RPPS_UNVERIFIED: _("RPPS vérifié dans l’annuaire"),
        Reason.WRONG_PROFESSION: _("Acte de cette profession"),
        Reason.NOT_TREATING_DOCTOR: _("Médecin traitant inscrit ce jour-là"),
        Reason.MINUTES_MISSING: _("Compte rendu de RCP signé"),
        Reason.PLAN_NOT_REVISED: _("PPS modifié après la RCP"),
        Reason.TOO_FEW_PROFESSIONALS: _("Assez de professionnels présents"),
        Reason.NOT_ATTENDING: _("Présence notée pour ce dossier"),
        Reason.DUPLICATE: _("Pas de doublon"),
        Reason.CLAIM_WINDOW_CLOSED: _("Noté dans le délai"),
        Remark.CLAIMED_LATE: _("Demandé dans le délai") if claimed else "",
        Reason.MSP_NOT_DECLARED: _("Séance non facturée à Mon soutien psy"),
        Reason.DONE_IN_FUTURE: _("Date passée"),
        Reason.NO_TARIFF: _tariff(act),
    }
    if Remark.TARIFF_CHANGED in missing:
        lines[Remark.TARIFF_CHANGED] = _("Barème inchangé depuis la décision")
    return [
        Check(code not in missing, label)
        for code, label in lines.items()
        if label and _applies(code, act)
    ]


def _applies(code: str, act: Act) -> bool:
    kind = act.kind_code
    if code == Reason.CAP_REACHED:
        return bool(act.cap)
    if code == Reason.NOT_TREATING_DOCTOR:
        return kind is Kind.RCP_MT
    if code == Reason.MSP_NOT_DECLARED:
        return kind is Kind.PSY_SUIVI
    if code in (
        Reason.MINUTES_MISSING,
        Reason.PLAN_NOT_REVISED,
        Reason.TOO_FEW_PROFESSIONALS,
        Reason.NOT_ATTENDING,
    ):
        return kind.is_rcp
    return True


def _slot(act: Act, missing: Collection[str]) -> str:
    if act.ordinal and act.limit:
        return _("Place %(ordinal)s sur %(limit)s du plafond") % {
            "ordinal": act.ordinal,
            "limit": act.limit,
        }
    if Reason.CAP_REACHED in missing:
        return _("Plafond de %(limit)s atteint") % {"limit": act.limit}
    return _("Plafond : sans objet")


def _tariff(act: Act) -> str:
    if act.tariff is None:
        return _("Ligne du barème en vigueur")
    return _("Barème en vigueur, ligne du %(day)s") % {"day": plain_day(act.tariff.valid_from)}

"""Every automatic check of every line of a claim, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection

from django.utils.translation import gettext as _

from fees import rules
from fees.models import Act
from network.enums import AldKind, Profession
from network.models import AldPeriod
from network.rules.identity import RPPS_REQUIRED
from portal.kit.words import euros, plain_day

from .checks import Check, checks_of


def checks_of_all(acts: Collection[Act]) -> dict[int, list[Check]]:
    """The checks of each act, by act: those of its decision, then ALD, RPPS and tariff.

    One query, whatever the number of acts; their professional and their tariff are loaded.
    """
    periods: dict[int, list[tuple[AldKind, object, object]]] = defaultdict(list)
    rows = AldPeriod.objects.filter(patient__in={act.patient_id for act in acts}).order_by()
    for patient, kind, first, last in rows.values_list("patient", "kind", "starts_on", "ends_on"):
        periods[patient].append((AldKind(kind), first, last))
    return {
        act.pk: [*checks_of(act), *_ald(act, periods[act.patient_id]), *_others(act)]
        for act in acts
    }


def _ald(act: Act, periods: list[tuple[AldKind, object, object]]) -> list[Check]:
    """Which limit the ALD of the day gives, where the line has two."""
    if act.tariff is None:
        return []
    line = act.tariff.as_rule()
    if line.limit_for(under_ald=True) == line.limit_for(under_ald=False):
        return []
    under = rules.under_ald(periods, act.done_on)  # type: ignore[arg-type]
    words = (
        _("ALD ce jour-là\u00a0: plafond de %(limit)s")
        if under
        else _("Pas d’ALD ce jour-là\u00a0: plafond de %(limit)s")
    )
    return [Check(True, words % {"limit": line.limit_for(under_ald=under)})]


def _others(act: Act) -> list[Check]:
    checks = []
    if Profession(act.professional.profession) in RPPS_REQUIRED:
        verified = act.professional.rpps_verified_on is not None
        words = _("RPPS vérifié") if verified else _("RPPS pas encore vérifié")
        checks.append(Check(verified, words))
    if act.tariff:
        words = _("Tarif de %(amount)s, en vigueur depuis le %(day)s") % {
            "amount": euros(act.tariff.amount),
            "day": plain_day(act.tariff.valid_from),
        }
        checks.append(Check(act.amount == act.tariff.amount, words))
    return checks

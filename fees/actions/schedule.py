"""Change the dated rules: a new version closes the one before it; nothing priced is touched."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from fees.enums import DoctorCap, Kind, WindowKind
from fees.models import PolicyVersion, TariffLine
from network.actions.journal import record
from network.models import User

from .steps import Conflict


def supersede_tariff(
    *,
    kind: Kind,
    amount: Decimal,
    limit: int | None,
    limit_ald: int | None,
    valid_from: date,
    decision: str,
    by: User,
    now: datetime,
) -> TariffLine:
    """Put a new line of the fee table in force from a day on; the open one ends the day before.

    Raises Conflict when a line already starts on that day or later.
    """
    with transaction.atomic():
        lines = TariffLine.objects.select_for_update(no_key=True).filter(kind=kind)
        _close_before(list(lines), valid_from)
        line = TariffLine.objects.create(
            kind=kind,
            amount=amount,
            limit=limit,
            limit_ald=limit_ald,
            valid_from=valid_from,
            decision=decision,
            recorded_at=now,
            recorded_by=by,
        )
        record(verb="tariff.superseded", by=by, at=now, subject=f"{kind} {valid_from}")
        return line


def supersede_policy(
    *,
    doctor_cap: DoctorCap,
    window: WindowKind,
    claim_days: int,
    plan_days: int,
    min_professionals: int,
    exclude_employees: bool,
    valid_from: date,
    decision: str,
    by: User,
    now: datetime,
) -> PolicyVersion:
    """Read the fee table otherwise from a day on. Raises Conflict as `supersede_tariff` does."""
    with transaction.atomic():
        former = list(PolicyVersion.objects.select_for_update(no_key=True))
        _close_before(former, valid_from)
        version = PolicyVersion.objects.create(
            doctor_cap=doctor_cap,
            window=window,
            claim_days=claim_days,
            plan_days=plan_days,
            min_professionals=min_professionals,
            exclude_employees=exclude_employees,
            follow_up_months=former[-1].follow_up_months,
            valid_from=valid_from,
            decision=decision,
            recorded_at=now,
            recorded_by=by,
        )
        record(verb="policy.superseded", by=by, at=now, subject=str(valid_from))
        return version


def _close_before(former: list[TariffLine] | list[PolicyVersion], valid_from: date) -> None:
    for version in former:
        if version.valid_from >= valid_from:
            raise Conflict(
                _("Une version commence déjà le %(day)s : la nouvelle doit commencer après.")
                % {"day": f"{version.valid_from:%d/%m/%Y}"}
            )
        if version.valid_to is None or version.valid_to >= valid_from:
            version.valid_to = valid_from - timedelta(days=1)
            version.save(update_fields=["valid_to"])

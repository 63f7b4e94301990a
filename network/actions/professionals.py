"""The sheets of professionals and their agreement with the network; never their bank details."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.actions.journal import record
from network.enums import Profession
from network.events import AgreementChanged
from network.models import Professional, User
from network.rules.identity import is_rpps
from portal.kit.events import publish


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the network knows of a professional. `rpps` is empty until it is given."""

    first_name: str
    last_name: str
    profession: Profession
    title: str = ""
    speciality: str = ""
    rpps: str = ""
    rpps_verified_on: date | None = None
    practice: str = ""
    postcode: str = ""
    city: str = ""
    phone: str = ""
    employee: bool = False


def register_professional(*, sheet: Sheet, by: User | None, now: datetime) -> Professional:
    """Add a professional, with or without an account; an agreement is another decision."""
    with transaction.atomic():
        _check_sheet(sheet, today=timezone.localdate(now))
        professional = Professional(**_fields(sheet))
        professional.save(force_insert=True)
        record(verb="professional.registered", by=by, at=now, subject=str(professional)[:80])
    return professional


def update_professional(
    *, professional: Professional, sheet: Sheet, by: User | None, now: datetime
) -> Professional:
    """Mend the sheet. Another RPPS loses the check of the former one, unless checked anew."""
    with transaction.atomic():
        locked = Professional.objects.select_for_update(no_key=True).get(pk=professional.pk)
        _check_sheet(sheet, today=timezone.localdate(now), besides=locked)
        fields = _fields(sheet)
        if fields["rpps"] != locked.rpps and sheet.rpps_verified_on == locked.rpps_verified_on:
            fields["rpps_verified_on"] = None
        changed = [name for name, value in fields.items() if getattr(locked, name) != value]
        if not changed:
            return locked
        for name in changed:
            setattr(locked, name, fields[name])
        locked.save(update_fields=changed)
        record(verb="professional.updated", by=by, at=now, subject=str(locked)[:80])
    return locked


def set_agreement(
    *,
    professional: Professional,
    starts_on: date | None,
    ends_on: date | None,
    by: User | None,
    now: datetime,
) -> Professional:
    """Give the agreement its dates, both inside; no start = no agreement. Twice is once."""
    if ends_on and starts_on is None:
        raise ValidationError({"starts_on": _("Indiquez le début de la convention.")})
    if starts_on and ends_on and ends_on < starts_on:
        raise ValidationError({"ends_on": _("La convention finit avant de commencer.")})
    with transaction.atomic():
        locked = Professional.objects.select_for_update(no_key=True).get(pk=professional.pk)
        if (locked.agreement_from, locked.agreement_to) == (starts_on, ends_on):
            return locked
        before = f"{locked.agreement_from or '…'} – {locked.agreement_to or '…'}"
        locked.agreement_from, locked.agreement_to = starts_on, ends_on
        locked.save(update_fields=["agreement_from", "agreement_to"])
        record(
            verb="agreement.set",
            by=by,
            at=now,
            subject=str(locked)[:80],
            reason=f"avant : {before}",
        )
        publish(AgreementChanged(locked.pk))
    return locked


def _fields(sheet: Sheet) -> dict[str, object]:
    return asdict(sheet) | {"rpps": sheet.rpps or None}


def _check_sheet(sheet: Sheet, *, today: date, besides: Professional | None = None) -> None:
    if sheet.rpps_verified_on and not sheet.rpps:
        raise ValidationError({"rpps": _("Indiquez le numéro RPPS qui a été vérifié.")})
    if sheet.rpps_verified_on and sheet.rpps_verified_on > today:
        raise ValidationError({"rpps_verified_on": _("Cette date est à venir.")})
    if not sheet.rpps:
        return
    if not is_rpps(sheet.rpps):
        raise ValidationError(
            {
                "rpps": _(
                    "Ce numéro RPPS n’existe pas\u00a0: recopiez les 11\u00a0chiffres de la carte."
                )
            }
        )
    holders = Professional.objects.filter(rpps=sheet.rpps)
    holder = (holders.exclude(pk=besides.pk) if besides else holders).first()
    if holder:
        raise ValidationError(
            {"rpps": _("Ce numéro RPPS est déjà celui de %(person)s.") % {"person": holder}}
        )

"""The number of a line kept for verified professionals: given and removed by administration."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from network.models import PhoneLine, Resource, Structure, User
from network.rules.directory import LineAudience
from portal.kit.phones import national

from .journal import record


@transaction.atomic
def set_reserved_number(*, line: PhoneLine, number: str, by: User, now: datetime) -> None:
    """Give the line its number, or remove it when `number` is empty. The journal keeps that it
    was done, never the digits. The same number again changes nothing.

    Raises ValidationError (`number`) for another shape, or a number that public pages show.
    """
    locked = PhoneLine.objects.select_for_update().get(pk=line.pk)
    if locked.audience != LineAudience.VERIFIED:
        raise ValidationError(_("Cette ligne n’a pas de numéro réservé."), code="not_reserved")
    kept = _checked(number) if number else ""
    if kept == locked.secret:
        return
    locked.secret = kept
    locked.number_set_at, locked.number_set_by = (now, by) if kept else (None, None)
    locked.save(update_fields=["secret", "number_set_at", "number_set_by"])
    verb = "phone_line.number_set" if kept else "phone_line.number_removed"
    record(verb=verb, by=by, at=now, subject=locked.name)


def _checked(typed: str) -> str:
    try:
        number = national(typed)
    except ValueError:
        raise ValidationError(
            {
                "number": _(
                    "Écrivez les dix chiffres du numéro, comme 01\u00a099\u00a000\u00a012\u00a034."
                )
            }
        ) from None
    if number in _public_numbers():
        raise ValidationError(
            {"number": _("Ce numéro est déjà public\u00a0: il ne peut pas être réservé.")}
        )
    return number


def _public_numbers() -> set[str]:
    """The numbers that pages show to everybody."""
    shown = [settings.SECRETARIAT_PHONE]
    shown += PhoneLine.objects.exclude(number="").values_list("number", flat=True)
    shown += Resource.objects.exclude(phone="").values_list("phone", flat=True)
    shown += Structure.objects.exclude(phone="").values_list("phone", flat=True)
    return {each for typed in shown for each in _national(typed)}


def _national(typed: str) -> list[str]:
    try:
        return [national(typed)]
    except ValueError:
        return []

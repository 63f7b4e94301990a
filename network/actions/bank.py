"""Bank details: proposed by one person, in force once another has called back."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from network.access import Perm
from network.actions.journal import record
from network.actions.mail import queue_mail
from network.enums import BankState
from network.models import BankDetails, Professional, User
from network.selectors.bank import current_bank_details, pending_bank_details
from portal.kit import sepa


@transaction.atomic
def propose_bank_details(
    *, professional: Professional, iban: str, holder: str, by: User, now: datetime
) -> BankDetails:
    """Ask for another account to be paid on. The present one stays in force until confirmation.

    Raises ValidationError on `iban` or `holder`, or when a change already waits.
    """
    if not by.has_perm(Perm.PROPOSE_BANK_DETAILS, professional):
        raise PermissionDenied
    number, name = _checked(iban, holder)
    locked = Professional.objects.select_for_update(no_key=True).get(pk=professional.pk)
    if pending_bank_details(locked):
        raise ValidationError(_("Un changement attend déjà d’être confirmé."), code="waiting")
    current = current_bank_details(locked)
    if current and (current.iban, current.holder) == (number, name):
        raise ValidationError({"iban": _("C’est déjà le compte sur lequel vous êtes payé.")})
    details = BankDetails.objects.create(
        professional=locked,
        holder=name,
        iban=number,
        last4=number[-4:],
        state=BankState.PROPOSED,
        proposed_at=now,
        proposed_by=by,
    )
    _trace("bank.proposed", details, by=by, now=now)
    _tell("proposed", details, now)
    return details


@transaction.atomic
def confirm_bank_details(*, details: BankDetails, note: str, by: User, now: datetime) -> None:
    """Put a change in force, after a call to a number already known; `note` tells that call."""
    _decide(details, BankState.CONFIRMED, note=note, by=by, now=now)


@transaction.atomic
def reject_bank_details(*, details: BankDetails, note: str, by: User, now: datetime) -> None:
    """Refuse a change, with its reason; the account in force stays."""
    _decide(details, BankState.REJECTED, note=note, by=by, now=now)


def _decide(details: BankDetails, state: BankState, *, note: str, by: User, now: datetime) -> None:
    Professional.objects.select_for_update(no_key=True).get(pk=details.professional_id)
    locked = BankDetails.objects.select_related("professional__user").get(pk=details.pk)
    if not by.has_perm(Perm.CONFIRM_BANK_DETAILS, locked):
        raise PermissionDenied
    if locked.state == state:
        return
    if locked.state != BankState.PROPOSED:
        raise ValidationError(_("Ce changement est déjà décidé."), code="decided")
    if not note.strip():
        raise ValidationError({"note": _("Notez l’appel ou la raison, en une phrase.")})
    locked.state, locked.note = state, note.strip()
    locked.decided_at, locked.decided_by = now, by
    locked.save(update_fields=["state", "note", "decided_at", "decided_by"])
    _trace(f"bank.{state}", locked, by=by, now=now, reason=locked.note)
    _tell(state, locked, now)


def _checked(iban: str, holder: str) -> tuple[str, str]:
    number, name = sepa.compact_iban(iban), sepa.text(holder)
    errors = {}
    if number is None:
        errors["iban"] = _("Cet IBAN n’est pas valide\u00a0: comparez-le à votre RIB.")
    if not name:
        errors["holder"] = _("Indiquez le titulaire du compte.")
    elif len(name) > sepa.HOLDER_LENGTH:
        errors["holder"] = _("Le nom du titulaire tient en 70 signes.")
    if errors or number is None:
        raise ValidationError(errors)
    return number, name


def _trace(verb: str, details: BankDetails, *, by: User, now: datetime, reason: str = "") -> None:
    subject = f"{details.professional} {details.masked}"[:80]
    record(verb=verb, by=by, at=now, subject=subject, reason=reason)


def _tell(what: str, details: BankDetails, now: datetime) -> None:
    user = details.professional.user
    if user is None:
        return
    context = {"what": what, "note": details.note, "phone": settings.SECRETARIAT_PHONE}
    queue_mail(
        to=user.email,
        subject=_("Votre compte bancaire sur Ariane"),
        body=render_to_string("network/bank/mail.txt", context).strip(),
        now=now,
    )

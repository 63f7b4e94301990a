"""Bank details: the ones in force, and the changes that wait for a second person."""

from django.db.models import QuerySet

from network.enums import BankState, Role
from network.models import BankDetails, Professional, User


def current_bank_details(professional: Professional) -> BankDetails | None:
    """The account to pay: the last one confirmed."""
    confirmed = professional.bank_details.filter(state=BankState.CONFIRMED)
    return confirmed.order_by("-decided_at", "-pk").first()


def pending_bank_details(professional: Professional) -> BankDetails | None:
    """The change that waits, if any."""
    return professional.bank_details.filter(state=BankState.PROPOSED).first()


def bank_changes_visible_to(user: User) -> QuerySet[BankDetails]:
    """Accountants see all of them, clinicians their own."""
    changes = BankDetails.objects.select_related("professional__user", "proposed_by", "decided_by")
    if user.is_any(Role.ACCOUNTANT):
        return changes
    if user.is_any(Role.CLINICIAN):
        return changes.filter(professional__user=user)
    return changes.none()


def pending_bank_changes(user: User) -> QuerySet[BankDetails]:
    return bank_changes_visible_to(user).filter(state=BankState.PROPOSED).order_by("proposed_at")

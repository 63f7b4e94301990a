"""Who may do what with the education of professionals."""

from enum import StrEnum
from typing import Any

from network.enums import Role
from portal.kit import access


class Perm(StrEnum):
    EDIT_WEBINARS = "training.edit_webinars"
    LEARN = "training.learn"
    WRITE = "training.write"
    SIGN_SCIENCE = "training.sign_science"
    SEE_STATISTICS = "training.see_statistics"
    SEE_HOURS = "training.see_hours"
    REVOKE_ATTESTATION = "training.revoke_attestation"
    EDIT_BODY = "training.edit_body"
    SEE_PAYMENTS = "training.see_payments"
    ASK_REFUND = "training.ask_refund"
    CONFIRM_REFUND = "training.confirm_refund"
    WATCH = "training.watch"


@access.rule(Perm.EDIT_WEBINARS)
def edit_webinars(user: Any, obj: Any) -> bool:
    return user.is_any(Role.EDITOR, Role.MEDICAL_DIRECTOR)


@access.rule(Perm.LEARN)
def learn(user: Any, obj: Any) -> bool:
    """Those who care for patients or organise their care; never patients nor accountants."""
    return user.is_any(Role.CLINICIAN, Role.COORDINATOR, Role.MEDICAL_DIRECTOR)


@access.rule(Perm.WRITE)
def write(user: Any, obj: Any) -> bool:
    return user.is_any(Role.EDITOR, Role.MEDICAL_DIRECTOR)


@access.rule(Perm.SIGN_SCIENCE)
def sign_science(user: Any, obj: Any) -> bool:
    return user.is_any(Role.MEDICAL_DIRECTOR)


@access.rule(Perm.SEE_STATISTICS)
def see_statistics(user: Any, obj: Any) -> bool:
    """Aggregates alone: nobody reads another person's answers."""
    return user.is_any(Role.EDITOR, Role.MEDICAL_DIRECTOR)


@access.rule(Perm.SEE_HOURS)
def see_hours(user: Any, obj: Any) -> bool:
    return user.is_any(Role.ACCOUNTANT)


@access.rule(Perm.REVOKE_ATTESTATION)
def revoke_attestation(user: Any, obj: Any) -> bool:
    return user.is_any(Role.MEDICAL_DIRECTOR)


@access.rule(Perm.EDIT_BODY)
def edit_body(user: Any, obj: Any) -> bool:
    """The numbers printed on attestations."""
    return user.is_any(Role.ADMINISTRATOR)


@access.rule(Perm.SEE_PAYMENTS)
def see_payments(user: Any, obj: Any) -> bool:
    """Card payments of meetings: money and names, no care."""
    return user.is_any(Role.ACCOUNTANT, Role.EDITOR, Role.COORDINATOR)


@access.rule(Perm.ASK_REFUND)
def ask_refund(user: Any, obj: Any) -> bool:
    """Those who organise the meetings ask; accountancy decides."""
    return user.is_any(Role.EDITOR, Role.COORDINATOR)


@access.rule(Perm.CONFIRM_REFUND)
def confirm_refund(user: Any, obj: Any) -> bool:
    return user.is_any(Role.ACCOUNTANT)


@access.rule(Perm.WATCH)
def watch(user: Any, obj: Any) -> bool:
    """Anybody with an account; which recordings, their audience says (`Replay.visible_to`)."""
    return bool(user.is_authenticated)

"""Who may do what with acts and money."""

from enum import StrEnum
from typing import Any

from network.enums import Role
from portal.kit import access


class Perm(StrEnum):
    LOG_ACT = "fees.log_act"
    SEE_ACT = "fees.see_act"
    CANCEL_ACT = "fees.cancel_act"
    SEE_CAPS = "fees.see_caps"
    CONTROL_ACTS = "fees.control_acts"
    ARBITRATE = "fees.arbitrate"
    EDIT_SCHEDULE = "fees.edit_schedule"
    PAY = "fees.pay"
    SEE_TRANSFER = "fees.see_transfer"
    GRANT_ENVELOPE = "fees.grant_envelope"
    CLAIM = "fees.claim"
    SEE_WHY = "fees.see_why"
    RECONCILE = "fees.reconcile"
    SEND_STATEMENT = "fees.send_statement"


@access.rule(Perm.LOG_ACT)
def log_act(user: Any, obj: Any) -> bool:
    """Clinicians known as professionals of the network; the rules say what is paid."""
    return user.is_any(Role.CLINICIAN) and getattr(user, "professional", None) is not None


@access.rule(Perm.SEE_ACT)
def see_act(user: Any, act: Any) -> bool:
    if user.is_any(Role.COORDINATOR, Role.MEDICAL_DIRECTOR, Role.ACCOUNTANT):
        return True
    return user.is_any(Role.CLINICIAN) and (act is None or act.professional.user_id == user.pk)


@access.rule(Perm.CANCEL_ACT)
def cancel_act(user: Any, act: Any) -> bool:
    """The professional, for the own acts; the rules of the course say until when."""
    return user.is_any(Role.CLINICIAN) and (act is None or act.professional.user_id == user.pk)


@access.rule(Perm.SEE_CAPS)
def see_caps(user: Any, obj: Any) -> bool:
    return user.is_any(Role.CLINICIAN, Role.COORDINATOR, Role.MEDICAL_DIRECTOR)


@access.rule(Perm.CONTROL_ACTS)
def control_acts(user: Any, obj: Any) -> bool:
    return user.is_any(Role.ACCOUNTANT)


@access.rule(Perm.ARBITRATE)
def arbitrate(user: Any, obj: Any) -> bool:
    return user.is_any(Role.MEDICAL_DIRECTOR)


@access.rule(Perm.EDIT_SCHEDULE)
def edit_schedule(user: Any, obj: Any) -> bool:
    return user.is_any(Role.ADMINISTRATOR)


@access.rule(Perm.PAY)
def pay(user: Any, obj: Any) -> bool:
    """Prepare, sign and follow batches; who signs what another prepared is the action's concern."""
    return user.is_any(Role.ACCOUNTANT)


@access.rule(Perm.SEE_TRANSFER)
def see_transfer(user: Any, obj: Any) -> bool:
    """Professionals see what was transferred to them; which rows is the query's concern."""
    return user.is_any(Role.CLINICIAN) and getattr(user, "professional", None) is not None


@access.rule(Perm.GRANT_ENVELOPE)
def grant_envelope(user: Any, obj: Any) -> bool:
    return user.is_any(Role.ACCOUNTANT)


@access.rule(Perm.CLAIM)
def claim(user: Any, obj: Any) -> bool:
    """Professionals ask for the payment of their own acts; which rows is the query's concern."""
    return user.is_any(Role.CLINICIAN) and getattr(user, "professional", None) is not None


@access.rule(Perm.SEE_WHY)
def see_why(user: Any, obj: Any) -> bool:
    """Why an act is not paid: professionals of their own, accountants of anybody's."""
    return bool(user.is_any(Role.ACCOUNTANT)) or claim(user, obj)


@access.rule(Perm.RECONCILE)
def reconcile(user: Any, obj: Any) -> bool:
    """Statements received, and their differences; which rows is the query's concern."""
    return user.is_any(Role.ACCOUNTANT)


@access.rule(Perm.SEND_STATEMENT)
def send_statement(user: Any, obj: Any) -> bool:
    """Professionals check their own statement, then send it."""
    return user.is_any(Role.CLINICIAN) and getattr(user, "professional", None) is not None

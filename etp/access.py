"""Who may do what in patient education (table 1.18 of the network's facts)."""

from enum import StrEnum
from typing import Any

from network.enums import Role
from portal.kit import access


class Perm(StrEnum):
    BOOK = "etp.book"
    SEE_PLANNING = "etp.see_planning"
    PLAN = "etp.plan"
    ANIMATE = "etp.animate"
    NOTE_ATTENDANCE = "etp.note_attendance"
    ASSESS = "etp.assess"
    SEE_EDUCATION = "etp.see_education"
    SEE_REPORT = "etp.see_report"


@access.rule(Perm.BOOK)
def book(user: Any, obj: Any) -> bool:
    """Patients and representatives, for the files that are theirs."""
    return user.is_any(Role.PATIENT)


@access.rule(Perm.SEE_PLANNING)
def see_planning(user: Any, obj: Any) -> bool:
    return user.is_any(Role.COORDINATOR, Role.MEDICAL_DIRECTOR)


@access.rule(Perm.PLAN)
def plan(user: Any, obj: Any) -> bool:
    """Programmes, workshops, sessions, seats and messages."""
    return user.is_any(Role.COORDINATOR, Role.MEDICAL_DIRECTOR)


@access.rule(Perm.ANIMATE)
def animate(user: Any, obj: Any) -> bool:
    """Facilitators: their own sessions, names and attendance, nothing else."""
    if not user.is_any(Role.CLINICIAN):
        return False
    return hasattr(getattr(user, "professional", None), "facilitator")


@access.rule(Perm.NOTE_ATTENDANCE)
def note_attendance(user: Any, session: Any) -> bool:
    if user.is_any(Role.COORDINATOR, Role.MEDICAL_DIRECTOR):
        return True
    if not animate(user, None):
        return False
    return session is None or session.facilitator.professional.user_id == user.pk


@access.rule(Perm.ASSESS)
def assess(user: Any, patient: Any) -> bool:
    """The shared assessment, what it opens, and the evaluation."""
    return user.is_any(Role.COORDINATOR, Role.MEDICAL_DIRECTOR)


@access.rule(Perm.SEE_EDUCATION)
def see_education(user: Any, patient: Any) -> bool:
    """Dates and attendance on a patient's page; the assessment itself asks for ASSESS."""
    return user.is_any(Role.CLINICIAN, Role.COORDINATOR, Role.MEDICAL_DIRECTOR)


@access.rule(Perm.SEE_REPORT)
def see_report(user: Any, obj: Any) -> bool:
    return user.is_any(Role.COORDINATOR, Role.MEDICAL_DIRECTOR)

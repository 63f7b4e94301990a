"""The follow-up on a patient's pages: appointment, sheets, what is due, the end announced."""

from typing import Any

from django.http import HttpRequest

from network.access import Perm
from network.enums import EvaluationKind, PathwayState, VisitState
from network.models import Patient, User
from network.rules.follow_up import REASSESSED_DAYS, announced
from network.selectors import consultations, evaluations
from network.selectors.patients import attempts_of, standing
from portal.kit import clock
from portal.kit.panels import Filled, panel

OVER = (PathwayState.ENDED, PathwayState.REDIRECTED, PathwayState.REFUSED, PathwayState.ARCHIVED)


@panel("patient", name="follow_up", order=10, perm=Perm.SEE_EVALUATION)
def follow_up(request: HttpRequest, patient: Patient) -> Filled | None:
    user: Any = request.user
    today, now = clock.today(), clock.now()
    sheets = list(evaluations.sheets_of(patient, user, today))
    may_plan = user.has_perm(Perm.PLAN_VISITS)
    if patient.included_on is None and not may_plan:
        return None
    state = standing(patient, today)
    signed = [each for each in sheets if each.signed_at]
    current = [
        each for each in signed if patient.included_on and each.held_on >= patient.included_on
    ]
    ceo = next((each for each in current if each.kind == EvaluationKind.CEO), None)
    reassessed = any(each.is_reassessment for each in current)
    visit = consultations.visit_of(patient) if state.state == PathwayState.FOLLOWED else None
    booked = visit if visit and visit.state == VisitState.BOOKED else None
    context = {
        "patient": patient,
        "standing": state,
        "sheets": signed,
        "ceo": ceo,
        "visit": booked,
        "begun": bool(booked and booked.slot.starts_at <= now),
        "waits": consultations.included_since(patient, today),
        "announced": announced(state.last_day, today) if state.running and state.last_day else None,
        "to_reassess": bool(
            ceo and not reassessed and state.running and state.days_left <= REASSESSED_DAYS
        ),
        "may_plan": may_plan,
        "may_write": user.has_perm(Perm.CONSULT) and state.state == PathwayState.FOLLOWED,
        "may_come_back": may_plan and state.state in OVER,
        "former": patient.former_follow_ups.all(),
        "attempts": attempts_of(patient) if may_plan else [],
    }
    return Filled("network/panels/follow_up.html", context)


@panel("own_file", name="follow_up", order=10, perm=Perm.SEE_OWN_FILE)
def own_follow_up(request: HttpRequest, patient: Patient) -> Filled | None:
    """What the person reads: the date, the place, the ways opened, the end when it is near."""
    today = clock.today()
    state = standing(patient, today)
    visit = consultations.visit_of(patient)
    booked = visit if visit and visit.state == VisitState.BOOKED else None
    ceo = evaluations.ceo_of(patient)
    told = announced(state.last_day, today) if state.running and state.last_day else None
    former = list(patient.former_follow_ups.all())
    if not (booked or ceo or told or former):
        return None
    context = {
        "patient": patient,
        "standing": state,
        "visit": booked,
        "ceo": ceo,
        "place": visit.slot.site if visit and ceo and ceo.visit_id == visit.pk else None,
        "orientations": ceo.orientations.all() if ceo else [],
        "announced": told,
        "former": former,
        "own": patient.user_id == _key(request.user),
    }
    return Filled("network/panels/own_follow_up.html", context)


def _key(user: User | Any) -> int:
    return user.pk or 0

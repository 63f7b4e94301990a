"""Care plans for tests: values, drafts as typed, signed versions."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from network.actions.plans import Agreement, Page, save_draft, sign_plan
from network.enums import Role
from network.forms.plan_typed import typed_of
from network.models import Patient, PlanVersion, Professional, RcpFile, User
from network.rules.plan import Action, Objective, Plan, Problem, Who
from portal.kit import clock
from tests.factories.network import make_professional, make_user


def make_action(key: str = "a1", **fields: Any) -> Action:
    defaults: dict[str, Any] = {"what": "Marcher vingt minutes", "who": Who("la patiente")}
    return Action(key, **(defaults | fields))


def plan_of(referent: Professional, *actions: Action, **fields: Any) -> Plan:
    """A plan with one problem and one objective; without actions, it has one."""
    objective = Objective("o1", "Marcher sans peur", actions or (make_action(),))
    defaults: dict[str, Any] = {
        "referent": Who(str(referent), referent.pk),
        "review_on": clock.today() + timedelta(days=90),
        "problems": (Problem("p1", "Douleur en marchant", (objective,)),),
    }
    return Plan(**(defaults | fields))


def make_plan_draft(
    patient: Patient,
    plan: Plan,
    *,
    by: User | None = None,
    rcp_file: RcpFile | None = None,
    now: datetime | None = None,
) -> PlanVersion:
    """The draft that says `plan`, kept once more when there is one."""
    known = PlanVersion.objects.drafts().filter(patient=patient).first()
    return save_draft(
        patient=patient,
        typed=typed_of(plan, date(2000, 1, 1)),
        rcp_file=rcp_file,
        page=Page(token="", revision=known.revision if known else 0),
        by=by or make_user(Role.COORDINATOR),
        now=now or clock.now(),
    )


def make_plan(
    patient: Patient,
    plan: Plan | None = None,
    *,
    by: User | None = None,
    rcp_file: RcpFile | None = None,
    agreed: bool = False,
    now: datetime | None = None,
) -> PlanVersion:
    """A signed version; without a plan, the one of `plan_of`."""
    by, now = by or make_user(Role.COORDINATOR), now or clock.now()
    plan = plan or plan_of(make_professional())
    draft = make_plan_draft(patient, plan, by=by, rcp_file=rcp_file, now=now)
    return sign_plan(
        draft=draft,
        plan=plan,
        revision=draft.revision,
        agreement=Agreement(given_on=timezone.localdate(now), how="en consultation")
        if agreed
        else None,
        by=by,
        now=now,
    )

"""The plans, consents and exceptional accesses of the access matrix."""

from collections.abc import Mapping
from typing import Any

from network.actions.break_glass import break_glass
from network.enums import Circle, Glass
from network.models import Patient, Professional
from portal.kit import clock
from tests.factories.network import make_professional
from tests.factories.plans import make_action, make_plan, make_plan_draft, plan_of

type Values = dict[tuple[str, str], dict[str, Any]]

OF_VERSION = ("plan_version", "plan_pdf", "plan_agreement")


def plan_values(patients: Mapping[str, Patient]) -> Values:
    """Each patient has two versions, a draft, and was once read by somebody outside the team."""
    values: Values = {}
    passer_by = make_professional()
    for label, patient in patients.items():
        referent: Professional = make_professional()
        make_plan(patient, plan_of(referent))
        last = make_plan(patient, plan_of(referent, make_action("a9")))
        make_plan_draft(patient, plan_of(referent, make_action("a8")))
        code = patient.code
        for name in OF_VERSION:
            values[f"network:{name}", label] = {"code": code, "number": last.number}
        values["network:plan_compare", label] = {"code": code, "old": 1, "new": 2}
        for name in ("sharing_give", "sharing_withdraw"):
            values[f"network:{name}", label] = {"code": code, "circle": Circle.REVIEW}
        assert passer_by.user is not None
        glass = break_glass(
            code=code,
            birth_date=patient.birth_date,
            reason=Glass.ON_CALL,
            words="Remplacement du médecin traitant ce jour",
            by=passer_by.user,
            now=clock.now(),
        )
        values["network:glass_check", label] = {"glass": glass.pk}
    return values

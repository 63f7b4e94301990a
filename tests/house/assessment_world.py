"""The assessments of the access matrix."""

from collections.abc import Mapping
from typing import Any

from etp.actions.evaluations import prepare_letter
from etp.enums import SheetPart
from network.models import Patient
from portal.kit import clock
from tests.factories.etp import make_assessment, make_draft, make_evaluation, make_workshop, open_to

type Values = dict[tuple[str, str], dict[str, Any]]

OF_VERSION = ("assessment_version", "evaluation", "evaluation_letter", "evaluation_letter_file")


def assessment_values(patients: Mapping[str, Patient]) -> Values:
    """Each has a version with its evaluation and its letter, an open workshop, and a draft."""
    values: Values = {}
    workshop, now = make_workshop(), clock.now()
    for label, patient in patients.items():
        sheet = make_assessment(patient, now=now)
        evaluation = make_evaluation(sheet, now=now)
        prepare_letter(evaluation=evaluation, by=evaluation.led_by, now=now)
        open_to(patient, workshop, by=sheet.led_by)
        make_draft(patient)
        code = patient.code
        for name in OF_VERSION:
            values[f"etp:{name}", label] = {"code": code, "number": sheet.number}
        values["etp:assessment_part", label] = {"code": code, "part": SheetPart.OBJECTIVES.value}
        opening = patient.openings.get(workshop=workshop).pk
        values["etp:opening_close", label] = {"code": code, "opening": opening}
    return values

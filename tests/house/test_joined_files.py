"""Each relation to a patient goes with a join, stays for a reason, or bars it for a reason."""

from django.apps import apps

from network.actions.joining import MOVED, STAYS
from network.models import Patient

BARS = {
    "network.Visit": "an appointment is of a patient in follow-up",
    "network.Evaluation": "a doctor's sheet is of a patient in follow-up",
    "network.RcpFile": "a review's file is proved and paid under its own patient",
    "network.PlanVersion": "versions are numbered in their file, and prove payments",
    "fees.Act": "acts consume the caps of their own file",
    "fees.GrantedSlot": "exceptions belong to a cap of their own file",
    "etp.Assessment": "assessments are numbered in their file",
    "etp.Opening": "comes of an assessment",
    "etp.Wait": "comes of an opening",
    "etp.CycleWait": "comes of an opening",
    "etp.Place": "comes of an opening",
    "etp.AbsenceCall": "comes of a place",
    "etp.CalendarFeed": "shows the dates of places",
}


def test_every_relation_to_a_patient_has_its_line() -> None:
    found = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.concrete and field.related_model is Patient
    }
    tables = (set(MOVED), set(STAYS), set(BARS))
    assert found == set.union(*tables)
    assert sum(map(len, tables)) == len(found)

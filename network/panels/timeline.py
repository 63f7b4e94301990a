"""What this room tells of a pathway, on the professional's page and on the patient's."""

from collections.abc import Iterator
from datetime import date
from itertools import chain

from network.access import Perm
from network.models import Patient, User
from network.selectors import timeline as known
from portal.kit.timeline import Event, events


@events("patient", perm=Perm.SEE_PATIENT)
def pathway(user: User, patient: Patient, today: date) -> Iterator[Event]:
    return chain(
        known.steps(patient),
        known.requests(patient),
        known.letters(patient, user, today),
        known.questionnaires(patient),
        known.consultations(patient),
        known.people(patient),
        known.reviews(patient, user, today),
        known.plan_versions(patient),
        known.end_of_follow_up(patient, today),
    )


@events("own_file", perm=Perm.SEE_OWN_FILE)
def own_pathway(user: User, patient: Patient, today: date) -> Iterator[Event]:
    return chain(
        known.own_steps(patient),
        known.questionnaires(patient),
        known.own_consultations(patient),
        known.own_reviews(patient, today),
        known.own_plan_versions(patient),
        known.end_of_follow_up(patient, today),
    )

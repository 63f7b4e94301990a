"""The questionnaires of the access matrix: for each patient, some sent, one that waits."""

from datetime import timedelta
from typing import Any

from network.enums import QuestionnaireKind
from network.models import AnswerAlert, Patient
from portal.kit import clock
from tests.factories.questionnaires import ask, make_sent

type Values = dict[tuple[str, str], dict[str, Any]]

TO_ANSWER = ("question", "check", "pause", "help", "display")


def questionnaire_values(mine: Patient, theirs: Patient) -> Values:
    """The parameters of the addresses of questionnaires."""
    values: Values = {}
    for label, patient in (("own", mine), ("other", theirs)):
        for days in (200, 2):
            sent = make_sent(patient, rank=1, now=clock.now() - timedelta(days=days))
        waiting = ask(patient, kind=QuestionnaireKind.SHORT)
        for part in TO_ANSWER:
            values[f"network:questionnaire_{part}", label] = {"uid": waiting.uid, "rank": 2}
        values["network:questionnaire_sent", label] = {"uid": sent.uid}
        alert = AnswerAlert.objects.get(questionnaire=sent)
        values["network:alert", label] = {"pk": alert.pk}
    return values

"""Questionnaires of the demo's people go with them, those that were sent too."""

import pytest

from home.demo_data.wipe import wipe_demo
from network.models import AnswerAlert, Questionnaire
from tests.factories.network import make_patient
from tests.factories.questionnaires import make_sent


@pytest.mark.django_db
def test_sent_questionnaire_is_wiped_with_its_patient(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    make_sent(make_patient(email="lou@example.org"), rank=1)
    assert AnswerAlert.objects.count() == 1
    wipe_demo()
    assert Questionnaire.objects.count() == 0

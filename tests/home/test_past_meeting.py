"""The past webinar of the demo, played alone: attended, watched, judged, and recounted."""

from collections import Counter
from datetime import date

import pytest

from home.demo_data.calendar import Calendar
from home.demo_data.past_meeting import plan_past_meeting
from home.demo_data.sheets import ProfessionalLine
from home.demo_data.story import Story
from network.enums import Role
from tests.factories.network import make_professional, make_user
from training.models import Attestation, Replay, SurveyAnswer, Viewing
from training.selectors.figures import figures_of
from training.selectors.verify_meetings import recount_meetings, recount_viewings
from training.selectors.verify_paths import recount_paths

pytestmark = pytest.mark.usefixtures("site")


def test_past_webinar_is_told_whole(at_reference: object) -> None:
    story = Story(Calendar(date(2026, 11, 16)))
    story.users["plumefin"] = make_user(Role.EDITOR)
    for line in list(ProfessionalLine.all())[::2]:
        user = make_user(Role.CLINICIAN, first_name=line.first_name, last_name=line.last_name)
        story.professionals[line.professional] = make_professional(user=user)
    for _again in range(2):  # a demo wiped and loaded anew keeps its pages
        plan_past_meeting(story)
    story.tell()

    replay = Replay.objects.get()
    assert (replay.length, len(replay.cues), replay.size < 400_000) == (96, 14, True)
    [figures] = figures_of([replay.meeting])
    assert (figures.registered, figures.present, figures.watched) == (12, 10, 4)
    assert (figures.hot.score is not None, figures.cold.score is not None) == (True, True)
    whole = Viewing.objects.filter(seconds=96).count()
    assert (whole, Attestation.objects.count() == figures.attested) == (3, True)
    assert SurveyAnswer.objects.exclude(words="").count() >= 2
    found = [
        breach
        for recount in (recount_meetings, recount_viewings, recount_paths)
        for breach in recount(Counter())
    ]
    assert found == []

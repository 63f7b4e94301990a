"""What case reviews ask of each person, on the page after signing in."""

from datetime import date, timedelta

import pytest

from network.actions.rcp_minutes import Proposed, propose, write_minutes
from network.enums import Profession, ProposalKind, Role
from network.models import Professional, RcpMeeting, User
from network.selectors.rcp_waiting import Reviews, Waiting
from portal.kit import clock
from portal.kit.counts import count_together
from tests.factories.network import make_patient, make_professional, make_user
from tests.factories.rcp import hold, make_file, make_meeting

pytestmark = pytest.mark.django_db
NOTHING = Waiting(to_answer=[], to_note=[], to_sign=[], late=0, to_ask=0)


@pytest.fixture
def chair() -> Professional:
    return make_professional(profession=Profession.DOCTOR)


def reviews_waiting(user: User, today: date) -> Waiting:
    asked = Reviews(user, today)
    return asked.found(*count_together(asked.rows))


def of(professional: Professional, on: date | None = None) -> Waiting:
    assert professional.user is not None
    return reviews_waiting(professional.user, on or clock.today())


def test_nothing_waits_for_a_stranger(chair: Professional) -> None:
    make_file(make_meeting(chair=chair), make_patient())
    assert of(make_professional()) == NOTHING


def test_meeting_waits_for_an_answer_then_for_those_present(chair: Professional) -> None:
    meeting = make_meeting(chair=chair)
    assert of(chair).to_answer == [meeting]
    desk = make_user(Role.COORDINATOR)
    assert reviews_waiting(desk, clock.today()).to_note == [meeting]
    hold(meeting, [chair])
    assert of(chair) == NOTHING
    assert reviews_waiting(desk, clock.today()) == NOTHING


def test_draft_proposal_and_work_wait_for_whom_they_belong_to(chair: Professional) -> None:
    today, nurse = clock.today(), make_professional(profession=Profession.NURSE)
    patient = make_patient(followed_by=chair)
    meeting = make_meeting(chair=chair, invited=[nurse])
    file = make_file(meeting, patient)
    hold(meeting, [chair, nurse])
    write_minutes(file=file, discussion="Oui", conclusion="", by=None, now=clock.now())
    for owner in (chair, None):
        proposed = Proposed(kind=ProposalKind.SOCIAL, due_on=today, owner=owner)
        propose(file=file, proposed=proposed, by=None, now=clock.now())
    assert of(chair).to_sign == [file.pk]
    assert of(chair, today + timedelta(days=1)).late == 1
    assert of(nurse, today + timedelta(days=1)) == NOTHING
    desk = make_user(Role.MEDICAL_DIRECTOR)
    assert reviews_waiting(desk, today + timedelta(days=1)).late == 2
    RcpMeeting.objects.update(held_on=today - timedelta(days=200))
    assert reviews_waiting(desk, today).to_ask == 1
    assert of(chair).to_ask == 0

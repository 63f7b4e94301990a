"""Rules of the case review: the table of moves, what outsiders are shown, the count at six months.

And one property: the rows that a query opens are those that the rule of sharing opens.
"""

from datetime import date
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from network.enums import (
    Circle,
    MeetingMove,
    MeetingState,
    MinutesPart,
    Profession,
    ProposalKind,
    Role,
    WorkStatus,
)
from network.models import RcpFile
from network.rules.proofs import Attendee, count_professionals
from network.rules.review import (
    NotAllowed,
    after,
    count_work,
    follow_up_on,
    missing_consent,
    parts_for,
    proposals_for,
)
from network.rules.sharing import may_read_review
from portal.kit import clock
from tests.factories.network import make_link, make_patient, make_professional, make_user
from tests.factories.rcp import agree, make_file, make_meeting

PLANNED, HELD, OFF = MeetingState.PLANNED, MeetingState.HELD, MeetingState.CALLED_OFF
ALLOWED = {
    (None, MeetingMove.PLANNED): PLANNED,
    (None, MeetingMove.NOTED): HELD,
    (PLANNED, MeetingMove.CHANGED): PLANNED,
    (PLANNED, MeetingMove.HELD): HELD,
    (PLANNED, MeetingMove.CALLED_OFF): OFF,
}


@pytest.mark.parametrize("state", [None, *MeetingState])
@pytest.mark.parametrize("move", MeetingMove)
def test_move_of_a_meeting(state: MeetingState | None, move: MeetingMove) -> None:
    if (state, move) in ALLOWED:
        assert after(state, move) == ALLOWED[state, move]
    else:
        with pytest.raises(NotAllowed):
            after(state, move)


@pytest.mark.parametrize("circle", [None, Circle.REVIEW])
def test_caregiver_who_may_read_is_shown_all(circle: Circle | None) -> None:
    assert parts_for(circle) == frozenset(MinutesPart)
    assert proposals_for(circle) == frozenset(ProposalKind)


@pytest.mark.parametrize(
    ("circle", "kinds"),
    [
        (Circle.OCCUPATIONAL, {ProposalKind.PRE_RETURN}),
        (Circle.INSURANCE, {ProposalKind.PRE_RETURN, ProposalKind.SOCIAL}),
        (Circle.DISABILITY, {ProposalKind.DISABILITY_FILE, ProposalKind.SOCIAL}),
    ],
)
def test_outsider_is_shown_the_question_and_the_own_field(
    circle: Circle, kinds: set[ProposalKind]
) -> None:
    assert parts_for(circle) == {MinutesPart.QUESTION, MinutesPart.PROPOSALS}
    assert proposals_for(circle) == kinds


@pytest.mark.parametrize("in_team", [True, False])
@pytest.mark.parametrize("circle", [None, Circle.OCCUPATIONAL])
@pytest.mark.parametrize("consents", [set(), {Circle.REVIEW}, {Circle.OCCUPATIONAL}])
def test_missing_consent_says_why_the_rule_refuses(
    in_team: bool, circle: Circle | None, consents: set[Circle]
) -> None:
    may = may_read_review(in_team=in_team, circle=circle, consents=consents)
    expected = None if may else circle or Circle.REVIEW
    assert missing_consent(in_team=in_team, circle=circle, consents=consents) == expected


@pytest.mark.parametrize(
    ("held_on", "expected"),
    [
        (date(2026, 1, 15), date(2026, 7, 15)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
    ],
)
def test_work_is_asked_six_months_later(held_on: date, expected: date) -> None:
    assert follow_up_on(held_on) == expected


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from([None, *WorkStatus])))
def test_every_file_that_is_due_is_counted_once(later: list[WorkStatus | None]) -> None:
    count = count_work(later)
    assert count.due == len(later)
    assert count.working == later.count(WorkStatus.WORKING)
    assert count.unknown == later.count(None) + later.count(WorkStatus.UNKNOWN)


@given(
    st.lists(
        st.builds(
            Attendee,
            professional=st.integers(1, 6),
            profession=st.sampled_from(Profession),
            employee=st.booleans(),
        )
    )
)
def test_discussion_never_counts_fewer_than_payment(attendees: list[Attendee]) -> None:
    paid = count_professionals(attendees)
    valid = count_professionals(attendees, exclude_employees=False)
    assert paid <= valid <= len({each.professional for each in attendees})


@pytest.mark.django_db
def test_rows_open_as_the_rule_says() -> None:
    """Each way to be in the team, to come for a circle, to be invited, with each consent."""
    today = clock.today()
    for invited, in_team, circle, given_circle in product(
        [True, False],
        [True, False],
        [None, Circle.OCCUPATIONAL],
        [None, Circle.REVIEW, Circle.OCCUPATIONAL],
    ):
        reader = make_professional(circle=circle or "")
        patient = make_patient(followed_by=reader if in_team else None)
        if given_circle:
            agree(patient, given_circle)
        meeting = make_meeting(invited=[reader] if invited else [])
        file = make_file(meeting, patient)
        rule = may_read_review(
            in_team=in_team, circle=circle, consents={given_circle} if given_circle else set()
        )
        by_team = in_team and circle is None
        assert reader.user is not None
        found = RcpFile.objects.readable_by(reader.user, today).filter(pk=file.pk).exists()
        assert found == (rule and (invited or by_team))


@pytest.mark.django_db
def test_past_team_reads_no_more() -> None:
    reader = make_professional()
    patient = make_patient()
    make_link(patient=patient, professional=reader, ends_on=date(2026, 2, 1))
    file = make_file(make_meeting(invited=[reader]), patient)
    assert reader.user is not None
    assert not RcpFile.objects.readable_by(reader.user, clock.today()).filter(pk=file.pk).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "reads"),
    [(Role.COORDINATOR, True), (Role.MEDICAL_DIRECTOR, True)]
    + [(each, False) for each in (Role.ACCOUNTANT, Role.PATIENT, Role.EDITOR, Role.ADMINISTRATOR)],
)
def test_roles_read_or_not(role: Role, reads: bool) -> None:
    file = make_file(make_meeting(), make_patient())
    found = RcpFile.objects.readable_by(make_user(role), clock.today()).filter(pk=file.pk)
    assert found.exists() == reads

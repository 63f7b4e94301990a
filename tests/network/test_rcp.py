"""RCP: the facts that payment asks for, and who sees them."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from network.actions.rcp import record_meeting
from network.actions.rcp_agenda import Case, note_attendance, note_plan, put_on_agenda
from network.enums import Presence, Profession, Proof, Role
from network.events import RcpFileChanged
from network.models import JournalEntry, PaperPlan, Patient, Professional, RcpFile, RcpMeeting, User
from network.selectors.patients import readers
from portal.kit import clock, events
from tests.factories.network import make_patient, make_professional, make_user

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
TODAY = date(2026, 11, 16)
HELD = date(2026, 11, 12)


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def by() -> User:
    return make_user(Role.COORDINATOR)


@pytest.fixture
def meeting(by: User) -> RcpMeeting:
    return record_meeting(held_on=HELD, place="visio", by=by, now=NOW)


def note(
    meeting: RcpMeeting,
    patient: Patient,
    by: User,
    attendees: Sequence[Professional] = (),
) -> RcpFile:
    """A file discussed by a physiotherapist and a nurse, unless told otherwise."""
    people = attendees or [make_professional(), make_professional(profession=Profession.NURSE)]
    file = put_on_agenda(meeting=meeting, patient=patient, case=Case(question="?"), by=by, now=NOW)
    return attend(file, people, by)


def attend(file: RcpFile, people: Sequence[Professional], by: User) -> RcpFile:
    present = dict.fromkeys(people, Presence.ON_SITE)
    return note_attendance(file=file, present=present, by=by, now=NOW)


def test_meeting_noted_twice_is_one(by: User, meeting: RcpMeeting) -> None:
    assert record_meeting(held_on=HELD, place="visio", by=by, now=NOW) == meeting
    assert JournalEntry.objects.filter(verb="rcp.recorded").count() == 1


def test_meeting_to_come_is_refused(by: User) -> None:
    with pytest.raises(ValidationError) as refusal:
        record_meeting(held_on=date(2026, 11, 17), place="", by=by, now=NOW)
    assert list(refusal.value.message_dict) == ["held_on"]


def test_file_is_noted_then_completed_and_told_each_time(
    by: User,
    meeting: RcpMeeting,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    told: list[object] = []
    monkeypatch.setitem(events._LISTENERS, RcpFileChanged, [told.append])
    patient = make_patient()
    doctor, nurse = make_professional(), make_professional(profession=Profession.NURSE)
    with django_capture_on_commit_callbacks(execute=True):
        file = note(meeting, patient, by, attendees=[doctor])
        assert file.missing == (Proof.MINUTES, Proof.PLAN, Proof.QUORUM)
        for _ in range(2):
            attend(file, [doctor, nurse], by)
            note_plan(file=file, revised_on=HELD, reason="Copie reçue", by=by, now=NOW)
    assert RcpFile.objects.get().missing == (Proof.MINUTES,)
    assert told == [RcpFileChanged(file.pk, patient.pk)] * 3
    verbs = JournalEntry.objects.filter(patient=patient).values_list("verb", flat=True)
    changes = ["rcp.file_changed"] * 2
    assert sorted(verbs) == [*changes, "rcp.file_recorded", "rcp.paper_plan"]
    paper = JournalEntry.objects.get(verb="rcp.paper_plan")
    assert (paper.actor, paper.reason) == (by, "Copie reçue")


def test_attendee_can_be_withdrawn(by: User, meeting: RcpMeeting) -> None:
    one, two = make_professional(), make_professional()
    file = note(meeting, make_patient(), by, attendees=[one, two])
    attend(file, [two], by)
    assert list(file.attendees.all()) == [two]


def test_patient_is_discussed_once_in_a_meeting(by: User, meeting: RcpMeeting) -> None:
    patient = make_patient()
    note(meeting, patient, by)
    with pytest.raises(ValidationError) as refusal:
        note(meeting, patient, by)
    assert refusal.value.message_dict == {"patient": ["Ce patient est déjà à l’ordre du jour."]}


@pytest.mark.parametrize("day", [date(2026, 11, 11), date(2026, 11, 17)])
def test_plan_revised_on_an_impossible_day_is_refused(
    by: User, meeting: RcpMeeting, day: date
) -> None:
    file = note(meeting, make_patient(), by)
    with pytest.raises(ValidationError) as refusal:
        note_plan(file=file, revised_on=day, reason="Copie reçue", by=by, now=NOW)
    assert list(refusal.value.message_dict) == ["revised_on"]


def test_plan_on_paper_shows_who_noted_it_and_why(
    by: User, meeting: RcpMeeting, signed_in: Callable[[User], Client]
) -> None:
    file = note(meeting, make_patient(), by)
    desk = signed_in(by)
    address = reverse("network:rcp_plan_day", args=[file.pk])
    refused = desk.post(address, {"revised_on": HELD, "reason": " "})
    assert refused.status_code == 422
    assert RcpFile.objects.get().plan_revised_on is None
    desk.post(address, {"revised_on": HELD, "reason": "Courrier du Dr Morel"})
    page = desk.get(reverse("network:rcp_file", args=[file.pk])).text
    assert "Courrier du Dr" in page
    assert str(by) in page
    desk.post(address, {"revised_on": "", "reason": "Mauvais dossier"})
    assert RcpFile.objects.get().plan_revised_on is None
    assert PaperPlan.objects.count() == 0
    reasons = JournalEntry.objects.filter(verb="rcp.paper_plan").order_by("pk")
    assert list(reasons.values_list("reason", flat=True)) == [
        "Courrier du Dr Morel",
        "Mauvais dossier",
    ]


def test_clinician_sees_the_files_attended_alone(
    by: User, meeting: RcpMeeting, signed_in: Callable[[User], Client]
) -> None:
    here, elsewhere = make_professional(), make_professional()
    mine = make_patient(birth_name="Ici", followed_by=here)
    other = make_patient(birth_name="Ailleurs")
    note(meeting, mine, by, attendees=[here])
    note(meeting, other, by, attendees=[elsewhere])
    second = record_meeting(held_on=date(2026, 10, 1), place="site", by=by, now=NOW)
    note(second, other, by, attendees=[elsewhere])
    assert here.user is not None
    client = signed_in(here.user)
    text = client.get(reverse("network:rcps")).content.decode()
    assert "compte rendu signé" in text
    assert "Ici" not in text
    page = client.get(reverse("network:rcp", args=[meeting.pk])).content.decode()
    assert "Lou Ici" in page
    assert "compte rendu signé" in page
    assert "Ailleurs" not in page
    assert client.get(reverse("network:rcp", args=[second.pk])).status_code == 404
    file = RcpFile.objects.get(patient=mine)
    assert client.get(reverse("network:rcp_file", args=[file.pk])).status_code == 200
    theirs = RcpFile.objects.filter(patient=other).first()
    assert theirs is not None
    assert client.get(reverse("network:rcp_file", args=[theirs.pk])).status_code == 404


@pytest.mark.parametrize(
    "role", [Role.ACCOUNTANT, Role.ADMINISTRATOR, Role.EDITOR, Role.PATIENT, Role.CLINICIAN]
)
def test_files_are_hidden_from_others(by: User, meeting: RcpMeeting, role: Role) -> None:
    note(meeting, make_patient(), by)
    assert not RcpFile.objects.visible_to(make_user(role)).exists()


def test_meeting_and_files_are_noted_by_their_pages(
    by: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(by)
    physio = make_professional()
    patient = make_patient(birth_name="Aubrac", followed_by=physio)
    typed = {"held_on": "12/11/2026", "place": "visio", "chair": physio.pk}
    answer = client.post(reverse("network:rcp_add"), typed)
    meeting = RcpMeeting.objects.get()
    choose = reverse("network:rcp_choose", args=[meeting.pk])
    assert answer.headers["Location"] == choose
    add = reverse("network:rcp_file_add", args=[meeting.pk, patient.code])
    assert add in client.get(choose, {"q": "aub"}).content.decode()
    nothing = client.post(add, {})
    assert nothing.status_code == 422
    assert list(nothing.context["form"].errors) == ["question"]
    case = {"question": "Reprise\u202f?"}
    client.post(add, case)
    refused = client.post(add, case)
    assert refused.status_code == 422
    assert "Ce patient est déjà à l’ordre du jour." in refused.content.decode()
    file = RcpFile.objects.get()
    present = {"others": [physio.pk]}
    client.post(reverse("network:rcp_presence", args=[file.pk]), present)
    plan = reverse("network:rcp_plan_day", args=[file.pk])
    assert client.post(plan, {"revised_on": "11/11/2026"}).status_code == 422
    client.post(plan, {"revised_on": "12/11/2026", "reason": "Copie reçue"})
    file.refresh_from_db()
    assert (file.plan_revised_on, list(file.attendees.all())) == (HELD, [physio])


def test_reading_an_rcp_is_journalled_for_each_patient_and_told_to_them(
    by: User, meeting: RcpMeeting, signed_in: Callable[[User], Client]
) -> None:
    here = make_professional()
    mine, other = make_patient(followed_by=here), make_patient()
    note(meeting, mine, by, attendees=[here])
    file = note(meeting, other, by)
    assert here.user is not None
    signed_in(here.user).get(reverse("network:rcp", args=[meeting.pk]))
    coordination = signed_in(by)
    for _ in range(2):
        coordination.get(reverse("network:rcp_file", args=[file.pk]))
    coordination.get(reverse("network:rcp", args=[meeting.pk]))
    lines = JournalEntry.objects.filter(verb="rcp.read").order_by("pk")
    assert [(line.actor, line.patient) for line in lines] == [
        (here.user, mine),
        (by, other),
        (by, mine),
    ]
    assert {each.person for each in readers(mine)} == {str(here.user), str(by)}


@pytest.mark.parametrize("address", ["network:rcps", "network:rcp"])
def test_pages_ask_as_many_queries_for_three_files_as_for_one(
    address: str, by: User, meeting: RcpMeeting, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(by)
    path = reverse(address, args=[meeting.pk] if address == "network:rcp" else [])

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    note(meeting, make_patient(), by)
    one = count()
    note(meeting, make_patient(), by)
    note(meeting, make_patient(), by)
    assert count() == one

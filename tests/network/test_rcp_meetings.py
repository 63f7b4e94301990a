"""Meetings planned ahead: convocations, calendars, answers, changes, and the day itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from network.actions.rcp_agenda import move_file, note_attendance, remove_file
from network.actions.rcp_calls import answer, invite, withdraw
from network.actions.rcp_meetings import call_off, change_meeting, hold_meeting, plan_meeting
from network.enums import Answer, MeetingState, Presence, Profession, Role
from network.models import (
    JournalEntry,
    OutboxMessage,
    Professional,
    RcpAttendance,
    RcpFile,
    RcpMeeting,
    User,
)
from network.tokens import call_token
from portal.kit import clock
from tests.factories.network import make_patient, make_professional, make_user
from tests.factories.rcp import hold, invitation_of, make_file, make_meeting, plan_of

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 16, 9, tzinfo=ZoneInfo("Europe/Paris"))
TODAY = date(2026, 11, 16)
COMING = date(2026, 12, 3)


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def by() -> User:
    return make_user(Role.COORDINATOR)


@pytest.fixture
def chair() -> Professional:
    return make_professional(profession=Profession.DOCTOR)


def mails_to(professional: Professional) -> list[OutboxMessage]:
    assert professional.user is not None
    return list(OutboxMessage.objects.filter(to=professional.user.email).order_by("pk"))


def event(mail: OutboxMessage) -> tuple[str, str, int, str]:
    """Method, identifier, sequence and status of the event of a mail."""
    calendar = Calendar.from_ical(mail.calendar)
    (found,) = calendar.walk("VEVENT")
    return (
        str(calendar["METHOD"]),
        str(found["UID"]),
        int(str(found["SEQUENCE"])),
        str(found["STATUS"]),
    )


def test_planned_twice_is_once(by: User, chair: Professional) -> None:
    plan = plan_of(chair, COMING)
    first = plan_meeting(plan=plan, by=by, now=NOW)
    assert plan_meeting(plan=plan, by=by, now=NOW) == first
    assert len(mails_to(chair)) == 1


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [({"held_on": date(2026, 11, 15)}, "held_on"), ({"place": "", "video": ""}, "place")],
)
def test_impossible_plan_is_refused(
    by: User, chair: Professional, fields: dict[str, Any], wrong: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        plan = replace(plan_of(chair, COMING), **fields)
        plan_meeting(plan=plan, by=by, now=NOW)
    assert list(refusal.value.message_dict) == [wrong]


def test_convocation_is_neutral_and_sent_once(by: User, chair: Professional) -> None:
    nurse = make_professional(profession=Profession.NURSE)
    patient = make_patient(birth_name="Aubrac")
    meeting = make_meeting(chair=chair, invited=[nurse], held_on=COMING, by=by)
    make_file(meeting, patient)
    invite(meeting=meeting, professionals=[nurse], by=by, now=NOW)
    (mail,) = mails_to(nurse)
    assert mail.subject == "Réunion du 3\u00a0décembre 2026"
    assert "jeudi 3\u00a0décembre 2026".capitalize() in mail.body
    assert call_token(invitation_of(meeting, nurse).uid) in mail.body
    for said in (mail.body, mail.calendar, mail.subject):
        assert "Aubrac" not in said
        assert "RCP" not in said
        assert "video.example.org" not in said


def test_calendar_keeps_its_identifier_and_raises_its_sequence(
    by: User, chair: Professional
) -> None:
    meeting = make_meeting(chair=chair, held_on=COMING, by=by)
    later = plan_of(chair, date(2026, 12, 10))
    change_meeting(meeting=meeting, plan=later, by=by, now=NOW)
    change_meeting(meeting=meeting, plan=later, by=by, now=NOW)
    call_off(meeting=meeting, reason="Grève", by=by, now=NOW)
    call_off(meeting=meeting, reason="Grève", by=by, now=NOW)
    uid = f"{meeting.uid}@ariane"
    assert [event(mail) for mail in mails_to(chair)] == [
        ("PUBLISH", uid, 0, "CONFIRMED"),
        ("PUBLISH", uid, 1, "CONFIRMED"),
        ("CANCEL", uid, 2, "CANCELLED"),
    ]
    assert "Grève" not in mails_to(chair)[-1].body


def test_another_hour_asks_everybody_again(by: User, chair: Professional) -> None:
    nurse = make_professional(profession=Profession.NURSE)
    meeting = make_meeting(chair=chair, invited=[nurse], held_on=COMING, by=by)
    answer(invitation=invitation_of(meeting, nurse), coming=True, by=None, now=NOW)
    plan = plan_of(chair, COMING, place="Ailleurs")
    change_meeting(meeting=meeting, plan=plan, by=by, now=NOW)
    assert invitation_of(meeting, nurse).answer == Answer.ACCEPTED
    change_meeting(meeting=meeting, plan=plan_of(chair, COMING, begins_at=time(12)), by=by, now=NOW)
    assert invitation_of(meeting, nurse).answer == Answer.WAITING


def test_withdrawn_invitation_closes_the_meeting_and_may_come_back(
    by: User, chair: Professional
) -> None:
    nurse = make_professional(profession=Profession.NURSE)
    meeting = make_meeting(chair=chair, invited=[nurse], held_on=COMING, by=by)
    for _ in range(2):
        withdraw(invitation=invitation_of(meeting, nurse), by=by, now=NOW)
    assert [event(mail)[0] for mail in mails_to(nurse)] == ["PUBLISH", "CANCEL"]
    assert not RcpMeeting.objects.visible_to(nurse.user).exists()
    invite(meeting=meeting, professionals=[nurse], by=by, now=NOW)
    assert RcpMeeting.objects.visible_to(nurse.user).exists()
    with pytest.raises(ValidationError):
        withdraw(invitation=invitation_of(meeting, chair), by=by, now=NOW)


def test_link_answers_without_sign_in_and_opening_it_changes_nothing(
    client: Client, by: User, chair: Professional
) -> None:
    meeting = make_meeting(chair=chair, held_on=COMING, by=by)
    make_file(meeting, make_patient(birth_name="Aubrac"))
    token = call_token(invitation_of(meeting, chair).uid)
    page = client.get(reverse("network:rcp_call", args=[token]))
    assert page["X-Robots-Tag"] == "noindex"
    assert "Aubrac" not in page.content.decode()
    assert invitation_of(meeting, chair).answer == Answer.WAITING
    link = reverse("network:rcp_call_answer", args=[token])
    client.post(link, {"no": "1"})
    assert invitation_of(meeting, chair).answer == Answer.EXCUSED
    client.post(link, {"yes": "1"})
    assert invitation_of(meeting, chair).answer == Answer.ACCEPTED
    text = client.get(reverse("network:rcp_call_ics", args=[token])).content.decode()
    assert f"UID:{meeting.uid}@ariane" in text
    assert client.get(reverse("network:rcp_call", args=["faux~jeton"])).status_code == 404


def test_answer_comes_too_late_once_the_meeting_is_off(by: User, chair: Professional) -> None:
    meeting = make_meeting(chair=chair, held_on=COMING, by=by)
    call_off(meeting=meeting, reason="Grève", by=by, now=NOW)
    with pytest.raises(ValidationError):
        answer(invitation=invitation_of(meeting, chair), coming=True, by=None, now=NOW)


def test_presence_is_noted_for_all_files_then_one_by_one(by: User, chair: Professional) -> None:
    nurse, psy = make_professional(profession=Profession.NURSE), make_professional()
    meeting = make_meeting(chair=chair, invited=[nurse, psy], by=by)
    files = [make_file(meeting, make_patient()) for _ in range(2)]
    for _ in range(2):
        hold(meeting, [chair, nurse], excused=[psy], by=by)
    assert RcpMeeting.objects.get().state == MeetingState.HELD
    assert RcpAttendance.objects.count() == 4
    assert not RcpAttendance.objects.filter(professional=psy).exists()
    assert invitation_of(meeting, psy).answer == Answer.EXCUSED
    present = {chair: Presence.ON_SITE, psy: Presence.REMOTE}
    note_attendance(file=files[0], present=present, by=by, now=NOW)
    noted = files[0].attendance.order_by("professional").values_list("professional", "presence")
    assert set(noted) == {(chair.pk, "on_site"), (psy.pk, "remote")}
    assert files[1].attendance.count() == 2


def test_meeting_to_come_is_not_held(by: User, chair: Professional) -> None:
    meeting = make_meeting(chair=chair, held_on=COMING, by=by)
    with pytest.raises(ValidationError):
        hold(meeting, [chair])
    today = make_meeting(chair=chair, by=by)
    with pytest.raises(ValidationError):
        hold_meeting(meeting=today, present={}, by=by, now=NOW)


def test_files_are_ordered_and_taken_off(by: User, chair: Professional) -> None:
    meeting = make_meeting(chair=chair, by=by)
    one, two, three = (make_file(meeting, make_patient()) for _ in range(3))
    move_file(file=three, up=True, by=by, now=NOW)
    move_file(file=one, up=True, by=by, now=NOW)
    assert list(RcpFile.objects.order_by("rank")) == [one, three, two]
    for _ in range(2):
        remove_file(file=three, by=by, now=NOW)
    assert list(RcpFile.objects.order_by("rank")) == [one, two]
    hold(meeting, [chair])
    with pytest.raises(ValidationError):
        remove_file(file=one, by=by, now=NOW)


def test_coordinator_sees_before_the_meeting_who_cannot_read_and_why(
    by: User, chair: Professional, signed_in: Callable[[User], Client]
) -> None:
    outside = make_professional(circle="occupational", last_name="Travail")
    patient = make_patient(followed_by=chair)
    meeting = make_meeting(chair=chair, invited=[outside], held_on=COMING, by=by)
    make_file(meeting, patient)
    page = signed_in(by).get(reverse("network:rcp", args=[meeting.pk])).content.decode()
    assert "médecin du travail, accord non recueilli" in page
    assert str(outside) in page
    assert outside.user is not None
    seen = signed_in(outside.user).get(reverse("network:rcp", args=[meeting.pk]))
    assert "Dossier n°\u00a01, accord non recueilli" in seen.content.decode()
    assert patient.birth_name not in seen.content.decode()
    assert "Reprise possible" not in seen.content.decode()


def test_reading_an_agenda_is_journalled_for_what_was_shown(
    by: User, chair: Professional, signed_in: Callable[[User], Client]
) -> None:
    mine, other = make_patient(followed_by=chair), make_patient()
    meeting = make_meeting(chair=chair, held_on=COMING, by=by)
    make_file(meeting, mine)
    make_file(meeting, other)
    assert chair.user is not None
    signed_in(chair.user).get(reverse("network:rcp", args=[meeting.pk]))
    read = JournalEntry.objects.filter(verb="rcp.read", actor=chair.user)
    assert [each.patient for each in read] == [mine]


def test_pages_plan_invite_and_hold(by: User, signed_in: Callable[[User], Client]) -> None:
    client = signed_in(by)
    chair, nurse = make_professional(profession=Profession.DOCTOR), make_professional()
    patient = make_patient(birth_name="Aubrac", followed_by=nurse)
    typed = {
        "held_on": "16/11/2026",
        "begins_at": "18 h 30",
        "length": "90",
        "place": "Maison",
        "chair": chair.pk,
    }
    client.post(reverse("network:rcp_plan"), typed)
    meeting = RcpMeeting.objects.get()
    case = {"question": "Reprise ?", "work": "on_leave"}
    client.post(reverse("network:rcp_file_add", args=[meeting.pk, patient.code]), case)
    form = client.get(reverse("network:rcp_invite", args=[meeting.pk])).context["form"]
    assert [box.data["label"] for box in form.first_people()] == [f"{nurse}, {nurse.trade}"]
    client.post(reverse("network:rcp_invite", args=[meeting.pk]), {"people": [nurse.pk]})
    nobody = client.post(reverse("network:rcp_hold", args=[meeting.pk]), {})
    assert nobody.status_code == 422
    said = {f"p{chair.pk}": "on_site", f"p{nurse.pk}": "remote"}
    client.post(reverse("network:rcp_hold", args=[meeting.pk]), said)
    file = RcpFile.objects.get()
    assert (file.meeting.state, file.work_then) == (MeetingState.HELD, "on_leave")
    assert set(file.attendance.values_list("professional", "presence")) == {
        (chair.pk, "on_site"),
        (nurse.pk, "remote"),
    }


@pytest.mark.parametrize("count", [1, 3])
def test_list_says_what_comes_and_what_one_lacks(
    count: int, by: User, chair: Professional, signed_in: Callable[[User], Client]
) -> None:
    for day in range(count):
        make_meeting(chair=chair, held_on=COMING + timedelta(days=day), by=by)
    meeting = make_meeting(chair=chair, by=by)
    make_file(meeting, make_patient(followed_by=chair))
    hold(meeting, [chair])
    assert chair.user is not None
    page = signed_in(chair.user).get(reverse("network:rcps")).content.decode()
    assert page.count("sans réponse") == count
    assert "compte rendu signé, PPS modifié dans les 30\u00a0jours" in page

"""What a review leaves: proposals and their outcome, minutes that lock, copies, work later."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import Error, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from network.actions.rcp_agenda import Case, note_attendance, note_work, prepare_file
from network.actions.rcp_minutes import (
    Proposed,
    ask_signature,
    close_proposal,
    note_copy,
    propose,
    sign_minutes,
    withdraw_proposal,
    write_minutes,
)
from network.actions.rcp_quorum import set_quorum
from network.enums import (
    Channel,
    Circle,
    CopyTo,
    LinkRole,
    Outcome,
    Presence,
    Profession,
    ProposalKind,
    Role,
    WorkStatus,
)
from network.exports.minutes import minutes_pdf
from network.models import (
    OutboxMessage,
    Patient,
    Professional,
    RcpCopy,
    RcpFile,
    RcpMinutes,
    RcpProposal,
    User,
)
from network.rules.review import WorkCount
from network.selectors import rcp
from portal.kit import clock
from tests.factories.network import make_link, make_patient, make_professional, make_user
from tests.factories.rcp import agree, hold, make_file, make_meeting, sign
from tests.proofs.scale import scaled

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 16, 18, tzinfo=UTC)
TODAY = date(2026, 11, 16)
NEXT_MONTH = date(2026, 12, 16)


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def by() -> User:
    return make_user(Role.COORDINATOR)


@pytest.fixture
def chair() -> Professional:
    return make_professional(profession=Profession.DOCTOR, title="Dr")


@pytest.fixture
def nurse() -> Professional:
    return make_professional(profession=Profession.NURSE)


@pytest.fixture
def patient(chair: Professional) -> Patient:
    return make_patient(followed_by=chair)


@pytest.fixture
def file(chair: Professional, nurse: Professional, patient: Patient) -> RcpFile:
    """Discussed today by a doctor and a nurse."""
    meeting = make_meeting(chair=chair, invited=[nurse])
    found = make_file(meeting, patient, question="Reprise à mi-temps ?")
    hold(meeting, [chair, nurse])
    return found


def noted(file: RcpFile, by: User, **fields: Any) -> RcpProposal:
    options: dict[str, Any] = {"kind": ProposalKind.SOCIAL, "due_on": NEXT_MONTH} | fields
    return propose(file=file, proposed=Proposed(**options), by=by, now=NOW)


def account(professional: Professional) -> User:
    assert professional.user is not None
    return professional.user


def test_proposal_noted_twice_is_one(file: RcpFile, by: User) -> None:
    assert noted(file, by) == noted(file, by)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"due_on": TODAY - timedelta(days=1)}, "due_on"),
        ({"kind": ProposalKind.OTHER}, "detail"),
    ],
)
def test_impossible_proposal_is_refused(
    file: RcpFile, by: User, fields: dict[str, Any], wrong: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        noted(file, by, **fields)
    assert list(refusal.value.message_dict) == [wrong]


def test_nothing_is_proposed_before_the_meeting(chair: Professional, by: User) -> None:
    meeting = make_meeting(chair=chair, held_on=NEXT_MONTH)
    with pytest.raises(ValidationError):
        noted(make_file(meeting, make_patient()), by)


@pytest.mark.parametrize("outcome", [Outcome.NOT_DONE, Outcome.DROPPED])
def test_proposal_is_given_up_for_a_reason(file: RcpFile, by: User, outcome: Outcome) -> None:
    proposal = noted(file, by)
    with pytest.raises(ValidationError) as refusal:
        close_proposal(proposal=proposal, outcome=outcome, on=TODAY, by=by, now=NOW)
    assert list(refusal.value.message_dict) == ["why"]
    closed = close_proposal(
        proposal=proposal, outcome=outcome, on=TODAY, why="Déménagé", by=by, now=NOW
    )
    assert (closed.outcome, closed.closed_on, closed.why) == (outcome, TODAY, "Déménagé")
    again = close_proposal(proposal=proposal, outcome=Outcome.PENDING, on=TODAY, by=by, now=NOW)
    assert (again.closed_on, again.closed_by, again.why) == (None, None, "")


def test_signing_makes_the_file_provable_and_twice_is_once(
    file: RcpFile, chair: Professional
) -> None:
    minutes = sign(file)
    again = sign_minutes(minutes=minutes, by=account(chair), now=NOW + timedelta(hours=1))
    file.refresh_from_db()
    assert (file.minutes_signed_on, again.signed_at) == (TODAY, NOW)


def test_only_who_is_named_signs(file: RcpFile, nurse: Professional, by: User) -> None:
    minutes = write_minutes(file=file, discussion="Oui", conclusion="", by=by, now=NOW)
    for stranger in (by, account(nurse)):
        with pytest.raises(ValidationError):
            sign_minutes(minutes=minutes, by=stranger, now=NOW)
    prepare_file(file=file, case=Case(question="?", signatory=nurse), by=by, now=NOW)
    with pytest.raises(ValidationError) as refusal:  # out of the team, without consent
        sign_minutes(minutes=minutes, by=account(nurse), now=NOW)
    assert refusal.value.code == "no_consent"
    agree(file.patient)
    assert sign_minutes(minutes=minutes, by=account(nurse), now=NOW).signed_by == nurse


def test_empty_minutes_are_not_signed(file: RcpFile, chair: Professional) -> None:
    minutes = write_minutes(file=file, discussion=" ", conclusion="", by=None, now=NOW)
    with pytest.raises(ValidationError):
        sign_minutes(minutes=minutes, by=account(chair), now=NOW)


COLUMNS = st.sampled_from(["discussion", "conclusion", "number", "signed_at", "written_at"])


@pytest.mark.prove
@settings(suppress_health_check=list(HealthCheck), max_examples=scaled(6, 60))
@given(st.lists(COLUMNS, min_size=1, unique=True), st.text(max_size=20))
def test_signed_minutes_never_change(columns: list[str], text: str) -> None:
    """Neither through the ORM nor by bare SQL; the document stays the same to the byte."""
    with transaction.atomic():
        chair = make_professional(profession=Profession.DOCTOR)
        meeting = make_meeting(chair=chair)
        file = make_file(meeting, make_patient(followed_by=chair))
        hold(meeting, [chair])
        minutes = sign(file)
        before = minutes_pdf(minutes, None)
        values = {
            column: {"number": 9, "signed_at": None, "written_at": NOW}.get(column, text)
            for column in columns
        }
        with pytest.raises(Error), transaction.atomic():
            RcpMinutes.objects.filter(pk=minutes.pk).update(**values)
        with pytest.raises(Error), transaction.atomic():
            RcpMinutes.objects.filter(pk=minutes.pk)._raw_delete("default")
        chair.last_name = "Autre"
        chair.save()
        assert minutes_pdf(RcpMinutes.objects.get(pk=minutes.pk), None) == before
        transaction.set_rollback(True)


def test_signed_file_changes_by_addendum_only(
    file: RcpFile, chair: Professional, nurse: Professional, by: User
) -> None:
    proposal = noted(file, by)
    first = sign(file)
    alone = {chair: Presence.ON_SITE}
    for refused in (
        lambda: note_attendance(file=file, present=alone, by=by, now=NOW),
        lambda: noted(file, by, kind=ProposalKind.PAIN_CENTRE),
        lambda: prepare_file(file=file, case=Case(question="Autre"), by=by, now=NOW),
        lambda: withdraw_proposal(proposal=proposal, by=by, now=NOW),
    ):
        with pytest.raises(ValidationError):
            refused()
    draft = write_minutes(file=file, discussion="La nurse part.", conclusion="", by=by, now=NOW)
    note_attendance(file=file, present=alone, by=by, now=NOW)
    signed = sign_minutes(minutes=draft, by=account(chair), now=NOW)
    assert [each["name"] for each in signed.content["attendees"]] == [str(chair)]
    first.refresh_from_db()
    assert {each["name"] for each in first.content["attendees"]} == {str(chair), str(nurse)}
    assert (signed.number, signed.words) == (2, "Additif n°\u00a01")


def test_minutes_hold_all_that_is_signed(file: RcpFile, by: User, nurse: Professional) -> None:
    noted(file, by, owner=nurse, detail="Assistante sociale")
    content = sign(file).content
    assert content["question"] == "Reprise à mi-temps ?"
    assert [each["detail"] for each in content["proposals"]] == ["Assistante sociale"]
    assert (content["discussing"], content["least"]) == (2, 2)


def test_signature_asked_once_for_a_draft(file: RcpFile, chair: Professional, by: User) -> None:
    minutes = write_minutes(file=file, discussion="Oui", conclusion="", by=by, now=NOW)
    for _ in range(2):
        ask_signature(minutes=minutes, by=by, now=NOW)
    mails = OutboxMessage.objects.filter(subject="Un document à signer")
    assert [mail.to for mail in mails] == [account(chair).email]
    assert file.patient.birth_name not in mails[0].body


def test_quorum_of_the_day_is_that_of_the_setting(file: RcpFile, by: User) -> None:
    assert rcp.validity_least(TODAY) == 2
    set_quorum(valid_from=TODAY, least=3, by=by, now=NOW)
    assert (rcp.validity_least(TODAY), rcp.validity_least(TODAY - timedelta(days=1))) == (3, 2)
    with pytest.raises(ValidationError):
        set_quorum(valid_from=TODAY - timedelta(days=1), least=3, by=by, now=NOW)
    assert sign(file).content["least"] == 3


def test_copy_to_an_outsider_needs_the_consent(file: RcpFile, by: User) -> None:
    minutes = sign(file)

    def send(channel: Channel = Channel.POST) -> RcpCopy:
        return note_copy(
            minutes=minutes,
            to=CopyTo.OCCUPATIONAL,
            channel=channel,
            sent_on=TODAY,
            by=by,
            now=NOW,
        )

    with pytest.raises(ValidationError) as refusal:
        send()
    assert list(refusal.value.message_dict) == ["to"]
    agree(file.patient, Circle.OCCUPATIONAL)
    with pytest.raises(ValidationError) as refusal:
        send(Channel.PORTAL)
    assert list(refusal.value.message_dict) == ["channel"]
    assert send() == send()


def test_extract_shows_an_outsider_the_own_field_alone(file: RcpFile, by: User) -> None:
    noted(file, by, kind=ProposalKind.PSYCHOLOGY, detail="Suivi confidentiel")
    noted(file, by, kind=ProposalKind.PRE_RETURN)
    minutes = sign(file, discussion="Discussion confidentielle")
    whole, extract = minutes_pdf(minutes, None), minutes_pdf(minutes, Circle.OCCUPATIONAL)
    assert whole.startswith(b"%PDF")
    assert len(extract) < len(whole)


def test_copy_in_the_portal_is_told_and_read_by_the_patient(
    file: RcpFile, by: User, signed_in: Callable[[User], Client]
) -> None:
    minutes = sign(file)
    copy = {"to": CopyTo.PATIENT, "channel": Channel.PORTAL, "sent_on": TODAY}
    with pytest.raises(ValidationError):
        note_copy(minutes=minutes, **copy, by=by, now=NOW)  # type: ignore[arg-type]
    user = make_user(Role.PATIENT)
    Patient.objects.filter(pk=file.patient_id).update(user=user)
    address = reverse("network:own_minutes", args=[file.patient.code, minutes.pk])
    client = signed_in(user)
    assert client.get(address).status_code == 404
    for _ in range(2):
        note_copy(minutes=minutes, **copy, by=by, now=NOW)  # type: ignore[arg-type]
    assert client.get(address)["Content-Type"] == "application/pdf"
    assert address in client.get(reverse("network:own_file")).content.decode()
    mails = OutboxMessage.objects.filter(to=user.email)
    assert [mail.subject for mail in mails] == ["Un document vous attend"]


def test_treating_doctor_who_did_not_attend_reads_what_was_decided(
    file: RcpFile, by: User, signed_in: Callable[[User], Client]
) -> None:
    doctor = make_professional(profession=Profession.DOCTOR)
    make_link(patient=file.patient, professional=doctor, role=LinkRole.TREATING_DOCTOR)
    minutes = sign(file)
    note_copy(
        minutes=minutes,
        to=CopyTo.TREATING_DOCTOR,
        channel=Channel.PORTAL,
        sent_on=TODAY,
        by=by,
        now=NOW,
    )
    client = signed_in(account(doctor))
    assert client.get(reverse("network:rcp_file", args=[file.pk])).status_code == 200
    assert client.get(reverse("network:rcp_pdf", args=[minutes.pk])).status_code == 200
    assert client.get(reverse("network:rcp", args=[file.meeting_id])).status_code == 404


def test_work_is_noted_after_six_months_only(file: RcpFile, by: User) -> None:
    with pytest.raises(ValidationError):
        note_work(file=file, status=WorkStatus.WORKING, by=by, now=NOW)
    assert rcp.to_ask_about_work(by, date(2027, 5, 15)) == []
    due = date(2027, 5, 16)
    assert rcp.to_ask_about_work(by, due) == [file]
    assert rcp.work_counts(by, due, None) == WorkCount(0, 0, 0, 1)
    later = datetime(2027, 5, 16, 9, tzinfo=UTC)
    note_work(file=file, status=WorkStatus.WORKING, by=by, now=later)
    assert rcp.to_ask_about_work(by, due) == []
    assert rcp.work_counts(by, due, 2026) == WorkCount(1, 0, 0, 0)
    assert rcp.work_counts(by, due, 2025).due == 0


def test_proposals_are_followed_across_meetings(
    file: RcpFile,
    by: User,
    chair: Professional,
    nurse: Professional,
    signed_in: Callable[[User], Client],
) -> None:
    mine = noted(file, by, owner=chair, due_on=TODAY)
    noted(file, by, kind=ProposalKind.PAIN_CENTRE, owner=nurse)
    client = signed_in(account(chair))
    address = reverse("network:rcp_proposals")
    assert list(client.get(address).context["page"]) == [mine, RcpProposal.objects.last()]
    assert list(client.get(address, {"qui": "moi"}).context["page"]) == [mine]
    assert list(client.get(address, {"etat": "en-retard"}).context["page"]) == []
    client.post(reverse("network:rcp_done", args=[mine.pk]))
    assert list(client.get(address, {"etat": "faites"}).context["page"]) == [mine]
    outside = signed_in(account(nurse))  # neither in the team, nor with the patient's consent
    assert list(outside.get(address).context["page"]) == []
    assert outside.post(reverse("network:rcp_done", args=[mine.pk])).status_code == 404


def test_draft_that_changed_is_read_again_before_it_is_signed(
    file: RcpFile, chair: Professional, signed_in: Callable[[User], Client]
) -> None:
    minutes = write_minutes(file=file, discussion="Un", conclusion="", by=None, now=NOW)
    client = signed_in(account(chair))
    link = reverse("network:rcp_sign", args=[minutes.pk])
    client.post(link, {"shown": (NOW - timedelta(minutes=1)).isoformat()})
    assert RcpMinutes.objects.get().signed_at is None
    client.post(link, {"shown": NOW.isoformat()})
    assert RcpMinutes.objects.get().signed_at == NOW


def test_minutes_page_begins_with_a_skeleton_and_signs_at_once(
    file: RcpFile, chair: Professional, by: User, signed_in: Callable[[User], Client]
) -> None:
    address = reverse("network:rcp_minutes", args=[file.pk])
    assert "Avis des professionnels" in signed_in(by).get(address).content.decode()
    typed = {"discussion": "Douleur stable.", "conclusion": "Mi-temps."}
    signed_in(by).post(address, typed | {"send": "1"})
    assert RcpMinutes.objects.get().signed_at is None
    signed_in(account(chair)).post(address, typed | {"sign": "1"})
    assert RcpMinutes.objects.get().signed_by == chair


@pytest.mark.parametrize("address", ["rcps", "rcp", "rcp_file", "rcp_proposals", "rcp_follow_up"])
def test_pages_ask_as_many_queries_for_three_as_for_one(
    address: str, by: User, chair: Professional, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(by)
    meeting = make_meeting(chair=chair, invited=[make_professional()])
    first = make_file(meeting, make_patient())
    hold(meeting, [chair])
    noted(first, by)
    args = {"rcp": [meeting.pk], "rcp_file": [first.pk]}.get(address, [])
    path = reverse(f"network:{address}", args=args)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    count()  # its reading is journalled once
    one = count()
    for _ in range(2):
        other = make_meeting(chair=make_professional(), invited=[make_professional()])
        one_more = make_file(other, make_patient())
        file = make_file(meeting, make_patient())
        hold(other, [chair])
        for each in (file, one_more, first):
            note_attendance(
                file=each,
                present={chair: Presence.ON_SITE, make_professional(): Presence.REMOTE},
                by=by,
                now=NOW,
            )
            noted(each, by, kind=ProposalKind.PAIN_CENTRE)
    count()
    assert count() == one

"""A clinician's referral: drafts, attachments, sending once."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from network.actions.attachments import attach, take_back
from network.actions.referrals import (
    MOST_DRAFTS,
    MOST_TYPED,
    discard_draft,
    forget_old_drafts,
    keep_draft,
    send_referral,
)
from network.enums import FastTrack, LinkRole, Move, PathwayState, Profession, Role, WorkFact
from network.models import Attachment, JournalEntry, OutboxMessage, PathwayStep, Patient, Referral
from network.models import User as Account
from portal.kit import clock
from tests.factories.network import make_patient, make_professional, make_user
from tests.factories.referral import (
    PDF,
    PNG,
    content,
    identity,
    make_attachment,
    make_draft,
    make_referral,
    patient_of,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
TODAY = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def author() -> Account:
    return make_user(Role.CLINICIAN)


def test_draft_keeps_what_was_typed_even_wrong(author: Account) -> None:
    key = uuid4()
    typed = {"birth_date": ["31/02/1979"], "fast_tracks": ["cancer", "very_old"]}
    keep_draft(key=key, typed=typed, by=author, now=NOW)
    keep_draft(key=key, typed={"question": ["  Que "]}, by=author, now=NOW, whole=False)
    kept = Referral.objects.get(key=key)
    assert kept.typed == typed | {"question": ["  Que "]}
    keep_draft(key=key, typed={"question": ["Autre"]}, by=author, now=NOW)
    assert Referral.objects.get().typed == {"question": ["Autre"]}


def test_draft_of_somebody_else_is_not_found(author: Account) -> None:
    theirs = make_draft(question="Leur question")
    with pytest.raises(Referral.DoesNotExist):
        keep_draft(key=theirs.key, typed={"question": ["?"]}, by=author, now=NOW)
    discard_draft(key=theirs.key, by=author, now=NOW)
    assert Referral.objects.get().typed == {"question": ["Leur question"]}


def test_drafts_are_bounded_in_number_and_length(author: Account) -> None:
    with pytest.raises(ValidationError):
        make_draft(author, question="a" * MOST_TYPED)
    assert Referral.objects.count() == 0
    for _ in range(MOST_DRAFTS):
        make_draft(author)
    with pytest.raises(ValidationError):
        make_draft(author)
    make_draft()  # another author


def test_discarded_draft_goes_with_its_attachments(author: Account) -> None:
    draft = make_draft(author)
    make_attachment(draft)
    discard_draft(key=draft.key, by=author, now=NOW)
    discard_draft(key=draft.key, by=author, now=NOW)
    assert (Referral.objects.count(), Attachment.objects.count()) == (0, 0)
    assert JournalEntry.objects.filter(verb="referral.discarded").count() == 1


def test_drafts_untouched_for_a_year_are_forgotten(author: Account) -> None:
    old, fresh = make_draft(author), make_draft(author)
    make_attachment(old)
    Referral.objects.filter(pk=old.pk).update(kept_at=NOW - timedelta(days=366))
    sent = make_referral(author)
    Referral.objects.filter(pk=sent.pk).update(kept_at=NOW - timedelta(days=3660))
    assert forget_old_drafts(now=NOW) == 1
    assert set(Referral.objects.all()) == {fresh, sent}


def test_attachment_is_encrypted_and_joined_once(author: Account) -> None:
    draft = make_draft(author)
    first = make_attachment(draft, name="C:\\scans\\Ysée Sorlin.pdf")
    again = make_attachment(draft, name="copie.pdf")
    assert first == again
    assert first.name == "Ysée Sorlin.pdf"
    assert "Sorlin" not in first.file_name
    assert first.file_name.endswith(".pdf")
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM network_attachment")
        stored = bytes(cursor.fetchone()[0])
    assert PDF not in stored
    assert Attachment.objects.get().content == PDF


def test_attachment_refused_names_the_file(author: Account) -> None:
    draft = make_draft(author)
    with pytest.raises(ValidationError) as refusal:
        attach(referral=draft, name="virus.exe", file=BytesIO(b"MZ"), by=author, now=NOW)
    assert refusal.value.message_dict == {
        "pieces": ["virus.exe n’est ni un PDF ni une image JPEG ou PNG."]
    }


def test_attachment_of_a_draft_alone_is_taken_back(author: Account) -> None:
    draft = make_draft(author)
    joined = make_attachment(draft)
    for _ in range(2):
        take_back(referral=draft, uid=joined.uid, by=author, now=NOW)
    assert Attachment.objects.count() == 0
    sent = make_referral(author)
    kept = make_attachment(sent)
    with pytest.raises(ValidationError):
        take_back(referral=sent, uid=kept.uid, by=author, now=NOW)
    assert Attachment.objects.get() == kept


def test_sent_twice_opens_one_file(author: Account) -> None:
    key = uuid4()
    doctor = make_professional(profession=Profession.DOCTOR)
    make_draft(author, key=key, question="Que")
    said: dict[str, Any] = {
        "syndrome": "Fibromyalgie",
        "work_status": "sans emploi",
        "treating_doctor": doctor,
        "fast_tracks": [FastTrack.CANCER],
        "work_facts": [WorkFact.DISABILITY],
        "sick_leave_since": date(2026, 3, 1),
    }
    first, again = (
        send_referral(key=key, identity=identity(), content=content(**said), by=author, now=NOW)
        for _ in range(2)
    )
    assert first == again
    patient = Patient.objects.get()
    assert (patient.state, patient.requested_on) == (PathwayState.INCOMPLETE, TODAY)
    assert (patient.syndrome, patient.work_status) == ("Fibromyalgie", "sans emploi")
    link = patient.links.get()
    assert (link.professional, link.role) == (doctor, LinkRole.TREATING_DOCTOR)
    stored = Referral.objects.get()
    assert (stored.typed, stored.sent_at, stored.fast_tracks) == ({}, NOW, ["cancer"])
    assert stored.work_words == ["handicap reconnu (RQTH)"]
    assert [step.move for step in PathwayStep.objects.all()] == [Move.RECEIVED]
    assert JournalEntry.objects.filter(verb="referral.sent").count() == 1


def test_receipt_is_mailed_once_without_name(author: Account) -> None:
    make_referral(author, who={"birth_name": "Sorlin"})
    mail = OutboxMessage.objects.get()
    assert mail.to == author.email
    assert "Sorlin" not in mail.subject + mail.body
    assert "douleur" not in (mail.subject + mail.body).lower()


def test_known_person_gets_a_file_all_the_same(author: Account) -> None:
    known = make_patient(birth_name="Sorlin", first_names="Ysée", birth_date=identity().birth_date)
    sent = patient_of(make_referral(author))
    assert sent != known
    assert sent.state == PathwayState.INCOMPLETE


def test_sent_referral_takes_no_more_words(author: Account) -> None:
    sent = make_referral(author)
    with pytest.raises(ValidationError):
        keep_draft(key=sent.key, typed={"question": ["Autre"]}, by=author, now=NOW)
    assert Referral.objects.get().question == sent.question


@pytest.mark.parametrize(
    ("who", "said", "wrong"),
    [
        ({}, {"question": "  "}, "question"),
        ({}, {"informed": False}, "informed"),
        ({"phone": ""}, {}, "phone"),
        ({"birth_date": date(2015, 5, 5)}, {}, "representative"),
        ({}, {"sick_leave_since": date(2026, 11, 17)}, "sick_leave_since"),
        ({}, {"ald_from": date(2026, 2, 1), "ald_to": date(2026, 1, 1)}, "ald_to"),
        ({"birth_date": date(2026, 11, 17)}, {"representative": "Sa mère"}, "birth_date"),
    ],
)
def test_lacking_referral_opens_no_file(
    author: Account, who: dict[str, Any], said: dict[str, Any], wrong: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        make_referral(author, who=who, **said)
    assert list(refusal.value.message_dict) == [wrong]
    assert (Patient.objects.count(), Referral.objects.sent().count()) == (0, 0)


def test_database_refuses_a_referral_sent_without_agreement(author: Account) -> None:
    sent = make_referral(author)
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=sent.pk).update(informed=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=sent.pk).update(patient=None)


def test_referral_visible_to_its_author_and_once_sent_to_the_team(author: Account) -> None:
    draft, sent = make_draft(author), make_referral(author)
    make_attachment(draft, PNG), make_attachment(sent)
    follower = make_professional()
    patient = patient_of(sent)
    patient.links.create(
        professional=follower, role=LinkRole.TEAM, starts_on=timezone.localdate(NOW)
    )
    own, team, coordination = [draft, sent], [sent], [sent]
    expected = {
        author: own,
        follower.user: team,
        make_user(Role.COORDINATOR): coordination,
        make_user(Role.MEDICAL_DIRECTOR): coordination,
        make_user(Role.CLINICIAN): [],
        make_user(Role.ACCOUNTANT): [],
        make_user(Role.EDITOR): [],
        make_user(Role.ADMINISTRATOR): [],
        make_user(Role.PATIENT): [],
    }
    for user, rows in expected.items():
        assert set(Referral.objects.visible_to(user, TODAY)) == set(rows)
        seen = {each.referral for each in Attachment.objects.visible_to(user, TODAY)}
        assert seen == set(rows)

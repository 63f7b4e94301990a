"""Pages of referrals and requests: what is kept, shown, journalled; queries that do not grow."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from network.actions.decisions import answer
from network.enums import Addressee, PathwayState, Profession, Reply, Role
from network.models import Attachment, JournalEntry, Patient, Referral, RequestLetter, User
from portal.kit import clock
from tests.factories.network import make_patient, make_professional, make_user
from tests.factories.referral import (
    JPEG,
    PDF,
    make_attachment,
    make_draft,
    make_referral,
    patient_of,
)
from tests.network.test_requests import LETTERS, given_answer

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
TODAY = date(2026, 11, 16)
SAID = {
    "birth_name": "Sorlin",
    "first_names": "Ysée",
    "sex": "F",
    "birth_date": "14/03/1979",
    "phone": "06 39 98 40 01",
    "question": "Que proposer ?",
    "informed": "on",
}


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def doctor() -> User:
    found = make_professional(profession=Profession.DOCTOR).user
    assert found is not None
    return found


@pytest.fixture
def desk(signed_in: Callable[[User], Client]) -> Client:
    return signed_in(make_user(Role.COORDINATOR))


def post(client: Client, key: Any, **data: Any) -> Any:
    return client.post(reverse("network:refer", args=[key]), data)


def test_new_referral_has_its_own_address_and_stores_nothing(
    doctor: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(doctor)
    page = client.get(reverse("network:refer_new"), follow=True)
    assert page.status_code == 200
    assert page.context["form"].initial == {"treating_doctor": doctor.professional.pk}
    assert Referral.objects.count() == 0


def test_draft_is_kept_without_script_and_shown_as_typed(
    doctor: User, signed_in: Callable[[User], Client]
) -> None:
    client, key = signed_in(doctor), uuid4()
    said = {"birth_date": "31/02/1979", "work_facts": ["disability"], "treating_doctor": ""}
    assert post(client, key, do="draft", **said).status_code == 302
    page = client.get(reverse("network:refer", args=[key]))
    text = page.content.decode()
    assert 'value="31/02/1979"' in text
    assert page.context["form"].initial["treating_doctor"] == ""
    assert page.context["form"].initial["work_facts"] == ["disability"]
    assert "points à reprendre" not in text


def test_field_is_kept_alone(doctor: User, signed_in: Callable[[User], Client]) -> None:
    client, key = signed_in(doctor), uuid4()
    address = reverse("network:refer_field", args=[key])
    assert client.post(address, {"name": "question", "value": "Que"}).status_code == 204
    assert client.post(address, {"name": "fast_tracks", "value": ["cancer"]}).status_code == 204
    assert client.post(address, {"name": "fast_tracks"}).status_code == 204
    assert client.post(address, {"name": "patient", "value": "1"}).status_code == 400
    assert Referral.objects.get().typed == {"question": ["Que"], "fast_tracks": []}


def test_refused_referral_says_each_point_and_keeps_the_rest(
    doctor: User, signed_in: Callable[[User], Client]
) -> None:
    client, key = signed_in(doctor), uuid4()
    said = SAID | {"birth_date": "31/02/1979", "phone": ""}
    said.pop("informed")
    page = post(client, key, do="send", **said)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"birth_date", "informed"}
    assert Referral.objects.get().typed["birth_name"] == ["Sorlin"]
    page = post(client, key, do="send", **(SAID | {"phone": ""}))
    assert list(page.context["form"].errors) == ["phone"]
    assert Patient.objects.count() == 0


def test_files_come_with_any_button_and_bad_ones_stop_the_sending(
    doctor: User, signed_in: Callable[[User], Client]
) -> None:
    client, key = signed_in(doctor), uuid4()
    good = SimpleUploadedFile("Sorlin irm.pdf", PDF)
    bad = SimpleUploadedFile("notes.docx", b"PK\x03\x04")
    page = post(client, key, do="send", **SAID, pieces=[good, bad])
    assert page.status_code == 422
    assert "notes.docx" in page.content.decode()
    assert [each.name for each in Attachment.objects.all()] == ["Sorlin irm.pdf"]
    assert post(client, key, do="send", **SAID).status_code == 302
    assert Referral.objects.sent().count() == 1


def test_request_too_long_is_refused_before_it_is_stored(
    doctor: User, signed_in: Callable[[User], Client], settings: Any
) -> None:
    settings.UPLOAD_MOST_BYTES = 2_000
    client, key = signed_in(doctor), uuid4()
    long = SimpleUploadedFile("irm.pdf", PDF + b"0" * 3_000)
    assert post(client, key, do="attach", pieces=[long]).status_code == 400
    short = SimpleUploadedFile("irm.pdf", PDF)
    assert post(client, key, do="attach", pieces=[short]).status_code == 302
    assert Attachment.objects.count() == 1


def test_double_send_is_one_request(doctor: User, signed_in: Callable[[User], Client]) -> None:
    client, key = signed_in(doctor), uuid4()
    for _ in range(2):
        sent = post(client, key, do="send", **SAID)
        assert sent["Location"] == reverse("network:my_request", args=[key])
    assert (Patient.objects.count(), Referral.objects.count()) == (1, 1)


def test_piece_is_removed_from_a_draft(doctor: User, signed_in: Callable[[User], Client]) -> None:
    client, key = signed_in(doctor), uuid4()
    draft = make_draft(doctor, key=key)
    uid = make_attachment(draft).uid
    assert post(client, key, do="remove-rien").status_code == 404
    assert post(client, key, do=f"remove-{uid}").status_code == 302
    assert Attachment.objects.count() == 0


def test_attachment_is_a_download_without_name_and_read_in_the_journal(desk: Client) -> None:
    referral = make_referral()
    joined = make_attachment(referral, JPEG, name="Ysée Sorlin.jpg")
    answered = desk.get(reverse("network:attachment", args=[joined.uid]))
    assert answered.content == JPEG
    assert answered["Content-Type"] == "image/jpeg"
    assert answered["Content-Disposition"] == f'attachment; filename="{joined.file_name}"'
    assert answered["X-Content-Type-Options"] == "nosniff"
    entry = JournalEntry.objects.get(verb="attachment.read")
    assert entry.patient == patient_of(referral)


def test_attachment_of_a_draft_is_its_authors_alone(desk: Client) -> None:
    joined = make_attachment(make_draft())
    assert desk.get(reverse("network:attachment", args=[joined.uid])).status_code == 404


def test_author_adds_pieces_while_they_are_waited_for(
    doctor: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(doctor)
    sent = make_referral(doctor)
    address = reverse("network:my_request", args=[sent.key])
    file = SimpleUploadedFile("courrier.pdf", PDF)
    assert client.post(address, {"pieces": [file]}).status_code == 302
    refused = client.post(address, {"pieces": [SimpleUploadedFile("a.txt", b"texte")]})
    assert refused.status_code == 422
    assert Attachment.objects.count() == 1
    Patient.objects.update(state=PathwayState.REQUESTED, completed_on=TODAY)
    client.post(address, {"pieces": [SimpleUploadedFile("b.pdf", PDF + b"2")]})
    assert Attachment.objects.count() == 1


def test_archived_request_is_taken_up_by_its_author(
    doctor: User, signed_in: Callable[[User], Client]
) -> None:
    client, sent = signed_in(doctor), make_referral(doctor)
    address = reverse("network:my_request_again", args=[sent.key])
    client.post(address)
    assert patient_of(sent).steps.count() == 1
    Patient.objects.update(state=PathwayState.ARCHIVED)
    client.post(address)
    assert patient_of(sent).state == PathwayState.INCOMPLETE


def test_queue_asks_the_same_queries_for_one_and_many(desk: Client) -> None:
    address = reverse("network:queue")

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert desk.get(address).status_code == 200
        return len(queries)

    _waiting(1)
    first = asked()
    _waiting(6)
    assert asked() == first
    assert first <= 16


def _waiting(count: int) -> None:
    for number in range(count):
        for complete in (None, TODAY - timedelta(days=number)):
            patient = patient_of(make_referral(fast_tracks=["cancer"]))
            state = PathwayState.REQUESTED if complete else PathwayState.INCOMPLETE
            Patient.objects.filter(pk=patient.pk).update(state=state, completed_on=complete)


def test_request_page_asks_the_same_queries_for_one_and_many(desk: Client) -> None:
    patient = patient_of(make_referral())
    address = reverse("network:request", args=[patient.code])

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address).status_code == 200
        return len(queries)

    asked()  # the first reading adds a line to the journal
    first = asked()
    for _ in range(3):
        other = make_referral()
        make_attachment(other)
        Referral.objects.filter(pk=other.pk).update(patient=patient)
    assert asked() == first


def test_answer_is_read_again_then_confirmed(desk: Client) -> None:
    patient = patient_of(make_referral(history="Depuis 2019."))
    address = reverse("network:request_decide", args=[patient.code])
    key = uuid4()
    said: dict[str, Any] = {"key": key, "outcome": "refuse"}
    assert desk.post(address, said).status_code == 422
    said["reason"] = "Douleur aiguë"
    page = desk.post(address, said)
    assert page.status_code == 200
    assert patient_of(Referral.objects.get()).state == PathwayState.INCOMPLETE
    letters = page.context["form"].initial
    assert "Douleur aiguë" in letters["to_doctor"]
    assert "Douleur aiguë" not in letters["to_patient"]
    for _ in range(2):
        done = desk.post(address, said | letters | {"to_doctor": "Docteur,\n\nNon, hélas."})
        assert done["Location"] == reverse("network:request", args=[patient.code])
    written = RequestLetter.objects.get(to=Addressee.DOCTOR)
    assert written.body == "Docteur,\n\nNon, hélas."
    assert Patient.objects.get(pk=patient.pk).state == PathwayState.REFUSED


@pytest.mark.parametrize("outcome", list(Reply))
def test_every_answer_has_ready_letters(desk: Client, outcome: Reply) -> None:
    patient = patient_of(make_referral())
    said = {
        "key": uuid4(),
        "outcome": outcome,
        "decided_on": "16/11/2026",
        "reason": "Voici pourquoi.",
        "addresses": "Consultation de la Démo",
        "pieces": ["letter"],
    }
    page = desk.post(reverse("network:request_decide", args=[patient.code]), said)
    assert page.status_code == 200
    assert {*page.context["form"].initial} == {"to_doctor", "to_patient"}
    text = "".join(page.context["form"].initial.values())
    assert "%(" not in text
    assert ("Consultation de la Démo" in text) is (outcome == Reply.REDIRECT)


def test_letter_is_an_accessible_document(desk: Client) -> None:
    patient = patient_of(make_referral())
    by = make_user(Role.COORDINATOR)
    answer(patient=patient, given=given_answer(Reply.INCLUDE), letters=LETTERS, by=by, now=NOW)
    for letter in RequestLetter.objects.all():
        answered = desk.get(reverse("network:letter", args=[letter.uid]))
        assert "Sorlin" not in answered["Content-Disposition"]
        read = PdfReader(BytesIO(answered.content))
        assert read.is_encrypted is False
        assert "/MarkInfo" in read.root_object
        text = read.pages[0].extract_text()
        assert "Oui." in text
        assert ("Sorlin" in text) is (letter.to == Addressee.PATIENT)


def test_same_person_is_compared_then_joined(desk: Client) -> None:
    new = patient_of(make_referral())
    known = make_patient(
        state=PathwayState.ENDED,
        birth_name="SORLIN",
        first_names="Ysée Marie",
        birth_date=new.birth_date,
        left_on=date(2026, 6, 1),
    )
    page = desk.get(reverse("network:request", args=[new.code]))
    address = reverse("network:request_compare", args=[new.code, known.code])
    assert address in page.content.decode()
    assert desk.get(address).status_code == 200
    done = desk.post(address, {"do": "same"})
    assert done["Location"] == reverse("network:request", args=[known.code])
    known.refresh_from_db()
    assert known.state == PathwayState.INCOMPLETE
    assert desk.get(done["Location"]).context["former"].get() == new


def test_paper_questionnaire_completes_the_file(desk: Client) -> None:
    patient = patient_of(make_referral())
    address = reverse("network:request_complete", args=[patient.code])
    page = desk.post(address, {"on": "17/11/2026"}, follow=True)
    assert "Cette date est à venir." in page.content.decode()
    desk.post(address, {"on": "16/11/2026"})
    patient.refresh_from_db()
    assert (patient.state, patient.completed_on) == (PathwayState.REQUESTED, TODAY)


def test_reading_a_request_is_in_the_journal(desk: Client) -> None:
    patient = patient_of(make_referral())
    for _ in range(2):
        desk.get(reverse("network:request", args=[patient.code]))
    assert JournalEntry.objects.filter(verb="request.read", patient=patient).count() == 1

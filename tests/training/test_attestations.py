"""Attestations: what is printed, what anybody verifies, what is revoked, what accountants see."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from network.enums import Profession, Role
from network.models import JournalEntry, Professional, User
from portal.kit import clock
from portal.kit.pdf import qr_code
from tests.databases import kept_apart
from tests.factories.learning import finish_module
from tests.factories.network import make_professional, make_user, sign_in
from tests.factories.training import make_module, make_vignette
from tests.public_site import NOW
from training.actions.attestations import (
    Revoked,
    describe_body,
    issue_attestation,
    revoke_attestation,
)
from training.actions.modules import NotYet, enrol
from training.enums import AttestationState
from training.exports.attestation import attestation_pdf, file_name
from training.models import Attestation, ModulePage, TrainingBody

pytestmark = pytest.mark.usefixtures("site", "at_reference")


@pytest.fixture(scope="module")
def finished(loaded_site: None, django_db_blocker: Any) -> Iterator[tuple[int, int]]:
    """A module, and the professional who went through it two hours ago."""
    with kept_apart(django_db_blocker):
        module = make_module(vignettes=[make_vignette()], session_number="S-2026-3")
        user = make_user(Role.CLINICIAN, first_name="Hugo", last_name="Marin")
        person = make_professional(user=user, first_name="Hugo", last_name="Marin")
        finish_module(user, module, now=NOW - timedelta(hours=2))
        yield module.pk, person.pk


@pytest.fixture
def professional(finished: tuple[int, int], site: Any) -> Professional:
    return Professional.objects.get(pk=finished[1])


@pytest.fixture
def learner(professional: Professional) -> User:
    assert professional.user is not None
    return professional.user


@pytest.fixture
def module(finished: tuple[int, int], site: Any) -> ModulePage:
    return ModulePage.objects.get(pk=finished[0])


@pytest.fixture
def director() -> User:
    return make_user(Role.MEDICAL_DIRECTOR)


def issue(
    learner: User, module: ModulePage, now: datetime, *, with_scores: bool = False
) -> Attestation:
    return issue_attestation(
        key=module.translation_key, with_scores=with_scores, by=learner, now=now
    )


def issue_to_another(learner: User, module: ModulePage, now: datetime) -> Attestation:
    finish_module(learner, module, now=now - timedelta(hours=2))
    return issue(learner, module, now)


def text_of(attestation: Attestation) -> str:
    """The words of the document, on one line, its soft hyphens taken out."""
    pages = PdfReader(BytesIO(attestation_pdf(attestation))).pages
    assert len(pages) == 1
    return " ".join(pages[0].extract_text().replace("\u00ad\n", "").split())


def test_attestation_is_issued_once(
    learner: User, module: ModulePage, at_reference: datetime
) -> None:
    first = issue(learner, module, at_reference)
    again = issue_attestation(
        key=module.translation_key, with_scores=True, by=learner, now=at_reference
    )
    assert again == first
    assert (first.issued_on, first.expires_on) == (date(2026, 11, 16), date(2029, 11, 16))
    assert JournalEntry.objects.filter(verb="attestation.issued").count() == 1


def test_module_under_way_gives_none(module: ModulePage, at_reference: datetime) -> None:
    learner = make_user(Role.CLINICIAN)
    enrol(key=module.translation_key, by=learner, now=at_reference)
    with pytest.raises(NotYet):
        issue_attestation(
            key=module.translation_key, with_scores=False, by=learner, now=at_reference
        )
    assert not Attestation.objects.exists()


def test_database_holds_one_standing_attestation(
    learner: User, module: ModulePage, at_reference: datetime
) -> None:
    kept = issue(learner, module, at_reference)
    kept.pk, kept.code = None, uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        kept.save(force_insert=True)


def test_document_says_who_what_when_and_how_long(
    learner: User, professional: Professional, module: ModulePage, at_reference: datetime
) -> None:
    attestation = issue(learner, module, at_reference)
    words = text_of(attestation)
    for said in (
        "Attestation de formation",
        "Hugo Marin, kinésithérapeute",
        f"RPPS {professional.rpps}",
        module.title,
        "16 novembre 2026",
        "min en autonomie",
        "Formation continue",
        "1 vignette clinique, 2 leçons, test de départ et test final",
        "Numéro de session S-2026-3",
        "1. Connaissances et compétences",
        "Un médecin de la douleur",
        "Liens d’intérêts déclarés : Aucun",
        f"/attestations/{attestation.code}/",
        "Valable jusqu’au 15 novembre 2029",
    ):
        assert said in words, said
    assert "%" not in words
    assert "DPC" not in words


def test_results_are_printed_only_with_consent(
    learner: User, module: ModulePage, at_reference: datetime
) -> None:
    words = text_of(issue(learner, module, at_reference, with_scores=True))
    assert "Test de départ : 100 %" in words
    assert "Test final, meilleur essai : 100 %" in words


@pytest.mark.parametrize(
    ("odpc", "action", "speaks"),
    [("", "", False), ("1234", "", False), ("", "A-7", False), ("1234", "A-7", True)],
)
def test_dpc_is_named_only_with_both_numbers(
    learner: User, module: ModulePage, at_reference: datetime, odpc: str, action: str, speaks: bool
) -> None:
    body = TrainingBody(name="Réseau Fil", signatory="Dr Ada Fil", odpc=odpc, declaration="11 75")
    describe_body(body=body, by=make_user(Role.ADMINISTRATOR), now=at_reference)
    ModulePage.objects.filter(pk=module.pk).update(action_number=action)
    words = text_of(issue(learner, module, at_reference))
    assert ("DPC" in words) is speaks
    assert "Réseau Fil" in words
    assert "Déclaration d’activité n° 11 75" in words


def test_document_does_not_change_with_its_module_or_its_body(
    learner: User, module: ModulePage, at_reference: datetime
) -> None:
    attestation = issue(learner, module, at_reference)
    before = attestation_pdf(attestation)
    ModulePage.objects.filter(pk=module.pk).update(title="Autre titre")
    TrainingBody.objects.create(pk=1, name="Autre", signatory="Autre")
    assert attestation_pdf(Attestation.objects.get()) == before


def test_document_is_tagged_titled_and_in_french(
    learner: User, module: ModulePage, at_reference: datetime
) -> None:
    attestation = issue(learner, module, at_reference)
    reader = PdfReader(BytesIO(attestation_pdf(attestation)))
    root: Any = reader.trailer["/Root"]
    assert str(root["/Lang"]).startswith("fr")
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata
    assert reader.metadata.title == f"Attestation de formation : {module.title}"
    assert b"pdfuaid" in attestation_pdf(attestation)


def test_file_name_holds_nothing_of_the_person_nor_of_the_theme(
    learner: User, module: ModulePage, at_reference: datetime
) -> None:
    attestation = issue(learner, module, at_reference)
    assert re.fullmatch(r"attestation-[0-9a-f]{8}\.pdf", file_name(attestation))


def test_qr_code_is_a_drawing_of_its_own_text() -> None:
    assert qr_code("a") != qr_code("b")
    assert qr_code("a").startswith("<svg")


# Verification by anybody


@pytest.mark.parametrize(
    ("days", "state", "heading"),
    [
        (0, AttestationState.VALID, "Cette attestation est valable"),
        (1095, AttestationState.VALID, "Cette attestation est valable"),
        (1096, AttestationState.EXPIRED, "Cette attestation a expiré"),
    ],
)
def test_stranger_reads_the_state_and_no_result(
    client: Client,
    learner: User,
    module: ModulePage,
    at_reference: datetime,
    monkeypatch: pytest.MonkeyPatch,
    days: int,
    state: AttestationState,
    heading: str,
) -> None:
    attestation = issue(learner, module, at_reference, with_scores=True)
    monkeypatch.setattr(clock, "now", lambda: at_reference + timedelta(days=days))
    answer = client.get(f"/attestations/{attestation.code}/")
    html = answer.content.decode()
    assert attestation.state_on(clock.today()) == state
    assert heading in html
    assert "Hugo Marin" in html
    assert module.title in html
    assert "100" not in html
    assert learner.email not in html
    assert "sessionid" not in answer.cookies


@pytest.mark.parametrize("code", [str(UUID(int=7)), "n-importe-quoi", "0"])
def test_unknown_code_is_said_unknown(client: Client, code: str) -> None:
    answer = client.get(f"/attestations/{code}/")
    assert answer.status_code == 404
    assert "Aucune attestation ne porte ce code" in answer.content.decode()


def test_revoked_attestation_is_said_so_at_once_and_gives_no_document(
    client: Client, learner: User, module: ModulePage, director: User, at_reference: datetime
) -> None:
    attestation = issue(learner, module, at_reference)
    sign_in(client, director)
    page = f"/formation-attestations/{attestation.code}/revoquer/"
    assert client.post(page, {"reason": ""}).status_code == 422
    assert client.post(page, {"reason": "Compte prêté."}).status_code == 302
    html = Client().get(f"/attestations/{attestation.code}/").content.decode()
    assert "Cette attestation a été révoquée" in html
    assert "Compte prêté" not in html
    assert JournalEntry.objects.get(verb="attestation.revoked").reason == "Compte prêté."
    sign_in(client, learner)
    document = f"/se-former/attestations/{attestation.code}/telecharger/"
    assert client.get(document).status_code == 404
    with pytest.raises(Revoked):
        issue_attestation(
            key=module.translation_key, with_scores=False, by=learner, now=at_reference
        )


def test_first_reason_of_a_revocation_stays(
    learner: User, module: ModulePage, director: User, at_reference: datetime
) -> None:
    attestation = issue(learner, module, at_reference)
    for reason in ("Première", "Seconde"):
        revoke_attestation(attestation=attestation, reason=reason, by=director, now=at_reference)
    assert Attestation.objects.get().revoked_because == "Première"


# Pages


def test_learner_obtains_and_downloads_in_two_clicks(
    client: Client, learner: User, module: ModulePage, at_reference: datetime
) -> None:
    sign_in(client, learner)
    page = f"/se-former/modules/{module.translation_key}/"
    assert "Obtenir mon attestation" in client.get(page).content.decode()
    shown = client.post(f"{page}attestation/", {"with_scores": "on"}, follow=True)
    assert "Télécharger l’attestation" in shown.content.decode()
    attestation = Attestation.objects.get()
    assert attestation.facts["scores"] == {"pre": 100, "post": 100}
    answer = client.get(f"/se-former/attestations/{attestation.code}/telecharger/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert module.title in client.get("/se-former/attestations/").content.decode()


def test_document_of_somebody_else_does_not_exist(
    client: Client, learner: User, module: ModulePage, at_reference: datetime
) -> None:
    attestation = issue(learner, module, at_reference)
    sign_in(client, make_user(Role.CLINICIAN))
    document = f"/se-former/attestations/{attestation.code}/telecharger/"
    assert client.get(document).status_code == 404


@pytest.mark.parametrize("asked", ["marin", "code"])
def test_director_finds_an_attestation_by_name_or_code(
    client: Client,
    learner: User,
    module: ModulePage,
    director: User,
    at_reference: datetime,
    asked: str,
) -> None:
    attestation = issue(learner, module, at_reference)
    issue_to_another(make_user(Role.CLINICIAN, last_name="Autre"), module, at_reference)
    sign_in(client, director)
    query = str(attestation.code) if asked == "code" else asked
    found = client.get("/formation-attestations/", {"q": query}).context["page"]
    assert list(found) == [attestation]


# Hours


def test_accountant_reads_hours_and_nothing_else(
    client: Client, learner: User, module: ModulePage, at_reference: datetime
) -> None:
    attestation = issue(learner, module, at_reference, with_scores=True)
    Attestation.objects.update(minutes=65)
    sign_in(client, make_user(Role.ACCOUNTANT))
    html = client.get("/formation-heures/").content.decode()
    assert "Marin Hugo" in html
    assert "1\u00a0h\u00a005" in html
    csv = client.get("/formation-heures/export.csv").content.decode()
    assert csv.splitlines() == [
        "\ufeffNom;Prénom;Profession;Heures",
        "Marin;Hugo;kinésithérapeute;1,08",
    ]
    for text in (html, csv):
        assert module.title not in text
        assert str(attestation.code) not in text
    assert client.get("/formation-heures/export.xlsx").content.startswith(b"PK")


@pytest.mark.parametrize(
    ("query", "people"),
    [
        ({}, 1),
        ({"first": "2026-11-16", "last": "2026-11-16"}, 1),
        ({"first": "2026-11-17"}, 0),
        ({"first": "2025-01-01", "last": "2025-12-31"}, 0),
        ({"profession": Profession.DOCTOR.value}, 0),
        ({"profession": Profession.PHYSIO.value}, 1),
        ({"first": "pas une date", "profession": "inconnue"}, 1),
    ],
)
def test_hours_follow_the_filters(
    client: Client,
    learner: User,
    module: ModulePage,
    at_reference: datetime,
    query: dict[str, str],
    people: int,
) -> None:
    issue(learner, module, at_reference)
    sign_in(client, make_user(Role.ACCOUNTANT))
    answer = client.get("/formation-heures/", query)
    assert len(answer.context["rows"]) == people
    assert answer.context["totals"][1]["figure"] == str(people)


def test_revoked_hours_do_not_count(
    client: Client, learner: User, module: ModulePage, director: User, at_reference: datetime
) -> None:
    attestation = issue(learner, module, at_reference)
    revoke_attestation(attestation=attestation, reason="Erreur", by=director, now=at_reference)
    sign_in(client, make_user(Role.ACCOUNTANT))
    assert client.get("/formation-heures/").context["rows"] == []


def test_lists_ask_as_many_queries_for_three_as_for_one(
    client: Client, learner: User, module: ModulePage, director: User, at_reference: datetime
) -> None:
    sign_in(client, director)
    issue(learner, module, at_reference)
    paths = ("/formation-heures/", "/formation-attestations/")
    for_one = [queries_of(client, path) for path in paths]
    for _person in range(2):
        person = make_professional(user=make_user(Role.CLINICIAN))
        assert person.user
        issue_to_another(person.user, module, at_reference)
    assert [queries_of(client, path) for path in paths] == for_one


def queries_of(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


def test_body_is_described_by_the_administrator(client: Client, at_reference: datetime) -> None:
    sign_in(client, make_user(Role.ADMINISTRATOR))
    fields = {"name": "Réseau Fil", "signatory": "Dr Ada Fil", "odpc": "9999"}
    for name in ("Réseau Fil", "Réseau Fil d’Ariane"):
        client.post("/formation-organisme/", fields | {"name": name})
    assert TrainingBody.objects.get().name == "Réseau Fil d’Ariane"
    assert client.post("/formation-organisme/", {"name": ""}).status_code == 422

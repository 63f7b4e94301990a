"""Pages of statements: names are the author's alone; what cannot be read says why."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from fees.actions.statements import drop_statement
from fees.enums import FileState
from fees.models import Difference, StatementFile
from network.enums import Role
from network.models import Professional
from portal.kit import clock
from portal.kit.dates import add_months
from tests.factories.fees import account
from tests.factories.network import make_professional, make_user, sign_in
from tests.factories.statements import csv, make_acts, received

pytestmark = pytest.mark.django_db


def month() -> date:
    return add_months(clock.today().replace(day=1), -1)


@pytest.fixture
def physio() -> Professional:
    return make_professional(user=make_user(Role.CLINICIAN))


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def test_author_checks_then_sends_and_accountants_read_no_name(physio: Professional) -> None:
    act = make_acts(physio, [month().replace(day=5)])[0]
    act.patient.birth_name, act.patient.first_names = "Morvanelle", "Lou"
    act.patient.save()
    rows = f"Date;Patient;Acte;Montant\n05/{month():%m/%Y};Morvanelle Lou;Kiné;45\n"
    rows += f"06/{month():%m/%Y};Quinoux Zoé;Kiné;30\n"
    author = sign_in(Client(), account(physio))
    form = {"month": f"{month():%Y-%m}", "file": upload("relevé.csv", rows.encode())}
    answer = author.post(reverse("fees:my_statements"), form, follow=True)
    assert "Morvanelle Lou" in answer.content.decode()
    file = StatementFile.objects.get()
    columns = {
        f"colonne-0-{n}": f for n, f in enumerate(("done_on", "patient_name", "kind", "amount"))
    }
    answer = author.post(reverse("fees:my_statement_columns", args=[file.pk]), columns, follow=True)
    shown = answer.content.decode()
    assert "À regarder avant d’envoyer" in shown
    assert "Quinoux Zoé" in shown
    desk = sign_in(Client(), make_user(Role.ACCOUNTANT))
    assert desk.get(reverse("fees:workbench", args=[file.pk])).status_code == 404
    author.post(reverse("fees:my_statement_send", args=[file.pk]))
    file.refresh_from_db()
    assert file.state == FileState.OPEN
    one = Difference.objects.filter(file=file)[0]
    pages = [
        reverse("fees:statements"),
        reverse("fees:workbench", args=[file.pk]),
        f"{reverse('fees:workbench', args=[file.pk])}?d={one.pk}",
        reverse("fees:difference_split", args=[one.pk]),
        f"{reverse('fees:statements_summary')}?releve={file.pk}",
        reverse("fees:statement_letter", args=[file.pk]),
        reverse("fees:statements_file", args=["csv"]),
    ]
    for address in pages:
        answer = desk.get(address)
        assert answer.status_code == 200
        text = answer.content.decode()
        assert not [name for name in ("Morvanelle", "Quinoux", "Zoé") if name in text], address
    for address in (
        f"{reverse('fees:statements_file', args=['pdf'])}?releve={file.pk}",
        reverse("fees:letter_file", args=[file.pk]),
    ):
        pages_of = PdfReader(BytesIO(desk.get(address).content)).pages
        paper = "".join(each.extract_text() for each in pages_of)
        assert "Montants différents" in paper
        assert not [name for name in ("Morvanelle", "Quinoux", "Zoé") if name in paper]
    assert "Q. Z." in desk.get(pages[1]).content.decode()


def test_dry_run_shows_initials_to_accountants_and_writes_nothing(physio: Professional) -> None:
    rows = f"Quand;Qui;Combien;Divers\n05/{month():%m/%Y};Quinoux Zoé;30;diabète\n" * 1
    rows += f"06/{month():%m/%Y};Quinoux Zoé;30;insuline\n"
    desk = sign_in(Client(), make_user(Role.ACCOUNTANT))
    form = {
        "professional": physio.pk,
        "month": f"{month():%Y-%m}",
        "file": upload("a.csv", rows.encode()),
    }
    answer = desk.post(reverse("fees:statement_receive"), form, follow=True)
    text = answer.content.decode()
    assert "Voici ce qui a été compris" in text
    assert not [word for word in ("Quinoux", "diabète", "insuline") if word in text]
    assert Difference.objects.count() == 0
    again = {**form, "file": upload("b.csv", rows.encode())}
    answer = desk.post(reverse("fees:statement_receive"), again, follow=True)
    assert "Ce fichier est déjà reçu" in answer.content.decode()
    assert StatementFile.objects.count() == 1


def test_unreadable_file_is_refused_beside_its_field(physio: Professional) -> None:
    author = sign_in(Client(), account(physio))
    form = {"month": f"{month():%Y-%m}", "file": upload("relevé.xlsx", b"%PDF-1.7 rien")}
    answer = author.post(reverse("fees:my_statements"), form)
    assert answer.status_code == 422
    assert "C’est un PDF" in answer.content.decode()
    assert StatementFile.objects.count() == 0


def test_statement_set_aside_says_so_and_offers_no_paper_it_has_not(physio: Professional) -> None:
    desk = make_user(Role.ACCOUNTANT)
    days = csv(f"05/{month():%m/%Y};D0;Kiné;45")
    file = received(physio, month(), days, by=desk, now=clock.now())
    drop_statement(file=file, by=desk, now=clock.now())
    client = sign_in(Client(), desk)
    listed = client.get(reverse("fees:statements"), {"vue": "ecartes"}).content.decode()
    page = reverse("fees:workbench", args=[file.pk])
    assert f'href="{page}"' in listed
    shown = client.get(page).content.decode()
    letter = reverse("fees:statement_letter", args=[file.pk])
    summary = f"{reverse('fees:statements_summary')}?releve={file.pk}"
    assert "Ce relevé a été écarté" in shown
    assert [each for each in (letter, summary, "a trouvé sa place") if each in shown] == []
    assert [client.get(each).status_code for each in (letter, summary)] == [404, 404]

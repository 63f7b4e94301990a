"""Pages of payments: an accountant prepares, another signs, the professional reads."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from fees.enums import Kind, State
from fees.models import Act, Batch, Transfer
from network.enums import Role
from network.models import Professional, User
from portal.kit import clock
from tests.factories.fees import account, log, make_account, make_iban, validate
from tests.factories.network import make_patient, make_professional, make_user, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def physio() -> Professional:
    physio = make_professional()
    make_account(physio)
    return physio


@pytest.fixture
def validated(physio: Professional) -> Act:
    act = log(make_patient(birth_name="Brumelune"), physio, Kind.KINE_REMOB, clock.today())
    return validate(act, by=make_user(Role.ACCOUNTANT), now=clock.now())


def browser(user: User) -> Client:
    return sign_in(Client(), user)


def prepare(client: Client) -> Batch:
    form = client.get(reverse("fees:batches")).context["form"]
    day = form.initial["execute_on"]
    client.post(reverse("fees:batch_prepare"), {"execute_on": f"{day:%d/%m/%Y}"})
    return Batch.objects.get()


def test_batch_from_preparation_to_payment(validated: Act, physio: Professional) -> None:
    one, other = (browser(make_user(Role.ACCOUNTANT)) for _ in range(2))
    batch = prepare(one)
    page = reverse("fees:batch", args=[batch.number])
    assert "Une autre personne de la comptabilité doit signer" in one.get(page).text
    refused = one.post(reverse("fees:batch_sign", args=[batch.number]))
    assert (refused.status_code, Batch.objects.get().state) == (422, "draft")
    assert "Signer le lot" in other.get(page).text
    other.post(reverse("fees:batch_sign", args=[batch.number]))
    file = one.post(reverse("fees:batch_file", args=[batch.number]))
    assert make_iban(physio.pk) in file.text
    assert file["Content-Disposition"] == f'attachment; filename="{batch.code}.xml"'
    one.post(reverse("fees:batch_executed", args=[batch.number]))
    validated.refresh_from_db()
    assert validated.state == State.PAID


def test_account_stays_masked_on_every_page(validated: Act, physio: Professional) -> None:
    one, other = (browser(make_user(Role.ACCOUNTANT)) for _ in range(2))
    batch = prepare(one)
    other.post(reverse("fees:batch_sign", args=[batch.number]))
    transfer = Transfer.objects.get()
    own = browser(account(physio))
    pages = [
        one.get(reverse("fees:batches")),
        one.get(reverse("fees:batch", args=[batch.number])),
        one.get(reverse("fees:transfer", args=[transfer.pk])),
        own.get(reverse("fees:my_payments")),
        own.get(reverse("fees:my_payment", args=[transfer.pk])),
    ]
    number = make_iban(physio.pk)
    for page in pages:
        assert page.status_code == 200
        assert number not in page.text.replace(" ", "")
        assert number[:14] not in page.text


def test_accountant_sees_file_numbers_and_no_name(validated: Act) -> None:
    client = browser(make_user(Role.ACCOUNTANT))
    prepare(client)
    page = client.get(reverse("fees:transfer", args=[Transfer.objects.get().pk])).text
    assert validated.patient.code in page
    assert "Brumelune" not in page


def test_returned_transfer_is_told_to_its_payee(validated: Act, physio: Professional) -> None:
    one, other = (browser(make_user(Role.ACCOUNTANT)) for _ in range(2))
    batch = prepare(one)
    other.post(reverse("fees:batch_sign", args=[batch.number]))
    transfer = Transfer.objects.get()
    address = reverse("fees:transfer", args=[transfer.pk])
    assert one.post(address, {"reason": ""}).status_code == 422
    one.post(address, {"reason": "Compte clos"})
    transfer.refresh_from_db()
    assert transfer.state == "rejected"
    page = browser(account(physio)).get(reverse("fees:my_payment", args=[transfer.pk])).text
    assert "La banque n’a pas pu vous payer" in page


def test_remittance_advice_names_no_patient(
    validated: Act, physio: Professional, tmp_path_factory: pytest.TempPathFactory
) -> None:
    one, other = (browser(make_user(Role.ACCOUNTANT)) for _ in range(2))
    batch = prepare(one)
    other.post(reverse("fees:batch_sign", args=[batch.number]))
    answer = browser(account(physio)).get(
        reverse("fees:remittance", args=[Transfer.objects.get().pk])
    )
    file = tmp_path_factory.mktemp("pdf") / "advice.pdf"
    file.write_bytes(answer.content)
    text = PdfReader(file).pages[0].extract_text()
    assert validated.patient.code in text
    assert "Brumelune" not in text
    assert make_iban(physio.pk) not in text.replace(" ", "")


def test_somebody_else_sees_no_transfer(validated: Act) -> None:
    one, other = (browser(make_user(Role.ACCOUNTANT)) for _ in range(2))
    batch = prepare(one)
    other.post(reverse("fees:batch_sign", args=[batch.number]))
    stranger = browser(account(make_professional()))
    transfer = Transfer.objects.get().pk
    for name in ("fees:my_payment", "fees:remittance"):
        assert stranger.get(reverse(name, args=[transfer])).status_code == 404


def test_wrong_day_keeps_what_was_typed(validated: Act) -> None:
    client = browser(make_user(Role.ACCOUNTANT))
    answer = client.post(reverse("fees:batch_prepare"), {"execute_on": "25/12/2026"})
    assert answer.status_code == 422
    assert "jour ouvré des banques" in answer.text
    assert "25/12/2026" in answer.text


def test_envelope_is_noted_and_shown(validated: Act) -> None:
    client = browser(make_user(Role.ACCOUNTANT))
    address = reverse("fees:envelope")
    data = {"year": clock.today().year, "amount": "16000", "decision": "2026-12"}
    assert client.post(address, {**data, "amount": "rien"}).status_code == 422
    client.post(address, data)
    page = client.get(reverse("fees:batches"))
    assert page.context["envelope"].granted == Decimal(16000)
    assert "Enveloppe" in page.text


@pytest.mark.parametrize("batches", [1, 3])
def test_list_asks_the_same_queries(
    batches: int, django_assert_max_num_queries: Callable[..., object]
) -> None:
    from tests.factories.fees import pay

    for _ in range(batches):
        act = log(make_patient(), make_professional(), Kind.KINE_REMOB, clock.today())
        pay(act, now=clock.now())
    client = browser(make_user(Role.ACCOUNTANT))
    client.get(reverse("fees:batches"))
    with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
        client.get(reverse("fees:batches"))

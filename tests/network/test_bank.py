"""Bank details: proposed, called back, in force; never shown whole."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client

from network.actions.bank import confirm_bank_details, propose_bank_details, reject_bank_details
from network.enums import BankState, Role
from network.models import BankDetails, JournalEntry, OutboxMessage, Professional, User
from network.selectors.bank import current_bank_details
from portal.kit import clock, sepa
from tests.factories.network import make_professional, make_user, sign_in
from tests.network.doors import mails_to

pytestmark = pytest.mark.django_db
IBAN = "FR7699999000010000000004286"
OTHER = "FR1420041010050500013M02606"
MINE = "/compte/coordonnees-bancaires/"


def _propose(professional: Professional, iban: str = IBAN, by: User | None = None) -> BankDetails:
    author = by or professional.user
    assert author
    return propose_bank_details(
        professional=professional, iban=iban, holder="Camille Fil", by=author, now=clock.now()
    )


def _confirmed(professional: Professional, iban: str = IBAN) -> BankDetails:
    details = _propose(professional, iban)
    by = make_user(Role.ACCOUNTANT)
    confirm_bank_details(details=details, note="Appelée au cabinet", by=by, now=clock.now())
    return details


def test_change_is_in_force_once_a_second_person_has_called(client: Client) -> None:
    person = make_professional()
    former = _confirmed(person)
    sign_in(client, person.user)  # type: ignore[arg-type]
    client.post(MINE, {"holder": "Hélène d’Œuvre", "iban": "FR14 2004 1010 0505 0001 3M02 606"})
    pending = BankDetails.objects.get(state=BankState.PROPOSED)
    assert (pending.iban, pending.holder) == (OTHER, "Helene d'OEuvre")
    assert current_bank_details(person) == former
    accountant = Client()
    sign_in(accountant, make_user(Role.ACCOUNTANT))
    path = f"/coordonnees-bancaires/{pending.pk}/"
    assert accountant.post(path, {"confirm": "1", "note": ""}).status_code == 422
    assert current_bank_details(person) == former
    accountant.post(path, {"confirm": "1", "note": "Appelée au cabinet"})
    assert current_bank_details(person) == pending


def test_refused_change_leaves_the_former_in_force(client: Client) -> None:
    person = make_professional()
    former = _confirmed(person)
    details = _propose(person, OTHER)
    sign_in(client, make_user(Role.ACCOUNTANT))
    client.post(f"/coordonnees-bancaires/{details.pk}/", {"reject": "1", "note": "Inconnu"})
    assert current_bank_details(person) == former
    assert "Inconnu" in mails_to(person.user)[-1].body  # type: ignore[arg-type]


def test_who_proposed_does_not_confirm(client: Client) -> None:
    accountant = make_user(Role.ACCOUNTANT)
    details = _propose(make_professional(), by=accountant)
    sign_in(client, accountant)
    path = f"/coordonnees-bancaires/{details.pk}/"
    assert client.post(path, {"confirm": "1", "note": "Moi-même"}).status_code == 403
    for decide in (confirm_bank_details, reject_bank_details):
        with pytest.raises(PermissionDenied):
            decide(details=details, note="Moi-même", by=accountant, now=clock.now())


def test_who_is_paid_does_not_confirm() -> None:
    person = make_professional(user=make_user(Role.CLINICIAN, roles=(Role.ACCOUNTANT,)))
    details = _propose(person, by=make_user(Role.ACCOUNTANT))
    with pytest.raises(PermissionDenied):
        confirm_bank_details(details=details, note="Moi", by=person.user, now=clock.now())  # type: ignore[arg-type]


def test_database_itself_refuses_a_single_person() -> None:
    details = _propose(make_professional())
    with pytest.raises(IntegrityError), transaction.atomic():
        BankDetails.objects.filter(pk=details.pk).update(
            state=BankState.CONFIRMED, decided_by=details.proposed_by
        )


def test_two_decisions_never_both_count() -> None:
    details = _propose(make_professional())
    one, other = make_user(Role.ACCOUNTANT), make_user(Role.ACCOUNTANT)
    confirm_bank_details(details=details, note="Appelée", by=one, now=clock.now())
    confirm_bank_details(details=details, note="Appelée", by=one, now=clock.now())
    with pytest.raises(ValidationError):
        reject_bank_details(details=details, note="Non", by=other, now=clock.now())
    assert JournalEntry.objects.filter(verb="bank.confirmed").count() == 1


def test_one_change_waits_at_a_time() -> None:
    person = make_professional()
    _propose(person)
    with pytest.raises(ValidationError):
        _propose(person, OTHER)


@pytest.mark.parametrize(
    "iban", ["", "FR76", "FR7699999000010000000004287", "bonjour", "FR76 9999 9000 0100"]
)
def test_wrong_iban_is_told_and_kept(client: Client, iban: str) -> None:
    person = make_professional()
    sign_in(client, person.user)  # type: ignore[arg-type]
    page = client.post(MINE, {"holder": "Camille Fil", "iban": iban})
    assert page.status_code == 422
    assert page.context["form"].errors["iban"]
    assert f'value="{iban}"' in page.content.decode() or not iban
    assert BankDetails.objects.count() == 0


def test_full_iban_is_never_rendered(client: Client) -> None:
    """Neither on a page, nor in a mail, the journal, or the database in clear."""
    person = make_professional()
    _confirmed(person)
    details = _propose(person, OTHER)
    pages = []
    for user, paths in (
        (person.user, ["/compte/", MINE]),
        (
            make_user(Role.ACCOUNTANT),
            ["/coordonnees-bancaires/", f"/coordonnees-bancaires/{details.pk}/"],
        ),
        (make_user(Role.ADMINISTRATOR), [f"/comptes/{person.user_id}/", "/journal/"]),
        (
            make_user(Role.COORDINATOR),
            [f"/comptes/{person.user_id}/", f"/professionnels/{person.pk}/"],
        ),
    ):
        visitor = sign_in(Client(), user)  # type: ignore[arg-type]
        pages += [visitor.get(path).content.decode() for path in paths]
    # a wrong holder sends the form back, without the good IBAN that was typed
    other = make_professional()
    sign_in(client, other.user)  # type: ignore[arg-type]
    pages.append(client.post(MINE, {"holder": "", "iban": IBAN}).content.decode())
    pages += [mail.subject + mail.body for mail in OutboxMessage.objects.all()]
    pages.append(str(list(JournalEntry.objects.values())))
    with connection.cursor() as cursor:
        cursor.execute("SELECT iban FROM network_bankdetails")
        pages += [row[0] for row in cursor.fetchall()]
    for page in pages:
        squeezed = re.sub(r"\s|&nbsp;", "", page)
        for iban in (IBAN, OTHER):
            assert iban not in squeezed
            assert iban[4:-4] not in squeezed
    assert "•••• 2606" in pages[0]


def test_details_of_somebody_else_are_not_found(client: Client) -> None:
    details = _propose(make_professional())
    stranger = make_professional()
    sign_in(client, stranger.user)  # type: ignore[arg-type]
    assert client.get(f"/coordonnees-bancaires/{details.pk}/").status_code == 403
    with pytest.raises(PermissionDenied):
        _propose(details.professional, OTHER, by=stranger.user)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Hélène d’Œuvre", "Helene d'OEuvre"),
        ("Ñandú & Fils", "Nandu Fils"),
        ("  SCM du Fil (Paris)  ", "SCM du Fil (Paris)"),
        ("<script>", "script"),
        ("李", ""),
    ],
)
def test_sepa_text(typed: str, written: str) -> None:
    assert sepa.text(typed) == written


def test_iban_is_shown_in_groups() -> None:
    assert sepa.grouped_iban(IBAN) == "FR76 9999 9000 0100 0000 0004 286"

"""A lost second factor is reset by a second person, and told."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client

from network.actions.factors import reset_factor
from network.enums import Role
from network.models import JournalEntry
from portal.kit import clock
from tests.factories.network import make_user, sign_in
from tests.network.doors import CONFIRM, SET_UP, enter, enter_password, is_in, mailed_code, mails_to

pytestmark = pytest.mark.django_db
REASON = "Vu ce matin au secrétariat, avec sa carte."


@pytest.fixture(autouse=True)
def _no_used_codes() -> None:
    cache.clear()


def test_reset_ends_sessions_is_traced_and_told(client: Client) -> None:
    person, by = make_user(Role.CLINICIAN, factor=True), make_user(Role.COORDINATOR)
    theirs = enter(Client(), person)
    sign_in(client, by)
    answer = client.post(f"/comptes/{person.pk}/second-facteur/", {"reason": REASON})
    assert answer["Location"] == f"/comptes/{person.pk}/"
    assert not is_in(theirs)
    assert not Authenticator.objects.filter(user=person).exists()
    line = JournalEntry.objects.get(verb="factor.reset")
    assert (line.actor, line.reason) == (by, REASON)
    assert "remis à zéro" in mails_to(person)[-1].body


def test_after_a_reset_the_password_alone_sets_up_nothing(client: Client) -> None:
    person = make_user(Role.CLINICIAN, factor=True)
    by = make_user(Role.ADMINISTRATOR)
    reset_factor(person=person, by=by, reason=REASON, now=clock.now())
    assert enter_password(client, person)["Location"] == CONFIRM
    assert client.get(SET_UP)["Location"] != SET_UP
    client.post(CONFIRM, {"code": mailed_code(person.email)})
    assert client.get("/compte/")["Location"] == SET_UP


def test_reset_needs_a_reason(client: Client) -> None:
    person = make_user(Role.CLINICIAN, factor=True)
    sign_in(client, make_user(Role.COORDINATOR))
    page = client.post(f"/comptes/{person.pk}/second-facteur/", {"reason": "  "})
    assert page.status_code == 422
    assert Authenticator.objects.filter(user=person).exists()


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COORDINATOR])
def test_nobody_resets_the_own_factor(client: Client, role: Role) -> None:
    user = make_user(role, factor=True)
    sign_in(client, user)
    answer = client.post(f"/comptes/{user.pk}/second-facteur/", {"reason": REASON})
    assert answer.status_code in (403, 404)
    with pytest.raises(PermissionDenied):
        reset_factor(person=user, by=user, reason=REASON, now=clock.now())
    assert Authenticator.objects.filter(user=user).exists()


WHO_RESETS = [
    (Role.ADMINISTRATOR, Role.ACCOUNTANT, 302),
    (Role.ADMINISTRATOR, Role.CLINICIAN, 302),
    (Role.COORDINATOR, Role.CLINICIAN, 302),
    (Role.COORDINATOR, Role.ADMINISTRATOR, 404),
    (Role.COORDINATOR, Role.ACCOUNTANT, 404),
    (Role.ACCOUNTANT, Role.CLINICIAN, 403),
    (Role.EDITOR, Role.CLINICIAN, 403),
    (Role.MEDICAL_DIRECTOR, Role.CLINICIAN, 403),
    (Role.CLINICIAN, Role.CLINICIAN, 403),
    (Role.PATIENT, Role.CLINICIAN, 403),
]


@pytest.mark.parametrize(("by", "whose", "status"), WHO_RESETS)
def test_who_resets_whose_factor(client: Client, by: Role, whose: Role, status: int) -> None:
    person = make_user(whose, factor=True)
    sign_in(client, make_user(by))
    answer = client.post(f"/comptes/{person.pk}/second-facteur/", {"reason": REASON})
    assert answer.status_code == status
    assert Authenticator.objects.filter(user=person).exists() == (status != 302)


def test_coordinator_does_not_reset_a_clinician_who_is_also_staff(client: Client) -> None:
    person = make_user(Role.CLINICIAN, roles=(Role.MEDICAL_DIRECTOR,), factor=True)
    sign_in(client, make_user(Role.COORDINATOR))
    answer = client.post(f"/comptes/{person.pk}/second-facteur/", {"reason": REASON})
    assert answer.status_code == 404

"""Roles given and withdrawn, accounts closed and opened again."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from network.actions.accounts import deactivate_account
from network.actions.roles import grant_role, withdraw_role
from network.enums import Role
from network.models import JournalEntry, RoleGrant, User
from network.roles import ROLES
from portal.kit import clock
from tests.factories.network import make_user, sign_in

pytestmark = pytest.mark.django_db


def _roles(user: User) -> frozenset[Role]:
    return User.objects.get(pk=user.pk).roles


def test_administrator_gives_and_withdraws_a_role(client: Client) -> None:
    person = make_user(Role.CLINICIAN)
    sign_in(client, make_user(Role.ADMINISTRATOR))
    client.post(f"/comptes/{person.pk}/role/", {"give": "editor"})
    client.post(f"/comptes/{person.pk}/role/", {"give": "editor"})
    assert _roles(person) == {Role.CLINICIAN, Role.EDITOR}
    client.post(f"/comptes/{person.pk}/role/", {"withdraw": "clinician"})
    assert _roles(person) == {Role.EDITOR}
    assert JournalEntry.objects.filter(verb="role.granted", subject__contains="editor").count() == 1


def test_roles_are_shown_with_their_sentence(client: Client) -> None:
    person = make_user(Role.CLINICIAN)
    sign_in(client, make_user(Role.ADMINISTRATOR))
    page = client.get(f"/comptes/{person.pk}/").content.decode()
    for described in ROLES.values():
        assert str(described.sentence) in page


def test_last_administrator_stays(client: Client) -> None:
    alone = make_user(Role.ADMINISTRATOR)
    make_user(Role.ADMINISTRATOR, is_active=False)
    sign_in(client, alone)
    client.post(f"/comptes/{alone.pk}/role/", {"withdraw": "administrator"})
    assert Role.ADMINISTRATOR in _roles(alone)
    with pytest.raises(ValidationError):
        deactivate_account(user=alone, by=make_user(), reason="départ", now=clock.now())


def test_one_of_two_administrators_may_leave() -> None:
    one, other = make_user(Role.ADMINISTRATOR), make_user(Role.ADMINISTRATOR)
    withdraw_role(user=one, role=Role.ADMINISTRATOR, by=other, now=clock.now())
    assert _roles(one) == frozenset()
    with pytest.raises(ValidationError):
        withdraw_role(user=other, role=Role.ADMINISTRATOR, by=other, now=clock.now())


def test_nobody_gives_a_role_to_oneself(client: Client) -> None:
    user = make_user(Role.ADMINISTRATOR)
    sign_in(client, user)
    client.post(f"/comptes/{user.pk}/role/", {"give": "coordinator"})
    assert _roles(user) == {Role.ADMINISTRATOR}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_only_an_administrator_gives_roles(client: Client, role: Role) -> None:
    person = make_user(Role.CLINICIAN)
    sign_in(client, make_user(role))
    answer = client.post(f"/comptes/{person.pk}/role/", {"give": "administrator"})
    assert answer.status_code == 403
    assert _roles(person) == {Role.CLINICIAN}


def test_unknown_role_is_not_found(client: Client) -> None:
    person = make_user(Role.CLINICIAN)
    sign_in(client, make_user(Role.ADMINISTRATOR))
    assert client.post(f"/comptes/{person.pk}/role/", {"give": "king"}).status_code == 404


def test_closed_account_opens_again_with_its_roles(client: Client) -> None:
    person = make_user(Role.CLINICIAN)
    sign_in(client, make_user(Role.ADMINISTRATOR))
    path = f"/comptes/{person.pk}/fermer/"
    client.post(path, {"reason": "Parti du réseau"})
    assert not User.objects.get(pk=person.pk).is_active
    client.post(path, {"reason": "Revenu"})
    assert User.objects.get(pk=person.pk).is_active
    assert _roles(person) == {Role.CLINICIAN}
    assert set(JournalEntry.objects.values_list("reason", flat=True)) >= {"Revenu"}


def test_list_of_accounts_takes_the_same_queries_for_one_and_for_many(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    sign_in(client, make_user(Role.ADMINISTRATOR))
    for _ in range(8):
        make_user(Role.CLINICIAN)
    with django_assert_max_num_queries(11):
        assert client.get("/comptes/").status_code == 200


def test_coordinator_sees_clinicians_and_patients_only(client: Client) -> None:
    seen = [make_user(Role.CLINICIAN), make_user(Role.PATIENT)]
    hidden = [make_user(Role.ACCOUNTANT), make_user(Role.CLINICIAN, roles=(Role.EDITOR,))]
    sign_in(client, make_user(Role.COORDINATOR))
    page = client.get("/comptes/").content.decode()
    assert [user.email in page for user in seen + hidden] == [True, True, False, False]
    assert [client.get(f"/comptes/{user.pk}/").status_code for user in seen + hidden] == [
        200,
        200,
        404,
        404,
    ]


def test_a_grant_ends_and_is_never_deleted() -> None:
    person, by = make_user(Role.EDITOR), make_user(Role.ADMINISTRATOR)
    withdraw_role(user=person, role=Role.EDITOR, by=by, now=clock.now())
    grant_role(user=person, role=Role.EDITOR, by=by, now=clock.now())
    assert RoleGrant.objects.filter(user=person).count() == 2

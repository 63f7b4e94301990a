"""Sign-in: each role by its door, and by no other."""

import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.usersessions.models import UserSession
from django.core import signing
from django.core.cache import cache
from django.test import Client, override_settings

from network.actions.roles import grant_role, withdraw_role
from network.enums import Role
from network.models import OutboxMessage
from network.roles import PROTECTED
from portal.kit import encrypted
from tests.factories.network import LONG_AGO, PASSWORD, TOTP_SECRET, make_user
from tests.network.doors import (
    CODE,
    CONFIRM,
    FACTOR,
    INSIDE,
    LOGIN,
    SET_UP,
    enter,
    enter_password,
    is_in,
    mailed_code,
    mailed_path,
    mails_to,
    totp,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_used_codes() -> None:
    cache.clear()


@pytest.mark.parametrize("role", sorted(PROTECTED))
def test_protected_role_enters_by_password_then_factor(client: Client, role: Role) -> None:
    user = make_user(role, factor=True)
    assert enter_password(client, user)["Location"] == FACTOR
    assert not is_in(client)
    client.post(FACTOR, {"code": totp()})
    assert is_in(client)


@pytest.mark.parametrize("role", sorted(PROTECTED))
def test_protected_role_without_factor_reaches_only_its_set_up(client: Client, role: Role) -> None:
    user = make_user(role)
    assert enter_password(client, user)["Location"] == CONFIRM
    client.post(CONFIRM, {"code": mailed_code(user.email)})
    for path in (INSIDE, "/", "/accueil/", "/comptes/", "/patients/", "/messages/"):
        assert client.get(path)["Location"] == SET_UP
    assert client.get("/redaction/").status_code in (302, 403)
    assert client.get(SET_UP).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_setting_up_a_factor_opens_the_portal(client: Client) -> None:
    user = make_user(Role.CLINICIAN)
    enter_password(client, user)
    client.post(CONFIRM, {"code": mailed_code(user.email)})
    secret = client.get(SET_UP).context["form"].secret
    assert client.post(SET_UP, {"code": totp(secret)})["Location"] == "/compte/2fa/recovery-codes/"
    assert is_in(client)
    assert "protège maintenant" in mails_to(user)[-1].body


def test_password_alone_sets_up_no_factor(client: Client) -> None:
    enter_password(client, make_user(Role.CLINICIAN))
    assert client.get(SET_UP).status_code == 302
    assert Authenticator.objects.count() == 0


def test_wrong_factor_stays_outside(client: Client) -> None:
    user = make_user(Role.ACCOUNTANT, factor=True)
    enter_password(client, user)
    wrong = "000000" if totp() != "000000" else "111111"
    client.post(FACTOR, {"code": wrong})
    assert not is_in(client)


@pytest.mark.parametrize("shift", [-1, 0, 1])
def test_factor_code_serves_once(client: Client, shift: int) -> None:
    user = make_user(Role.EDITOR, factor=True)
    code = totp(shift=shift)
    enter_password(client, user)
    client.post(FACTOR, {"code": code})
    assert is_in(client)
    again = Client()
    again.post(LOGIN, {"login": user.email, "password": PASSWORD})
    cache.delete(f"allauth.mfa.totp.used?user={user.pk}&code={code}")  # allauth forgets after 30 s
    again.post(FACTOR, {"code": code})
    assert not is_in(again)


def test_recovery_code_serves_once(client: Client) -> None:
    user = make_user(Role.COORDINATOR, factor=True)
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    enter_password(client, user)
    client.post(FACTOR, {"code": code})
    assert is_in(client)
    again = Client()
    enter_password(again, user)
    again.post(FACTOR, {"code": code})
    assert not is_in(again)


def test_session_that_did_not_pass_the_factor_is_closed(client: Client) -> None:
    user = make_user(Role.COORDINATOR, factor=True)
    client.force_login(user, backend="network.backends.AccountBackend")
    assert client.get(INSIDE)["Location"] == LOGIN
    assert "_auth_user_id" not in client.session


def test_role_given_counts_at_the_next_request(client: Client) -> None:
    user = make_user(Role.PATIENT)
    _enter_by_code(client, user.email)
    assert is_in(client)
    grant_role(user=user, role=Role.CLINICIAN, by=None, now=LONG_AGO)
    assert client.get(INSIDE)["Location"] == SET_UP


def test_role_withdrawn_counts_at_the_next_request(client: Client) -> None:
    user = make_user(Role.COORDINATOR, factor=True)
    enter(client, user)
    assert client.get("/comptes/").status_code == 200
    withdraw_role(user=user, role=Role.COORDINATOR, by=make_user(), now=LONG_AGO)
    assert client.get("/comptes/").status_code == 403


def test_factor_is_encrypted_at_rest() -> None:
    user = make_user(Role.CLINICIAN, factor=True)
    kept = Authenticator.objects.get(user=user).data["secret"]
    assert TOTP_SECRET not in kept
    assert encrypted.decrypt(kept) == TOTP_SECRET


def test_last_factor_of_a_protected_role_is_kept(client: Client) -> None:
    user = make_user(Role.CLINICIAN, factor=True)
    enter(client, user)
    client.post("/compte/reauthenticate/", {"password": PASSWORD})
    client.post("/compte/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=user, type="totp").count() == 1


def test_last_passkey_of_a_protected_role_is_kept(client: Client) -> None:
    user = make_user(Role.CLINICIAN, factor=True)
    enter(client, user)
    client.post("/compte/reauthenticate/", {"password": PASSWORD})
    Authenticator.objects.filter(user=user).delete()
    key = Authenticator.objects.create(user=user, type="webauthn", data={"name": "clé"})
    client.post(f"/compte/2fa/webauthn/keys/{key.pk}/remove/")
    assert Authenticator.objects.filter(user=user).count() == 1


# Patients


def _enter_by_code(client: Client, email: str) -> None:
    client.post(CODE, {"email": email})
    client.post(CONFIRM, {"code": mailed_code(email)})


def test_patient_enters_by_a_code_of_six_digits(client: Client) -> None:
    user = make_user(Role.PATIENT)
    assert client.post(CODE, {"email": user.email})["Location"] == CONFIRM
    client.post(CONFIRM, {"code": mailed_code(user.email)})
    assert is_in(client)


def test_code_serves_once_and_for_ten_minutes(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = make_user(Role.PATIENT)
    client.post(CODE, {"email": user.email})
    code = mailed_code(user.email)
    later = time.time() + 601
    monkeypatch.setattr("time.time", lambda: later)
    client.post(CONFIRM, {"code": code})
    assert not is_in(client)


def test_three_wrong_codes_end_the_attempt(client: Client) -> None:
    user = make_user(Role.PATIENT)
    client.post(CODE, {"email": user.email})
    code = mailed_code(user.email)
    for _ in range(3):
        client.post(CONFIRM, {"code": "000000" if code != "000000" else "111111"})
    client.post(CONFIRM, {"code": code})
    assert not is_in(client)


def test_patient_has_no_password_to_enter_with(client: Client) -> None:
    user = make_user(Role.PATIENT)
    enter_password(client, user)
    assert not is_in(client)
    _enter_by_code(client, user.email)
    assert client.get("/compte/password/set/").status_code == 404


@pytest.mark.parametrize("role", sorted(PROTECTED))
def test_code_login_is_refused_to_protected_roles(client: Client, role: Role) -> None:
    user = make_user(role, roles=(Role.PATIENT,))
    assert client.post(CODE, {"email": user.email})["Location"] == CONFIRM
    assert "mot de passe" in mails_to(user)[-1].body
    assert not [mail for mail in mails_to(user) if any(w.isdigit() for w in mail.body.split())]
    client.post(CONFIRM, {"code": ""})
    client.post(CONFIRM, {"code": "000000"})
    assert not is_in(client)


def test_asking_a_code_answers_the_same_to_everybody() -> None:
    people = [
        make_user(Role.PATIENT).email,
        make_user(Role.ADMINISTRATOR).email,
        make_user().email,
        make_user(Role.PATIENT, is_active=False).email,
        "personne@example.org",
    ]
    answers = []
    for email in people:
        client = Client()
        asked = client.post(CODE, {"email": email})
        page = client.get(CONFIRM).content.decode().replace(email, "")
        wrong = client.post(CONFIRM, {"code": "000000"})
        answers.append((asked.status_code, asked["Location"], len(page), wrong.status_code))
    assert len(set(answers)) == 1, answers


def test_stranger_receives_nothing(client: Client) -> None:
    client.post(CODE, {"email": "personne@example.org"})
    client.post("/compte/password/reset/", {"email": "personne@example.org"})
    assert OutboxMessage.objects.count() == 0


# Passwords


def test_wrong_password_and_unknown_address_answer_the_same(client: Client) -> None:
    user = make_user(Role.CLINICIAN)
    known = client.post(LOGIN, {"login": user.email, "password": "faux"})
    unknown = client.post(LOGIN, {"login": "personne@example.org", "password": "faux"})
    assert known.status_code == unknown.status_code == 200
    assert known.context["form"].errors == unknown.context["form"].errors


def test_lost_password_is_replaced_from_the_mailed_link(client: Client) -> None:
    user = make_user(Role.CLINICIAN, factor=True)
    client.post("/compte/password/reset/", {"email": user.email})
    page = client.get(mailed_path(user.email), follow=True)
    new = "un-autre-fil-bien-long"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert enter_password(client, user, new)["Location"] == FACTOR
    assert "remplacé" in mails_to(user)[-1].body


def test_patient_receives_no_link_for_a_password(client: Client) -> None:
    patient, clinician = make_user(Role.PATIENT), make_user(Role.CLINICIAN)
    answers = {
        client.post("/compte/password/reset/", {"email": each.email})["Location"]
        for each in (patient, clinician)
    }
    assert len(answers) == 1
    assert "/password/reset/key/" not in mails_to(patient)[-1].body
    assert "/password/reset/key/" in mails_to(clinician)[-1].body


def test_mailed_links_ignore_the_host_header(client: Client) -> None:
    user = make_user(Role.CLINICIAN)
    client.post("/compte/password/reset/", {"email": user.email}, headers={"host": "evil.example"})
    assert "evil.example" not in mails_to(user)[-1].body
    assert "http://localhost:8000/compte/password/reset/key/" in mails_to(user)[-1].body


# Rate limits


LIMITS = {"login_failed": "10/m/ip,5/5m/key,50/d/key", "request_login_code": "20/m/ip,3/5m/key"}


@override_settings(ACCOUNT_RATE_LIMITS=LIMITS)
def test_sixth_try_of_a_password_is_refused_whatever_the_headers_say(client: Client) -> None:
    user = make_user(Role.CLINICIAN)
    for number in range(5):
        forged = {"host": f"h{number}.example", "x-forwarded-for": f"10.0.0.{number}"}
        client.post(LOGIN, {"login": user.email, "password": "faux"}, headers=forged)
    right = client.post(LOGIN, {"login": user.email.upper(), "password": PASSWORD})
    assert "Trop d’essais" in str(right.context["form"].errors)


@override_settings(ACCOUNT_RATE_LIMITS={"login": "3/m/ip"}, ALLAUTH_TRUSTED_PROXY_COUNT=0)
def test_forged_client_address_does_not_reset_a_limit(client: Client) -> None:
    statuses = [
        client.post(LOGIN, {"login": "a@example.org"}, headers={"x-forwarded-for": f"10.0.0.{n}"})
        for n in range(4)
    ]
    assert [each.status_code for each in statuses] == [200, 200, 200, 429]


@override_settings(ACCOUNT_RATE_LIMITS={"login": "3/m/ip"}, ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_behind_a_proxy_only_what_the_proxy_wrote_counts(client: Client) -> None:
    statuses = [
        client.post(
            LOGIN, {"login": "a@example.org"}, headers={"x-forwarded-for": f"10.0.0.{n}, 192.0.2.1"}
        ).status_code
        for n in range(4)
    ]
    assert statuses == [200, 200, 200, 429]


@override_settings(ACCOUNT_RATE_LIMITS=LIMITS)
def test_fourth_code_in_a_row_is_not_sent(client: Client) -> None:
    user = make_user(Role.PATIENT)
    for _ in range(4):
        Client().post(CODE, {"email": user.email})
    assert len(mails_to(user)) == 3


# Sessions, notices, doors that stay shut


def test_new_device_is_told_without_personal_data(client: Client) -> None:
    user = make_user(Role.CLINICIAN, factor=True)
    enter(client, user)
    assert mails_to(user) == []  # the very first sign-in
    enter(Client(), user)
    told = mails_to(user)
    assert len(told) == 1
    assert "appareil" in told[0].body
    for personal in (user.last_name, user.email, "127.0.0.1"):
        assert personal not in told[0].body
    client.post("/compte/logout/")
    enter(client, user)
    assert len(mails_to(user)) == 1


def test_session_is_listed_and_revoked(client: Client) -> None:
    user = make_user(Role.CLINICIAN, factor=True)
    enter(client, user)
    other = enter(Client(), user)
    mine = UserSession.objects.get(session_key=other.session.session_key)
    client.post(f"/compte/sessions/{mine.pk}/fermer/")
    assert not is_in(other)
    assert is_in(client)


def test_session_of_this_device_is_left_by_signing_out_not_by_closing(client: Client) -> None:
    enter(client, make_user(Role.CLINICIAN, factor=True))
    page = client.get("/compte/").content.decode()
    assert ("(celui-ci)" in page, "/fermer/" in page) == (True, False)


def test_session_of_somebody_else_does_not_exist(client: Client) -> None:
    other = make_user(Role.CLINICIAN, factor=True)
    theirs = enter(Client(), other)
    session = UserSession.objects.get(user=other)
    enter(client, make_user(Role.ADMINISTRATOR, factor=True))
    assert client.post(f"/compte/sessions/{session.pk}/fermer/").status_code == 404
    assert is_in(theirs)


def test_closed_account_is_out_at_once(client: Client) -> None:
    user = make_user(Role.CLINICIAN, factor=True)
    enter(client, user)
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert not is_in(client)


@pytest.mark.parametrize(
    "path",
    ["/redaction/login/", "/redaction/", "/redaction/pages/", "/redaction/password_reset/"],
)
def test_editor_has_no_door_of_its_own(client: Client, path: str) -> None:
    user = make_user(Role.EDITOR, factor=True)
    answer = client.post(path, {"username": user.email, "password": PASSWORD})
    assert answer.status_code in (302, 404)
    assert "_auth_user_id" not in client.session
    assert client.get(path, follow=True).status_code in (200, 404)


@pytest.mark.parametrize(
    "path",
    ["/compte/email/", "/compte/password/set/", "/compte/3rdparty/", "/compte/3rdparty/signup/"],
)
def test_unused_pages_of_allauth_do_not_exist(client: Client, path: str) -> None:
    enter(client, make_user(Role.CLINICIAN, factor=True))
    assert client.get(path).status_code == 404
    assert Client().get(path).status_code == 404


def test_signing_up_leads_to_our_registration(client: Client) -> None:
    assert client.get("/compte/signup/")["Location"] == "/compte/inscription/"
    assert client.post("/compte/signup/", {"email": "x@example.org"}).status_code == 302
    assert EmailAddress.objects.count() == 0


def test_person_cookie_opens_nothing(client: Client) -> None:
    user = make_user(Role.CLINICIAN, factor=True)
    client.cookies["ariane_personne"] = signing.get_cookie_signer(salt="ariane_personne").sign(
        str(user.pk)
    )
    assert not is_in(client)

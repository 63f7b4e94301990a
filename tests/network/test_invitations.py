"""Invitations and registration: how accounts come to exist."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from network.actions.invitations import accept_invitation, find_invitation, invite
from network.actions.roles import withdraw_role
from network.enums import Profession, Role
from network.models import Invitation, JournalEntry, OutboxMessage, Professional, User
from network.selectors.accounts import signs_in_by_code
from network.tokens import registration_token
from portal.kit import clock
from tests.factories.network import make_patient, make_professional, make_rpps, make_user, sign_in
from tests.network.doors import CONFIRM, SET_UP, is_in, mailed_code, mailed_path, mails_to

pytestmark = pytest.mark.django_db
NEW = "ariadne@example.org"
PASSWORD = "trois-mots-dans-le-sable"
NAMES = {"first_name": "Ariadne", "last_name": "Fil"}


def _invite(role: Role, **more: object) -> Invitation:
    by = make_user(Role.ADMINISTRATOR)
    return invite(email=NEW, role=role, by=by, now=clock.now(), **more)  # type: ignore[arg-type]


def _link() -> str:
    return mailed_path(NEW)


@pytest.mark.parametrize("role", [Role.ACCOUNTANT, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_invited_staff_chooses_a_password_then_sets_up_a_factor(client: Client, role: Role) -> None:
    _invite(role)
    answer = client.post(_link(), NAMES | {"password": PASSWORD})
    user = User.objects.get(email=NEW)
    assert user.roles == {role}
    assert user.check_password(PASSWORD)
    assert client.get(answer["Location"])["Location"] == SET_UP


def test_opening_the_link_changes_nothing(client: Client) -> None:
    _invite(Role.EDITOR)
    assert client.get(_link()).status_code == 200
    assert client.get(_link()).status_code == 200
    assert Invitation.objects.get().accepted_at is None
    assert not User.objects.filter(email=NEW).exists()


def test_link_serves_once(client: Client) -> None:
    _invite(Role.EDITOR)
    client.post(_link(), NAMES | {"password": PASSWORD})
    again = Client().post(_link(), NAMES | {"password": "un-voleur-bien-patient"})
    assert again.status_code == 410
    assert User.objects.get(email=NEW).check_password(PASSWORD)


def test_link_expires(client: Client) -> None:
    invitation = _invite(Role.EDITOR)
    Invitation.objects.update(expires_at=clock.now())
    assert client.post(_link(), NAMES | {"password": PASSWORD}).status_code == 410
    with pytest.raises(ValidationError):
        accept_invitation(invitation=invitation, now=clock.now() + timedelta(days=15))


@pytest.mark.parametrize("token", ["x", "x~y", "a" * 80])
def test_link_that_is_not_ours_is_unknown(client: Client, token: str) -> None:
    assert client.get(f"/compte/invitation/{token}/").status_code == 404


def test_token_is_not_stored() -> None:
    _invite(Role.EDITOR)
    token = _link().split("/")[-2]
    assert token not in str(Invitation.objects.values())
    assert find_invitation(token=token) == Invitation.objects.get()
    assert find_invitation(token=token[:-1]) is None


def test_link_dies_with_the_rights_of_whoever_invited(client: Client) -> None:
    invitation = _invite(Role.ADMINISTRATOR)
    make_user(Role.ADMINISTRATOR)
    withdraw_role(
        user=invitation.invited_by, role=Role.ADMINISTRATOR, by=make_user(), now=clock.now()
    )
    assert client.post(_link(), NAMES | {"password": PASSWORD}).status_code == 410


@pytest.mark.parametrize("password", ["brefbref", "123456789012", "ariadne@example.org"])
def test_weak_password_is_refused_and_the_name_kept(client: Client, password: str) -> None:
    _invite(Role.EDITOR)
    page = client.post(_link(), NAMES | {"password": password})
    assert page.status_code == 422
    assert "Ariadne" in page.content.decode()
    assert f'value="{password}"' not in page.content.decode()
    assert not User.objects.filter(email=NEW).exists()


def test_invited_patient_confirms_and_enters_by_code(client: Client) -> None:
    patient = make_patient(email=NEW)
    _invite(Role.PATIENT, patient=patient)
    assert client.post(_link())["Location"] == CONFIRM
    client.post(CONFIRM, {"code": mailed_code(NEW)})
    assert is_in(client)
    patient.refresh_from_db()
    user = User.objects.get(email=NEW)
    assert patient.user == user
    assert signs_in_by_code(user)
    assert not user.has_usable_password()


def test_patient_is_invited_only_at_the_address_of_the_file() -> None:
    patient = make_patient(email="lou@example.org")
    by = make_user(Role.ADMINISTRATOR)
    sent = invite(email=NEW, role=Role.PATIENT, patient=patient, by=by, now=clock.now())
    assert sent.email == "lou@example.org"
    for impossible in (make_patient(), make_patient(user=make_user(Role.PATIENT), email=NEW)):
        with pytest.raises(ValidationError):
            invite(email=NEW, role=Role.PATIENT, patient=impossible, by=by, now=clock.now())
    with pytest.raises(ValidationError):
        invite(email=NEW, role=Role.PATIENT, by=by, now=clock.now())


def test_existing_account_receives_the_role_and_keeps_its_password(client: Client) -> None:
    user = make_user(Role.CLINICIAN, email=NEW)
    _invite(Role.EDITOR)
    client.post(_link(), NAMES | {"password": "un-voleur-bien-patient"})
    user = User.objects.get(pk=user.pk)
    assert user.roles == {Role.CLINICIAN, Role.EDITOR}
    assert not user.check_password("un-voleur-bien-patient")
    assert not is_in(client)


def test_link_opened_by_somebody_else_does_nothing(client: Client) -> None:
    _invite(Role.EDITOR)
    sign_in(client, make_user(Role.CLINICIAN))
    page = client.post(_link(), NAMES | {"password": PASSWORD})
    assert "Une autre personne est connectée" in page.content.decode()
    assert Invitation.objects.get().accepted_at is None


def test_sending_again_kills_the_former_link(client: Client) -> None:
    invitation = _invite(Role.EDITOR)
    former = _link()
    sign_in(client, invitation.invited_by)
    client.post(f"/invitations/{invitation.pk}/renvoyer/")
    assert Client().get(former).status_code == 404
    assert Client().get(_link()).status_code == 200


def test_withdrawn_invitation_is_closed(client: Client) -> None:
    invitation = _invite(Role.EDITOR)
    sign_in(client, invitation.invited_by)
    client.post(f"/invitations/{invitation.pk}/retirer/")
    assert Client().get(_link()).status_code == 410
    client.post(f"/invitations/{invitation.pk}/renvoyer/")
    assert len(mails_to(NEW)) == 1


def test_same_invitation_twice_is_refused(client: Client) -> None:
    sign_in(client, make_user(Role.ADMINISTRATOR))
    for status in (302, 422):
        answer = client.post("/invitations/nouvelle/editor/", {"email": NEW})
        assert answer.status_code == status
    assert len(mails_to(NEW)) == 1


WHO_INVITES = [
    (Role.ADMINISTRATOR, set(Role)),
    (Role.COORDINATOR, {Role.CLINICIAN, Role.PATIENT}),
    (Role.MEDICAL_DIRECTOR, set()),
    (Role.ACCOUNTANT, set()),
    (Role.EDITOR, set()),
    (Role.CLINICIAN, set()),
    (Role.PATIENT, set()),
]


@pytest.mark.parametrize(("role", "allowed"), WHO_INVITES)
def test_who_may_invite_whom(client: Client, role: Role, allowed: set[Role]) -> None:
    sign_in(client, make_user(role))
    opened = {
        each for each in Role if client.get(f"/invitations/nouvelle/{each}/").status_code == 200
    }
    assert opened == allowed


def test_coordinator_does_not_see_invitations_of_staff(client: Client) -> None:
    staff = _invite(Role.EDITOR)
    sign_in(client, make_user(Role.COORDINATOR))
    assert NEW not in client.get("/invitations/").content.decode()
    assert client.post(f"/invitations/{staff.pk}/renvoyer/").status_code == 404
    assert client.post(f"/invitations/{staff.pk}/retirer/").status_code == 404


def test_invited_clinician_is_tied_to_the_sheet_of_the_rpps(client: Client) -> None:
    sheet = make_professional(rpps=make_rpps(), first_name="Ariadne")
    Professional.objects.filter(pk=sheet.pk).update(user=None)
    sign_in(client, make_user(Role.COORDINATOR))
    fields = NAMES | {"email": NEW, "profession": Profession.PHYSIO, "rpps": sheet.rpps}
    assert client.post("/invitations/nouvelle/clinician/", fields).status_code == 302
    guest = Client()
    guest.post(_link(), NAMES | {"password": PASSWORD})
    sheet.refresh_from_db()
    assert sheet.user == User.objects.get(email=NEW)
    assert Professional.objects.count() == 1


def test_invitation_leaves_a_trace() -> None:
    invitation = _invite(Role.EDITOR)
    accept_invitation(invitation=invitation, now=clock.now(), password=PASSWORD)
    verbs = list(JournalEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs[-3:] == ["invitation.sent", "role.granted", "invitation.accepted"]
    assert NEW not in str(JournalEntry.objects.values())


# Registration

REGISTER = "/compte/inscription/"


def _fields(**more: object) -> dict[str, object]:
    return NAMES | {
        "profession": Profession.PHYSIO,
        "rpps": make_rpps(),
        "password": PASSWORD,
        **more,
    }


def test_clinician_registers_alone_and_waits_to_be_verified(client: Client) -> None:
    client.post(REGISTER, {"email": NEW})
    answer = client.post(_link(), _fields())
    assert client.get(answer["Location"])["Location"] == SET_UP
    user = User.objects.get(email=NEW)
    assert user.roles == {Role.CLINICIAN}
    assert user.professional.rpps_verified_on is None
    assert user.professional.agreement_from is None
    assert user.professional.links.count() == 0


def test_registration_answers_the_same_to_a_known_address(client: Client) -> None:
    known = make_user(Role.CLINICIAN)
    answers = {client.post(REGISTER, {"email": each})["Location"] for each in (NEW, known.email)}
    assert answers == {"/compte/inscription/envoyee/"}
    assert mailed_path(known.email) == "/compte/login/"


@pytest.mark.parametrize(
    ("rpps", "message"),
    [
        ("", "Indiquez votre numéro RPPS"),
        ("99700000014", "n’est pas un RPPS"),
        ("9970000001", "n’est pas un RPPS"),
        ("abcdefghijk", "n’est pas un RPPS"),
        ("٩٩٧٠٠٠٠٠٠١٣", "n’est pas un RPPS"),
    ],
)
def test_wrong_rpps_is_told_beside_its_field(client: Client, rpps: str, message: str) -> None:
    client.post(REGISTER, {"email": NEW})
    page = client.post(_link(), _fields(rpps=rpps))
    assert page.status_code == 422
    assert message in page.context["form"].errors["rpps"][0]
    assert not User.objects.filter(email=NEW).exists()


def test_rpps_of_somebody_known_is_refused(client: Client) -> None:
    known = make_professional()
    client.post(REGISTER, {"email": NEW})
    page = client.post(_link(), _fields(rpps=known.rpps))
    assert "connaît déjà ce numéro" in page.context["form"].errors["rpps"][0]
    assert Professional.objects.count() == 1


def test_psychologist_may_register_without_rpps(client: Client) -> None:
    client.post(REGISTER, {"email": NEW})
    client.post(_link(), _fields(profession=Profession.PSYCHOLOGIST, rpps=""))
    assert User.objects.get(email=NEW).professional.rpps is None


def test_registration_link_expires_and_cannot_be_made(client: Client) -> None:
    old = registration_token(NEW, clock.now() - timedelta(hours=25))
    for token in (old, "gAAAA-rien", registration_token(NEW, clock.now())[:-4]):
        page = client.post(f"/compte/inscription/{token}/", _fields())
        assert page.status_code == 410
    assert not User.objects.filter(email=NEW).exists()


def test_registration_link_serves_once(client: Client) -> None:
    client.post(REGISTER, {"email": NEW})
    link = _link()
    client.post(link, _fields())
    again = Client().post(link, _fields(password="un-voleur-bien-patient"))
    assert again.status_code == 422
    assert User.objects.get(email=NEW).check_password(PASSWORD)


def test_registration_link_does_not_show_the_address(client: Client) -> None:
    client.post(REGISTER, {"email": NEW})
    assert NEW not in _link()


def test_coordinator_verifies_the_rpps(client: Client) -> None:
    person = make_professional(rpps_verified_on=None)
    by = make_user(Role.COORDINATOR)
    sign_in(client, by)
    client.post(f"/comptes/{person.user_id}/rpps/")
    client.post(f"/comptes/{person.user_id}/rpps/")
    person.refresh_from_db()
    assert person.rpps_verified_on == clock.today()
    assert JournalEntry.objects.filter(verb="rpps.verified", actor=by).count() == 1


def test_registered_clinician_sees_no_patient(client: Client) -> None:
    patient = make_patient()
    client.post(REGISTER, {"email": NEW})
    client.post(_link(), _fields())
    sign_in(client, User.objects.get(email=NEW))
    assert client.get(reverse("network:patient", args=[patient.code])).status_code == 404


def test_mails_of_invitation_name_nobody() -> None:
    patient = make_patient(email=NEW)
    _invite(Role.PATIENT, patient=patient)
    mail = OutboxMessage.objects.get()
    for word in (patient.birth_name, patient.code, "douleur", "patient"):
        assert word not in mail.subject + mail.body

"""The doors as people go through them: password and code, passkey, mailed code, invitation."""

import re
import time

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from playwright.sync_api import Page, expect

from fees.models import Act
from network.enums import Profession, Role
from network.models import Professional, User
from portal.kit import clock
from tests.factories.network import (
    PASSWORD,
    make_patient,
    make_professional,
    make_rpps,
    make_user,
)
from tests.journeys.watch import Check, Enter, OpenPage
from tests.network.doors import mailed_code, mailed_path, totp

pytestmark = pytest.mark.django_db(transaction=True)
HOME = "/accueil/"
NEW = "ariadne@example.org"


@pytest.fixture(autouse=True)
def no_used_codes() -> None:
    """A one-time code serves once: what another test used is forgotten."""
    cache.clear()


@pytest.fixture
def hugo() -> User:
    """A physiotherapist whose telephone shows the codes of `totp()`."""
    user = make_user(Role.CLINICIAN, factor=True, first_name="Hugo", last_name="Lemaire")
    make_professional(user=user, profession=Profession.PHYSIO)
    return user


def give_password(page: Page, user: User, password: str = PASSWORD) -> None:
    page.get_by_label("Adresse mail").fill(user.email)
    page.get_by_label("Mot de passe", exact=True).fill(password)
    page.get_by_role("button", name="Se connecter").click()


def give_code(page: Page, code: str, button: str = "Entrer") -> None:
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_role("button", name=button).click()


def sign_out(page: Page) -> None:
    page.goto("/compte/")
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url("/")


def plug_key(page: Page) -> None:
    """A passkey of the device itself, which recognises its owner without asking."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def add_key(page: Page, name: str, *, alone: bool) -> None:
    """From the page that asks for the password again to the recovery codes."""
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Son nom").fill(name)
    page.get_by_label("Entrer avec elle seule, sans mot de passe").set_checked(alone)
    page.get_by_role("button", name="Ajouter cette clé").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vos codes de secours")


def let_time_pass() -> None:
    """All that was proved was an hour ago: a change of security asks for a proof again."""
    for row in Session.objects.all():
        session = SessionStore(row.session_key)
        for record in session["account_authentication_methods"]:
            record["at"] = time.time() - 3600
        session.save()


def test_physio_signs_in_with_password_and_code(page: Page, axe: Check, hugo: User) -> None:
    page.goto("/accueil/")
    give_password(page, hugo, "fil-bleu-du-labyrinthe")
    expect(page.get_by_role("alert").first).to_contain_text("incorrect")
    expect(page.get_by_label("Adresse mail")).to_have_value(hugo.email)
    expect(page.get_by_label("Mot de passe", exact=True)).to_have_value("")
    axe(page)
    give_password(page, hugo)
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre code de sécurité")
    axe(page)
    give_code(page, "000000")
    expect(page.get_by_role("alert").first).to_contain_text("Un point à reprendre")
    give_code(page, totp())
    page.wait_for_url(HOME)
    expect(page.get_by_role("banner")).to_contain_text("Hugo Lemaire")


def test_passkey_alone_opens_the_door(page: Page, axe: Check, enter: Enter, hugo: User) -> None:
    plug_key(page)
    enter(page, hugo)
    page.goto("/compte/")
    page.get_by_role("link", name=re.compile("Second facteur")).click()
    page.get_by_role("link", name="Ajouter une clé").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Est-ce bien vous ?")
    add_key(page, "Téléphone du cabinet", alone=True)
    expect(page.get_by_text("La clé d’accès est ajoutée.")).to_be_visible()
    page.goto("/compte/2fa/webauthn/")
    expect(page.get_by_role("heading", name="Téléphone du cabinet")).to_be_visible()
    axe(page)
    sign_out(page)
    page.goto("/compte/login/?next=/actes/")
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    page.wait_for_url("/actes/")
    let_time_pass()
    page.goto("/compte/2fa/webauthn/")
    page.get_by_role("link", name=re.compile("Renommer")).click()
    page.get_by_role("link", name=re.compile("clé", re.IGNORECASE)).click()
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Renommer la clé")


def test_passkey_follows_the_password_as_second_factor(
    page: Page, enter: Enter, hugo: User
) -> None:
    plug_key(page)
    enter(page, hugo)
    page.goto("/compte/2fa/webauthn/add/")
    add_key(page, "Clé bleue", alone=False)
    sign_out(page)
    page.goto("/compte/login/")
    give_password(page, hugo)
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    page.wait_for_url(HOME)


def test_missing_key_is_said_in_our_words(page: Page) -> None:
    plug_key(page)
    page.goto("/compte/login/")
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    expect(page.get_by_text("La clé n’a pas répondu")).to_be_visible()


def test_patient_signs_in_with_the_mailed_code(phone: Page, axe: Check) -> None:
    user = make_user(Role.PATIENT)
    make_patient(user=user)
    phone.goto("/compte/login/")
    phone.get_by_role("link", name="Recevoir un code par mail").click()
    phone.get_by_label("Adresse mail").fill(user.email)
    phone.get_by_role("button", name="Recevoir le code").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Recopiez le code reçu")
    axe(phone)
    give_code(phone, mailed_code(user.email), "Valider le code")
    phone.wait_for_url(HOME)


def test_coordinator_invites_a_clinician_who_comes_in(
    page: Page, open_page: OpenPage, enter: Enter, axe: Check
) -> None:
    enter(page, make_user(Role.COORDINATOR))
    page.goto("/invitations/")
    page.get_by_role("link", name="Inviter").click()
    page.get_by_role("link", name=re.compile("^Soignant")).click()
    page.get_by_label("Adresse e-mail").fill(NEW)
    page.get_by_label("Prénom").fill("Ariadne")
    page.get_by_label("Nom", exact=True).fill("Fil")
    page.get_by_label("Profession").select_option(Profession.PHYSIO.value)
    page.get_by_label("Numéro RPPS").fill(make_rpps())
    page.get_by_role("button", name="Envoyer l’invitation").click()
    expect(page.get_by_role("row", name=re.compile(NEW))).to_contain_text("En attente")
    accept_and_set_up(open_page(), axe)
    assert Professional.objects.get(user__email=NEW).first_name == "Ariadne"


def accept_and_set_up(guest: Page, axe: Check) -> None:
    guest.goto(mailed_path(NEW))
    expect(guest.get_by_label("Prénom")).to_have_value("Ariadne")
    guest.get_by_label("Mot de passe", exact=True).fill("court")
    guest.get_by_role("button", name="Accepter l’invitation").click()
    expect(guest.get_by_role("alert")).to_contain_text("12")
    axe(guest)
    guest.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    guest.get_by_role("button", name="Accepter l’invitation").click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("Installer l’application de codes")
    secret = guest.get_by_label("Ou recopiez cette clé").input_value().strip()
    guest.get_by_label("Code de six chiffres").fill(totp(secret))
    guest.get_by_role("button", name="Activer le second facteur").click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("Vos codes de secours")
    guest.get_by_role("link", name="Ariane, accueil").click()
    guest.wait_for_url(HOME)


def test_form_comes_back_filled_after_an_expired_session(
    page: Page, enter: Enter, hugo: User
) -> None:
    patient = make_patient(included_on=clock.today(), followed_by=hugo.professional)
    enter(page, hugo)
    page.goto("/actes/noter/")
    page.get_by_label("Patient", exact=True).select_option(str(patient.pk))
    expect(page.locator("#verdict")).to_contain_text("1 sur 10 en")
    Session.objects.all().delete()
    page.get_by_role("button", name="Noter cet acte").click()
    give_password(page, hugo)
    give_code(page, totp())
    expect(page.get_by_role("main")).to_contain_text("Votre session avait expiré")
    expect(page.get_by_label("Patient", exact=True)).to_have_value(str(patient.pk))
    assert Act.objects.count() == 0
    page.get_by_role("button", name="Noter cet acte").click()
    expect(page.get_by_role("heading", name="Acte noté")).to_be_visible()

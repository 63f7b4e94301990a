"""A patient on a phone: from the mail to a place in three screens, and back in two taps."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from etp.actions.places import book
from etp.actions.waiting import wait_for_session
from etp.enums import PlaceState
from etp.models import Place, Session
from network.actions.links import send_personal_link
from network.enums import Role
from network.models import OutboxMessage, Patient
from portal.kit import clock
from tests.factories.etp import make_participant, make_session, make_workshop
from tests.factories.network import make_user
from tests.journeys.watch import PHONE, Check, OpenPage

pytestmark = pytest.mark.django_db(transaction=True)


def session_soon(*, seats: int = 2) -> Session:
    workshop = make_workshop(title="Bouger sans avoir peur", to_bring="Une tenue souple.")
    starts_at = (clock.now() + timedelta(days=10)).replace(hour=9, minute=0, second=0)
    return make_session(workshop, starts_at=starts_at, seats=seats)


def mailed(kind: str, patient: Patient) -> str:
    """The address in the last mail to a patient that has one of this kind."""
    for mail in OutboxMessage.objects.filter(to=patient.email).order_by("-pk"):
        if found := re.search(rf"/{kind}/\S+", mail.body):
            return found[0]
    raise AssertionError(kind)


@pytest.fixture(params=[True, False], ids=["with_scripts", "without"])
def any_phone(request: pytest.FixtureRequest, open_page: OpenPage) -> Page:
    scripts = {"java_script_enabled": request.param}
    return open_page(viewport=PHONE, has_touch=True, is_mobile=True, **scripts)


def test_booked_from_the_mail_in_three_screens(any_phone: Page) -> None:
    session = session_soon()
    patient = make_participant(session.workshop)
    send_personal_link(patient=patient, by=make_user(Role.COORDINATOR), now=clock.now())
    any_phone.goto(mailed("acces", patient))
    any_phone.get_by_label("Date de naissance").fill("29/02/1980")
    any_phone.get_by_role("button", name="Ouvrir mes pages").click()
    any_phone.get_by_role("link", name="Bouger sans avoir peur").click()
    any_phone.get_by_role("button", name="Réserver ma place").click()
    expect(any_phone.get_by_role("heading", level=1)).to_have_text(
        "C’est noté, votre place est réservée"
    )
    assert Place.objects.get().patient == patient
    with any_phone.expect_download() as download:
        any_phone.get_by_role("link", name="Ajouter à mon agenda").click()
    assert download.value.suggested_filename == "rendez-vous.ics"


def test_cancelled_from_the_mail_in_two_taps_and_offered(any_phone: Page) -> None:
    session = session_soon(seats=1)
    held = _book(session, make_participant(session.workshop))
    waiting = make_participant(session.workshop)
    wait_for_session(session=session, patient=waiting, by=None, now=clock.now())
    any_phone.goto(mailed("rdv", held.patient))  # the first tap, in the mail
    any_phone.get_by_role("button", name="Annuler ce rendez-vous").click()  # the second
    expect(any_phone.get_by_role("status")).to_contain_text("vous ne viendrez pas")
    held.refresh_from_db()
    assert held.state == PlaceState.CANCELLED
    assert Place.objects.get(patient=waiting).state == PlaceState.OFFERED
    any_phone.goto(mailed("rdv", waiting))
    any_phone.get_by_role("button", name="Oui, je prends cette place").click()
    expect(any_phone.get_by_role("status")).to_contain_text("votre place est réservée")
    assert Place.objects.get(patient=waiting).state == PlaceState.BOOKED


def test_moved_from_the_mail(any_phone: Page) -> None:
    session = session_soon()
    held = _book(session, make_participant(session.workshop))
    starts_at = session.starts_at.replace(hour=16)
    other = make_session(session.workshop, starts_at=starts_at)
    any_phone.goto(mailed("rdv", held.patient))
    any_phone.get_by_role("link", name="Changer de date").click()
    any_phone.get_by_role("button", name="Changer pour cette date").click()
    expect(any_phone.get_by_role("status")).to_contain_text("a changé de date")
    assert Place.objects.get(state=PlaceState.BOOKED).session == other


def test_pages_of_the_mails_are_well_made(phone: Page, axe: Check) -> None:
    session = session_soon(seats=1)
    patient = make_participant(session.workshop)
    _book(session, patient)
    make_session(session.workshop, starts_at=session.starts_at.replace(hour=16))
    address = mailed("rdv", patient)
    for path in (address, f"{address}changer/"):
        phone.goto(path)
        axe(phone)
    send_personal_link(patient=patient, by=make_user(Role.COORDINATOR), now=clock.now())
    phone.goto(mailed("acces", patient))
    axe(phone)
    phone.goto("/acces/inconnu/")
    axe(phone)


def test_equipment_is_tried_on_the_spot(phone: Page) -> None:
    session = session_soon()
    patient = make_participant(session.workshop)
    send_personal_link(patient=patient, by=make_user(Role.COORDINATOR), now=clock.now())
    phone.goto(mailed("acces", patient))
    phone.get_by_label("Date de naissance").fill("29/02/1980")
    phone.get_by_role("button", name="Ouvrir mes pages").click()
    phone.goto("/mes-ateliers/essai-video/")
    phone.get_by_role("button", name="Jouer un son").click()
    phone.get_by_role("button", name="Essayer la caméra et le micro").click()
    # no camera here: it says what to do
    expect(phone.get_by_role("status")).to_contain_text("par téléphone")


def _book(session: Session, patient: Patient) -> Place:
    return book(session=session, patient=patient, request_id=uuid4(), by=None, now=clock.now())

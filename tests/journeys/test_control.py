"""Three hundred lines cleared: what is clean at once, the rest by the keyboard; four eyes after."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from fees.actions.checking import check_lines
from fees.enums import Kind, LineState, State
from fees.models import Act, Batch, ClaimLine
from network.enums import Role
from network.models import Patient, Professional
from portal.kit import clock
from tests.factories.fees import claim, log, make_account
from tests.factories.network import make_patient, make_professional, make_user
from tests.journeys.watch import Check, Enter, OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
CLEAN, REMARKED = 294, 6


def weekdays(count: int) -> list[date]:
    """The last working days before today, holidays left out, the oldest first."""
    found: list[date] = []
    day = clock.today()
    while len(found) < count:
        day -= timedelta(days=1)
        if day.weekday() < 5 and (day.month, day.day) not in {(11, 1), (11, 11), (12, 25), (1, 1)}:
            found.append(day)
    return found[::-1]


def patient() -> Patient:
    included = clock.today() - timedelta(days=80)
    return make_patient(included_on=included, requested_on=included, completed_on=included)


@pytest.fixture
def three_hundred_lines() -> list[Act]:
    """Ten physiotherapists, one of whom has no verified RPPS since, and a psychologist's slip."""
    days = weekdays(8)
    acts: list[Act] = []
    for number in range(10):
        physio = make_professional(last_name=f"Brumelune{number}")
        make_account(physio)
        for _ in range(4):
            someone = patient()
            acts += [log(someone, physio, Kind.KINE_REMOB, day) for day in days[:7]]
        other = patient()  # not the same number of acts for all
        acts += [log(other, physio, Kind.KINE_REMOB, day) for day in days[:1]]
    slow = make_professional(last_name="Sansannuaire")
    acts += [log(patient(), slow, Kind.KINE_REMOB, day) for day in days[:REMARKED]]
    busy = make_professional(last_name="Corlieu")
    make_account(busy)
    missing = CLEAN + REMARKED - len(acts)
    acts += [log(patient(), busy, Kind.KINE_REMOB, days[each % 8]) for each in range(missing)]
    claim(*acts, now=clock.now())
    Professional.objects.filter(pk=slow.pk).update(rpps_verified_on=None)
    check_lines(ClaimLine.objects.all(), now=clock.now())
    unusual = ClaimLine.objects.filter(act__professional=slow).order_by("pk")
    Professional.objects.filter(pk=slow.pk).update(rpps_verified_on=clock.today())
    unusual.update(remarks="many_on_a_day", outliers={"many_on_a_day": [14]})
    return acts


def test_three_hundred_lines_are_cleared(
    page: Page,
    open_page: OpenPage,
    enter: Enter,
    axe: Check,
    three_hundred_lines: list[Act],
) -> None:
    accountant = make_user(Role.ACCOUNTANT)
    enter(page, accountant)
    page.goto("/accueil/")
    page.get_by_role("link", name=re.compile("Contrôler .* demandes")).first.click()
    axe(page)
    page.get_by_role("button", name="Valider les 294 lignes sans remarque").click()
    expect(page.get_by_role("heading", name="294 lignes validées")).to_be_visible(timeout=60_000)
    axe(page)
    assert Act.objects.filter(state=State.VALIDATED).count() == CLEAN
    page.get_by_role("link", name="Lire les 6 lignes avec remarque").click()
    expect(page.get_by_text("14 actes notés ce jour-là")).to_be_visible()
    axe(page)
    first = page.url
    page.keyboard.press("j")
    expect(page.get_by_text("Remarque 2 sur 6")).to_be_visible()
    page.keyboard.press("k")
    page.wait_for_url(first)
    page.keyboard.press("?")
    expect(page.get_by_text("ligne suivante, précédente")).to_be_visible()
    page.keyboard.press("v")
    expect(page.get_by_text("Remarque 1 sur 5")).to_be_visible()
    page.keyboard.press("r")
    page.keyboard.type("vjk: quelle date ?")  # no key acts while one writes
    expect(page.get_by_label("Ce que le professionnel doit corriger")).to_have_value(
        "vjk: quelle date ?"
    )
    page.get_by_role("button", name="Renvoyer avec ce motif").click()
    for left in (4, 3, 2, 1):
        expect(page.get_by_text(f"Remarque 1 sur {left}")).to_be_visible()
        page.keyboard.press("v")
    expect(page.get_by_role("heading", name="Tout est contrôlé")).to_be_visible()
    axe(page)
    assert ClaimLine.objects.filter(state=LineState.ADMITTED).count() == CLEAN + REMARKED - 1
    returned = ClaimLine.objects.get(state=LineState.RETURNED)
    assert returned.steps.latest("pk").note == "vjk: quelle date ?"

    other = open_page()
    enter(other, make_user(Role.ACCOUNTANT))
    other.goto("/paiements/")
    other.get_by_role("button", name="Préparer un lot").click()
    expect(other.get_by_role("heading", name=re.compile("Lot AR-"))).to_be_visible()
    page.goto(f"/paiements/lots/{Batch.objects.get().number}/")
    expect(page.get_by_text("Une autre personne de la comptabilité doit signer")).to_be_visible()
    expect(page.get_by_role("button", name="Signer le lot")).to_have_count(0)


def test_line_is_decided_on_a_phone_without_any_key(phone: Page, enter: Enter, axe: Check) -> None:
    act = log(patient(), make_professional(rpps_verified_on=None), Kind.KINE_REMOB, weekdays(1)[0])
    claim(act, now=clock.now())
    check_lines(ClaimLine.objects.all(), now=clock.now())
    enter(phone, make_user(Role.ACCOUNTANT))
    phone.goto("/controle/demandes/")
    axe(phone)
    phone.get_by_role("link", name=str(act.professional)).click()
    axe(phone)
    phone.get_by_role("link", name=re.compile("Décider")).click()
    axe(phone)
    phone.get_by_role("button", name="Renvoyer avec ce motif").click()
    expect(phone.get_by_role("alert")).to_contain_text("Écrivez ce qui est à corriger")
    phone.get_by_label("Ce que le professionnel doit corriger").fill("Votre RPPS ?")
    phone.get_by_role("button", name="Renvoyer avec ce motif").click()
    expect(phone.get_by_text("L’acte est renvoyé au professionnel.")).to_be_visible()
    expect(phone.get_by_role("heading", name="Déjà contrôlées")).to_be_visible()

"""A clinician finishes a module and obtains the attestation, which a stranger verifies."""

import re

import pytest
from playwright.sync_api import Page, expect

from network.enums import Profession, Role
from network.models import OutboxMessage, User
from portal.kit import clock
from tests.factories.learning import ALL, finish_module, go_through, make_attestation
from tests.factories.network import make_professional, make_user
from tests.factories.training import make_module, make_vignette, narrative, small_test, take_home
from tests.journeys.watch import Check, Enter, OpenPage
from training.actions.returns import plan_returns, send_due
from training.enums import Part
from training.models import Attestation, ModulePage, Return, Run

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed_site")]


@pytest.fixture
def module() -> ModulePage:
    case = make_vignette(
        [narrative("début"), *small_test("cas", 1), take_home("fin")], title="Mme D., 53 ans"
    )
    return make_module(lessons=1, vignettes=[case], title="Repérer la douleur neuropathique")


@pytest.fixture
def hugo() -> User:
    user = make_user(Role.CLINICIAN, first_name="Hugo", last_name="Lemaire")
    make_professional(
        user=user, profession=Profession.PHYSIO, first_name="Hugo", last_name="Lemaire"
    )
    return user


def answer(page: Page, questions: int, *, told: bool) -> None:
    """Answer so many questions of a test or a case, well; `told`: what it is worth comes after."""
    for question in range(questions):
        page.get_by_role("radio", name=re.compile(rf"{question} juste$")).check()
        page.get_by_role("radio", name=re.compile("Assez sûr")).check()
        page.locator("main form button.btn").first.click()
        if told:
            page.get_by_role("button", name="Continuer").click()


def test_module_from_its_first_page_to_its_verified_attestation(
    phone: Page, open_page: OpenPage, enter: Enter, hugo: User, module: ModulePage, axe: Check
) -> None:
    enter(phone, hugo)
    phone.goto(module.url)
    axe(phone)
    phone.get_by_role("link", name="Commencer", exact=True).click()
    phone.get_by_role("button", name="Commencer ce module").click()
    axe(phone)
    phone.get_by_role("button", name="Commencer : Test de départ").click()
    answer(phone, 2, told=False)
    expect(phone.get_by_role("heading", name="Test terminé")).to_be_visible()
    expect(phone.get_by_text("%")).to_have_count(0)  # a pre-test says nothing of its worth
    phone.get_by_role("link", name="Continuer le module").click()
    phone.get_by_role("button", name="Commencer : Mme D., 53").click()
    phone.get_by_role("button", name="Continuer").click()
    answer(phone, 1, told=True)
    phone.get_by_role("button", name="Terminer le cas").click()
    phone.get_by_role("link", name="Continuer le module").click()

    desk = open_page()  # the next morning, elsewhere
    enter(desk, hugo)
    desk.goto("/se-former/")
    axe(desk)
    desk.get_by_role("link", name="Repérer la douleur neuropathique").click()
    expect(desk.get_by_text("2 étapes sur 4")).to_be_visible()
    desk.get_by_role("link", name="Lire la leçon : Leçon 1").click()
    axe(desk)
    desk.get_by_role("button", name="J’ai lu, continuer").click()
    desk.get_by_role("button", name="Commencer : Test final").click()
    answer(desk, 2, told=True)
    expect(desk.get_by_text("100 %")).to_be_visible()
    desk.get_by_role("link", name="Continuer le module").click()
    axe(desk)
    desk.get_by_role("checkbox", name=re.compile("Imprimer mes résultats")).check()
    desk.get_by_role("button", name="Obtenir mon attestation").click()
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Télécharger l’attestation (PDF)").click()
    assert re.fullmatch(r"attestation-[0-9a-f]{8}\.pdf", download.value.suggested_filename)
    assert Attestation.objects.get().learner == hugo


def test_stranger_verifies_what_the_director_then_revokes(
    page: Page, open_page: OpenPage, enter: Enter, hugo: User, axe: Check
) -> None:
    attestation = make_attestation(hugo)
    page.goto(f"/attestations/{attestation.code}/")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Cette attestation est valable")
    expect(page.get_by_text("Hugo Lemaire")).to_be_visible()
    axe(page)
    director = open_page()
    enter(director, make_user(Role.MEDICAL_DIRECTOR))
    director.goto("/formation-attestations/")
    director.get_by_role("link", name="Révoquer : Hugo Lemaire").click()
    director.get_by_label("Motif").fill("Compte prêté à un collègue.")
    director.get_by_role("button", name="Révoquer l’attestation").click()
    expect(director.get_by_role("heading", level=1)).to_have_text("Attestations délivrées")
    page.reload()
    expect(heading).to_have_text("Cette attestation a été révoquée")
    axe(page)


def test_case_comes_back_by_a_mailed_link(
    phone: Page, enter: Enter, hugo: User, module: ModulePage, axe: Check
) -> None:
    case = Run(key=module.vignettes[0].value.translation_key).key
    plan_returns(run=go_through(hugo, case, Part.CASE, now=clock.now()))
    Return.objects.filter(day=7).update(due_on=clock.today())
    send_due(now=clock.now())
    found = re.search(r"(/retours/\S+/)\n", OutboxMessage.objects.get(to=hugo.email).body)
    assert found
    phone.goto(found[1])
    axe(phone)
    phone.get_by_role("button", name="Ouvrir ce cas").click()
    expect(phone).to_have_url(re.compile("/compte/login/"))
    enter(phone, hugo)
    phone.goto(found[1])
    phone.get_by_role("button", name="Ouvrir ce cas").click()
    expect(phone.get_by_text("Elle a mal.")).to_be_visible()
    assert Run.objects.get(purpose="return").return_day == 7


def test_committee_reads_the_effect(
    page: Page, enter: Enter, module: ModulePage, axe: Check
) -> None:
    for each in range(10):
        learner = make_user(Role.CLINICIAN)
        go_through(learner, module.translation_key, Part.PRETEST, now=clock.now(), right=each % 2)
        finish_module(learner, module, now=clock.now(), right=ALL)
    enter(page, make_user(Role.EDITOR))
    page.goto("/se-former/comite/effet/")
    page.get_by_role("link", name="Repérer la douleur neuropathique").click()
    expect(page.get_by_text("Progrès").first).to_be_visible()
    axe(page)

"""A clinical case as it is lived: on a phone, then at a desk; by keyboard; without scripts."""

import pytest
from playwright.sync_api import Page, expect

from network.enums import Profession
from network.models import User
from tests.factories.learning import make_learner
from tests.factories.training import (
    decision,
    findings,
    make_card,
    make_vignette,
    narrative,
    option,
    quoting,
    take_home,
)
from tests.journeys.watch import PHONE, Check, Enter, OpenPage
from training.enums import Answering, Topic, Verdict
from training.models import Answer, Run, VignettePage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed_site")]
STORY = "<p>Mme D., 53 ans, garde une douleur lancinante du côté opéré.</p>"


@pytest.fixture
def doctor() -> User:
    return make_learner(Profession.DOCTOR, last_name="Vasseur")


@pytest.fixture
def case() -> VignettePage:
    card = make_card(
        conflicts="Une autre cohorte trouve 37 %.", identifier="10.1001/jama.2009.1568"
    )
    steps = [
        narrative("récit", STORY),
        findings("examen", **{"Où a-t-elle mal": "À l'aisselle", "Que fait un coton": "Il brûle"}),
        decision(
            "choix",
            [
                option("La réadresser au centre", Verdict.ACCEPTABLE, evidence=quoting(card)),
                option("La rassurer"),
                option("Chercher une douleur de nerf", Verdict.RIGHT, evidence=quoting(card)),
                option("Autre idée", own_words=True),
            ],
            stem="Que faites-vous d'abord ?",
        ),
        decision(
            "ordre",
            [option(name, Verdict.RIGHT) for name in ("Nommer", "Expliquer", "Revoir")],
            Answering.ORDER,
            stem="Dans quel ordre ?",
        ),
        take_home("fin", "Une douleur qui dure a souvent un nom."),
    ]
    return make_vignette(steps, title="Le cas de Mme D.", slug="mme-d", topic=Topic.NEUROPATHIC)


def test_case_begun_on_a_phone_is_finished_at_a_desk(
    phone: Page, open_page: OpenPage, enter: Enter, axe: Check, doctor: User, case: VignettePage
) -> None:
    enter(phone, doctor)
    begin_on_the_phone(phone, axe)
    desk = open_page()
    enter(desk, doctor)
    answer_at_the_desk(desk, axe)
    put_in_order(desk, axe)
    finish(desk, axe)
    assert list(Answer.objects.order_by("pk").values_list("round", "marks")) == [
        (1, -6),
        (2, 0),
        (1, 0),
    ]


def begin_on_the_phone(phone: Page, axe: Check) -> None:
    """As far as the question, chosen and not committed."""
    phone.goto("/se-former/")
    phone.get_by_role("link", name="Choisir un cas").click()
    axe(phone)
    phone.get_by_role("link", name="Le cas de Mme D.", exact=True).click()
    axe(phone)
    phone.get_by_role("button", name="Commencer").click()
    expect(phone.get_by_text("une douleur lancinante")).to_be_visible()
    axe(phone)
    phone.get_by_role("button", name="Continuer").click()
    phone.get_by_text("Que fait un coton").click()
    expect(phone.get_by_text("Il brûle")).to_be_visible()
    axe(phone)
    phone.get_by_role("button", name="Continuer").click()
    phone.get_by_role("button", name="Valider ma décision").click()
    expect(phone.get_by_role("alert")).to_be_focused()
    axe(phone)
    phone.get_by_role("radio", name="La réadresser au centre").check()
    phone.get_by_role("radio", name="Très sûr").check()
    axe(phone)
    phone.get_by_role("link", name="Quitter, je reprendrai plus tard").click()
    expect(phone.get_by_text("Étape 3")).to_be_visible()


def answer_at_the_desk(desk: Page, axe: Check) -> None:
    """Resume at the exact step, answer with a double click, then a second time."""
    desk.goto("/se-former/")
    axe(desk)
    desk.get_by_role("link", name="Reprendre").click()
    expect(desk.get_by_role("heading", name="Que faites-vous d’abord")).to_be_visible()
    desk.get_by_text("Relire le cas").click()
    expect(desk.get_by_text("une douleur lancinante")).to_be_visible()
    desk.get_by_role("radio", name="La réadresser au centre").check()
    desk.get_by_role("radio", name="Très sûr").check()
    desk.get_by_role("button", name="Valider ma décision").dblclick()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Cela se défend")
    expect(desk.get_by_text("à vérifier")).to_be_visible()
    axe(desk)
    desk.go_back()
    desk.goto(f"/se-former/parcours/{Run.objects.get().pk}/")
    desk.get_by_text("Répondre une seconde fois").click()
    desk.get_by_role("radio", name="Chercher une douleur de nerf").check()
    desk.get_by_role("radio", name="Assez sûr").check()
    axe(desk)
    desk.get_by_role("button", name="Garder cette seconde réponse").click()
    expect(desk.get_by_text("Votre seconde réponse\u00a0:")).to_be_visible()
    desk.get_by_role("button", name="Continuer").click()


def put_in_order(desk: Page, axe: Check) -> None:
    """Taking a rank that is taken swaps the two, once the page has its script."""
    expect(desk.get_by_label("Nommer")).to_be_visible()
    desk.wait_for_load_state()
    desk.get_by_label("Nommer").select_option("2")
    desk.get_by_label("Revoir").select_option("1")
    desk.get_by_label("Expliquer").select_option("2")
    expect(desk.get_by_label("Nommer")).to_have_value("")
    desk.get_by_label("Nommer").select_option("3")
    axe(desk)
    desk.get_by_role("radio", name="Peu sûr").check()
    desk.get_by_role("button", name="Valider ma décision").click()
    expect(desk.get_by_text("Un autre ordre est attendu")).to_be_visible()
    axe(desk)


def finish(desk: Page, axe: Check) -> None:
    """What to keep, the score, the doors, and what was sure and wrong."""
    desk.get_by_role("button", name="Continuer").click()
    axe(desk)
    desk.get_by_role("button", name="Terminer le cas").click()
    expect(desk.get_by_role("heading", name="Cas terminé")).to_be_visible()
    expect(desk.get_by_role("link", name="Adresser un patient")).to_be_visible()
    axe(desk)
    desk.goto("/se-former/certitude/")
    axe(desk)
    desk.get_by_role("link", name="Que faites-vous d’abord").click()
    expect(desk.get_by_text("Vous relisez l’étape 3")).to_be_visible()
    axe(desk)


def test_case_without_scripts(
    open_page: OpenPage, enter: Enter, doctor: User, case: VignettePage
) -> None:
    page = open_page(java_script_enabled=False, viewport=PHONE)
    enter(page, doctor)
    page.goto(case.url)
    page.get_by_role("button", name="Commencer").click()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_text("Où a-t-elle mal").click()
    expect(page.get_by_text("À l’aisselle")).to_be_visible()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("radio", name="Autre idée").check()
    page.get_by_role("radio", name="Peu sûr").check()
    page.get_by_role("button", name="Valider ma décision").click()
    wrong = page.locator(".field.wrong")
    expect(wrong).to_contain_text("Dites-le en quelques mots")
    expect(page.get_by_role("radio", name="Autre idée")).to_be_checked()
    wrong.get_by_role("textbox").fill("Je rappelle la kinésithérapeute")
    page.get_by_role("button", name="Valider ma décision").click()
    expect(page.get_by_text("Je rappelle la kinésithérapeute")).to_be_visible()
    page.get_by_role("button", name="Continuer").click()
    for label, rank in (("Nommer", "1"), ("Expliquer", "1"), ("Revoir", "3")):
        page.get_by_label(label).select_option(rank)
    page.get_by_role("radio", name="Assez sûr").check()
    page.get_by_role("button", name="Valider ma décision").click()
    expect(page.locator("li.field.wrong")).to_have_count(1)
    expect(page.get_by_label("Revoir")).to_have_value("3")
    page.get_by_label("Expliquer").select_option("2")
    page.get_by_role("button", name="Valider ma décision").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("C’est le bon ordre")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Terminer le cas").click()
    expect(page.get_by_role("heading", name="Cas terminé")).to_be_visible()
    page.goto("/formation/")
    page.get_by_text("Choisir par thème").click()
    page.get_by_label("Déjà fait").select_option("new")
    page.get_by_role("button", name="Filtrer").click()
    expect(page.get_by_text("Rien ne répond à ces filtres")).to_be_visible()


def test_case_by_keyboard_alone(page: Page, enter: Enter, doctor: User, case: VignettePage) -> None:
    enter(page, doctor)
    page.goto(case.url)

    def reach(role: str, name: str) -> None:
        """Tab until that control holds the focus."""
        target = page.get_by_role(role, name=name)  # type: ignore[arg-type]
        for _each in range(40):
            page.keyboard.press("Tab")
            if target.evaluate("node => node === document.activeElement"):
                return
        raise AssertionError(name)

    reach("button", "Commencer")
    page.keyboard.press("Enter")
    reach("button", "Continuer")
    page.keyboard.press("Enter")
    page.wait_for_url("**/parcours/*/")
    expect(page.get_by_role("heading", name="Interroger et examiner")).to_be_visible()
    reach("button", "Continuer")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Que faites-vous d’abord")).to_be_visible()
    reach("radio", "La réadresser au centre")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Chercher une douleur de nerf")).to_be_checked()
    reach("radio", "Peu sûr")
    page.keyboard.press("Space")
    reach("button", "Valider ma décision")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("C’est la réponse attendue")


def test_catalogue_for_visitors(page: Page, axe: Check, case: VignettePage) -> None:
    page.goto("/formation/?topic=work")
    axe(page)
    page.get_by_role("link", name="Tout voir").first.click()
    axe(page)
    page.get_by_role("link", name="Le cas de Mme D.").click()
    expect(page.get_by_role("link", name="Se connecter pour répondre")).to_be_visible()
    axe(page)

"""A vignette from its editor's hands to its public, read by the medical director on the way."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from network.enums import Role
from tests.factories.network import make_user
from tests.journeys.watch import Enter, OpenPage
from training.actions.contents import load_contents
from training.enums import Part
from training.models import CaseVersion, SignOff, TrainingIndexPage, VignettePage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed_site")]
DECISION = "steps-1-value"
PATIENT = 40_000
WORDS = "Lui proposer une séance d’information"
REMARK = "Cette option n’a pas d’explication"
WHY = "Utile plus tard : il faut d’abord nommer la douleur."


@pytest.fixture
def draft() -> VignettePage:
    load_contents(TrainingIndexPage.objects.get())
    return VignettePage.objects.order_by("pk")[0]


def add_option(page: Page, text: str) -> str:
    """Add an option to the first decision; the prefix of its fields."""
    place = page.locator(f"[id^='{DECISION}-options-'][id$='-value-text']").count()
    options = page.locator(f"div:has(> input[name='{DECISION}-options-count'])")
    options.locator(
        "> [data-streamfield-list-container] > [data-streamfield-list-add]"
    ).last.click()
    prefix = f"{DECISION}-options-{place}-value"
    page.fill(f"#{prefix}-text", text)
    return prefix


def open_editor(page: Page, address: str) -> None:
    """Open a page's editor and wait until it watches its form: what is typed before that, a
    second or two, would not save by itself."""
    page.add_init_script(
        "addEventListener('w-unsaved:watch-edits', () => document.body.dataset.watched = '')"
    )
    page.goto(address)
    page.locator("body[data-watched]").wait_for()


def press(page: Page, button: str) -> None:
    """A button of the menu at the foot, once what was typed is saved by itself."""
    expect(page.get_by_text("Enregistré", exact=True)).to_be_visible()
    wanted = page.locator(f"footer button[name='{button}']")
    if not wanted.is_visible():
        page.locator("footer .w-dropdown__toggle").click()
    wanted.click()


def approve(page: Page, address: str) -> None:
    page.goto(address)
    wanted = page.locator("footer [data-workflow-action-name='approve']").first
    if not wanted.is_visible():
        page.locator("footer .w-dropdown__toggle").click()
    with page.expect_navigation(url="**/redaction/pages/**"):
        wanted.click()


def write(page: Page, field: str, text: str) -> None:
    """Type in a rich text."""
    beside = page.locator(f"[data-streamfield-widget]:has(> #{field})")
    beside.locator("[contenteditable='true']").click()
    page.keyboard.type(text)
    # the editor hands it to its field a moment later
    expect(page.locator(f"#{field}")).to_have_value(re.compile(re.escape(text)))


@pytest.fixture
def desks(open_page: OpenPage, draft: VignettePage) -> Iterator[list[Page]]:
    """Two people's browsers, left idle: background requests would outlive the test's database."""
    pages = [open_page(), open_page()]
    for page in pages:
        page.set_default_timeout(PATIENT)
    expect.set_options(timeout=PATIENT)
    yield pages
    for page in pages:
        page.goto("about:blank")
        page.wait_for_timeout(500)
    expect.set_options(timeout=None)


def test_editor_is_refused_corrects_and_publishes_once_signed(
    desks: list[Page], enter: Enter, draft: VignettePage
) -> None:
    edit = f"/redaction/pages/{draft.pk}/edit/"
    page, director = desks
    enter(page, make_user(Role.EDITOR))
    enter(director, make_user(Role.MEDICAL_DIRECTOR))

    open_editor(page, edit)
    expect(page.locator("footer button[name='action-publish']")).to_have_count(0)
    prefix = add_option(page, WORDS)
    press(page, "action-submit")
    expect(page.get_by_text(REMARK).first).to_be_visible()
    expect(page.locator(f"#{prefix}-text")).to_have_value(WORDS)
    page.locator("[data-side-panel-toggle='checks']").click()
    expect(page.locator("[data-checks-panel]").get_by_text(REMARK)).to_be_visible()
    page.locator("[data-side-panel-toggle='checks']").click()

    write(page, f"{prefix}-feedback", WHY)
    press(page, "action-submit")
    page.wait_for_url(f"**/redaction/pages/{draft.get_parent().pk}/")
    approve(director, edit)
    assert SignOff.objects.count() == 1
    assert not VignettePage.objects.get(pk=draft.pk).live

    approve(page, edit)
    published = VignettePage.objects.get(pk=draft.pk)
    version = CaseVersion.objects.of(published.translation_key, Part.CASE).get()
    assert (published.live, version.case.decisions[0].options[-1].text) == (True, WORDS)
    page.goto(published.url)
    expect(page.get_by_role("heading", level=1)).to_be_visible()

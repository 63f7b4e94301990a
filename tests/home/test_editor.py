"""The editor: who enters, and publishing a webinar through its real pages."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from home.actions.editors import GROUPS, keep_groups
from home.actions.site_content import REVIEW
from home.models import HomePage
from home.tasks import publish_scheduled_pages
from network.actions.roles import grant_role, withdraw_role
from network.enums import Role
from network.models import User
from tests.doors import sign_in
from tests.factories.network import make_user
from tests.factories.webinars import make_webinar
from tests.training.editing import APPROVE
from training.models import Meeting, WebinarIndexPage, WebinarPage

pytestmark = pytest.mark.usefixtures("site", "at_reference")
NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)
ADD = "/redaction/pages/add/training/webinarpage/{}/"


def enter(role: Role) -> Client:
    client = Client()
    sign_in(client, make_user(role))
    return client


def announcement(**changes: Any) -> dict[str, str]:
    fields = {
        "title": "Douleur et sommeil",
        "slug": "douleur-et-sommeil",
        "theme": "Mieux dormir malgré la douleur",
        "held_on": "2026-12-15",
        "date_known": "on",
        "starts_at": "20:30",
        "minutes": "60",
        "audience": "professionals",
        "mode": "video",
        "place": "",
        "introduction": "Ce que l'on peut faire en ville.",
        "programme": rich_text("<p>Une heure.</p>"),
        "speakers": streamfield([("speaker", "Une infirmière ressource douleur")]),
        "resources": streamfield([]),
        "subject": "pain",
        "link": "https://video.example.org/sommeil",
        "seats_on_site": "0",
        "seats_remote": "40",
        "price_liberal": "0",
        "price_salaried": "0",
        "price_student": "0",
        "vat": "exempt",
        "opens_on": "",
        "closes_on": "",
        "registration": "C'est gratuit.",
        "search_description": "",
        "seo_title": "",
        "comments": {
            "TOTAL_FORMS": "0",
            "INITIAL_FORMS": "0",
            "MIN_NUM_FORMS": "0",
            "MAX_NUM_FORMS": "",
        },
    } | changes
    data: dict[str, str] = nested_form_data(fields)
    return data


def address_to_add() -> str:
    return ADD.format(WebinarIndexPage.objects.get().pk)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MEDICAL_DIRECTOR])
def test_editor_publishes_a_webinar(role: Role) -> None:
    client, visitor = enter(role), Client()
    assert client.get(address_to_add()).status_code == 200
    saved = client.post(address_to_add(), announcement())
    webinar = WebinarPage.objects.get(slug="douleur-et-sommeil")
    edit = f"/redaction/pages/{webinar.pk}/edit/"
    assert (saved.status_code, webinar.live) == (302, False)
    assert visitor.get("/agenda/douleur-et-sommeil/").status_code == 404
    client.post(edit, announcement() | {"action-publish": "1"})
    shown = visitor.get("/agenda/douleur-et-sommeil/")
    assert shown.status_code == 200
    assert "Mieux dormir malgré la douleur" in shown.content.decode()
    assert "Douleur et sommeil" in visitor.get("/agenda/").content.decode()
    assert Meeting.objects.get(key=webinar.translation_key).seats_remote == 40


def test_webinar_submitted_by_its_editor_waits_for_the_medical_reading() -> None:
    """The reading set on the root of the site is that of webinars too, where none is nearer."""
    editor, medical, visitor = enter(Role.EDITOR), enter(Role.MEDICAL_DIRECTOR), Client()
    # no list nor rich text: posted without the keys of the page, they would be changes to read
    bare = announcement(programme=rich_text(""), speakers=streamfield([]))
    editor.post(address_to_add(), bare | {"action-submit": "1"})
    webinar = WebinarPage.objects.get(slug="douleur-et-sommeil")
    assert webinar.current_workflow_state.workflow.name == REVIEW
    seen = {}
    for name, approver in {"editor": editor, "medical director": medical}.items():
        approver.post(f"/redaction/pages/{webinar.pk}/edit/", bare | APPROVE)
        webinar.refresh_from_db()
        seen[name] = (webinar.live, visitor.get("/agenda/douleur-et-sommeil/").status_code)
    assert seen == {"editor": (False, 404), "medical director": (True, 200)}


def test_preview_shows_the_public_page_before_it_is_published() -> None:
    client = enter(Role.EDITOR)
    client.post(address_to_add(), announcement())
    webinar = WebinarPage.objects.get(slug="douleur-et-sommeil")
    preview = f"/redaction/pages/{webinar.pk}/edit/preview/"
    sent = client.post(preview, announcement(title="Titre en cours"))
    assert sent.json()["is_valid"] is True
    html = client.get(preview).content.decode()
    assert "<h1>Titre en cours</h1>" in html
    assert "Mardi 15" in html
    assert "wagtail-userbar" not in html


def test_month_alone_can_be_announced() -> None:
    client = enter(Role.EDITOR)
    data = announcement(held_on="2027-05-03", starts_at="") | {"action-publish": "1"}
    del data["date_known"]
    client.post(address_to_add(), data)
    webinar = WebinarPage.objects.get(slug="douleur-et-sommeil")
    assert (webinar.live, webinar.held_on) == (True, date(2027, 5, 31))
    assert "Mai 2027, date à venir" in Client().get(webinar.url).content.decode()


def test_hour_without_date_is_refused_and_the_text_kept() -> None:
    client = enter(Role.EDITOR)
    data = announcement() | {"action-publish": "1"}
    del data["date_known"]
    answer = client.post(address_to_add(), data)
    assert answer.status_code == 200
    assert "Sans date fixée, n’annoncez pas d’heure." in answer.content.decode()
    assert "Mieux dormir malgré la douleur" in answer.content.decode()
    assert not WebinarPage.objects.filter(slug="douleur-et-sommeil").exists()


def test_scheduled_webinar_waits_for_its_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    client, visitor = enter(Role.EDITOR), Client()
    later = timezone.localtime() + timedelta(hours=2)
    schedule = {"go_live_at": later.strftime("%Y-%m-%d %H:%M")}
    client.post(address_to_add(), announcement() | schedule | {"action-publish": "1"})
    webinar = WebinarPage.objects.get(slug="douleur-et-sommeil")
    publish_scheduled_pages(timezone.now())
    assert visitor.get("/agenda/douleur-et-sommeil/").status_code == 404
    assert webinar.title not in visitor.get("/agenda/").content.decode()
    monkeypatch.setattr(timezone, "now", lambda: later + timedelta(minutes=1))
    publish_scheduled_pages(later)
    publish_scheduled_pages(later)
    assert visitor.get("/agenda/douleur-et-sommeil/").status_code == 200


@pytest.mark.parametrize("role", [Role.PATIENT, Role.CLINICIAN, Role.COORDINATOR, Role.ACCOUNTANT])
def test_others_do_not_enter(role: Role) -> None:
    client = enter(role)
    for address in ("/redaction/", "/redaction/pages/", address_to_add()):
        assert client.get(address).status_code == 403
    assert client.post(address_to_add(), announcement()).status_code == 403


def test_stranger_is_sent_to_the_portals_own_sign_in(client: Client) -> None:
    for address in ("/redaction/", "/redaction/login/", address_to_add()):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/compte/login/")


EDITORS_ONLY = ["/redaction/pages/", "/redaction/images/", "/redaction/documents/"]
SITE_ONLY = ["/redaction/sites/", "/redaction/redirects/"]
NOBODY = [
    "/redaction/users/",
    "/redaction/groups/",
    "/redaction/collections/",
    "/redaction/workflows/list/",
    "/redaction/locales/",
]


@pytest.mark.parametrize(
    ("role", "opened"),
    [
        (Role.EDITOR, EDITORS_ONLY),
        (Role.MEDICAL_DIRECTOR, EDITORS_ONLY),
        (Role.ADMINISTRATOR, SITE_ONLY),
    ],
)
def test_editor_pages_open_by_role(role: Role, opened: list[str]) -> None:
    client = enter(role)
    answers = {a: client.get(a).status_code for a in [*EDITORS_ONLY, *SITE_ONLY, *NOBODY]}
    pages = {"/redaction/pages/": 200} if role == Role.ADMINISTRATOR else {}  # an empty list
    assert {a for a, status in answers.items() if status == 200} - set(pages) == set(opened)


def test_administrator_changes_no_page() -> None:
    client = enter(Role.ADMINISTRATOR)
    page = HomePage.objects.get()
    client.post(f"/redaction/pages/{page.pk}/edit/", {"title": "Pris"})
    assert client.get(address_to_add()).status_code == 302
    assert HomePage.objects.get().title == page.title


def groups_of(user: User) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


def test_group_follows_the_role(django_capture_on_commit_callbacks: Any) -> None:
    user, by = make_user(), make_user(Role.ADMINISTRATOR)
    with django_capture_on_commit_callbacks(execute=True):
        grant_role(user=user, role=Role.EDITOR, by=by, now=NOW)
    assert groups_of(user) == {"Rédaction"}
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_role(user=user, role=Role.EDITOR, by=by, now=NOW)
    assert groups_of(user) == set()


def test_lost_event_neither_keeps_out_nor_leaves_in() -> None:
    newcomer, former = make_user(Role.EDITOR), make_user(Role.CLINICIAN)
    former.groups.add(Group.objects.get(name="Rédaction"))
    client = Client()
    sign_in(client, newcomer)
    assert groups_of(newcomer) == set()  # the event was never delivered
    assert client.get(address_to_add()).status_code == 200
    sign_in(client, former)
    assert client.get(address_to_add()).status_code == 403


def test_keeping_groups_writes_nothing_when_they_agree(django_assert_num_queries: Any) -> None:
    user = make_user(Role.EDITOR)
    keep_groups(user=user)
    again = User.objects.get(pk=user.pk)
    with django_assert_num_queries(4):  # the savepoint, the roles, the groups
        keep_groups(user=again)
    assert groups_of(user) == {"Rédaction"}


def test_every_editing_role_has_its_group() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == set(GROUPS.values())


def test_public_page_is_the_same_for_an_editor() -> None:
    """No user bar: the page would no longer be one for all, and its script has no nonce."""
    page = Page.objects.get(slug="premier-rendez-vous")
    assert enter(Role.EDITOR).get(page.url).content == Client().get(page.url).content


def test_document_of_a_webinar_is_public_and_comes_as_an_attachment(client: Client) -> None:
    document = Document.objects.create(
        title="Repères", file=ContentFile(b"%PDF-1.7", name="reperes.pdf")
    )
    webinar = make_webinar(
        resources=[("document", {"label": "Repères", "document": document})],
    )
    html = client.get(webinar.url).content.decode()
    answer = client.get(document.url)
    assert f'href="{document.url}"' in html
    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    assert answer["Content-Disposition"].startswith("attachment")
    document.file.delete(save=False)


def test_files_of_documents_are_not_served_beside_their_view(client: Client) -> None:
    for address in ("/media/documents/reperes.pdf", "/media/images/../documents/reperes.pdf"):
        assert client.get(address).status_code == 404


def test_program_cannot_be_uploaded_as_a_document() -> None:
    client = enter(Role.EDITOR)
    page = ContentFile(b"<script>alert(1)</script>", name="page.html")
    answer = client.post("/redaction/documents/add/", {"title": "Page", "file": page})
    assert answer.status_code == 200
    assert Document.objects.count() == 0

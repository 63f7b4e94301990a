"""Pages of the plan and of the pathway: writing without script, who opens what, what is told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fees.enums import Kind
from network.actions.break_glass import break_glass
from network.dashboard.plans import plans_waiting
from network.enums import Glass, LinkRole, Profession, Role
from network.models import (
    JournalEntry,
    Patient,
    PlanAgreement,
    PlanVersion,
    RcpFile,
    Representative,
    User,
)
from network.selectors.plans import current_plan
from portal.kit import clock
from portal.kit.dashboard import told
from portal.kit.timeline import gathered
from tests.factories.etp import make_assessment, make_session, make_workshop, open_to
from tests.factories.fees import log, make_rcp_file
from tests.factories.network import make_link, make_patient, make_professional, make_user
from tests.factories.plans import make_action, make_plan, make_plan_draft, plan_of

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
TODAY = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: TODAY)


class Page:
    """The page of the draft as a browser without script sends it: its fields, then one button."""

    def __init__(self, client: Client, patient: Patient, query: str = "") -> None:
        self.client, self.patient = client, patient
        self.address = reverse("network:plan_edit", args=[patient.code])
        self.read(client.get(self.address + query))

    def read(self, answer: Any) -> None:
        form, self.answer = answer.context["form"], answer
        self.rows = [str(row) for row in form.rows]
        self.sent: dict[str, Any] = {name: form[name].value() or "" for name in form.fields}
        self.sent |= {"revision": answer.context["revision"], "page": answer.context["token"]}

    def keys(self, kind: str) -> list[str]:
        return [row.partition(":")[2] for row in self.rows if row.startswith(kind)]

    def press(self, button: str, **headers: Any) -> Any:
        """What the button answers; the page that follows is read when it is this one again."""
        sent = self.sent | {"row": self.rows, "do": button}
        answer: Any = self.client.post(self.address, sent, **headers)
        if answer.status_code in (409, 422):
            self.read(answer)
        elif answer.status_code == 302 and answer["Location"].startswith(self.address):
            self.read(self.client.get(self.address))
        return answer


@pytest.fixture
def by() -> User:
    return make_user(Role.COORDINATOR)


@pytest.fixture
def patient() -> Patient:
    return make_patient(followed_by=make_professional())


@pytest.fixture
def page(signed_in: Enter, by: User, patient: Patient) -> Page:
    return Page(signed_in(by), patient)


def filled(page: Page) -> Page:
    """A plan ready to be signed."""
    (problem,), (objective,), (action,) = map(page.keys, ("problem", "objective", "action"))
    page.sent |= {
        f"{problem}-words": "Douleur en marchant",
        f"{objective}-words": "Marcher sans peur",
        f"{action}-what": "Marcher vingt minutes",
        f"{action}-who": "words",
        f"{action}-who_words": "la patiente",
        f"{action}-due_on": "1/12/2026",
        "referent": str(page.patient.links.get().professional_id),
        "review_on": "16/2/2027",
    }
    return page


def review_of(patient: Patient) -> RcpFile:
    file: RcpFile = make_rcp_file(patient, plan=None, attendees=(make_professional(),))
    return file


# --- Writing


def test_rows_are_added_moved_removed_and_put_back_without_script(page: Page) -> None:
    filled(page).press("add:")
    assert len(page.keys("problem")) == 2
    first, second = page.keys("problem")
    page.sent[f"{second}-words"] = "Sommeil"
    page.press(f"up:{second}")
    assert page.keys("problem") == [second, first]
    page.press(f"remove:{first}")
    assert page.keys("problem") == [second]
    page.press("restore")
    assert page.keys("problem") == [second, first]
    assert page.sent[f"{first}-words"] == "Douleur en marchant"
    assert page.sent[f"{page.keys('action')[1]}-who_words"] == "la patiente"


def test_what_is_typed_is_kept_even_wrong(page: Page) -> None:
    filled(page).sent["review_on"] = "31/2/2027"
    page.press("save")
    kept = PlanVersion.objects.get()
    assert kept.typed["values"]["review_on"] == "31/2/2027"
    again = Page(page.client, page.patient)
    assert again.sent["review_on"] == "31/2/2027"
    answer = again.press("check")
    assert answer.status_code == 422
    assert "Février 2027 a 28 jours" in answer.content.decode()
    assert again.sent["review_on"] == "31/2/2027"


def test_page_saves_by_itself_as_one_types(page: Page) -> None:
    answer = filled(page).press("save", headers={"HX-Request": "true"})
    assert "Brouillon gardé à" in answer.content.decode()
    draft = PlanVersion.objects.get()
    assert f'value="{draft.revision}"' in answer.content.decode()
    # a button pressed before that answer came back has the old revision, and wins
    page.sent["alert"] = "Appeler le cabinet"
    assert page.press("check").status_code == 302
    assert PlanVersion.objects.get().typed["values"]["alert"] == "Appeler le cabinet"


def test_two_people_do_not_write_over_each_other(page: Page, signed_in: Enter) -> None:
    filled(page).press("save")
    mine = Page(page.client, page.patient)
    other = Page(signed_in(make_user(Role.MEDICAL_DIRECTOR)), page.patient)
    other.sent["alert"] = "Appeler le 15"
    other.press("save")
    mine.client = signed_in(page.answer.wsgi_request.user)
    mine.sent["alert"] = "Appeler le cabinet"
    answer = mine.press("save")
    assert answer.status_code == 409
    assert "Ce brouillon a changé entre-temps" in answer.content.decode()
    assert mine.sent["alert"] == "Appeler le cabinet"  # still there
    assert PlanVersion.objects.get().typed["values"]["alert"] == "Appeler le 15"
    mine.press("save")  # chosen: mine replaces the other
    assert PlanVersion.objects.get().typed["values"]["alert"] == "Appeler le cabinet"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"who": ""}, "Dites qui fait cette action."),
        ({"who_words": ""}, "Précisez qui fait cette action."),
        ({"what": ""}, "Dites ce qui est à faire."),
        ({"status": "dropped"}, "Dites pourquoi l’action est abandonnée."),
        ({"due_on": "demain"}, "Écrivez la date ainsi"),
        ({"what": "x" * 301}, "Ce texte tient en 300"),
    ],
)
def test_what_lacks_is_told_beside_its_field(
    page: Page, changed: dict[str, str], sentence: str
) -> None:
    (action,) = filled(page).keys("action")
    page.sent |= {f"{action}-{name}": text for name, text in changed.items()}
    answer = page.press("check")
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert PlanVersion.objects.get().typed["values"]  # kept all the same


def test_plan_is_read_again_then_signed(page: Page) -> None:
    check = reverse("network:plan_check", args=[page.patient.code])
    assert filled(page).press("check")["Location"] == check
    shown = page.client.get(check)
    assert "Marcher vingt minutes" in shown.content.decode()
    revision = shown.context["draft"].revision
    stale = page.client.post(check, {"revision": revision - 1})
    assert (stale.status_code, PlanVersion.objects.signed().count()) == (422, 0)
    half = page.client.post(check, {"revision": revision, "given_on": "16/11/2026"})
    assert "Dites comment" in half.content.decode()
    page.client.post(
        check, {"revision": revision, "given_on": "16/11/2026", "how": "en consultation"}
    )
    signed = current_plan(page.patient)
    assert signed is not None
    assert [each.what for each in signed.values.actions] == ["Marcher vingt minutes"]
    assert signed.agreed is not None
    assert page.client.get(check).status_code == 302  # nothing to sign any more


def test_next_version_begins_from_the_last_one(page: Page) -> None:
    make_plan(page.patient, plan_of(page.patient.links.get().professional))
    following = Page(page.client, page.patient)
    assert following.keys("action") == ["a1"]
    assert following.sent["a1-what"] == "Marcher vingt minutes"
    assert not PlanVersion.objects.drafts().exists()  # opening a page writes nothing


def test_review_is_proposed_then_cited(page: Page) -> None:
    file = review_of(page.patient)
    foreign = review_of(make_patient())
    cited = Page(page.client, page.patient, f"?rcp={file.pk}")
    assert cited.sent["rcp"] == str(file.pk)
    assert Page(page.client, page.patient, f"?rcp={foreign.pk}").sent["rcp"] == ""
    filled(cited).press("check")
    check = reverse("network:plan_check", args=[page.patient.code])
    revision = PlanVersion.objects.get().revision
    page.client.post(check, {"revision": revision})
    file.refresh_from_db()
    assert file.plan_revised_on == TODAY
    again = Page(page.client, page.patient, f"?rcp={file.pk}")
    again.press("check")
    refused = page.client.get(check).content.decode()
    assert "Rien n’a changé dans les soins" in refused
    revision = PlanVersion.objects.drafts().get().revision
    answer = page.client.post(check, {"revision": revision})
    assert answer.status_code == 422
    assert "Rien n’a changé depuis la version 1." in answer.content.decode()


def test_draft_is_given_up(page: Page) -> None:
    filled(page).press("save")
    page.client.post(reverse("network:plan_drop", args=[page.patient.code]))
    assert not PlanVersion.objects.exists()


# --- Reading


def test_two_versions_are_compared_in_words(page: Page) -> None:
    doctor = make_professional()
    first = plan_of(doctor, make_action(due_on=date(2027, 3, 3)))
    make_plan(page.patient, first)
    make_plan(page.patient, plan_of(doctor, make_action(due_on=date(2027, 4, 15))))
    choose = reverse("network:plan_choose", args=[page.patient.code])
    compare = page.client.get(choose, {"de": "1", "a": "2"})["Location"]
    text = page.client.get(compare).content.decode().replace("\u00a0", " ")
    assert "Échéance déplacée du 3 mars au 15 avril 2027 : Marcher vingt minutes" in text
    assert page.client.get(choose, {"de": "x"}).status_code == 302
    missing = reverse("network:plan_compare", args=[page.patient.code, 1, 9])
    assert page.client.get(missing).status_code == 404


def test_plan_is_an_accessible_document(page: Page) -> None:
    make_plan(page.patient, agreed=True)
    answer = page.client.get(reverse("network:plan_pdf", args=[page.patient.code, 1]))
    assert answer["Content-Type"] == "application/pdf"
    assert page.patient.birth_name not in answer["Content-Disposition"]
    content = BytesIO(answer.content).getvalue()
    assert content.startswith(b"%PDF")
    assert b"pdfuaid" in content


def test_patient_reads_the_plan_and_agrees(signed_in: Enter) -> None:
    user = make_user(Role.PATIENT)
    patient = make_patient(user=user)
    client = signed_in(user)
    page = reverse("network:own_plan", args=[patient.code])
    assert "pas encore écrit" in client.get(page).content.decode()
    make_plan(patient, plan_of(make_professional(), make_action(due_on=date(2026, 12, 1))))
    shown = client.get(page).content.decode()
    assert "Vos prochaines dates" in shown
    assert "Je suis d’accord" in shown
    agree = reverse("network:own_plan_agree", args=[patient.code])
    for _ in range(2):
        client.post(agree, {"version": "1"})
    given = PlanAgreement.objects.get()
    assert (given.by, given.how, given.given_on) == (user, "depuis son espace", TODAY)
    assert "Accord donné le" in client.get(page).content.decode()
    assert client.post(agree, {"version": "7"}).status_code == 404


def test_patient_does_not_see_a_draft(signed_in: Enter) -> None:
    user = make_user(Role.PATIENT)
    patient = make_patient(user=user)
    make_plan_draft(patient, plan_of(make_professional(), make_action(what="Opérer")))
    shown = signed_in(user).get(reverse("network:own_plan", args=[patient.code]))
    assert "Opérer" not in shown.content.decode()
    assert list(PlanVersion.objects.visible_to(user, TODAY)) == []


# --- Who opens what


def user_of(patient: Patient, relation: str) -> User:
    professional = make_professional(profession=Profession.DOCTOR)
    user = professional.user
    assert user is not None
    match relation:
        case "treating doctor":
            make_link(patient=patient, professional=professional, role=LinkRole.TREATING_DOCTOR)
        case "team":
            make_link(patient=patient, professional=professional)
        case "past team":
            make_link(patient=patient, professional=professional, ends_on=date(2026, 11, 15))
        case "rcp attendee":
            make_rcp_file(patient, attendees=(professional,))
        case "break-glass":
            break_glass(
                code=patient.code,
                birth_date=patient.birth_date,
                reason=Glass.EMERGENCY,
                words="Douleur aiguë, patiente aux urgences",
                by=user,
                now=NOW,
            )
        case "representative":
            user = make_user(Role.PATIENT)
            Representative.objects.create(patient=patient, user=user, relation="mère")
        case "patient":
            user = make_user(Role.PATIENT)
            Patient.objects.filter(pk=patient.pk).update(user=user)
        case role:
            user = make_user(Role(role))
    return user


CLINICAL = ("plan", "plan_version", "plan_pdf", "plan_compare", "pathway")
WRITING = ("plan_edit", "plan_agreement", "sharing", "sharing_give")
OWN = ("own_plan", "own_plan_pdf", "own_sharing", "own_readers", "own_pathway")
# relation: what the clinical pages, the writing ones and the patient's own ones answer
OPENS = {
    "treating doctor": (200, 200, 403),
    "team": (200, 200, 403),
    "past team": (404, 404, 403),
    "rcp attendee": (404, 404, 403),
    "break-glass": (200, 404, 403),
    "coordinator": (200, 200, 403),
    "medical_director": (200, 200, 403),
    "accountant": (403, 403, 403),
    "editor": (403, 403, 403),
    "administrator": (403, 403, 403),
    "patient": (403, 403, 200),
    "representative": (403, 403, 200),
}


@pytest.mark.parametrize("relation", OPENS)
def test_pages_open_by_relation_and_each_reading_is_noted(relation: str, signed_in: Enter) -> None:
    minor = make_patient(birth_date=date(2012, 5, 1))
    strangers = make_patient(birth_date=date(2012, 5, 1))
    for each in (minor, strangers):
        doctor = make_professional()
        make_plan(each, plan_of(doctor))
        make_plan(each, plan_of(doctor, make_action("a9")))
    user = user_of(minor, relation)
    client = signed_in(user)
    expected = dict(zip((CLINICAL, WRITING, OWN), OPENS[relation], strict=True))
    more: dict[str, list[Any]] = {
        "plan_version": [1],
        "plan_pdf": [1],
        "plan_compare": [1, 2],
        "plan_agreement": [2],
        "sharing_give": ["review"],
    }
    for names, status in expected.items():
        for name in names:
            address = reverse(f"network:{name}", args=[minor.code, *more.get(name, [])])
            assert client.get(address).status_code == status, name
            elsewhere = reverse(f"network:{name}", args=[strangers.code, *more.get(name, [])])
            sees_all = relation in ("coordinator", "medical_director")
            closed = status if status == 403 or sees_all else 404
            assert client.get(elsewhere).status_code == closed, name
    read = JournalEntry.objects.filter(actor=user, patient=minor, verb__endswith=".read")
    opened = [names for names, status in expected.items() if status == 200]
    assert {"plan.read", "pathway.read"} <= set(read.values_list("verb", flat=True)) or not opened
    if relation not in ("coordinator", "medical_director"):
        assert not JournalEntry.objects.filter(actor=user, patient=strangers).exists()


# --- What waits, and the pathway


def test_plans_to_review_and_drafts_wait_for_those_who_write_them(by: User) -> None:
    doctor = make_professional()
    mine, other = make_patient(followed_by=doctor), make_patient()
    for patient in (mine, other):
        plan = plan_of(doctor)
        make_plan(patient, replace(plan, review_on=TODAY + timedelta(days=10)))
        make_plan_draft(patient, plan_of(doctor, make_action("a9")))
    far = make_patient(followed_by=doctor)
    make_plan(far, plan_of(doctor))
    assert doctor.user is not None
    for user, count in ((doctor.user, "1"), (by, "2")):
        review, draft = told(plans_waiting(user, TODAY))
        assert str(review.note).startswith(count)
        assert str(draft.note).startswith(count)
    late = TODAY + timedelta(days=11)
    review, _draft = told(plans_waiting(by, late))
    assert review.state == "bad"


def whole_pathway(patient: Patient, times: int) -> None:
    doctor = make_professional()
    make_plan(patient, plan_of(doctor, make_action("z")), now=NOW - timedelta(days=40))
    for n in range(times):
        moment = NOW - timedelta(days=30 - n)
        make_plan(patient, plan_of(doctor, make_action(f"a{n}")), agreed=True, now=moment)
        link = make_link(patient=patient, professional=make_professional())
        log(patient, link.professional, Kind.KINE_REMOB, date(2026, 10, 1 + n))
        make_rcp_file(patient, attendees=(make_professional(),))
        session = make_session(make_workshop(), starts_at=NOW + timedelta(days=20 + n))
        open_to(patient, session.workshop)


def test_pathway_is_told_by_all_rooms_in_as_many_queries(by: User) -> None:
    assert by.roles  # read once a request
    asked = []
    for times in (1, 3):
        patient = make_patient(followed_by=make_professional(), included_on=date(2026, 1, 5))
        whole_pathway(patient, times)
        with CaptureQueriesContext(connection) as queries:
            told = gathered("patient", by, patient, TODAY)
        asked.append(len(queries))
        assert [each.on for each in told] == sorted(each.on for each in told)
    titles = [str(each.title) for each in told]
    assert asked[0] == asked[1]
    assert "Demande reçue" in titles
    assert "Inclusion décidée" in titles
    assert titles.count("RCP") == 3
    assert "3 actes en octobre 2026" in titles
    assert "Plan de soins, version 4" in titles
    assert "Bilan éducatif partagé, version 1" in titles
    assert "Plan de soins à revoir" in titles
    assert titles[-1] == "Dernier jour du suivi"


def test_patient_is_told_a_simpler_pathway_without_acts() -> None:
    user = make_user(Role.PATIENT)
    patient = make_patient(user=user, followed_by=make_professional())
    whole_pathway(patient, 1)
    make_assessment(patient, now=NOW)
    told = gathered("own_file", user, patient, TODAY)
    titles = [str(each.title) for each in told]
    assert "Le réseau commence à vous accompagner" in titles
    assert "Votre plan de soins a changé" in titles
    assert not any("acte" in title or "RCP" in title or "version" in title for title in titles)
    assert not any(each.note for each in told)


def test_accountants_and_strangers_are_told_nothing() -> None:
    patient = make_patient()
    for role in (Role.ACCOUNTANT, Role.EDITOR, Role.ADMINISTRATOR, Role.PATIENT):
        assert gathered("patient", make_user(role), patient, TODAY) == []

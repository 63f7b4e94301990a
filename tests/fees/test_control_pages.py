"""The accountant's pages: the queue, one claim, all that is clean at once, the rest one by one."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fees.actions import control_runs
from fees.actions.books import grant_envelope
from fees.actions.checking import check_lines
from fees.enums import Kind, LineState, State
from fees.models import Act, Claim, ClaimLine, ControlRun
from fees.selectors.claim_queue import QueueSearch
from network.enums import Profession, Role
from network.events import FollowUpChanged
from network.models import Patient, Professional, User
from portal.kit import clock
from portal.kit.events import publish
from tests.factories.fees import account, claim, log
from tests.factories.network import make_patient, make_professional, make_user, sign_in

pytestmark = pytest.mark.django_db
QUEUE = "fees:control_claims"


@pytest.fixture
def accountant() -> User:
    return make_user(Role.ACCOUNTANT)


@pytest.fixture
def office(accountant: User) -> Client:
    return sign_in(Client(), accountant)


def recent() -> date:
    """A working day in the last week."""
    day = clock.today() - timedelta(days=2)
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return day


def session(physio: Professional, day: date) -> Act:
    included = day - timedelta(days=60)
    patient = make_patient(included_on=included, requested_on=included, completed_on=included)
    return log(patient, physio, Kind.KINE_REMOB, day)


def claimed(physio: Professional, count: int = 2) -> Claim:
    """A claim for sessions of one day, each of another patient, checked."""
    acts = [session(physio, recent()) for _ in range(count)]
    claim(*acts, now=clock.now())
    check_lines(ClaimLine.objects.all(), now=clock.now())
    return Claim.objects.latest("pk")


def remarked() -> ClaimLine:
    """Of a professional whose agreement was ended behind the act."""
    physio = make_professional(last_name="Sansannuaire")
    found = claimed(physio, 1)
    Professional.objects.filter(pk=physio.pk).update(agreement_to=recent() - timedelta(days=9))
    check_lines(found.lines.all(), now=clock.now())
    return found.lines.get()


def validate_all(office: Client, query: str = "") -> ControlRun:
    office.post(
        reverse("fees:validate_claims"), {"request_id": str(uuid4()), "query": query}, follow=True
    )
    return ControlRun.objects.latest("pk")


def test_queue_tells_lines_and_euros_then_claims(office: Client) -> None:
    claimed(make_professional(last_name="Brumelune"), 3)
    remarked()
    page = office.get(reverse(QUEUE))
    assert "Brumelune" in page.text
    assert "Valider les 3 lignes sans remarque" in page.text
    assert [each["figure"] for each in page.context["totals"]] == [
        "120,00\u00a0€",
        "90,00\u00a0€",
        "30,00\u00a0€",
    ]


def test_queue_is_narrowed_by_month_profession_person_and_view(office: Client) -> None:
    doctor = make_professional(profession=Profession.DOCTOR, last_name="Vasseur")
    included = recent() - timedelta(days=60)
    patient = make_patient(included_on=included, requested_on=included, completed_on=included)
    claim(log(patient, doctor, Kind.MED_BILAN, recent()), now=clock.now())
    claimed(make_professional(last_name="Brumelune"), 1)
    remarked()
    check_lines(ClaimLine.objects.all(), now=clock.now())

    def shown(**query: str) -> set[str]:
        page = office.get(reverse(QUEUE), query)
        return {row.professional.last_name for row, _ in page.context["rows"]}

    assert shown() == {"Vasseur", "Brumelune", "Sansannuaire"}
    assert shown(profession="doctor") == {"Vasseur"}
    assert shown(qui="brume") == {"Brumelune"}
    assert shown(vue="remarques") == {"Sansannuaire"}
    assert shown(vue="pretes") == {"Vasseur", "Brumelune"}
    assert shown(mois=f"{recent():%Y-%m}") == shown()
    assert shown(mois="2019-01") == set()
    assert shown(mois="illisible", profession="sorcier") == shown()


def test_queue_asks_as_many_statements_for_three_as_for_one(office: Client) -> None:
    counts = []
    for new in (1, 2):
        for _ in range(new):
            claimed(make_professional(), 2)
        with CaptureQueriesContext(connection) as asked:
            office.get(reverse(QUEUE))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_claim_page_shows_every_check_and_no_name(office: Client) -> None:
    found = claimed(make_professional(), 2)
    page = office.get(reverse("fees:control_claim", args=[found.pk]))
    for words in ("du plafond", "RPPS vérifié dans l’annuaire", "Barème en vigueur, ligne du"):
        assert words in page.text
    for line in found.lines.select_related("act__patient"):
        assert line.act.patient.code in page.text
        assert line.act.patient.birth_name not in page.text


def test_claim_page_asks_as_many_statements_for_many_lines_as_for_one(office: Client) -> None:
    counts = []
    for lines in (1, 5):
        found = claimed(make_professional(), lines)
        with CaptureQueriesContext(connection) as asked:
            office.get(reverse("fees:control_claim", args=[found.pk]))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_all_that_is_clean_is_validated_in_one_gesture(
    office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(control_runs, "AT_ONCE", 2)
    claimed(make_professional(), 5)
    line = remarked()
    run = validate_all(office)
    assert (run.expected, run.validated, run.held, run.left) == (5, 5, 0, [])
    assert run.validated_amount == Decimal(150)
    assert Act.objects.filter(state=State.VALIDATED).count() == 5
    page = office.get(reverse("fees:control_run", args=[run.request_id]))
    assert "5 lignes validées" in page.text
    assert reverse("fees:control_line", args=[line.pk]) in page.text


def test_only_what_is_shown_is_validated(office: Client) -> None:
    kept = claimed(make_professional(last_name="Brumelune"), 2)
    claimed(make_professional(last_name="Corlieu"), 1)
    assert validate_all(office, f"demande={kept.pk}").validated == 2
    assert validate_all(office, "qui=corlieu").validated == 1


def test_same_request_twice_is_one_run(office: Client) -> None:
    claimed(make_professional(), 2)
    sent = {"request_id": str(uuid4()), "query": ""}
    for _ in range(2):
        answer = office.post(reverse("fees:validate_claims"), sent)
    assert answer.status_code == 302
    run = ControlRun.objects.get()
    assert (run.validated, run.gone) == (2, 0)


def test_run_that_stopped_goes_on_where_it_was(
    office: Client, accountant: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(control_runs, "AT_ONCE", 2)
    claimed(make_professional(), 3)
    run = control_runs.start_run(
        request_id=uuid4(), search=QueueSearch(), by=accountant, now=clock.now()
    )
    control_runs.advance(run=run, now=clock.now())
    page = office.get(reverse("fees:control_run", args=[run.request_id]))
    assert "2 lignes contrôlées sur 3" in page.text
    assert "La reprendre" in office.get(reverse(QUEUE)).text
    office.post(reverse("fees:control_run", args=[run.request_id]))
    run.refresh_from_db()
    assert (run.validated, run.ended_at is not None) == (3, True)


def test_what_fell_since_the_last_check_is_left_aside_and_told(office: Client) -> None:
    physio = make_professional()
    claimed(physio, 2)
    claimed(make_professional(), 1)
    Professional.objects.filter(pk=physio.pk).update(agreement_to=recent() - timedelta(days=9))
    run = validate_all(office)
    assert (run.validated, len(run.left)) == (1, 2)
    page = office.get(reverse("fees:control_run", args=[run.request_id]))
    assert "Aucune convention ne couvre plus le jour de l’acte." in page.text
    assert "Lire les 2 lignes avec remarque" in page.text


def test_nothing_clean_is_said(office: Client) -> None:
    remarked()
    answer = office.post(reverse("fees:validate_claims"), {"request_id": str(uuid4())}, follow=True)
    assert "Aucune ligne sans remarque n’attend ici." in answer.text
    answer = office.post(reverse("fees:validate_claims"), {"request_id": "?"}, follow=True)
    assert "Ouvrez la page de nouveau." in answer.text


def test_line_that_may_not_be_paid_is_returned_with_its_reason(office: Client) -> None:
    line, other = remarked(), remarked()
    address = reverse("fees:control_line", args=[line.pk])
    page = office.get(address)
    assert "Aucune convention ne couvre plus le jour de l’acte." in page.text
    assert "ne peut pas être payée en l’état" in page.text
    refused = office.post(reverse("fees:line_validate", args=[line.pk]), {"read": line.remarks})
    assert refused.status_code == 422
    empty = office.post(reverse("fees:line_return", args=[line.pk]), {"reason": " "})
    assert (empty.status_code, "Écrivez ce qui est à corriger" in empty.text) == (422, True)
    answer = office.post(reverse("fees:line_return", args=[line.pk]), {"reason": "Convention ?"})
    assert answer.headers["Location"] == reverse("fees:control_line", args=[other.pk])
    line.refresh_from_db()
    assert line.state == LineState.RETURNED
    assert line.steps.last().note == "Convention ?"  # type: ignore[union-attr]


def test_unusual_line_is_read_then_validated(office: Client) -> None:
    line = claimed(make_professional(), 1).lines.get()
    line.outliers, line.remarks = {"day_off": []}, "day_off"
    line.save()
    page = office.get(reverse("fees:control_line", args=[line.pk]))
    assert "L’acte est daté d’un dimanche ou d’un jour férié." in page.text
    unread = office.post(reverse("fees:line_validate", args=[line.pk]))
    assert unread.status_code == 422
    answer = office.post(reverse("fees:line_validate", args=[line.pk]), {"read": "day_off"})
    assert answer.headers["Location"] == reverse(QUEUE)
    line.act.refresh_from_db()
    assert line.act.state == State.VALIDATED


def test_held_line_tells_its_rank_to_both_sides(office: Client) -> None:
    physio = make_professional(last_name="Brumelune")
    found = claimed(physio, 2)
    year = recent().year
    grant_envelope(year=year, amount=Decimal(20), decision="1", by=None, now=clock.now())
    run = validate_all(office)
    assert (run.validated, run.held) == (0, 2)
    page = office.get(reverse("fees:envelope"))
    assert f"Rang 2 en {year}" in page.text
    second = found.lines.order_by("pk")[1].act
    own = sign_in(Client(), account(physio))
    assert "cet acte attend, 2e de la file." in own.get(reverse("fees:act", args=[second.pk])).text
    shown = office.get(reverse("fees:control_act", args=[second.pk]))
    assert f"il attend l’enveloppe {year}, au rang 2" in shown.text


def test_home_counts_the_claims_to_control(office: Client) -> None:
    claimed(make_professional(), 2)
    remarked()
    page = office.get("/accueil/", follow=True)
    assert "Contrôler 2 demandes" in page.text
    assert "90,00\u00a0€, dont 1 ligne avec remarque" in page.text


def test_claim_is_checked_when_it_is_sent_and_when_a_fact_changes(
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    act = session(make_professional(), recent())
    with django_capture_on_commit_callbacks(execute=True):
        claim(act, now=clock.now())
    line = act.claim_lines.get()
    assert (line.checked_at is not None, line.remarks) == (True, "")
    with django_capture_on_commit_callbacks(execute=True):
        Patient.objects.filter(pk=act.patient_id).update(left_on=recent() - timedelta(days=1))
        publish(FollowUpChanged(act.patient_id))
    line.refresh_from_db()
    assert line.remarks == "outside_follow_up"

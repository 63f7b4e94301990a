"""The demo's set is the table of its design, decided by the real rules, at any reference date."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count, F, Q, Sum
from django.test import Client
from stdnum import iban as iban_rules
from stdnum import luhn

from etp.enums import Format, Mode, PlaceState, Stage, WaitState
from etp.models import Assessment, Evaluation, Feedback, Place, Session, Wait, Workshop
from etp.selectors.assessments import drafts, to_evaluate, without_assessment
from etp.selectors.planning import at_stage, with_counts
from fees.actions.waiting import redecide_waiting_of
from fees.enums import HOLDING, BatchState, ClaimMove, Kind, LineState, State, TransferState
from fees.exports.contract import export_contract
from fees.models import Act, ActStep, Batch, ClaimLine, ClaimStep, TariffLine, Transfer
from fees.pricing.backlog import read_backlog
from fees.pricing.fold import price
from fees.rules import Policy
from fees.selectors.caps import meters_of
from fees.selectors.envelope import envelope_status
from fees.selectors.my_claims import returned_acts, to_send
from home.demo_data.acts import planned_acts
from home.demo_data.calendar import MODEL_DAYS, Calendar, at
from home.demo_data.identifiers import iban, rpps
from home.demo_data.load import is_loaded, load_demo
from home.demo_data.people import PASSWORD
from home.demo_data.personas import personas
from home.demo_data.wipe import ERASED, wipe_demo
from network.demo import DEMO_TOTP_SECRET
from network.enums import (
    Addressee,
    BankState,
    LinkRole,
    PathwayState,
    Profession,
    Proof,
    Reply,
    Role,
)
from network.models import (
    AldPeriod,
    BankDetails,
    CareLink,
    JournalEntry,
    OutboxMessage,
    Patient,
    Professional,
    Questionnaire,
    RcpFile,
    RcpMinutes,
    RcpProposal,
    Referral,
    Representative,
    RequestLetter,
    Structure,
    User,
)
from network.rules.identity import born_after_for_minors, is_rpps
from network.selectors.directory import Search, search
from network.selectors.requests import QueueSearch, queue, rows
from tests.databases import DatabaseCopy
from tests.home.demo import DEFAULT, demo_at, load
from tests.network.doors import CODE, CONFIRM, FACTOR, LOGIN, is_in, mailed_code, totp
from tests.proofs.scale import SCALE, scaled
from training.enums import CardState, Purpose
from training.models import (
    CaseVersion,
    EvidenceCard,
    LessonPage,
    ModulePage,
    Run,
    SignOff,
    VignettePage,
)
from training.selectors.peers import peers_of

at_default = pytest.mark.parametrize("reference", [DEFAULT], indirect=True, ids=str)
pytestmark = pytest.mark.prove
REFERENCES = [DEFAULT, date(2028, 2, 29), date(2027, 3, 1)]
LOADED = REFERENCES[: scaled(1, 3)]
EARLY = [date(2027, 1, 1), date(2027, 2, 28)]  # the year told is the one before

ACTS = {  # paid, validated, submitted, refused, draft; tariff
    Kind.MED_BILAN: (30, 8, 8, 4, 2, 50),
    Kind.MED_REEVAL: (14, 5, 6, 2, 1, 25),
    Kind.KINE_REMOB: (70, 20, 22, 5, 3, 30),
    Kind.PSY_SUIVI: (50, 14, 14, 4, 2, 50),
    Kind.RCP_MT: (14, 4, 5, 3, 0, 75),
    Kind.RCP_PARA: (22, 6, 8, 4, 0, 50),
}
STATES = (State.PAID, State.VALIDATED, State.SUBMITTED, State.REFUSED, State.DRAFT)
EUROS = {
    State.PAID: 8600,
    State.VALIDATED: 2425,
    State.SUBMITTED: 2685,
    State.REFUSED: 1025,
    State.DRAFT: 315,
}
STRUCTURES = {  # centres, consultations, satellites
    "75": (5, 8, 2),
    "77": (0, 2, 1),
    "78": (1, 1, 0),
    "91": (0, 2, 1),
    "92": (2, 4, 1),
    "93": (1, 3, 1),
    "94": (2, 3, 1),
    "95": (0, 1, 0),
}
SYNDROMES = {
    "Fibromyalgie": 12,
    "Lombalgie et sciatique récidivante": 12,
    "Migraine et céphalées": 8,
    "Migraine de l’enfant et de l’adolescent": 4,
    "Douleurs articulaires": 6,
    "Névralgie après chirurgie du sein": 6,
    "Vulvodynie": 3,
    "Endométriose": 6,
    "Covid long": 3,
}


@pytest.fixture(scope="module", params=LOADED, ids=str)
def reference(
    request: pytest.FixtureRequest, django_db_setup: DatabaseCopy, django_db_blocker: Any
) -> Iterator[date]:
    """What people learned is told for the default date alone here: it is half of the loading."""
    on: date = request.param
    with django_db_blocker.unblock(), demo_at(django_db_setup, on, learned=on == DEFAULT):
        yield on


@pytest.fixture(scope="module")
def told(reference: date) -> Calendar:
    return Calendar(reference)


def patient(name: str) -> Patient:
    return Patient.objects.get(birth_name=name)


def meter_of(name: str, cap: str, on: date) -> tuple[int, int]:
    (found,) = meters_of(patient(name), on=on, cap=cap)
    return found.used, found.limit


# --- The table


def test_acts_are_those_of_the_table_by_kind_and_state(reference: date) -> None:
    found = Counter(Act.objects.values_list("kind", "state"))
    expected = {
        (kind, state): count
        for kind, row in ACTS.items()
        for state, count in zip(STATES, row[:5], strict=True)
        if count
    }
    assert found == expected
    assert sum(found.values()) == 350


def test_amounts_are_those_of_the_table(reference: date) -> None:
    tariffs = dict(TariffLine.objects.values_list("kind", "amount"))
    assert tariffs == {kind: Decimal(row[5]) for kind, row in ACTS.items()}
    euros: dict[str, Decimal] = defaultdict(Decimal)
    for kind, state in Act.objects.values_list("kind", "state"):
        euros[state] += tariffs[kind]
    assert euros == EUROS
    assert sum(euros.values()) == 15_050
    assert Act.objects.payable_total() == 13_660
    committed = Act.objects.filter(state__in=[State.PAID, State.VALIDATED])
    assert committed.aggregate(total=Sum("amount"))["total"] == 11_025


def test_batches_are_those_of_the_design(reference: date) -> None:
    """Three signed, one transfer of which came back and was paid again; one waits to be signed."""
    states = [BatchState.DRAFT, BatchState.SIGNED, BatchState.SIGNED, BatchState.SIGNED]
    assert list(Batch.objects.values_list("state", flat=True)) == states
    draft, *signed = Batch.objects.all()
    assert draft.total == EUROS[State.VALIDATED]
    returned = Transfer.objects.get(state=TransferState.RETURNED)
    paid = Transfer.objects.filter(state=TransferState.EXECUTED).aggregate(total=Sum("amount"))
    assert paid["total"] == EUROS[State.PAID]
    assert sum(each.total for each in signed) == EUROS[State.PAID] + returned.amount


def test_envelope_is_committed_as_in_the_design(told: Calendar) -> None:
    found = envelope_status(told.year, told.reference)
    assert found is not None
    figures = [found.granted, found.committed, found.paid]
    assert figures == [Decimal(16_000), Decimal(11_025), Decimal(8_600)]
    assert str(found.percent) == "68.9"


def test_two_reassessments_wait_for_arbitration_and_are_worth_nothing(reference: date) -> None:
    waiting = Act.objects.to_arbitrate()
    assert [(act.kind_code, act.reasons) for act in waiting] == [
        (Kind.MED_REEVAL, "cap_reached")
    ] * 2
    assert {act.amount for act in waiting} == {Decimal("0.00")}


def test_every_motive_refuses_at_least_once(reference: date) -> None:
    refused = Act.objects.filter(state=State.REFUSED)
    assert Counter(refused.values_list("reasons", flat=True)) == {
        "cap_reached": 4,
        "outside_follow_up": 4,
        "no_agreement": 2,
        "duplicate": 2,
        "claim_window_closed": 1,
        "msp_not_declared": 2,
        "not_treating_doctor": 1,
        "minutes_missing": 2,
        "plan_not_revised": 2,
        "too_few_professionals": 2,
    }


def test_committed_acts_are_of_the_civil_year_that_is_told(told: Calendar) -> None:
    committed = Act.objects.filter(state__in=HOLDING)
    assert {day.year for day in committed.values_list("done_on", flat=True)} == {told.year}


def test_nothing_happens_after_the_reference(reference: date) -> None:
    opening = at(reference, 9)
    for model, field in ((ActStep, "at"), (JournalEntry, "at"), (OutboxMessage, "created_at")):
        assert not model._default_manager.filter(**{f"{field}__gt": opening}).exists()


# --- People and files


def test_people_are_those_of_the_table(reference: date) -> None:
    professions = Counter(Professional.objects.values_list("profession", "speciality"))
    assert professions == {
        (Profession.DOCTOR, "médecin généraliste"): 9,
        (Profession.DOCTOR, "rhumatologue"): 2,
        (Profession.DOCTOR, "psychiatre"): 1,
        (Profession.PHYSIO, ""): 6,
        (Profession.PSYCHOLOGIST, ""): 5,
        (Profession.NURSE, ""): 2,
        (Profession.PSYCHOMOTOR, ""): 1,
    }
    roles = Counter(role for user in User.objects.all() for role in user.roles)
    assert roles == {
        Role.CLINICIAN: 26,
        Role.ADMINISTRATOR: 1,
        Role.MEDICAL_DIRECTOR: 1,
        Role.COORDINATOR: 3,
        Role.ACCOUNTANT: 2,
        Role.EDITOR: 2,
        Role.PATIENT: 4,
    }


def test_one_agreement_is_over_one_rpps_unverified_one_bank_change_waits(reference: date) -> None:
    assert Professional.objects.filter(agreement_to__lt=reference).count() == 1
    assert Professional.objects.filter(rpps_verified_on=None).count() == 1
    assert Counter(BankDetails.objects.values_list("state", flat=True)) == {
        BankState.CONFIRMED: 26,
        BankState.PROPOSED: 1,
    }


def test_structures_are_those_of_the_table(reference: date) -> None:
    found = Counter(Structure.objects.values_list("department", "kind"))
    assert found == {
        (department, kind): count
        for department, row in STRUCTURES.items()
        for kind, count in zip(("centre", "consultation", "permanence"), row, strict=True)
        if count
    }


def test_directory_tells_the_ages_waits_and_labels_of_the_table(reference: date) -> None:
    received = Counter(each for one in Structure.objects.all() for each in one.populations)
    assert received == {"adult": 40, "adolescent": 14, "child": 9}
    sheets = search(Search(), today=reference).sheets
    waits = [each.wait.weeks for each in sheets if each.wait]
    assert (len(waits), min(waits), max(waits)) == (42, 8, 26)
    told = Counter(
        word
        for each in sheets
        for word, holds in {
            "fast": each.structure.fast_tracks,
            "special": each.structure.specialities,
            "tele": each.structure.tele_expertise,
            "ending": each.label_ends,
            "old": each.old,
        }.items()
        if holds
    )
    assert told == {"fast": 3, "special": 4, "tele": 6, "ending": 2, "old": 1}
    assert Structure.objects.filter(kind="permanence", parent=None).count() == 0


def test_patients_are_those_of_the_table(reference: date) -> None:
    assert Counter(Patient.objects.values_list("state", flat=True)) == {
        PathwayState.INCOMPLETE: 2,
        PathwayState.REQUESTED: 6,
        PathwayState.FOLLOWED: 43,
        PathwayState.ENDED: 5,
        PathwayState.REDIRECTED: 3,
        PathwayState.REFUSED: 1,
    }
    assert Counter(Patient.objects.values_list("syndrome", flat=True)) == SYNDROMES
    assert Patient.objects.exclude(work_status="").count() == 30
    minors = Patient.objects.filter(birth_date__gt=born_after_for_minors(reference))
    assert minors.count() == 6
    represented = Representative.objects.filter(patient__in=minors)
    assert represented.count() == 3


def test_requests_wait_four_in_time_two_overdue_one_on_its_fourteenth_day(reference: date) -> None:
    waiting = Patient.objects.filter(state=PathwayState.REQUESTED)
    completed = waiting.values_list("completed_on", flat=True)
    days = sorted((reference - day).days for day in completed if day)
    assert days == [3, 6, 9, 14, 18, 23]


def test_requests_were_written_by_doctors_and_answered_with_letters(told: Calendar) -> None:
    sent = Referral.objects.sent().select_related("patient")
    undecided = [PathwayState.INCOMPLETE, PathwayState.REQUESTED]
    assert Counter(each.patient.state for each in sent if each.patient) == {
        PathwayState.INCOMPLETE: 2,
        PathwayState.REQUESTED: 6,
        PathwayState.FOLLOWED: 4,
        PathwayState.REDIRECTED: 3,
        PathwayState.REFUSED: 1,
    }
    assert Patient.objects.filter(state__in=undecided, referrals=None).count() == 0
    assert all(each.question and each.informed for each in sent)
    letters = Counter(RequestLetter.objects.values_list("outcome", "to"))
    answers = {Reply.INCLUDE: 4, Reply.REDIRECT: 3, Reply.REFUSE: 1, Reply.ASK: 1}
    assert letters == {(reply, to): n for reply, n in answers.items() for to in Addressee}
    on = told.reference
    shown = rows(queue(QueueSearch(), on), on)
    assert [each.clocks.left for each in shown] == [-8, -3, 1, 6, 9, 12]
    assert sum(bool(each.flags) for each in shown) == 2
    lacking = {each.missing for each in rows(queue(QueueSearch(incomplete=True), on), on)}
    assert lacking == {"compte rendu d’imagerie", "questionnaire du patient"}
    waiting = Questionnaire.objects.to_answer().values_list("patient__state", flat=True)
    assert list(waiting) == [PathwayState.INCOMPLETE] * 2


def test_long_term_conditions_are_dated(told: Calendar) -> None:
    periods = AldPeriod.objects.all()
    assert periods.values("patient").distinct().count() == 18
    first = date(told.year, 1, 1)
    assert periods.filter(starts_on__gt=first).count() == 1
    assert periods.filter(ends_on__gt=first, ends_on__lt=told.end).count() == 1


def test_reviews_are_those_of_the_table(reference: date) -> None:
    files = list(RcpFile.objects.with_people())
    assert len(files) == 34
    assert len({file.meeting_id for file in files}) == 6
    assert Counter(file.missing for file in files) == {
        (): 24,
        (Proof.MINUTES,): 4,
        (Proof.PLAN,): 3,
        (Proof.QUORUM,): 3,
    }
    present = {file.attendees.count() for file in files if Proof.QUORUM not in file.missing}
    assert present <= {3, 4, 5, 6}
    assert RcpMinutes.objects.exclude(signed_at=None).count() == 30
    outcomes = Counter(RcpProposal.objects.values_list("outcome", flat=True))
    assert (outcomes.total(), outcomes["done"]) == (48, 31)


def test_acts_are_noted_by_those_who_follow_the_patient(reference: date) -> None:
    """But for a colleague's presence, and a patient who was never included."""
    strangers = []
    for act in Act.objects.select_related("patient", "professional"):
        links = CareLink.objects.filter(patient=act.patient, professional=act.professional)
        if not links.exists() and act.rcp_file is None:
            strangers.append((act.patient.birth_name, act.reasons))
    assert strangers == [("Lusquemer", "outside_follow_up")]


# --- Planted scenarios


def test_scenarios_are_planted(reference: date, told: Calendar) -> None:
    last = max(told.days)
    assert meter_of("Ambrelin", "KINE-REMOB", last) == (9, 10)
    assert meter_of("Brouzillac", "KINE-REMOB", last) == (10, 10)
    assert meter_of("Caudrevel", "PSY-SUIVI", last) == (6, 6)
    followers = CareLink.objects.on(reference).filter(patient=patient("Ambrelin"))
    assert followers.get(role=LinkRole.TREATING_DOCTOR).professional.last_name == "Fontelune"
    assert {link.professional.last_name for link in followers.filter(role=LinkRole.TEAM)} == {
        "Beaumirail",  # who led the CEO
        "Cadrevent",
        "Solvaye",
    }


def test_physio_of_the_demo_has_acts_in_every_state(reference: date) -> None:
    acts = Act.objects.filter(professional__last_name="Cadrevent")
    assert set(acts.values_list("state", flat=True)) == set(STATES)
    assert acts.values("patient").distinct().count() >= 4


def test_ald_that_began_in_the_year_lowers_the_cap_of_the_second_assessment(
    reference: date,
) -> None:
    acts = Act.objects.filter(patient=patient("Dorvenne"), kind=Kind.MED_BILAN)
    found = [(act.limit, act.state) for act in acts.order_by("done_on")]
    assert found == [(2, State.PAID), (1, State.REFUSED)]


def test_act_refused_for_want_of_a_plan_was_accepted_when_it_came(reference: date) -> None:
    moves = ActStep.objects.filter(act__patient=patient("Brouzillac"), move="redecided")
    assert [step.decision for step in moves] == ["accepted"] * 3
    told_mails = OutboxMessage.objects.filter(key__startswith="act-accepted")
    assert told_mails.count() == 3


# --- Rules, order, repetition


def test_claims_were_sent_before_their_control(reference: date) -> None:
    for step in ClaimStep.objects.filter(move=ClaimMove.ADMITTED).select_related("line__claim"):
        assert step.line.claim.sent_at < step.at
    lines = ClaimLine.objects.filter(act__state__in=[State.PAID, State.VALIDATED])
    assert set(lines.values_list("state", flat=True)) == {LineState.ADMITTED}
    assert ClaimLine.objects.filter(state=LineState.RETURNED).count() == 1
    assert ClaimLine.objects.filter(state=LineState.SENT).exists()


@at_default
def test_physio_of_the_demo_has_a_month_to_send_and_an_act_to_correct(reference: date) -> None:
    physio = Professional.objects.get(last_name="Cadrevent")
    waiting = {first.month: (group.count, group.amount) for first, group in to_send(physio).items()}
    assert waiting == {10: (5, Decimal(170)), 11: (2, Decimal(60))}
    assert returned_acts(physio).count() == 1
    told_mails = OutboxMessage.objects.filter(key__startswith="claim-returned")
    assert told_mails.count() == 1
    asked = Act.objects.filter(state=State.SUBMITTED, claim_lines__state=LineState.SENT)
    assert asked.count() == 35


def test_facts_as_they_stand_change_no_decision(reference: date) -> None:
    for pk in Act.objects.waiting().values_list("patient", flat=True).distinct().order_by():
        assert redecide_waiting_of(patient_id=pk, now=at(reference, 9)) == []


def test_recount_finds_no_breach(reference: date, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify")
    assert "350 actes" in capsys.readouterr().out


def test_exported_acts_are_priced_as_the_portal_did(reference: date, tmp_path: Path) -> None:
    assert export_contract(tmp_path) == 342
    backlog = read_backlog(tmp_path)
    priced = {
        act.code: (v.decision, v.amount, "|".join(v.reasons), v.ordinal, v.limit)
        for act, v in zip(backlog.acts, price(backlog, Policy()), strict=True)
    }
    assert priced == {
        f"A{act.pk}": (act.decision, act.amount, act.reasons, act.ordinal, act.limit)
        for act in Act.objects.exclude(state=State.DRAFT)
    }


def test_second_load_changes_nothing(reference: date) -> None:
    before = Act.objects.count(), JournalEntry.objects.count(), OutboxMessage.objects.count()
    assert load_demo(reference=reference) is False
    after = Act.objects.count(), JournalEntry.objects.count(), OutboxMessage.objects.count()
    assert before == after


def digest() -> str:
    """Of all acts and steps, under the codes of patients and the names of professionals."""
    acts = Act.objects.order_by("pk").values_list(
        "request_id",
        "patient__code",
        "professional__rpps",
        "kind",
        "done_on",
        "entered_at",
        "state",
        "reasons",
        "ordinal",
        "amount",
    )
    steps = ActStep.objects.order_by("pk").values_list("act__request_id", "move", "at", "by__email")
    return sha256(repr([*acts, *steps]).encode()).hexdigest()


@pytest.mark.parametrize("reference", [DEFAULT], ids=str, indirect=True)
def test_wiped_demo_loads_again_the_same(reference: date) -> None:
    """Nothing is left of anybody, so that it loads as it did; the loading is for `make prove`."""
    first = digest()
    with transaction.atomic():
        assert wipe_demo() == 39
        assert not is_loaded()
        kept = {
            each._meta.label
            for each in apps.get_models(include_auto_created=True)
            if each._meta.app_label in {"network", "fees", "etp"} and each._base_manager.exists()
        }
        assert kept == {"fees.TariffLine", "fees.PolicyVersion"}
        assert [each for each in ERASED if each._base_manager.exists()] == []
        if SCALE:
            load(reference, learned=SCALE == 1)
            assert digest() == first
        transaction.set_rollback(True)


# --- What people learned


@at_default
def test_contents_are_signed_and_published_and_their_figures_are_not(reference: date) -> None:
    pages = [VignettePage, ModulePage, LessonPage]
    assert [page.objects.live().count() for page in pages] == [3, 3, 6]
    assert SignOff.objects.count() == 12
    assert set(EvidenceCard.objects.values_list("state", flat=True)) == {CardState.TO_VERIFY}


@at_default
def test_peers_are_enough_to_be_shown(reference: date) -> None:
    version = CaseVersion.objects.get(title__startswith="Un an après")
    peers = peers_of(version.item_of[version.case.decisions[0].id], Profession.DOCTOR)
    assert (peers.everybody.people, peers.profession.people) == (24, 12)


@at_default
def test_two_cases_wait_and_some_came_back(reference: date) -> None:
    waiting = Run.objects.open().values_list("learner__last_name", flat=True)
    assert set(waiting) == {"Fontelune", "Cadrevent"}
    returned = Run.objects.filter(purpose=Purpose.RETURN).values_list("return_day", flat=True)
    assert set(returned) == {7, 30, 90}


# --- Patient education


def test_workshops_and_sessions_are_those_of_the_design(reference: date) -> None:
    formats = Counter(Workshop.objects.values_list("format", flat=True))
    assert formats == {Format.GROUP: 5, Format.INDIVIDUAL: 1}
    sessions, now = list(Session.objects.select_related("workshop")), at(reference, 9)
    assert [len([s for s in sessions if (s.starts_at > now) == coming]) for coming in (0, 1)] == [
        12,
        6,
    ]
    assert Counter(session.mode for session in sessions) == {Mode.ON_SITE: 12, Mode.VIDEO: 6}
    assert sum(session.cancelled_at is not None for session in sessions) == 1
    capacities: dict[str, set[int]] = defaultdict(set)
    for session in sessions:
        audience = session.workshop.audience
        capacities[f"{audience} {session.workshop.format}"].add(session.capacity)
    assert capacities == {
        "adults group": {8, 10},
        "adolescents group": {6},
        "adults individual": {1},
    }


def test_bookings_are_those_of_the_design(reference: date) -> None:
    assert Counter(Place.objects.values_list("state", flat=True)) == {
        PlaceState.ATTENDED: 70,
        PlaceState.ABSENT: 9,
        PlaceState.CANCELLED: 5,
        PlaceState.BOOKED: 12,
    }
    assert Assessment.objects.exclude(closed_at=None).values("patient").distinct().count() == 40
    assert Assessment.objects.count() == 41
    held = Count("places", filter=Q(places__seat__isnull=False), distinct=True)
    coming = Session.objects.coming(at(reference, 9)).filter(workshop__format=Format.GROUP)
    full = coming.annotate(held=held).get(held=F("capacity"))
    assert list(full.waits.values_list("state", flat=True)) == [WaitState.WAITING] * 3
    assert Wait.objects.count() == 3


@at_default
def test_one_coming_session_is_under_its_minimum(reference: date) -> None:
    now = at(reference, 9)
    (session,) = at_stage(with_counts(Session.objects.all()), Stage.UNDER_MINIMUM, now)
    assert session.starts_at.date() == date(2026, 11, 18)


def test_assessments_and_evaluations_wait_for_the_coordination(reference: date) -> None:
    assert without_assessment().count() == 5
    assert drafts().count() == 1
    assert Evaluation.objects.count() == 6
    assert Evaluation.objects.filter(letter_on=None).count() == 2
    assert to_evaluate(at(reference, 9)).count() > 5
    assert Feedback.objects.count() > 30


def test_patient_of_the_demo_has_a_date_and_finds_another_full(reference: date) -> None:
    rose = patient("Ambrelin")
    places = Place.objects.filter(patient=rose).order_by("session__starts_at")
    assert list(places.values_list("state", flat=True)) == ["attended", "attended", "booked"]
    hypnosis = Session.objects.coming(at(reference, 9)).get(workshop__theme="hypnosis")
    assert rose.openings.open().filter(workshop=hypnosis.workshop).exists()
    assert hypnosis.places.filter(state=PlaceState.BOOKED).count() == hypnosis.capacity


# --- Identifiers and doors


def test_identifiers_are_of_reserved_series(reference: date) -> None:
    for professional in Professional.objects.all():
        assert professional.rpps is not None
        assert professional.rpps.startswith("99700")
        assert is_rpps(professional.rpps)
        assert "rue de la Démo" in professional.practice
        assert professional.phone.startswith("01 99 00 ")
    for details in BankDetails.objects.all():
        assert iban_rules.is_valid(details.iban)
        assert details.iban[4:9] == "99999"
    for user in User.objects.all():
        assert user.email.endswith("@example.org")
    for each in Patient.objects.all():
        assert each.email == "" or each.email.endswith("@example.org")
        assert each.phone == "" or each.phone.startswith("06 39 98 ")


def test_identifiers_have_the_keys_of_the_design() -> None:
    assert [rpps(1), rpps(2), rpps(3)] == ["99700000013", "99700000021", "99700000039"]
    assert iban(42).endswith("99999000010000000004286")
    assert luhn.is_valid(rpps(99_999))


def test_personas_are_one_for_each_role_and_one_to_sign() -> None:
    assert [persona.slug for persona in personas()] == [
        "kine",
        "medecin",
        "psy",
        "patiente",
        "coordination",
        "comptable",
        "signataire",
        "redaction",
        "direction",
        "administration",
    ]


@pytest.mark.parametrize("reference", [DEFAULT], ids=str, indirect=True)
@pytest.mark.parametrize("slug", [persona.slug for persona in personas()])
def test_persona_signs_in_as_the_page_says(reference: date, slug: str, client: Client) -> None:
    cache.clear()
    persona = next(each for each in personas() if each.slug == slug)
    assert str(User.objects.get(email=persona.email)) in persona.name
    if persona.password:
        client.post(LOGIN, {"login": persona.email, "password": persona.password})
        client.post(FACTOR, {"code": totp(persona.totp_secret)})
    else:
        client.post(CODE, {"email": persona.email})
        client.post(CONFIRM, {"code": mailed_code(persona.email)})
    assert is_in(client)


@pytest.mark.parametrize("reference", [DEFAULT], ids=str, indirect=True)
def test_every_account_has_the_keys_that_the_demo_tells(reference: date) -> None:
    patients = User.objects.filter(grants__role=Role.PATIENT)
    assert not any(user.has_usable_password() for user in patients)
    others = User.objects.exclude(pk__in=patients).annotate(factors=Count("authenticator"))
    assert all(user.check_password(PASSWORD) and user.factors == 1 for user in others)
    assert {persona.totp_secret for persona in personas()} == {DEMO_TOTP_SECRET}


@pytest.mark.django_db
def test_nothing_is_loaded_nor_wiped_outside_the_demo() -> None:
    for call in (lambda: load_demo(reference=DEFAULT), wipe_demo):
        with pytest.raises(ImproperlyConfigured):
            call()


# --- The calendar alone


def test_default_reference_reads_the_days_as_they_are_written() -> None:
    calendar = Calendar(DEFAULT)
    assert calendar.days == MODEL_DAYS
    assert [calendar.day(words) for words in ("2026-05-04", "2025-12-20", "J-14")] == [
        date(2026, 5, 4),
        date(2025, 12, 20),
        date(2026, 11, 2),
    ]


@pytest.mark.parametrize("on", [*REFERENCES, *EARLY], ids=str)
def test_order_and_civil_year_are_kept_at_any_reference(on: date) -> None:
    calendar = Calendar(on)
    model, moved = planned_acts(Calendar(DEFAULT)), planned_acts(calendar)
    assert all(act.done_on < on and act.entered_at < at(on, 9) for act in moved)
    same_years = {
        (one.done_on.year - DEFAULT.year, other.done_on.year - calendar.year)
        for one, other in zip(model, moved, strict=True)
        if one.expected != "claim_window_closed"
    }
    assert same_years == {(0, 0)}
    sessions = Counter(
        (act.patient, act.professional, act.kind, act.done_on, act.meeting)
        for act in moved
        if act.expected not in ("duplicate", "draft")
    )
    assert set(sessions.values()) == {1}


def test_sheets_name_no_day_out_of_the_year() -> None:
    data = Path(__file__).parents[2] / "home" / "demo_data" / "data"
    with (data / "acts.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file, delimiter=";"):
            assert line["first"].startswith(("2026-", "J-"))

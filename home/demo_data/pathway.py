"""Pathways of the demo: sites and consultations (CEO), questionnaires, one patient's care plan."""

from datetime import date, datetime, timedelta
from functools import partial

from home.demo_data.calendar import at
from home.demo_data.files import OPENED_TO
from home.demo_data.people import COORDINATOR
from home.demo_data.requests import referrals
from home.demo_data.sheets import FileLine, PatientLine
from home.demo_data.story import Story
from network.actions.consultations import keep_site, open_slots
from network.actions.evaluations import Findings, save_evaluation
from network.actions.plans import Agreement, Page, save_draft, sign_plan
from network.actions.questionnaire import (
    Answerer,
    hand_in,
    save_answer,
    send_questionnaire,
)
from network.actions.visits import book_visit
from network.enums import (
    ActionStatus,
    AnsweredAs,
    Direction,
    EvaluationKind,
    PathwayState,
    QuestionnaireKind,
    SiteKind,
)
from network.forms.plan_typed import typed_of
from network.models import (
    ConsultationSite,
    ConsultationSlot,
    Patient,
    Questionnaire,
    RcpFile,
    User,
)
from network.rules.instruments import Item, Kind, Value
from network.rules.plan import Action, Objective, Plan, Problem, Who
from network.rules.requests import is_minor
from network.selectors.questionnaires import filling, waiting

SITES = (
    ("Site de la Démo", SiteKind.OWN, "75019", "Paris", "beaumirail"),
    ("Permanence de Melun", SiteKind.PERMANENCE, "77000", "Melun", "orvanel"),
)
TO_BOOK = 2
"""The last patients included; the three before have an appointment, all the others had theirs."""
FREE_SLOTS = 4
HOURS = (9, 10, 11)
HALF = 15  # questions answered of a questionnaire that waits
REVIEW = "rcp6"


def plan_pathways(story: Story) -> None:
    followed = [each for each in PatientLine.all() if each.outcome == PathwayState.FOLLOWED]
    first = min(story.calendar.day(each.included) for each in followed)
    story.then(at(first, 7), partial(_open_sites, story))
    _plan_consultations(story, followed)
    for line in PatientLine.all():
        _plan_questionnaire(story, line)
    _plan_care(story)


# --- Consultations


def _open_sites(story: Story, now: datetime) -> None:
    for name, kind, postcode, city, _doctor in SITES:
        site = ConsultationSite(
            name=name, kind=kind, address="1 rue de la Démo", postcode=postcode, city=city
        )
        keep_site(site=site, by=story.users[COORDINATOR], now=now)


def _plan_consultations(story: Story, followed: list[PatientLine]) -> None:
    reference = story.calendar.reference
    by_inclusion = sorted(followed, key=lambda each: story.calendar.day(each.included))
    *seen, one, two, three = by_inclusion[: len(by_inclusion) - TO_BOOK]
    taken: set[tuple[date, int]] = set()
    for line in seen:
        included = story.calendar.day(line.included)
        held_on, hour = _free(included + timedelta(days=12), taken)
        if held_on >= reference:
            continue
        story.then(at(included, 17), partial(_book, story, line, held_on, hour))
        story.then(at(held_on, 18), partial(_evaluate, story, line, held_on))
    for line in (one, two, three):
        held_on, hour = _free(reference + timedelta(days=8), taken)
        included = max(story.calendar.day(line.included), reference - timedelta(days=5))
        story.then(at(included, 17), partial(_book, story, line, held_on, hour))
    story.then(at(reference - timedelta(days=4), 10), partial(_open_free_slots, story))


def _free(day: date, taken: set[tuple[date, int]]) -> tuple[date, int]:
    """The first free hour of that working day or of the next ones, now taken."""
    while True:
        day = _weekday(day)
        for hour in HOURS:
            if (day, hour) not in taken:
                taken.add((day, hour))
                return day, hour
        day += timedelta(days=1)


def _weekday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _book(story: Story, line: PatientLine, held_on: date, hour: int, now: datetime) -> None:
    near = next((each for each in SITES if each[2][:2] == line.postcode[:2]), SITES[0])
    by = story.users[COORDINATOR]
    (slot,) = _slots(story, near, [at(held_on, hour)], by, now)
    book_visit(patient=story.patients[line.patient], slot=slot, by=by, now=now)


def _slots(
    story: Story,
    site: tuple[str, SiteKind, str, str, str],
    starts: list[datetime],
    by: User,
    now: datetime,
) -> list[ConsultationSlot]:
    return open_slots(
        site=ConsultationSite.objects.get(name=site[0]),
        doctor=story.professionals[site[4]],
        starts=starts,
        minutes=60,
        by=by,
        now=now,
    )


def _open_free_slots(story: Story, now: datetime) -> None:
    for each in SITES:
        days = [_weekday(now.date() + timedelta(days=15 + 7 * week)) for week in range(FREE_SLOTS)]
        starts = [at(day, 14) for day in dict.fromkeys(days)]
        _slots(story, each, starts, story.users[COORDINATOR], now)


def _evaluate(story: Story, line: PatientLine, held_on: date, now: datetime) -> None:
    patient = Patient.objects.get(pk=story.patients[line.patient].pk)
    visit = patient.visits.select_related("slot__doctor__user").first()
    assert visit is not None and visit.slot.doctor.user is not None  # noqa: PT018, S101
    save_evaluation(
        patient=patient,
        kind=EvaluationKind.CEO,
        doctor=visit.slot.doctor,
        findings=Findings(
            held_on=held_on,
            intensity=7,
            pain="Douleurs diffuses depuis plusieurs années, plus fortes le matin.",
            repercussions="Sommeil court, sorties plus rares, travail à temps partiel.",
            treatments="Antalgiques à la demande, peu d’effet ; kinésithérapie utile.",
            priorities="Reprendre la marche, dormir, garder le travail.",
            own_words="Je voudrais ne plus avoir peur de bouger.",
            orientations={Direction.WORKSHOPS: "Bouger, comprendre la douleur", Direction.RCP: ""},
        ),
        sign=True,
        by=visit.slot.doctor.user,
        now=now,
    )


# --- Questionnaires


def _plan_questionnaire(story: Story, line: PatientLine) -> None:
    """Answered by those whom a doctor referred; two requests wait for the rest."""
    day, said = story.calendar.day, referrals().get(line.patient)
    if said is None:
        return
    when = at(day(line.completed or line.requested), 12)
    level = 3 if line.patient == OPENED_TO else 2
    story.then(when, partial(_answer, story, line, level, None if line.completed else HALF))
    if line.patient == OPENED_TO:
        again = story.calendar.reference - timedelta(days=20)
        story.then(at(again, 12), partial(_answer, story, line, 1, None))


def _answer(story: Story, line: PatientLine, level: int, most: int | None, now: datetime) -> None:
    """Answer at a level, from 0 (nothing) to 3: a rank among the choices of each question."""
    patient = story.patients[line.patient]
    by = story.users[COORDINATOR]
    sheet = waiting(patient) or _ask_again(patient, by, now)
    answerer = Answerer(AnsweredAs.PATIENT, None)
    if is_minor(patient.birth_date, now.date()):  # typed from the paper of a parent
        answerer = Answerer(AnsweredAs.COORDINATION, by)
    for question in filling(sheet, on=now.date()).questions[:most]:
        instrument, item = question.key
        save_answer(
            questionnaire=sheet,
            instrument=instrument,
            item=item,
            value=_value(instrument, question.item, level),
            answerer=answerer,
            now=now,
        )
    if most is None:
        hand_in(questionnaire=sheet, answerer=answerer, now=now)


def _ask_again(patient: Patient, by: User, now: datetime) -> Questionnaire:
    kind = QuestionnaireKind.REASSESSMENT
    return send_questionnaire(patient=patient, by=by, now=now, kind=kind).questionnaire


def _value(instrument: str, item: Item, level: int) -> Value:
    """A plausible answer; never one that would raise an alert in a demonstration."""
    if item.scale.kind is Kind.TEXT:
        return "Je voudrais retrouver du sommeil."
    values = [each.value for each in item.scale.choices]
    if (instrument, item.id) == ("phq9", "9"):
        return values[0]
    chosen = values[round((len(values) - 1) * level / 4)]
    return [str(chosen)] if item.scale.kind is Kind.REGIONS else chosen


# --- One care plan


def _plan_care(story: Story) -> None:
    line = next(each for each in PatientLine.all() if each.patient == OPENED_TO)
    included = story.calendar.day(line.included)
    story.then(at(_weekday(included + timedelta(days=28)), 11), partial(_write_plan, story, None))
    review = next(
        each for each in FileLine.all() if (each.meeting, each.patient) == (REVIEW, OPENED_TO)
    )
    story.then(at(story.calendar.day(review.plan), 11), partial(_revise_plan, story))


def _revise_plan(story: Story, now: datetime) -> None:
    """The version that the last case review caused, when its day has come."""
    _write_plan(story, story.files[REVIEW, OPENED_TO], now)


def _write_plan(story: Story, cited: RcpFile | None, now: datetime) -> None:
    doctor = story.professionals["fontelune"]
    physio = story.professionals["cadrevent"]
    walk = Action(
        "a1",
        "Marcher vingt minutes, trois fois par semaine",
        Who(OPENED_TO.title()),
        status=ActionStatus.UNDER_WAY if cited else ActionStatus.TO_DO,
    )
    move = Action("a2", "Séances de remobilisation", Who(str(physio), physio.pk))
    actions: tuple[Action, ...] = (walk, move)
    if cited:
        visit = "Visite de pré-reprise avec le médecin du travail"
        work = Action("a3", visit, Who(str(doctor), doctor.pk))
        actions = (walk, move, work)
    plan = Plan(
        referent=Who(str(doctor), doctor.pk),
        review_on=now.date() + timedelta(days=90),
        priorities="Dormir et garder mon travail.",
        preferences="Des rendez-vous l’après-midi.",
        alert="En cas de poussée : appeler le cabinet, puis le réseau.",
        problems=(
            Problem(
                "p1",
                "La douleur empêche de bouger et de travailler",
                (Objective("o1", "Marcher sans peur", actions),),
            ),
        ),
    )
    by = doctor.user
    assert by is not None  # noqa: S101  # every professional of the demo has an account
    patient = story.patients[OPENED_TO]
    draft = save_draft(
        patient=patient,
        typed=typed_of(plan, date(2000, 1, 1)),
        rcp_file=cited,
        page=Page(token="", revision=0),
        by=by,
        now=now,
    )
    agreement = Agreement(given_on=now.date(), how="en consultation")
    sign_plan(draft=draft, plan=plan, revision=draft.revision, agreement=agreement, by=by, now=now)

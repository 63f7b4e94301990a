"""A small random world, read by the extracts and read again row by row: the same figures."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from etp.enums import Mode, PlaceState
from etp.models import Place, Session
from fees.enums import HOLDING, Account, Decision, Entry, Kind, State
from fees.models import Act, BookEntry
from home.actions.computing import ask_for_figures, compute_figures
from home.models import Computation
from network.enums import (
    EvaluationKind,
    MeetingState,
    Move,
    Outcome,
    PathwayState,
    ProposalKind,
    Role,
    VisitState,
    WorkStatus,
)
from network.models import (
    ConsultationSlot,
    Evaluation,
    PathwayStep,
    Patient,
    RcpFile,
    RcpMeeting,
    RcpProposal,
    Visit,
    WaitReading,
)
from portal.kit.dates import add_months
from portal.kit.indicators import Span, Value, spans_to
from tests.factories.directory import make_structure
from tests.factories.etp import make_facilitator as make_leader
from tests.factories.etp import make_site, make_workshop
from tests.factories.follow_up import make_site as make_consultation_site
from tests.factories.learning import make_attestation, make_learner
from tests.factories.meetings import make_meeting
from tests.factories.network import make_professional, make_user
from tests.home.indicator_oracle import ORACLES, Row
from tests.home.test_indicators import added, all_told
from tests.proofs.scale import scaled
from training.enums import Mode as Way
from training.enums import SeatState
from training.models import Attestation, Registration, Stay

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 16)
NOW = timezone.make_aware(datetime.combine(TODAY, time(9)))
PLACES = [PlaceState.BOOKED, PlaceState.ATTENDED, PlaceState.ABSENT, PlaceState.CANCELLED]
DECIDED = {Move.INCLUDED: PathwayState.FOLLOWED, Move.REFUSED: PathwayState.REFUSED}


class World:
    """People and facts drawn at random; nothing of it says more than its row."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.professional = make_professional()
        self.coordinator = make_user(Role.COORDINATOR)
        self.sites = [make_consultation_site(postcode=each) for each in ("75012", "94000")]
        self.patients = [self.patient() for _ in range(14)]
        self.reviews()
        self.workshops()
        self.acts()
        self.training()
        for weeks in (8, 12, 26):
            structure = make_structure(weeks, self.day())
            WaitReading.objects.create(
                structure=structure,
                weeks=weeks + 1,
                source="declared",
                measured_on=self.day(),
                at=NOW,
            )

    def day(self) -> date:
        return date(2025, 1, 1) + timedelta(days=self.random.randrange(680))

    def flip(self) -> bool:
        return self.random.random() < 0.5

    def patient(self) -> Patient:
        received = self.day()
        complete = received + timedelta(days=self.random.randrange(9))
        decided = complete + timedelta(days=self.random.randrange(25))
        included = self.flip()
        patient = Patient.objects.create(
            code=f"P{self.random.getrandbits(26):06d}"[:8],
            birth_name="Dédale",
            first_names="Lou",
            sex="F",
            birth_date=date(1980, 2, 29),
            postcode=self.random.choice(["75012", "94000", ""]),
            state=PathwayState.FOLLOWED if included else PathwayState.REFUSED,
            requested_on=received,
            completed_on=complete,
            included_on=decided if included else None,
        )
        moves = [(Move.RECEIVED, received)]
        moves += [(Move.COMPLETED, complete)] if self.flip() else []
        moves.append((Move.INCLUDED if included else Move.REFUSED, decided))
        if included and self.flip():
            seen = decided + timedelta(days=self.random.randrange(40))
            moves.append((Move.EVALUATED, seen))
            self.evaluation(patient, seen)
        PathwayStep.objects.bulk_create(
            PathwayStep(patient=patient, move=move, state=patient.state, on=on, at=NOW)
            for move, on in moves
        )
        return patient

    def evaluation(self, patient: Patient, day: date) -> None:
        """A signed sheet; half of them have the appointment that tells their site."""
        visit = None
        if self.flip():
            starts_at = timezone.make_aware(datetime.combine(day, time(9)))
            slot = ConsultationSlot.objects.create(
                site=self.random.choice(self.sites),
                doctor=make_professional(),
                starts_at=starts_at,
                minutes=60,
                opened_at=NOW,
                opened_by=self.coordinator,
            )
            visit = Visit.objects.create(
                patient=patient,
                slot=slot,
                state=VisitState.HELD,
                booked_at=NOW,
                booked_by=self.coordinator,
                closed_at=NOW,
            )
        Evaluation.objects.create(
            patient=patient,
            kind=EvaluationKind.CEO,
            doctor=self.professional,
            visit=visit,
            held_on=day,
            saved_at=NOW,
            signed_at=NOW,
        )

    def reviews(self) -> None:
        for _ in range(4):
            meeting = RcpMeeting.objects.create(held_on=self.day(), state=MeetingState.HELD)
            for patient in self.random.sample(self.patients, 3):
                later = self.random.choice(["", *WorkStatus])
                file = RcpFile.objects.create(
                    meeting=meeting,
                    patient=patient,
                    work_then=self.random.choice(["", *WorkStatus]),
                    work_later=later,
                    work_later_on=TODAY if later else None,
                )
                outcome = self.random.choice(list(Outcome))
                RcpProposal.objects.create(
                    file=file,
                    kind=self.random.choice([ProposalKind.SOCIAL, ProposalKind.EDUCATION]),
                    due_on=TODAY,
                    outcome=outcome,
                    closed_on=None if outcome == Outcome.PENDING else TODAY,
                    why="non" if outcome in (Outcome.NOT_DONE, Outcome.DROPPED) else "",
                )

    def workshops(self) -> None:
        workshop, site, leader = make_workshop(), make_site(), make_leader()
        for rank in range(6):
            starts_at = timezone.make_aware(datetime.combine(self.day(), time(10, rank)))
            session = Session.objects.create(
                workshop=workshop,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=1),
                mode=Mode.VIDEO if rank % 2 else Mode.ON_SITE,
                site=None if rank % 2 else site,
                facilitator=leader,
                capacity=6,
                cancelled_at=NOW if rank == 5 else None,
            )
            for seat, patient in enumerate(self.random.sample(self.patients, 4), start=1):
                state = self.random.choice(PLACES)
                gone = state == PlaceState.CANCELLED
                Place.objects.create(
                    patient=patient,
                    session=session,
                    state=state,
                    seat=None if gone else seat,
                    capacity=6,
                    request_id=self.uuid(),
                    made_at=NOW,
                    ended_at=NOW if gone else None,
                )

    def uuid(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def acts(self) -> None:
        outcomes = [
            (State.REFUSED, Decision.REFUSED),
            (State.SUBMITTED, Decision.TO_ARBITRATE),
            (State.CANCELLED, Decision.ACCEPTED),
            *((state, Decision.ACCEPTED) for state in HOLDING),
        ]
        reasons = ["cap_reached", "cap_reached|duplicate", "outside_follow_up"]
        for rank in range(40):
            state, decision = self.random.choice(outcomes)
            live = decision == Decision.ACCEPTED and state in HOLDING
            Act.objects.create(
                request_id=self.uuid(),
                patient=self.patients[rank % len(self.patients)],
                professional=self.professional,
                kind=self.random.choice([Kind.KINE_REMOB, Kind.PSY_SUIVI]),
                done_on=date(2025, 1, 1) + timedelta(days=17 * rank),
                entered_at=NOW,
                state=state,
                decision=decision,
                reasons=self.random.choice(reasons) if state == State.REFUSED else "",
                amount=Decimal("30.10") if decision == Decision.ACCEPTED else Decimal(0),
                cap="CAP" if live else "",
                ordinal=rank + 1 if live else None,
                limit=100 if live else None,
                window_from=date(2025, 1, 1) if live else None,
            )
        BookEntry.objects.create(
            kind=Entry.GRANTED,
            source=Account.AGENCY,
            target=Account.ENVELOPE,
            amount=Decimal("16000.00"),
            on=date(2026, 1, 2),
            at=NOW,
            year=2026,
        )

    def training(self) -> None:
        for _ in range(4):
            make_attestation(make_learner(), issued_on=self.day())
        for rank in range(3):
            held = timezone.make_aware(datetime.combine(self.day(), time(20)))
            meeting = make_meeting(starts_at=held)
            for seat in (1, 2, 3):
                registration = Registration.objects.create(
                    meeting=meeting,
                    person=make_learner(),
                    mode=Way.VIDEO,
                    state=SeatState.BOOKED,
                    seat=seat,
                    capacity=9,
                    made_at=held - timedelta(days=9),
                    seated_at=held - timedelta(days=9),
                )
                if rank and self.flip():
                    Stay.objects.create(
                        registration=registration,
                        joined_at=held,
                        left_at=held + timedelta(hours=1),
                        by=registration.person,
                    )


def rows_again() -> dict[str, list[Row]]:
    """The facts as somebody would count them on paper: one object at a time."""
    return {
        **_pathway(),
        **_reviews(),
        **_money(),
        **_learning(),
        "sessions": (held := [_session(each) for each in Session.objects.all()]),
        "fill": held,
        "no_show": held,
        "structure_waits": [
            {"on": each.measured_on, "structure": each.structure.name, "weeks": each.weeks}
            for each in WaitReading.objects.order_by("measured_on", "pk")
        ],
        "evaluations": [
            {"on": each.held_on if each.held_on <= TODAY else None, "site": _site(each.visit)}
            for each in Evaluation.objects.all()
        ],
        "outflow": [_visit(each) for each in Visit.objects.all()],
        "right_answers": [],
    }


def _pathway() -> dict[str, list[Row]]:
    decisions: list[Row] = []
    follow_ups: list[Row] = []
    for patient in Patient.objects.all():
        steps = {Move(each.move): each.on for each in patient.steps.all()}
        place = patient.postcode[:2]
        complete = steps.get(Move.COMPLETED)
        for move in DECIDED:
            if move in steps:
                days = (steps[move] - complete).days if complete else None
                decisions.append(
                    {
                        "on": steps[move],
                        "department": place,
                        "days": days,
                        "timed": days is not None,
                        "untimed": days is None,
                        "in_time": days is not None and days <= 15,
                    }
                )
        if patient.included_on and patient.included_on <= TODAY:
            seen = steps.get(Move.EVALUATED)
            seen = seen if seen and seen <= TODAY else None
            follow_ups.append(
                {
                    "patient": patient.pk,
                    "department": place,
                    "on": patient.included_on,
                    "left_on": patient.left_on,
                    "seen_on": seen,
                    "days": (seen - patient.included_on).days if seen else None,
                    "site": _site(patient.evaluations.get().visit) if seen else "",
                }
            )
    decisions = [row for row in decisions if row["on"] <= TODAY]
    return {
        **dict.fromkeys(["decided_in_time", "wait_decision"], decisions),
        **dict.fromkeys(["inclusions", "active", "wait_evaluation"], follow_ups),
    }


def _site(visit: Visit | None) -> str:
    return visit.slot.site.name if visit else ""


def _visit(visit: Visit) -> Row:
    home, place = visit.patient.postcode[:2], visit.slot.site.postcode[:2]
    day = timezone.localdate(visit.slot.starts_at)
    return {
        "on": day if day <= TODAY else None,
        "department": home,
        "site": visit.slot.site.name,
        "known": home != "",
        "unknown": home == "",
        "away": home not in ("", place),
    }


def _reviews() -> dict[str, list[Row]]:
    meetings = [{"on": each.held_on} for each in RcpMeeting.objects.all() if each.held_on <= TODAY]
    files, proposals = [], []
    for file in RcpFile.objects.all():
        on = file.meeting.held_on
        if on > TODAY:
            continue
        asked_on = add_months(on, 6)
        due = asked_on <= TODAY and file.work_then in ("working", "on_leave")
        told = due and file.work_later in ("working", "on_leave", "other")
        files.append(
            {
                "on": on,
                "asked_on": asked_on,
                "told": told,
                "untold": due and not told,
                "working": told and file.work_later == "working",
            }
        )
        proposals += [
            {
                "on": on,
                "kind": each.kind,
                "done": each.outcome == "done",
                "closed": each.outcome != "pending",
                "pending": each.outcome == "pending",
            }
            for each in file.proposals.all()
        ]
    return {
        "reviews": meetings,
        "review_files": files,
        "job_retention": files,
        "proposals_done": proposals,
    }


def _session(session: Session) -> Row:
    states = [each.state for each in session.places.all()]
    day = timezone.localdate(session.starts_at)
    on = None if session.cancelled_at or day > TODAY else day
    attended, absent = states.count("attended"), states.count("absent")
    return {
        "on": on,
        "theme": session.workshop.theme,
        "site": session.site.name if session.site else "vidéo",
        "capacity": session.capacity,
        "seated": attended + absent + states.count("booked"),
        "absent": absent,
        "noted": attended + absent,
        "unnoted": states.count("booked"),
    }


def _money() -> dict[str, list[Row]]:
    acts: list[Row] = []
    for act in Act.objects.all():
        if act.done_on > TODAY:
            continue
        accepted, refused = act.is_live, act.state == "refused"
        acts.append(
            {
                "on": act.done_on,
                "kind": act.kind,
                "reasons": act.reasons,
                "live": accepted,
                "refused": refused,
                "decided": accepted or refused,
                "to_arbitrate": act.awaits_arbitration,
                "cents": int(100 * act.amount) if act.state in HOLDING[1:] else 0,
            }
        )
    envelope = [{"year": 2026, "granted": 1_600_000, "committed": 0}]
    return {**dict.fromkeys(["acts", "euros", "refusals"], acts), "envelope": envelope}


def _learning() -> dict[str, list[Row]]:
    trained = [
        {
            "on": each.issued_on,
            "learner": each.learner_id,
            "profession": each.learner.professional.profession,
        }
        for each in Attestation.objects.all()
    ]
    seats: list[Row] = []
    for each in Registration.objects.all():
        known = any(other.stays.exists() for other in each.meeting.registrations.all())
        seats.append(
            {
                "on": each.meeting.held_on,
                "mode": each.mode,
                "attended": each.stays.exists(),
                "noted": known,
                "unnoted": not known,
            }
        )
    return {"trained": trained, "webinar_attendance": seats}


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(scaled(1, 12)))
def test_figures_of_a_world_agree_with_its_rows(seed: int) -> None:
    World(seed)
    computation = compute_figures(computation=ask_for_figures(by=None, now=NOW), now=NOW)
    rows = rows_again()
    kept: dict[str, Any] = Computation.objects.get(pk=computation.pk).values
    assert set(kept) == set(ORACLES) == set(rows)
    counted = 0
    for key, oracle in ORACLES.items():
        for span in spans_to(TODAY):
            found = Value.from_json(kept[key][span.key])
            assert all_told(found) == oracle(rows[key], span.first, span.last), (key, span.key)
            assert not found.sites or added(found.sites.values()) == added([found]), key
            counted += found.numerator
    assert counted
    assert Value.from_json(kept["inclusions"][Span(2026).key]).numerator > 0

"""Facts of the pathway and of case reviews, as frames for the indicators: no name, no text.

Departments are the first digits of a postcode, empty without one.
"""

from collections import defaultdict
from datetime import date

import pandas as pd
from django.db.models import QuerySet

from network.enums import EvaluationKind, MeetingState, Move, Outcome, VisitState, WorkStatus
from network.models import (
    Evaluation,
    FormerFollowUp,
    PathwayStep,
    Patient,
    RcpFile,
    RcpMeeting,
    RcpProposal,
    Visit,
    WaitReading,
)
from network.pathway import DECISION_DAYS
from network.rules.consultation import department
from network.rules.review import follow_up_on
from network.selectors.decision_delays import DECIDED, OF_THE_CLOCK
from portal.kit.measures import frame
from portal.kit.versions import counts, last_key


def departments() -> dict[int, str]:
    """By patient."""
    rows = Patient.objects.order_by().values_list("pk", "postcode")
    return {pk: department(postcode) for pk, postcode in rows}


def decisions(until: date) -> pd.DataFrame:
    """One row a decision on a request.

    `on`; `department` of the patient; `included`: 0 or 1; `days` from the complete file, empty
    when it was decided without; `timed`: 0 or 1, whether it has them; `untimed`: the contrary;
    `in_time`: 0 or 1, the fifteenth day inside.
    """
    homes = departments()
    steps = PathwayStep.objects.filter(move__in=[*DECIDED, *OF_THE_CLOCK], on__lte=until)
    rows = []
    patient, complete_on = 0, None
    for who, move, on in steps.order_by("patient", "pk").values_list("patient", "move", "on"):
        if who != patient:
            patient, complete_on = who, None
        if move in OF_THE_CLOCK:
            complete_on = on if move == Move.COMPLETED else None
            continue
        days = None if complete_on is None else max(0, (on - complete_on).days)
        in_time = days is not None and days <= DECISION_DAYS
        timed = int(days is not None)
        included = int(move == Move.INCLUDED)
        rows.append((on, homes[who], included, days, timed, 1 - timed, int(in_time)))
    columns = ["on", "department", "included", "days", "timed", "untimed", "in_time"]
    made = frame(rows, columns, days=["on"])
    return made.assign(days=made["days"].astype("float"))


def follow_ups(until: date) -> pd.DataFrame:
    """One row a follow-up, the present one and those before.

    `patient`; `department`; `on`: the inclusion; `left_on`: the exit, itself outside, empty as
    long as it lasts; `seen_on`: the first evaluation (CEO) since, within it; `days` to it, empty
    without; `site` of that evaluation by name, empty when it is not known.
    """
    sites: dict[tuple[int, date], str] = {}
    for patient, day, site in _ceos(until).values_list("patient", "held_on", SITE_OF_SHEET):
        sites.setdefault((patient, day), site or "")
    evaluated: dict[int, list[date]] = defaultdict(list)
    held = PathwayStep.objects.filter(move=Move.EVALUATED, on__lte=until).order_by("on")
    for patient, day in held.values_list("patient", "on"):
        evaluated[patient].append(day)
    homes = departments()
    present = Patient.objects.filter(included_on__lte=until).order_by("pk")
    spans = list(present.values_list("pk", "included_on", "left_on"))
    former = FormerFollowUp.objects.filter(included_on__lte=until).order_by("pk")
    spans += former.values_list("patient", "included_on", "left_on")
    rows = []
    for patient, start, end in spans:
        assert start is not None  # noqa: S101 - asked so
        within = (day for day in evaluated[patient] if start <= day and (not end or day <= end))
        seen = next(within, None)
        days = (seen - start).days if seen else None
        site = sites.get((patient, seen), "") if seen else ""
        rows.append((patient, homes[patient], start, end, seen, days, site))
    columns = ["patient", "department", "on", "left_on", "seen_on", "days", "site"]
    made = frame(rows, columns, days=["on", "left_on", "seen_on"])
    return made.assign(days=made["days"].astype("float"))


def pathway_version() -> str:
    """Sees every step of a pathway and every new file; a postcode corrected, with the next day."""
    return last_key(PathwayStep, Patient, FormerFollowUp)


SITE_OF_SHEET = "visit__slot__site__name"


def _ceos(until: date) -> QuerySet[Evaluation]:
    """Evaluations held, in the order in which they were signed."""
    signed = Evaluation.objects.signed().filter(kind=EvaluationKind.CEO, held_on__lte=until)
    return signed.order_by("signed_at", "pk")


def evaluations(until: date) -> pd.DataFrame:
    """One row an evaluation (CEO) held: `on`, `site` by name, empty without an appointment."""
    rows = _ceos(until).values_list("held_on", SITE_OF_SHEET)
    made = frame(rows, ["on", "site"], days=["on"])
    return made.assign(site=made["site"].fillna(""))


def evaluations_version() -> str:
    return counts(Evaluation.objects.signed())


def visits(until: date) -> pd.DataFrame:
    """One row an evaluation that took place on a slot.

    `on`; `site` by name; `department` of the patient; `known`, `unknown`, `away`: 0 or 1,
    whether both departments are known, and then whether the site is in another one.
    """
    held = Visit.objects.filter(state=VisitState.HELD, slot__starts_at__date__lte=until)
    rows = []
    for starts_at, name, home, site in held.order_by().values_list(
        "slot__starts_at__date", "slot__site__name", "patient__postcode", "slot__site__postcode"
    ):
        known = int(bool(home and site))
        away = int(known and department(home) != department(site))
        rows.append((starts_at, name, department(home), known, 1 - known, away))
    columns = ["on", "site", "department", "known", "unknown", "away"]
    return frame(rows, columns, days=["on"])


def visits_version() -> str:
    return counts(Visit.objects.filter(state=VisitState.HELD))


def readings(until: date) -> pd.DataFrame:
    """One row a wait as a structure's sheet told it: `on`, `structure` by name, `weeks`."""
    found = WaitReading.objects.filter(measured_on__lte=until).order_by("measured_on", "pk")
    rows = found.values_list("measured_on", "structure__name", "weeks")
    return frame(rows, ["on", "structure", "weeks"], days=["on"])


def readings_version() -> str:
    return last_key(WaitReading)


def meetings(until: date) -> pd.DataFrame:
    """One row a case review held: `on`."""
    held = RcpMeeting.objects.filter(state=MeetingState.HELD, held_on__lte=until)
    return frame(held.order_by().values_list("held_on"), ["on"], days=["on"])


def files(until: date) -> pd.DataFrame:
    """One row a file discussed.

    `on`; `asked_on`: the day on which work is asked again, six months later; `due`: 0 or 1,
    whether it has come for somebody who had a job at the review, at work or on leave;
    `told`, `untold`, `working`: 0 or 1, what is known then of those due.
    """
    had_a_job = (WorkStatus.WORKING, WorkStatus.ON_LEAVE)
    held = RcpFile.objects.held().filter(meeting__held_on__lte=until).order_by()
    rows = []
    for on, then, later in held.values_list("meeting__held_on", "work_then", "work_later"):
        asked_on = follow_up_on(on)
        due = int(then in had_a_job and asked_on <= until)
        told = int(due and later not in ("", WorkStatus.UNKNOWN))
        working = int(told and later == WorkStatus.WORKING)
        rows.append((on, asked_on, due, told, due - told, working))
    columns = ["on", "asked_on", "due", "told", "untold", "working"]
    return frame(rows, columns, days=["on", "asked_on"])


def proposals(until: date) -> pd.DataFrame:
    """One row a proposal of a case review: `on` of the review, `kind`, and 0 or 1: `done`,
    `closed` (its outcome is known), `pending`."""
    made = RcpProposal.objects.filter(
        file__meeting__state=MeetingState.HELD, file__meeting__held_on__lte=until
    )
    rows = [
        (
            on,
            kind,
            int(outcome == Outcome.DONE),
            int(outcome != Outcome.PENDING),
            int(outcome == Outcome.PENDING),
        )
        for on, kind, outcome in made.order_by().values_list(
            "file__meeting__held_on", "kind", "outcome"
        )
    ]
    return frame(rows, ["on", "kind", "done", "closed", "pending"], days=["on"])


def reviews_version() -> str:
    """Sees meetings held, files, answers on work and outcomes; one outcome changed for another,
    with the next day."""
    return ".".join(
        [
            last_key(RcpFile, RcpProposal),
            counts(
                RcpMeeting.objects.filter(state=MeetingState.HELD),
                RcpFile.objects.exclude(work_then=""),
                RcpFile.objects.exclude(work_later=""),
                RcpProposal.objects.exclude(outcome=Outcome.PENDING),
                RcpProposal.objects.filter(outcome=Outcome.DONE),
            ),
        ]
    )

"""Reads of patients: the list, where one stands, who looks like whom, who read a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Prefetch, QuerySet, prefetch_related_objects

from network.enums import LinkRole, PathwayState
from network.models import CareLink, ContactAttempt, JournalEntry, Patient, User
from network.models.journal import READINGS
from network.rules.follow_up import FOLLOW_UP_MONTHS, last_day_of_follow_up, whole_months
from network.rules.identity import Traits, looks_same


@dataclass(frozen=True, slots=True)
class Search:
    """Filters of the list, as the address carries them."""

    text: str = ""
    state: PathwayState | None = None
    mine: bool = False


def patients_for(user: User, on: date) -> QuerySet[Patient]:
    """The patients whose clinical pages the user may open that day."""
    return Patient.objects.in_care_of(user, on)


def patient_list(user: User, search: Search, on: date) -> QuerySet[Patient]:
    """The list with its filters; each patient carries `treating`, the doctor's link of the day."""
    found = Patient.objects.in_care_of(user, on).named_like(search.text)
    if search.state:
        found = found.filter(state=search.state)
    if search.mine:
        found = found.followed_by(user, on)
    doctors = CareLink.objects.on(on).filter(role=LinkRole.TREATING_DOCTOR)
    return found.prefetch_related(
        Prefetch("links", doctors.select_related("professional"), to_attr="treating")
    )


def own_files(user: User, on: date) -> QuerySet[Patient]:
    """The user's own file first, then those of the minors whom the user represents."""
    return Patient.objects.own_of(user, on).select_related("user").order_by("birth_date", "pk")


def lookalikes(traits: Traits) -> list[Patient]:
    """Files that may already be this person's; whoever registers must compare them."""
    born_then = Patient.objects.filter(birth_date=traits.birth_date)
    return [patient for patient in born_then if looks_same(patient.traits, traits)]


def load_former(days: Iterable[tuple[Patient, date]]) -> None:
    """Fetch at once the former follow-ups that `Patient.follow_up_on` will ask for on these days.

    One query where a day comes before its patient's present follow-up, none elsewhere.
    """
    asking = [each for each, day in days if each.included_on is None or day < each.included_on]
    prefetch_related_objects(asking, "former_follow_ups")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a patient stands on a day. `last_day` is the last of the follow-up, inside."""

    state: PathwayState
    last_day: date | None
    over: bool
    months_done: int
    months_left: int
    days_left: int
    months_in_all: int = FOLLOW_UP_MONTHS

    @property
    def running(self) -> bool:
        return self.state == PathwayState.FOLLOWED and not self.over


def standing(patient: Patient, on: date) -> Standing:
    """Where the patient stands: an exit ends the follow-up before its term, 15 months or more."""
    state = PathwayState(patient.state)
    if patient.included_on is None:
        return Standing(state, None, False, 0, 0, 0)
    term = last_day_of_follow_up(patient.included_on, patient.renewed_to)
    last_day = min(term, patient.left_on) if patient.left_on else term
    in_all = whole_months(patient.included_on, term + timedelta(days=1))
    return Standing(
        state=state,
        last_day=last_day,
        over=last_day < on,
        months_done=min(whole_months(patient.included_on, on), in_all),
        months_left=whole_months(on, last_day),
        days_left=max(0, (last_day - on).days),
        months_in_all=in_all,
    )


def attempts_of(patient: Patient) -> QuerySet[ContactAttempt]:
    """The attempts to reach a patient in the present follow-up, the latest first."""
    return ContactAttempt.objects.filter(
        patient=patient, on__gte=patient.included_on or patient.requested_on
    ).select_related("by")


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who opened a file: how often, and when last."""

    person: str
    times: int
    last_at: datetime


def readers(patient: Patient) -> list[Reader]:
    """Who opened this file, the latest first: all of them, so that nobody is hidden."""
    rows = (
        JournalEntry.objects.filter(patient=patient, verb__in=READINGS)
        .order_by()
        .values("actor", "actor__first_name", "actor__last_name", "actor__email")
        .annotate(times=Count("pk"), last_at=Max("at"))
        .order_by("-last_at")
    )
    return [
        Reader(
            f"{row['actor__first_name']} {row['actor__last_name']}".strip() or row["actor__email"],
            row["times"],
            row["last_at"],
        )
        for row in rows
    ]

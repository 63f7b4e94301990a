"""Where a patient stands in education: the assessment, what is to come, what was attended."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from etp.enums import PlaceState
from etp.models import Assessment, Evaluation, Opening, Place
from network.enums import PathwayState
from network.models import Patient


class Next(StrEnum):
    """The next step, for whoever looks at the patient's page."""

    ASSESS = "assess"
    FINISH = "finish"
    OPEN = "open"
    BOOK = "book"
    COME = "come"
    EVALUATE = "evaluate"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class Education:
    """`sheet`: the last closed version; `draft`: one is under way."""

    sheet: Assessment | None
    draft: bool
    coming: list[Place]
    counts: dict[str, int]
    opened: int
    next: Next

    @property
    def attended(self) -> int:
        return self.counts.get(PlaceState.ATTENDED, 0)

    @property
    def missed(self) -> int:
        return self.counts.get(PlaceState.ABSENT, 0) + self.counts.get(PlaceState.EXCUSED, 0)

    @property
    def is_empty(self) -> bool:
        return self.sheet is None and not self.draft and not self.coming and not self.counts


def education_of(patient: Patient, *, now: datetime) -> Education:
    """In four queries."""
    versions = list(Assessment.objects.filter(patient=patient).select_related("evaluation"))
    sheet = next((each for each in versions if each.closed_at), None)
    draft = any(each.closed_at is None for each in versions)
    places = list(
        Place.objects.filter(patient=patient)
        .select_related("session__workshop", "session__site")
        .order_by("session__starts_at")
    )
    coming = [
        each
        for each in places
        if each.state in (PlaceState.BOOKED, PlaceState.OFFERED) and each.session.starts_at > now
    ]
    counts = Counter(each.state for each in places)
    opened = Opening.objects.open().filter(patient=patient).count()
    evaluated = sheet is not None and _evaluation(sheet) is not None
    step = Next.NOTHING
    if patient.state == PathwayState.FOLLOWED:
        step = _next(
            sheet=sheet is not None,
            draft=draft,
            opened=opened,
            coming=bool(coming),
            attended=counts[PlaceState.ATTENDED],
            evaluated=evaluated,
        )
    return Education(sheet, draft, coming, dict(counts), opened, step)


def _evaluation(sheet: Assessment) -> Evaluation | None:
    return getattr(sheet, "evaluation", None)


def _next(
    *, sheet: bool, draft: bool, opened: int, coming: bool, attended: int, evaluated: bool
) -> Next:
    if draft:
        return Next.FINISH
    if not sheet:
        return Next.ASSESS
    if coming:
        return Next.COME
    if evaluated:
        return Next.NOTHING
    if attended:
        return Next.EVALUATE
    return Next.BOOK if opened else Next.OPEN

"""Assessments as pages show them: what one holds, what changed, what it proposes, who waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from etp.enums import Audience, Mode, PlaceState, SheetPart, Theme
from etp.models import Assessment, Evaluation, Objective, Opening, Place, Session, Workshop
from etp.models.programme import THEMES
from etp.models.session import MODES
from etp.rules.proposal import Course, Proposal, Wish, audience_of, propose
from network.enums import PathwayState
from network.models import Patient

COMING = (PlaceState.BOOKED, PlaceState.OFFERED)


@dataclass(frozen=True, slots=True)
class Line:
    """What one field says; `before`: what the former version said, when it differs."""

    part: SheetPart
    label: str
    text: str
    before: str | None = None

    @property
    def changed(self) -> bool:
        return self.before is not None


@dataclass(frozen=True, slots=True)
class AimLine:
    """An objective, and whether it came or went with this version."""

    aim: Objective
    new: bool = False
    gone: bool = False


def versions_of(patient: Patient) -> list[Assessment]:
    """All of them, the last one first, with who led them and their evaluation."""
    found = Assessment.objects.filter(patient=patient).select_related("led_by", "evaluation")
    return list(found.prefetch_related("objectives"))


def lines_of(sheet: Assessment, former: Assessment | None = None) -> list[Line]:
    """The text fields of a version, and how they differ from the former one."""
    was = dict(_texts(former)) if former else dict(_texts(sheet))
    return [
        Line(part, label, text, was[part, label] if was[part, label] != text else None)
        for (part, label), text in _texts(sheet)
    ]


def _texts(sheet: Assessment) -> Iterable[tuple[tuple[SheetPart, str], str]]:
    needs = ", ".join(str(THEMES[Theme(each)]) for each in sheet.needs)
    mode = MODES[Mode(sheet.mode)] if sheet.mode else _("sans préférence")
    yield (SheetPart.NEEDS, _("Besoins")), needs
    yield (SheetPart.NEEDS, _("Ce que la douleur change au quotidien")), sheet.daily_life
    yield (SheetPart.SKILLS, _("Ce que la personne sait")), sheet.knowledge
    yield (SheetPart.SKILLS, _("Ce qu’elle fait déjà")), sheet.skills
    yield (SheetPart.SKILLS, _("Ce qui peut gêner")), sheet.brakes
    yield (SheetPart.PREFERENCES, _("Où")), str(mode)
    yield (SheetPart.PREFERENCES, _("Disponibilités")), sheet.availability


def aims_of(sheet: Assessment, former: Assessment | None = None) -> list[AimLine]:
    """The objectives, then those of the former version that are no longer there."""
    own = list(sheet.objectives.all())
    if former is None:
        return [AimLine(each) for each in own]
    was = {(each.words, each.theme): each for each in former.objectives.all()}
    lines = [AimLine(each, new=was.pop((each.words, each.theme), None) is None) for each in own]
    return lines + [AimLine(each, gone=True) for each in was.values()]


# --- What an assessment proposes


@dataclass(frozen=True, slots=True)
class Choice:
    """A workshop that may be opened; `opening` when it is."""

    workshop: Workshop
    proposal: Proposal | None
    opening: Opening | None


def audience_on(patient: Patient, on: date) -> Audience:
    return audience_of(patient.birth_date, on)


def choices_of(sheet: Assessment, *, now: datetime) -> list[Choice]:
    """Every workshop: the proposed ones first, in the order of the rule, then the others."""
    opened = {
        each.workshop_id: each for each in Opening.objects.open().filter(patient=sheet.patient_id)
    }
    workshops = {
        each.pk: each for each in Workshop.objects.all() if each.active or each.pk in opened
    }
    modes: dict[int, set[Mode]] = {}
    for workshop, mode in Session.objects.coming(now).values_list("workshop", "mode"):
        modes.setdefault(workshop, set()).add(Mode(mode))
    wish = Wish(
        needs=[Theme(each) for each in sheet.needs],
        objectives=[(each.words, Theme(each.theme)) for each in sheet.objectives.all()],
        audience=audience_on(sheet.patient, timezone.localdate(now)),
        mode=Mode(sheet.mode) if sheet.mode else None,
    )
    courses = [
        Course(each.pk, Theme(each.theme), Audience(each.audience), modes.get(each.pk, ()))
        for each in workshops.values()
        if each.active
    ]
    proposed = {each.course: each for each in propose(wish, courses)}
    order = [*proposed, *(pk for pk in workshops if pk not in proposed)]
    return [Choice(workshops[pk], proposed.get(pk), opened.get(pk)) for pk in order]


# --- Who waits for what


def without_assessment() -> QuerySet[Patient]:
    """Patients in follow-up for whom nothing is begun, the longest wait first."""
    none = ~Exists(Assessment.objects.filter(patient=OuterRef("pk")))
    followed = Patient.objects.filter(none, state=PathwayState.FOLLOWED)
    return followed.order_by("included_on", "pk")


def drafts() -> QuerySet[Assessment]:
    """Assessments begun and not closed, the oldest first."""
    found = Assessment.objects.filter(closed_at=None, patient__state=PathwayState.FOLLOWED)
    return found.select_related("patient", "led_by").order_by("started_at", "pk")


def to_evaluate(now: datetime) -> QuerySet[Assessment]:
    """The last closed version of those who came since they were evaluated, and have nothing to
    come."""
    places = Place.objects.filter(patient=OuterRef("patient"))
    later = Assessment.objects.filter(
        patient=OuterRef("patient"), number__gt=OuterRef("number"), closed_at__isnull=False
    )
    evaluated = Evaluation.objects.filter(assessment=OuterRef("pk"))
    since = Evaluation.objects.filter(
        assessment__patient=OuterRef("patient"), held_on__gte=OuterRef("session__starts_at__date")
    )
    found = Assessment.objects.filter(
        ~Exists(later),
        ~Exists(evaluated),
        Exists(places.filter(~Exists(since), state=PlaceState.ATTENDED)),
        ~Exists(places.filter(state__in=COMING, session__starts_at__gt=now)),
        closed_at__isnull=False,
    )
    return found.select_related("patient", "led_by").order_by("closed_at", "pk")


def assessed() -> QuerySet[Assessment]:
    """The last closed version of each patient, the latest first."""
    later = Assessment.objects.filter(
        patient=OuterRef("patient"), number__gt=OuterRef("number"), closed_at__isnull=False
    )
    found = Assessment.objects.filter(~Exists(later), closed_at__isnull=False)
    return found.select_related("patient", "led_by").order_by("-held_on", "-pk")

"""Reads of evaluations: a patient's sheets, what a reassessment changes, what is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from network.enums import Direction, EvaluationKind, PathwayState, VisitState
from network.models import Evaluation, Patient, User, Visit
from network.models.evaluation import DIRECTIONS, EvaluationQuerySet
from network.rules.evaluation import PARTS, Comparison, Sheet, Trend, compare
from network.rules.follow_up import ANNOUNCED_DAYS, REASSESSED_DAYS, last_inclusion_over
from network.selectors.consultations import signed_ceo, without_ceo

PART_TITLES = {
    "pain": gettext_lazy("Douleur"),
    "repercussions": gettext_lazy("Retentissement"),
    "treatments": gettext_lazy("Traitements"),
    "priorities": gettext_lazy("Ce qui compte pour la personne"),
    "own_words": gettext_lazy("Ses mots"),
}


def sheets_of(patient: Patient, user: User, on: date) -> EvaluationQuerySet:
    """The sheets of a patient that the user may read, the latest first."""
    rows = Evaluation.objects.visible_to(user, on).filter(patient=patient)
    return rows.select_related("doctor", "letter__to", "compared_with").prefetch_related(
        "orientations", "addenda__by", "compared_with__orientations"
    )


def draft_of(patient: Patient, kind: EvaluationKind, user: User) -> Evaluation | None:
    rows = Evaluation.objects.filter(patient=patient, kind=kind, doctor__user=user, signed_at=None)
    return rows.prefetch_related("orientations").first()


def ceo_of(patient: Patient) -> Evaluation | None:
    """The signed CEO of the present follow-up."""
    rows = Evaluation.objects.signed().filter(patient=patient, kind=EvaluationKind.CEO)
    if patient.included_on:
        rows = rows.filter(held_on__gte=patient.included_on)
    return rows.select_related("doctor").prefetch_related("orientations").first()


def plain(sheet: Evaluation) -> Sheet:
    return Sheet(
        intensity=sheet.intensity,
        parts={name: getattr(sheet, name) for name in PARTS},
        directions=[each.direction for each in sheet.orientations.all()],
    )


@dataclass(frozen=True, slots=True)
class Part:
    """One part of two sheets side by side, and what became of it in a word."""

    title: str
    before: str
    after: str
    trend: str


@dataclass(frozen=True, slots=True)
class Changes:
    """A reassessment beside its CEO: sentences first, then part by part."""

    sentences: Sequence[str]
    parts: Sequence[Part]


def changes(before: Evaluation, after: Evaluation) -> Changes:
    """What changed between two sheets, in plain words."""
    found = compare(plain(before), plain(after))
    parts = [
        Part(
            title=str(PART_TITLES[name]),
            before=getattr(before, name),
            after=getattr(after, name),
            trend=_trend(found.parts[name]),
        )
        for name in PARTS
    ]
    return Changes(list(_sentences(found, before, after)), parts)


def _sentences(found: Comparison, before: Evaluation, after: Evaluation) -> list[str]:
    told = [_intensity(found, before, after)]
    for directions, sentence in (
        (found.opened, _("Orientation ajoutée\u00a0: %(names)s.")),
        (found.closed, _("Orientation qui n’est plus proposée\u00a0: %(names)s.")),
    ):
        if directions:
            names = ", ".join(str(DIRECTIONS[Direction(each)]) for each in directions)
            told.append(sentence % {"names": names})
    same = [name for name, trend in found.parts.items() if trend is Trend.SAME]
    if len(same) == len(PARTS):
        told.append(_("Les textes sont les mêmes."))
    return [each for each in told if each]


def _intensity(found: Comparison, before: Evaluation, after: Evaluation) -> str:
    if found.intensity is None:
        return _("L’intensité de la douleur n’a pas été notée les deux fois.")
    if found.intensity is Trend.SAME:
        return _("Intensité\u00a0: toujours %(n)s sur 10.") % {"n": after.intensity}
    points = ngettext("%(n)s point", "%(n)s points", found.gap) % {"n": found.gap}
    sentence = (
        _("Intensité\u00a0: de %(before)s à %(after)s sur 10, %(points)s de moins.")
        if found.intensity is Trend.LESS
        else _(
            "Intensité de la douleur\u00a0: de %(before)s à %(after)s sur 10, %(points)s de plus."
        )
    )
    return sentence % {"before": before.intensity, "after": after.intensity, "points": points}


def _trend(trend: Trend) -> str:
    return {
        Trend.SAME: _("inchangé"),
        Trend.CHANGED: _("modifié"),
        Trend.ADDED: _("nouveau"),
        Trend.REMOVED: _("n’est plus noté"),
    }[trend]


def ending(user: User, on: date) -> QuerySet[Patient]:
    """Patients whose follow-up's end is announced; the soonest first."""
    return _followed(user, on).filter(_ends_within(max(ANNOUNCED_DAYS), on)).order_by(*_SOONEST)


def over(user: User, on: date) -> QuerySet[Patient]:
    """Patients still followed though their last day has passed: an exit or a renewal to note."""
    return _followed(user, on).filter(_is_over(on)).order_by(*_SOONEST)


def to_reassess(user: User, on: date) -> QuerySet[Patient]:
    """Follow-ups near their end with a CEO signed and no reassessment since; the soonest first."""
    return _followed(user, on).filter(*_to_reassess(on)).order_by(*_SOONEST)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many patients wait for what, in the care of one person on a day.

    `first`: the oldest inclusion among those to book. `unsigned`: appointments that have begun,
    whose summary is not signed. `near`: those of `ending` that have come to
    the last announcement.
    """

    to_book: int
    first: date | None
    unsigned: int
    to_reassess: int
    ending: int
    near: int
    over: int


def waiting(user: User, on: date, now: datetime) -> Waiting:
    """All the counts of the coordination's home, in one query."""
    soonest, latest = sorted(ANNOUNCED_DAYS)
    bare = without_ceo()
    begun = Visit.objects.filter(
        patient=OuterRef("pk"), state=VisitState.BOOKED, slot__starts_at__lte=now
    )
    found = _followed(user, on).aggregate(
        to_book=Count("pk", filter=Q(*bare)),
        first=Min("included_on", filter=Q(*bare)),
        unsigned=Count("pk", filter=Q(Exists(begun))),
        to_reassess=Count("pk", filter=Q(*_to_reassess(on))),
        ending=Count("pk", filter=_ends_within(latest, on)),
        near=Count("pk", filter=_ends_within(soonest, on)),
        over=Count("pk", filter=_is_over(on)),
    )
    return Waiting(**found)


_SOONEST = ("included_on", "pk")


def _followed(user: User, on: date) -> QuerySet[Patient]:
    return Patient.objects.in_care_of(user, on).filter(state=PathwayState.FOLLOWED)


def _ends_within(days: int, on: date) -> Q:
    """The last day is from `on` to that many days ahead."""
    until = on + timedelta(days=days + 1)
    plain = Q(
        renewed_to=None,
        included_on__gt=last_inclusion_over(on),
        included_on__lte=last_inclusion_over(until),
    )
    return plain | Q(renewed_to__gt=on, renewed_to__lte=until)


def _is_over(on: date) -> Q:
    plain = Q(renewed_to=None, included_on__lte=last_inclusion_over(on))
    return plain | Q(renewed_to__lte=on)


def _to_reassess(on: date) -> tuple[Any, ...]:
    done = Evaluation.objects.signed().filter(
        patient=OuterRef("pk"),
        kind=EvaluationKind.REASSESSMENT,
        held_on__gte=OuterRef("included_on"),
    )
    return _ends_within(REASSESSED_DAYS, on), signed_ceo(), ~Exists(done)

"""The yearly report of the programme (context 2.1): every figure is computed here, once.

A year is a civil year of Paris; sessions count once begun, and unless cancelled. Decision: a
patient comes from the city when a treating doctor of the city was named on the day of the
assessment, since that doctor is who refers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from etp.enums import Format, Mode, PlaceState, Theme
from etp.models import Assessment, Evaluation, Facilitator, Feedback, Place, Session
from etp.models.programme import FORMATS, THEMES
from etp.models.session import MODES
from etp.rules import report as rules
from etp.rules.report import Share, wait_share
from network.enums import LinkRole
from network.models import CareLink, FormerFollowUp, Patient

NOTED = (PlaceState.ATTENDED, PlaceState.ABSENT, PlaceState.EXCUSED)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of the report; `reading` says what is counted among what."""

    key: str
    label: str
    share: Share
    reading: str


@dataclass(frozen=True, slots=True)
class Report:
    """`sessions`: those held, by theme, form and mode."""

    year: int
    indicators: list[Indicator]
    sessions: list[Indicator]


@dataclass(frozen=True, slots=True)
class _Year:
    """The year's days, and its instants up to now."""

    first: date
    last: date
    start: datetime
    end: datetime

    @property
    def held(self) -> QuerySet[Session]:
        return self.planned.filter(cancelled_at=None)

    @property
    def planned(self) -> QuerySet[Session]:
        return Session.objects.filter(starts_at__gte=self.start, starts_at__lt=self.end)

    @property
    def places(self) -> QuerySet[Place]:
        return Place.objects.filter(
            session__starts_at__gte=self.start,
            session__starts_at__lt=self.end,
            session__cancelled_at=None,
        )

    @property
    def assessed(self) -> QuerySet[Assessment]:
        return Assessment.objects.filter(
            closed_at__isnull=False, held_on__gte=self.first, held_on__lte=self.last
        ).order_by()


def years() -> list[int]:
    """The years that have something to report, the last one first."""
    days = list(Assessment.objects.order_by().dates("held_on", "year"))
    days += [each.date() for each in Session.objects.order_by().datetimes("starts_at", "year")]
    return sorted({each.year for each in days}, reverse=True)


def yearly_report(year: int, *, now: datetime) -> Report:
    """The indicators of a year; those of the year under way stop at `now`."""
    midnight = datetime.combine(date(year, 1, 1), time(), timezone.get_current_timezone())
    span = _Year(
        first=date(year, 1, 1),
        last=date(year, 12, 31),
        start=midnight,
        end=min(midnight.replace(year=year + 1), now),
    )
    return Report(year, list(_indicators(span)), _sessions(span))


def _indicators(span: _Year) -> Iterator[Indicator]:
    assessed = span.assessed.values("patient").distinct()
    yield Indicator(
        "assessed",
        _("Patients avec un bilan éducatif"),
        Share(assessed.count(), _followed(span).count()),
        _("Bilan terminé dans l’année, parmi les patients suivis dans l’année."),
    )
    attended = span.places.filter(state=PlaceState.ATTENDED).order_by()
    each = attended.values("patient").annotate(times=Count("pk"))
    evaluated = Evaluation.objects.filter(
        assessment__patient=OuterRef("patient"),
        held_on__gte=span.first,
        held_on__lte=span.last,
    )
    completed = each.filter(Exists(evaluated), times__gte=rules.ENOUGH_SESSIONS)
    yield Indicator(
        "completed",
        _("Patients avec trois séances suivies et une évaluation"),
        Share(completed.count(), each.count()),
        _("Trois présences et l’évaluation dans l’année, parmi ceux venus au moins une fois."),
    )
    yield Indicator(
        "held",
        _("Séances tenues"),
        Share(span.held.count(), span.planned.count()),
        _("Parmi les séances prévues jusqu’à ce jour, annulées comprises."),
    )
    noted = span.places.filter(state__in=NOTED)
    yield Indicator(
        "attendance",
        _("Présence aux séances"),
        Share(attended.count(), noted.count()),
        _("Présences parmi les places dont la présence est notée."),
    )
    yield _trained(span)
    yield _from_the_city(span)
    yield from _opinions(span)
    yield from _waits(span)


def _followed(span: _Year) -> QuerySet[Patient]:
    """Those with a day of the year in a follow-up, the present one or a former."""
    former = FormerFollowUp.objects.filter(included_on__lte=span.last, left_on__gte=span.first)
    present = Q(left_on=None) | Q(left_on__gte=span.first)
    return Patient.objects.filter(
        present & Q(included_on__lte=span.last) | Q(pk__in=former.values("patient"))
    )


def _trained(span: _Year) -> Indicator:
    people = Facilitator.objects.filter(pk__in=span.held.values("facilitator"))
    trained = [each for each in people if each.is_trained]
    return Indicator(
        "trained",
        _("Animateurs formés"),
        Share(len(trained), len(people)),
        _("Quarante heures attestées, parmi ceux qui ont animé une séance."),
    )


def _from_the_city(span: _Year) -> Indicator:
    doctors = CareLink.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=OuterRef("held_on")),
        patient=OuterRef("patient"),
        role=LinkRole.TREATING_DOCTOR,
        professional__employee=False,
        starts_on__lte=OuterRef("held_on"),
    )
    patients = span.assessed.values("patient").distinct()
    return Indicator(
        "city",
        _("Patients de la ville"),
        Share(patients.filter(Exists(doctors)).count(), patients.count()),
        _("Médecin traitant nommé le jour du bilan, parmi les patients avec un bilan."),
    )


def _opinions(span: _Year) -> Iterator[Indicator]:
    told = Feedback.objects.filter(place__in=span.places).order_by()
    yield Indicator(
        "useful",
        _("Séances jugées utiles"),
        Share(told.filter(useful__gte=rules.USEFUL).count(), told.count()),
        _("Avis de 4 ou 5 sur 5, parmi les avis donnés après une séance."),
    )
    asked = Evaluation.objects.filter(
        held_on__gte=span.first, held_on__lte=span.last, satisfaction__isnull=False
    )
    yield Indicator(
        "satisfied",
        _("Patients satisfaits du programme"),
        Share(asked.filter(satisfaction__gte=rules.SATISFIED).count(), asked.count()),
        _("7 sur 10 ou plus, parmi les évaluations où la question a une réponse."),
    )


def _waits(span: _Year) -> Iterator[Indicator]:
    closed = Assessment.objects.filter(closed_at__isnull=False).order_by()
    first = dict(closed.values_list("patient").annotate(Min("held_on")))
    assessed = Patient.objects.filter(pk__in=closed.values("patient"))
    included = [
        (each.pk, each.follow_up_on(first[each.pk]).included_on)
        for each in assessed.prefetch_related("former_follow_ups")
    ]
    to_assessment = [
        (first[pk] - day).days
        for pk, day in included
        if span.first <= first[pk] <= span.last and day is not None
    ]
    yield Indicator(
        "wait_assessment",
        _("Bilan dans les 30\u00a0jours"),
        wait_share(to_assessment, rules.SOON_ASSESSED),
        _("De l’inclusion au premier bilan, parmi les premiers bilans de l’année."),
    )
    attended = Place.objects.filter(state=PlaceState.ATTENDED, patient__in=first).order_by()
    to_workshop = [
        (timezone.localdate(moment) - first[pk]).days
        for pk, moment in attended.values_list("patient").annotate(Min("session__starts_at"))
        if span.start <= moment < span.end
    ]
    yield Indicator(
        "wait_workshop",
        _("Premier atelier dans les 60\u00a0jours"),
        wait_share(to_workshop, rules.SOON_ATTENDING),
        _("Du premier bilan à la première présence, parmi les premières venues de l’année."),
    )


def _sessions(span: _Year) -> list[Indicator]:
    groups = list(
        span.held.order_by()
        .values_list("workshop__theme", "workshop__format", "mode")
        .annotate(Count("pk"))
        .order_by("workshop__theme", "workshop__format", "mode")
    )
    held = sum(count for *_kind, count in groups)
    return [
        Indicator(
            f"{theme}.{form}.{mode}",
            ", ".join(
                str(each)
                for each in (THEMES[Theme(theme)], FORMATS[Format(form)], MODES[Mode(mode)])
            ),
            Share(count, held),
            _("Parmi les séances tenues."),
        )
        for theme, form, mode, count in groups
    ]

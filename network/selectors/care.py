"""Reads of care: team, long-term conditions, professionals."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from network.enums import LinkRole, Profession
from network.models import (
    AldPeriod,
    CareLink,
    Patient,
    Professional,
    Representative,
)
from network.rules.identity import fold


@dataclass(frozen=True, slots=True)
class Team:
    """Who follows a patient on a day, and who did before or will later."""

    treating_doctor: CareLink | None
    members: tuple[CareLink, ...]
    others: tuple[CareLink, ...]


def team(patient: Patient, on: date) -> Team:
    links = list(
        CareLink.objects.filter(patient=patient)
        .select_related("professional")
        .order_by("starts_on", "pk")
    )
    today = [
        each for each in links if each.starts_on <= on and (not each.ends_on or each.ends_on >= on)
    ]
    doctors = [each for each in today if each.role == LinkRole.TREATING_DOCTOR]
    return Team(
        treating_doctor=doctors[-1] if doctors else None,
        members=tuple(each for each in today if each.role == LinkRole.TEAM),
        others=tuple(each for each in reversed(links) if each not in today),
    )


def ald_periods(patient: Patient) -> QuerySet[AldPeriod]:
    """The long-term conditions of a patient, the latest first."""
    return AldPeriod.objects.filter(patient=patient).order_by("-starts_on", "-pk")


def representatives(patient: Patient) -> QuerySet[Representative]:
    return Representative.objects.filter(patient=patient).select_related("user")


def team_link(patient: Patient, pk: int) -> QuerySet[CareLink]:
    """An open place in this patient's care team."""
    return CareLink.objects.filter(
        patient=patient, pk=pk, role=LinkRole.TEAM, ends_on=None
    ).select_related("professional")


def ald_period(patient: Patient, pk: int) -> QuerySet[AldPeriod]:
    return AldPeriod.objects.filter(patient=patient, pk=pk)


def professionals() -> QuerySet[Professional]:
    return Professional.objects.select_related("user")


def doctors() -> QuerySet[Professional]:
    return Professional.objects.filter(profession=Profession.DOCTOR)


def professional_list(text: str, profession: Profession | None) -> list[Professional]:
    """Professionals by name; a few hundred at most, so names are folded here."""
    rows: QuerySet[Professional] = Professional.objects.all()
    if profession:
        rows = rows.filter(profession=profession)
    words = fold(text).split()
    return [each for each in rows if _answers(each, words)]


def _answers(professional: Professional, words: list[str]) -> bool:
    names = fold(
        f"{professional.first_name} {professional.last_name} {professional.city} "
        f"{professional.rpps or ''}"
    ).split()
    return all(any(name.startswith(word) for name in names) for word in words)

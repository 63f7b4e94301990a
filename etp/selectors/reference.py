"""What sessions are made from, as the pages of coordination read it."""

from django.db.models import Count, Q, QuerySet

from etp.enums import TeamLack
from etp.models import Facilitator, Programme, Site, Workshop
from etp.rules.team import lacks
from network.enums import Profession, Role
from network.models import Professional, User


def programmes() -> QuerySet[Programme]:
    return (
        Programme.objects.select_related("coordinator")
        .prefetch_related("team__professional")
        .annotate(active_workshops=Count("workshops", filter=Q(workshops__active=True)))
        .order_by("name")
    )


def missing(programme: Programme) -> list[TeamLack]:
    """What the team of a programme read by `programmes` lacks."""
    team = programme.team.all()
    return lacks([Profession(each.professional.profession) for each in team])


def workshops() -> QuerySet[Workshop]:
    return Workshop.objects.select_related("programme").order_by("-active", "title", "pk")


def facilitators() -> QuerySet[Facilitator]:
    return Facilitator.objects.select_related("professional").order_by(
        "-active", "professional__last_name", "professional__first_name", "pk"
    )


def not_yet_facilitators() -> QuerySet[Professional]:
    return Professional.objects.filter(facilitator=None)


def sites() -> QuerySet[Site]:
    return Site.objects.order_by("-active", "name")


def coordinators() -> QuerySet[User]:
    """Who may answer for a programme."""
    return (
        User.objects.filter(
            is_active=True,
            grants__ended_at=None,
            grants__role__in=[Role.COORDINATOR, Role.MEDICAL_DIRECTOR],
        )
        .distinct()
        .order_by("last_name", "first_name", "pk")
    )

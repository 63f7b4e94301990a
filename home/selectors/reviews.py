"""What has to be read again: resources and protocols, the latest first."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from home.models import ProtocolPage
from network.models import Resource
from network.rules.directory import REVIEW_AHEAD_DAYS, review_is_late


@dataclass(frozen=True, slots=True)
class Review:
    """One thing to read again, and the editor's door to it; `before` None: never read."""

    title: str
    kind: str
    edit: str
    before: date | None
    late: bool


def resources_to_review(on: date) -> QuerySet[Resource]:
    return Resource.objects.filter(Q(review_on=None) | Q(review_on__lt=on))


def protocols_to_review(on: date) -> QuerySet[ProtocolPage]:
    found: QuerySet[ProtocolPage] = ProtocolPage.objects.live().filter(review_on__lt=on)
    return found


def reviews(today: date) -> list[Review]:
    """What is late, and what falls due within thirty days. Two queries."""
    soon = today + timedelta(days=REVIEW_AHEAD_DAYS)
    found = [
        _review(
            each.name,
            _("Ressource"),
            reverse("wagtailsnippets_network_resource:edit", args=[each.pk]),
            each.review_on,
            today,
        )
        for each in resources_to_review(soon)
    ]
    found += [
        _review(
            each.title,
            _("Protocole"),
            reverse("wagtailadmin_pages:edit", args=[each.pk]),
            each.review_on,
            today,
        )
        for each in protocols_to_review(soon)
    ]
    return sorted(found, key=lambda each: (each.before or date.min, each.title))


def _review(title: str, kind: str, edit: str, before: date | None, today: date) -> Review:
    return Review(title, kind, edit, before, review_is_late(before, on=today))

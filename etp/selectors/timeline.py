"""Assessments and workshops of a patient, as events of the pathway."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etp.enums import PlaceState
from etp.models import Assessment, Place
from network.models import Patient
from portal.kit.timeline import Event
from portal.kit.words import typeset

SAID: dict[PlaceState, str | Promise] = {
    PlaceState.ATTENDED: gettext_lazy("Atelier suivi\u00a0: %(title)s"),
    PlaceState.BOOKED: gettext_lazy("Atelier réservé\u00a0: %(title)s"),
    PlaceState.ABSENT: gettext_lazy("Absence à un atelier\u00a0: %(title)s"),
    PlaceState.EXCUSED: gettext_lazy("Absence excusée à un atelier\u00a0: %(title)s"),
}
PLAIN = (PlaceState.ATTENDED, PlaceState.BOOKED)
"""What a patient is told: an absence is no event of a pathway that one reads at home."""


def assessments(patient: Patient, *, plain: bool = False) -> Iterator[Event]:
    """Each closed assessment and its evaluation; `plain` in a patient's words."""
    closed = Assessment.objects.filter(patient=patient, closed_at__isnull=False)
    for each in closed.select_related("led_by", "evaluation__led_by"):
        if plain:
            yield Event(each.held_on, _("Nous avons parlé de vos besoins et de vos objectifs"))
        else:
            words = _("Bilan éducatif partagé, version %(number)s") % {"number": each.number}
            yield Event(each.held_on, words, str(each.led_by))
        evaluation = getattr(each, "evaluation", None)
        if evaluation and plain:
            yield Event(evaluation.held_on, _("Nous avons fait le bilan de vos ateliers"))
        elif evaluation:
            led_by = str(evaluation.led_by)
            yield Event(evaluation.held_on, _("Évaluation éducative individuelle"), led_by)
            if evaluation.letter_on:
                words = _("Lettre d’évaluation au médecin traitant")
                yield Event(evaluation.letter_on, words)


def places(patient: Patient, *, plain: bool = False) -> Iterator[Event]:
    """Workshops that the patient came to, missed, or has a place in."""
    states = PLAIN if plain else tuple(SAID)
    found = Place.objects.filter(patient=patient, state__in=states)
    for each in found.select_related("session__workshop"):
        words = SAID[PlaceState(each.state)]
        title = typeset(each.session.workshop.title)
        yield Event(timezone.localdate(each.session.starts_at), str(words) % {"title": title})

"""What this room knows of a pathway, as events: for professionals, and in plain words."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.enums import LinkRole, MeetingState, Move, VisitState
from network.models import (
    CareLink,
    LiaisonLetter,
    PathwayStep,
    Patient,
    PlanVersion,
    Questionnaire,
    RcpFile,
    RequestLetter,
    User,
    Visit,
)
from network.selectors.patients import standing
from network.selectors.plans import versions_of
from network.selectors.rcp import files_of
from network.selectors.requests import referrals_of
from portal.kit.timeline import Event
from portal.kit.words import capitalise, plain_day, plural

STEPS: dict[Move, str | Promise] = {
    Move.RECEIVED: gettext_lazy("Votre demande est arrivée"),
    Move.COMPLETED: gettext_lazy("Votre dossier est complet"),
    Move.INCLUDED: gettext_lazy("Le réseau commence à vous accompagner"),
    Move.EVALUATED: gettext_lazy("Votre première consultation dans le réseau"),
    Move.REASSESSED: gettext_lazy("Nous avons fait le point ensemble"),
    Move.RENEWED: gettext_lazy("L’accompagnement est prolongé"),
    Move.ENDED: gettext_lazy("Fin de l’accompagnement"),
    Move.ASKED_AGAIN: gettext_lazy("Une nouvelle demande est arrivée"),
}
"""The steps that a patient is told, in plain words; the others are told by letter."""


def steps(patient: Patient) -> Iterator[Event]:
    for each in PathwayStep.objects.filter(patient=patient).select_related("by"):
        said = [str(each.by) if each.by else "", each.reason]
        yield Event(each.on, capitalise(each.words), " · ".join(filter(None, said)))


def own_steps(patient: Patient) -> Iterator[Event]:
    for each in PathwayStep.objects.filter(patient=patient):
        if words := STEPS.get(Move(each.move)):
            yield Event(each.on, words)


def people(patient: Patient) -> Iterator[Event]:
    """Who began to follow the patient, and who left: one event for each day."""
    came: dict[date, list[str]] = defaultdict(list)
    left: dict[date, list[str]] = defaultdict(list)
    links = CareLink.objects.filter(patient=patient).select_related("professional")
    for each in links.order_by("starts_on", "pk"):
        doctor = each.role == LinkRole.TREATING_DOCTOR
        place = _("médecin traitant") if doctor else each.professional.trade
        came[each.starts_on].append(f"{each.professional}, {place}")
        if each.ends_on:
            left[each.ends_on].append(f"{each.professional}, {place}")
    for words, days in ((_("Arrivée dans l’équipe"), came), (_("Départ de l’équipe"), left)):
        yield from (Event(day, words, " · ".join(names)) for day, names in days.items())


def reviews(patient: Patient, user: User, today: date) -> Iterator[Event]:
    for each in files_of(patient, user, today).filter(meeting__state=MeetingState.HELD):
        present = plural(each.attendees.count(), _("personne présente"), _("personnes présentes"))
        note = present
        if each.minutes_signed_on:
            note = _("%(present)s, compte rendu signé le %(day)s") % {
                "present": present,
                "day": plain_day(each.minutes_signed_on),
            }
        yield Event(each.held_on, _("RCP"), note, reverse("network:rcp", args=[each.meeting_id]))


def requests(patient: Patient) -> Iterator[Event]:
    """Who referred the patient: the request itself is a step."""
    for each in referrals_of(patient):
        if each.sent_at:
            on = timezone.localdate(each.sent_at)
            yield Event(on, _("Adressage"), str(each.author))


def letters(patient: Patient, user: User, today: date) -> Iterator[Event]:
    """Answers to the request, then liaison letters once they have left."""
    answers = RequestLetter.objects.visible_to(user, today).filter(patient=patient)
    for each in answers:
        note = f"{each.about}, {each.addressee_words}"
        yield Event(each.dated, _("Courrier"), note, reverse("network:letter", args=[each.uid]))
    sent = LiaisonLetter.objects.filter(evaluation__patient=patient, sent_on__isnull=False)
    for letter in sent.select_related("to"):
        assert letter.sent_on is not None  # noqa: S101  # asked for by the query
        yield Event(letter.sent_on, _("Lettre de liaison"), str(letter.to or ""))


def consultations(patient: Patient) -> Iterator[Event]:
    """Appointments of evaluation (CEO) to come or missed: one that was held is a step."""
    kept = Visit.objects.filter(patient=patient, state__in=[VisitState.BOOKED, VisitState.MISSED])
    for each in kept.select_related("slot__site", "slot__doctor"):
        missed = each.state == VisitState.MISSED
        words = _("CEO manquée") if missed else _("Rendez-vous de CEO")
        on = timezone.localdate(each.slot.starts_at)
        yield Event(on, words, f"{each.slot.doctor}, {each.slot.site}")


def own_consultations(patient: Patient) -> Iterator[Event]:
    kept = Visit.objects.filter(patient=patient, state=VisitState.BOOKED)
    for each in kept.select_related("slot__site"):
        on = timezone.localdate(each.slot.starts_at)
        yield Event(on, _("Votre rendez-vous de consultation"), str(each.slot.site))


def questionnaires(patient: Patient) -> Iterator[Event]:
    for each in Questionnaire.objects.sent().filter(patient=patient):
        if each.sent_at:
            yield Event(timezone.localdate(each.sent_at), _("Questionnaire rempli"))


def own_reviews(patient: Patient, today: date) -> Iterator[Event]:
    files = RcpFile.objects.filter(
        patient=patient, meeting__held_on__lte=today, meeting__state=MeetingState.HELD
    )
    for each in files.select_related("meeting"):
        yield Event(each.held_on, _("Des professionnels ont parlé ensemble de votre situation"))


def plan_versions(patient: Patient) -> Iterator[Event]:
    """Each version, the agreement, and the next review."""
    versions = list(versions_of(patient))
    for each in versions:
        note = _("signée par %(who)s") % {"who": each.signed_by}
        if each.rcp_file:
            note = _("%(note)s, après la RCP du %(day)s") % {
                "note": note,
                "day": plain_day(each.rcp_file.held_on),
            }
        yield Event(
            _signed_on(each),
            _("Plan de soins, version %(number)s") % {"number": each.number},
            note,
            reverse("network:plan_version", args=[patient.code, each.number]),
        )
        if each.agreed:
            words = _("Accord sur la version %(number)s du plan") % {"number": each.number}
            yield Event(each.agreed.given_on, words, each.agreed.how)
    if versions and versions[0].review_on:
        yield Event(versions[0].review_on, _("Plan de soins à revoir"))


def own_plan_versions(patient: Patient) -> Iterator[Event]:
    versions = list(versions_of(patient))
    href = reverse("network:own_plan", args=[patient.code])
    for each in versions:
        first = each.number == versions[-1].number
        words = _("Votre plan de soins est écrit") if first else _("Votre plan de soins a changé")
        last = each.pk == versions[0].pk
        yield Event(_signed_on(each), words, href=href if last else "")
    if versions and versions[0].review_on:
        yield Event(versions[0].review_on, _("Nous relisons votre plan ensemble"))


def end_of_follow_up(patient: Patient, today: date) -> Iterator[Event]:
    """The term, while it is to come."""
    place = standing(patient, today)
    if place.running and place.last_day:
        yield Event(place.last_day, _("Dernier jour du suivi"))


def _signed_on(version: PlanVersion) -> date:
    assert version.signed_at is not None  # noqa: S101  # signed versions only
    return timezone.localdate(version.signed_at)

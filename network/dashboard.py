"""What waits for those who keep people, accounts and bank details."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.access import FollowUpPerm, Perm
from network.enums import PathwayState
from network.models import Patient, Professional
from network.pathway import DECISION_DAYS, due
from network.selectors.bank import pending_bank_changes
from network.selectors.consultations import of_doctor
from network.selectors.evaluations import Waiting, waiting
from network.selectors.rcp_waiting import reviews_waiting
from portal.kit import clock, dashboard, words


@dashboard.main_action(Perm.SEE_OWN_FILE, order=10)
def open_own_file(user: Any, today: date) -> dashboard.Action:
    return dashboard.Action(_("Ouvrir mon dossier"), reverse("network:own_file"), "user")


@dashboard.main_action(Perm.EDIT_PATIENT, order=20)
def open_patients(user: Any, today: date) -> dashboard.Action:
    return dashboard.Action(_("Ouvrir les dossiers"), reverse("network:patients"), "people")


@dashboard.main_action(Perm.CONFIRM_BANK_DETAILS, order=30)
def open_bank_changes(user: Any, today: date) -> dashboard.Action | None:
    if not pending_bank_changes(user).exists():
        return None
    return dashboard.Action(_("Relire les changements"), reverse("network:bank_changes"), "key")


@dashboard.main_action(Perm.GRANT_ROLE, order=40)
def invite(user: Any, today: date) -> dashboard.Action:
    return dashboard.Action(_("Inviter une personne"), reverse("network:invite_choose"), "add")


@dashboard.todos(Perm.EDIT_PATIENT, order=10)
def requests_to_decide(user: Any, today: date) -> Iterator[dashboard.Todo]:
    """Complete requests, and how many days the most urgent one has left.

    Then those that lack a piece: their clock has not started.
    """
    complete = Q(state=PathwayState.REQUESTED)
    late = complete & Q(completed_on__lt=today - timedelta(days=DECISION_DAYS))
    found = (
        Patient.objects.visible_to(user, today)
        .filter(state__in=[PathwayState.REQUESTED, PathwayState.INCOMPLETE])
        .aggregate(
            all=Count("pk", filter=complete),
            late=Count("pk", filter=late),
            first=Min("completed_on", filter=complete),
            lacking=Count("pk", filter=Q(state=PathwayState.INCOMPLETE)),
        )
    )
    if found["all"]:
        yield _to_decide(found, today)
    if found["lacking"]:
        yield _to_complete(found["lacking"])


def _to_decide(found: dict[str, Any], today: date) -> dashboard.Todo:
    return dashboard.Todo(
        title=_("Décider des demandes d’inclusion"),
        href=f"{reverse('network:patients')}?etat={PathwayState.REQUESTED}",
        note=ngettext(
            "%(count)s dossier complet attend une réponse.",
            "%(count)s dossiers complets attendent une réponse.",
            found["all"],
        )
        % {"count": found["all"]},
        label=_days_left(found["first"], found["late"], today),
        state="bad" if found["late"] else "wait",
    )


def _to_complete(count: int) -> dashboard.Todo:
    return dashboard.Todo(
        title=_("Réclamer les pièces manquantes"),
        href=f"{reverse('network:patients')}?etat={PathwayState.INCOMPLETE}",
        note=ngettext(
            "%(count)s demande est incomplète.", "%(count)s demandes sont incomplètes.", count
        )
        % {"count": count},
        label=_("Incomplet"),
    )


@dashboard.todos(Perm.CONFIRM_BANK_DETAILS, order=14)
def bank_changes(user: Any, today: date) -> Iterator[dashboard.Todo]:
    """Changes of account proposed by somebody else."""
    count = pending_bank_changes(user).exclude(proposed_by=user).count()
    if count:
        yield dashboard.Todo(
            title=_("Confirmer les changements de compte bancaire"),
            href=reverse("network:bank_changes"),
            note=ngettext(
                "%(count)s changement attend une seconde personne.",
                "%(count)s changements attendent une seconde personne.",
                count,
            )
            % {"count": count},
            label=_("À confirmer"),
            state="wait",
        )


@dashboard.todos(Perm.GRANT_ROLE, order=30)
def rpps_to_verify(user: Any, today: date) -> Iterator[dashboard.Todo]:
    """Numbers typed by people who registered alone, not yet looked up."""
    count = Professional.objects.filter(rpps__isnull=False, rpps_verified_on=None).count()
    if count:
        yield dashboard.Todo(
            title=_("Vérifier les numéros RPPS"),
            href=f"{reverse('network:accounts')}?rpps=a-verifier",
            note=ngettext(
                "%(count)s numéro n’a pas encore été rapproché de l’annuaire.",
                "%(count)s numéros n’ont pas encore été rapprochés de l’annuaire.",
                count,
            )
            % {"count": count},
            label=_("À vérifier"),
            state="info",
        )


def _days_left(first: date | None, late: int, today: date) -> str:
    """The words of the tag, for the oldest complete request."""
    if late:
        return ngettext("%(count)s en retard", "%(count)s en retard", late) % {"count": late}
    if first is None:
        return _("À décider")
    left = (due(first) - today).days
    if left == 0:
        return _("Aujourd’hui")
    return _("Encore %(days)s") % {"days": words.plural(left, _("jour"), _("jours"))}


@dashboard.todos(FollowUpPerm.PLAN_VISITS, order=20)
def consultations_to_plan(user: Any, today: date) -> Iterator[dashboard.Todo]:
    """CEO to book, summaries that lag, then the ends: to reassess before, announced, passed."""
    found = waiting(user, today, clock.now())
    if found.to_book:
        yield dashboard.Todo(
            title=_("Prendre les CEO"),
            href=reverse("network:ceo_queue"),
            note=ngettext(
                "%(count)s patient suivi n’a pas encore de rendez-vous.",
                "%(count)s patients suivis n’ont pas encore de rendez-vous.",
                found.to_book,
            )
            % {"count": words.number(found.to_book)},
            label=_since(found.first, today),
            state="wait",
        )
    if found.unsigned:
        yield dashboard.Todo(
            title=_("Relancer les synthèses de CEO"),
            href=reverse("network:visits"),
            note=ngettext(
                "%(count)s CEO passée n’a pas de synthèse signée.",
                "%(count)s CEO passées n’ont pas de synthèse signée.",
                found.unsigned,
            )
            % {"count": words.number(found.unsigned)},
            label=_("À signer"),
            state="info",
        )
    yield from _ends(found)


def _since(first: date | None, today: date) -> str:
    days = (today - first).days if first else 0
    return _("Depuis %(days)s") % {"days": words.plural(days, _("jour"), _("jours"))}


def _ends(found: Waiting) -> Iterator[dashboard.Todo]:
    if found.to_reassess:
        yield dashboard.Todo(
            title=_("Prévoir les réévaluations"),
            href=f"{reverse('network:endings')}?etat=reevaluer",
            note=ngettext(
                "%(count)s suivi finit dans les 90\u00a0jours sans réévaluation.",
                "%(count)s suivis finissent dans les 90\u00a0jours sans réévaluation.",
                found.to_reassess,
            )
            % {"count": words.number(found.to_reassess)},
            label=_("Avant la fin"),
            state="info",
        )
    if found.ending:
        yield dashboard.Todo(
            title=_("Préparer les fins de suivi"),
            href=reverse("network:endings"),
            note=ngettext(
                "%(count)s suivi finit dans les 60\u00a0jours, dont %(near)s dans les 30.",
                "%(count)s suivis finissent dans les 60\u00a0jours, dont %(near)s dans les 30.",
                found.ending,
            )
            % {"count": words.number(found.ending), "near": words.number(found.near)},
            label=_("Fin annoncée"),
            state="wait" if found.near else "info",
        )
    if found.over:
        yield dashboard.Todo(
            title=_("Noter les fins de suivi passées"),
            href=f"{reverse('network:endings')}?etat=passees",
            note=ngettext(
                "%(count)s suivi est allé à son terme sans sortie notée.",
                "%(count)s suivis sont allés à leur terme sans sortie notée.",
                found.over,
            )
            % {"count": words.number(found.over)},
            label=_("À noter"),
        )


@dashboard.todos(FollowUpPerm.CONSULT, order=15)
def own_consultations(user: Any, today: date) -> Iterator[dashboard.Todo]:
    """A doctor's own: summaries to sign, then the next consultations."""
    now = clock.now()
    booked = list(of_doctor(user, now))
    begun = [each for each in booked if each.slot.starts_at <= now]
    if begun:
        yield dashboard.Todo(
            title=ngettext(
                "Signer une synthèse de CEO", "Signer %(n)s synthèses de CEO", len(begun)
            )
            % {"n": len(begun)},
            href=reverse("network:my_visits"),
            note=_("La plus ancienne\u00a0: consultation du %(day)s.")
            % {"day": words.plain_day(timezone.localdate(begun[0].slot.starts_at))},
            label=_("À signer"),
            state="wait",
        )
    coming = booked[len(begun) :]
    if coming:
        first = timezone.localtime(coming[0].slot.starts_at)
        yield dashboard.Todo(
            title=_("Vos prochaines consultations"),
            href=reverse("network:my_visits"),
            note=_("%(patient)s, %(day)s à %(hour)s, %(site)s")
            % {
                "patient": coming[0].patient.civil_name,
                "day": words.long_day(first.date()),
                "hour": words.hour(first.time()),
                "site": coming[0].slot.site,
            },
            label=words.plural(len(coming), _("rendez-vous"), _("rendez-vous")),
            state="info",
        )


@dashboard.todos(Perm.SEE_RCP, order=16)
def reviews(user: Any, today: date) -> Iterator[dashboard.Todo]:
    """What case reviews wait for: an answer, a signature, those present, what comes after."""
    waiting = reviews_waiting(user, today)
    for meeting in waiting.to_answer:
        yield dashboard.Todo(
            title=_("Répondre à la convocation du %(day)s")
            % {"day": words.plain_day(meeting.held_on)},
            href=reverse("network:rcp", args=[meeting.pk]),
            note=meeting.where,
            label=_("Réponse attendue"),
            state="wait",
        )
    for meeting in waiting.to_note:
        yield dashboard.Todo(
            title=_("Noter les présents de la RCP du %(day)s")
            % {"day": words.plain_day(meeting.held_on)},
            href=reverse("network:rcp_hold", args=[meeting.pk]),
            label=_("Présents à noter"),
            state="wait",
        )
    if waiting.to_sign:
        yield _to_sign(waiting.to_sign)
    if waiting.late:
        yield _late(waiting.late, runs=user.has_perm(Perm.RECORD_RCP))
    if waiting.to_ask:
        yield _to_ask(waiting.to_ask)


def _to_sign(files: list[int]) -> dashboard.Todo:
    alone = len(files) == 1
    page = reverse("network:rcp_file", args=files) if alone else reverse("network:rcps")
    return dashboard.Todo(
        title=_("Signer les comptes rendus de RCP"),
        href=page,
        note=ngettext(
            "%(count)s compte rendu attend votre signature.",
            "%(count)s comptes rendus attendent votre signature.",
            len(files),
        )
        % {"count": len(files)},
        label=_("À signer"),
        state="wait",
    )


def _late(count: int, *, runs: bool) -> dashboard.Todo:
    query = "?etat=en-retard" if runs else "?etat=en-retard&qui=moi"
    return dashboard.Todo(
        title=_("Suivre les propositions des RCP"),
        href=reverse("network:rcp_proposals") + query,
        note=ngettext(
            "%(count)s proposition a dépassé son échéance.",
            "%(count)s propositions ont dépassé leur échéance.",
            count,
        )
        % {"count": count},
        label=_("En retard"),
        state="bad",
    )


def _to_ask(count: int) -> dashboard.Todo:
    return dashboard.Todo(
        title=_("Demander la situation de travail"),
        href=reverse("network:rcp_follow_up"),
        note=ngettext(
            "%(count)s personne, six mois après sa RCP.",
            "%(count)s personnes, six mois après leur RCP.",
            count,
        )
        % {"count": count},
        label=_("À demander"),
    )

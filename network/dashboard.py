"""What waits for those who keep people, accounts and bank details."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.access import Perm
from network.enums import PathwayState
from network.models import Patient, Professional
from network.pathway import DECISION_DAYS, due
from network.rules.questionnaire import REMINDERS
from network.selectors.bank import pending_bank_changes
from network.selectors.questionnaires import alerts_to_see, in_progress, progress_of
from network.views.answering import answerer_of
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


@dashboard.todos(Perm.FOLLOW_QUESTIONNAIRES, order=1)
def answers_to_see(user: Any, today: date) -> Iterator[dashboard.Todo]:
    """Answers signalled by a questionnaire: before anything else of the day."""
    count = alerts_to_see().count()
    if count:
        yield dashboard.Todo(
            title=_("Appeler les personnes qui vont mal"),
            href=reverse("network:alerts"),
            note=ngettext(
                "%(count)s réponse à un questionnaire parle de mort ou de se faire du mal.",
                "%(count)s réponses à des questionnaires parlent de mort ou de se faire du mal.",
                count,
            )
            % {"count": count},
            label=_("Tout de suite"),
            state="bad",
        )


@dashboard.todos(Perm.FOLLOW_QUESTIONNAIRES, order=62)
def questionnaires_unfinished(user: Any, today: date) -> Iterator[dashboard.Todo]:
    """Questionnaires that were sent ten days ago or more, and wait still."""
    late = in_progress().filter(asked_at__lte=clock.now() - REMINDERS[-1]).count()
    if late:
        yield dashboard.Todo(
            title=_("Aider à finir les questionnaires"),
            href=reverse("network:questionnaires"),
            note=ngettext(
                "%(count)s questionnaire attend depuis dix jours ou plus.",
                "%(count)s questionnaires attendent depuis dix jours ou plus.",
                late,
            )
            % {"count": late},
            label=_("Sans réponse"),
        )


@dashboard.todos(Perm.ANSWER_QUESTIONS, order=12)
def own_questions(user: Any, today: date) -> Iterator[dashboard.Todo]:
    """The questionnaire that waits for the patient, or for a minor whom the person represents."""
    own = {each.pk: each for each in Patient.objects.own_of(user, today)}
    for sheet in in_progress().filter(patient__in=own):
        patient = own[sheet.patient_id]
        if not answerer_of(user, patient).may_go_on(sheet):
            continue
        far = progress_of([sheet], on=today)[0]
        mine = patient.user_id == user.pk
        yield dashboard.Todo(
            title=_("Répondre à mon questionnaire")
            if mine
            else _("Répondre au questionnaire de %(name)s") % {"name": patient.first_name},
            href=f"{reverse('network:own_questionnaire')}?pour={patient.code}",
            note=_("Vous pouvez vous arrêter et reprendre."),
            label=_("%(done)s sur %(total)s") % {"done": far.done, "total": far.total},
            state="wait",
        )

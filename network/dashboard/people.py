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
from network.selectors.bank import pending_bank_changes
from network.selectors.requests import asked_of, drafts_of, sent_by, state_of
from portal.kit import dashboard, words


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
        href=reverse("network:queue"),
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
        href=f"{reverse('network:queue')}?vue=incompletes",
        note=ngettext(
            "%(count)s demande est incomplète.", "%(count)s demandes sont incomplètes.", count
        )
        % {"count": count},
        label=_("Incomplet"),
    )


@dashboard.todos(Perm.REFER, order=12)
def own_requests_that_wait(user: Any, today: date) -> Iterator[dashboard.Todo | dashboard.Counted]:
    """Drafts to send, and requests of which the network asked for a piece."""
    yield dashboard.Counted(_drafts, drafts_of(user))
    for referral in asked_of(user):
        yield dashboard.Todo(
            title=_("Joindre une pièce demandée"),
            href=reverse("network:my_request", args=[referral.key]),
            note=referral.patient.formal_name if referral.patient else "",
            label=_("Pièces demandées"),
            state="wait",
        )


def _drafts(count: int) -> Iterator[dashboard.Todo]:
    yield dashboard.Todo(
        title=ngettext("Reprendre une demande", "Reprendre %(count)s demandes", count)
        % {"count": count},
        href=reverse("network:my_requests"),
        note=_("Un brouillon n’est pas encore envoyé au réseau."),
        label=_("Brouillon"),
    )


@dashboard.card(Perm.REFER, order=40)
def own_requests(user: Any, today: date) -> dashboard.Card:
    latest = [(each, state_of(each.patient)) for each in sent_by(user)[:3] if each.patient]
    return dashboard.Card("network/cards/requests.html", {"rows": latest})


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

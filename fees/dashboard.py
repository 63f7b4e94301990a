"""What waits for clinicians, accountants and the medical director, about acts."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fees import wording
from fees.access import Perm
from fees.enums import DifferenceState, FileState, State
from fees.models import Act, BankFile, Difference, SpotCheck
from fees.selectors.bank import waiting_lines
from fees.selectors.claim_queue import QueueSearch, figures
from fees.selectors.lists import waiting_for_arbitration
from fees.selectors.my_claims import returned_acts, to_send
from fees.selectors.proposals import address_of, proposals_for
from fees.views.chips import waiting_words
from portal.kit import dashboard, words


@dashboard.main_action(Perm.LOG_ACT, order=10)
def log_an_act(user: Any, today: date) -> dashboard.Action:
    return dashboard.Action(_("Noter un acte"), reverse("fees:log_act"), "add")


@dashboard.main_action(Perm.CONTROL_ACTS, order=10)
def control_acts(user: Any, today: date) -> dashboard.Action:
    return dashboard.Action(_("Contrôler les demandes"), reverse("fees:control_claims"), "ok")


@dashboard.main_action(Perm.ARBITRATE, order=10)
def open_arbitrations(user: Any, today: date) -> dashboard.Action | None:
    if not dashboard.shared(_oldest_to_arbitrate):
        return None
    return dashboard.Action(_("Arbitrer"), reverse("fees:arbitrations"), "scale")


@dashboard.todos(Perm.LOG_ACT, order=20)
def drafts_to_send(user: Any, today: date) -> Iterator[dashboard.Counted]:
    mine = Act.objects.filter(professional__user=user, state=State.DRAFT)
    yield dashboard.Counted(_drafts, mine)


def _drafts(count: int) -> Iterator[dashboard.Todo]:
    yield dashboard.Todo(
        title=ngettext("Envoyer un brouillon", "Envoyer %(n)s brouillons", count) % {"n": count},
        href=f"{reverse('fees:my_acts')}?state={State.DRAFT}",
        note=_("Un brouillon ne prend aucune place dans le plafond."),
        label=_("Brouillon"),
    )


@dashboard.todos(Perm.CLAIM, order=12)
def claims_to_send(user: Any, today: date) -> Iterator[dashboard.Todo]:
    """Months that are over; the present one is on the page of claims."""
    over = {
        first: group
        for first, group in to_send(user.professional).items()
        if first < today.replace(day=1)
    }
    if over:
        yield dashboard.Todo(
            title=_("Envoyer ma demande %(month)s") % {"month": wording.of_month(next(iter(over)))}
            if len(over) == 1
            else _("Envoyer mes demandes de %(n)s mois") % {"n": words.in_words(len(over))},
            href=reverse("fees:my_claims"),
            note=waiting_words(over),
            label=_("À envoyer"),
            state="wait",
        )


@dashboard.todos(Perm.CLAIM, order=11)
def acts_to_correct(user: Any, today: date) -> Iterator[dashboard.Counted]:
    yield dashboard.Counted(_to_correct, returned_acts(user.professional))


def _to_correct(count: int) -> Iterator[dashboard.Todo]:
    yield dashboard.Todo(
        title=ngettext("Corriger un acte renvoyé", "Corriger %(n)s actes renvoyés", count)
        % {"n": words.number(count)},
        href=reverse("fees:my_claims"),
        note=_("La comptabilité dit pourquoi\u00a0: corrigez, annulez ou demandez de nouveau."),
        label=_("À corriger"),
        state="wait",
    )


@dashboard.todos(Perm.LOG_ACT, order=22)
def proposed_acts(user: Any, today: date) -> Iterator[dashboard.Todo]:
    """Acts that facts call: one alone opens its form, several open the list."""
    found = proposals_for(user.professional, on=today)
    ready = [each for each in found if each.is_ready]
    lacking = [each for each in found if not each.is_ready]
    if len(ready) == 1:
        (only,) = ready
        yield dashboard.Todo(
            title=_("Noter\u00a0: %(act)s") % {"act": only.name},
            href=address_of(only),
            note=f"{only.patient.civil_name}, {words.plain_day(only.done_on)}",
            label=_("Prêt à noter"),
            state="ok",
        )
    elif ready:
        yield dashboard.Todo(
            title=_("Noter %(n)s actes proposés") % {"n": words.number(len(ready))},
            href=reverse("fees:my_acts"),
            note=_("D’après vos synthèses signées et les RCP où vous étiez."),
            label=_("Prêts à noter"),
            state="ok",
        )
    if lacking:
        first = lacking[0]
        yield dashboard.Todo(
            title=ngettext(
                "Un acte attend ses justificatifs",
                "%(n)s actes attendent leurs justificatifs",
                len(lacking),
            )
            % {"n": words.number(len(lacking))},
            href=reverse("fees:my_acts"),
            note=_("%(act)s, %(patient)s\u00a0: il manque\u00a0: %(missing)s")
            % {
                "act": first.name,
                "patient": first.patient.civil_name,
                "missing": ", ".join(first.missing),
            },
            label=_("Incomplet"),
        )


@dashboard.todos(Perm.CONTROL_ACTS, order=10)
def claims_to_control(user: Any, today: date) -> Iterator[dashboard.Todo]:
    found = figures(QueueSearch())
    if not found.lines:
        return
    address = reverse("fees:control_claims")
    if found.remarked:
        note = ngettext(
            "%(euros)s, dont %(n)s ligne avec remarque",
            "%(euros)s, dont %(n)s lignes avec remarque",
            found.remarked,
        ) % {"euros": words.euros(found.amount), "n": words.number(found.remarked)}
    else:
        note = _("%(euros)s, sans remarque") % {"euros": words.euros(found.amount)}
    yield dashboard.Todo(
        title=ngettext("Contrôler une demande", "Contrôler %(n)s demandes", found.claims)
        % {"n": words.number(found.claims)},
        href=address,
        note=note,
        label=_("À contrôler"),
        state="wait",
    )


@dashboard.todos(Perm.CONTROL_ACTS, order=14)
def spot_checks_to_do(user: Any, today: date) -> Iterator[dashboard.Todo]:
    count = SpotCheck.objects.filter(result="").count()
    if count:
        yield dashboard.Todo(
            title=ngettext("Vérifier un acte payé", "Vérifier %(n)s actes payés", count)
            % {"n": words.number(count)},
            href=reverse("fees:spot_checks"),
            note=_("Tirés au sort parmi les actes payés."),
            label=_("À vérifier"),
            state="info",
        )


@dashboard.todos(Perm.RECONCILE, order=13)
def lines_to_reconcile(user: Any, today: date) -> Iterator[dashboard.Counted]:
    """Of the bank's files, then of the professionals' statements."""
    received = BankFile.objects.filter(state=FileState.RECEIVED)
    yield dashboard.Counted(_bank, waiting_lines(), received)
    waiting = Difference.objects.filter(state=DifferenceState.OPEN, file__state=FileState.OPEN)
    yield dashboard.Counted(_differences, waiting)


def _bank(count: int, files: int) -> Iterator[dashboard.Todo]:
    if files:
        yield dashboard.Todo(
            title=ngettext("Lire un relevé de banque", "Lire %(n)s relevés de banque", files)
            % {"n": words.number(files)},
            href=reverse("fees:bank_files"),
            note=_("Reçu, pas encore importé."),
            label=_("À vérifier"),
            state="wait",
        )
    if not count:
        return
    yield dashboard.Todo(
        title=ngettext("Décider une ligne de la banque", "Décider %(n)s lignes de la banque", count)
        % {"n": words.number(count)},
        href=reverse("fees:bank_files"),
        note=_("Virements revenus, débits inconnus, écarts."),
        label=_("À rapprocher"),
        state="wait",
    )


def _differences(count: int) -> Iterator[dashboard.Todo]:
    yield dashboard.Todo(
        title=ngettext(
            "Décider une différence de relevé", "Décider %(n)s différences de relevés", count
        )
        % {"n": words.number(count)},
        href=reverse("fees:statements"),
        note=_("Ce que les professionnels demandent, face aux actes notés."),
        label=_("À rapprocher"),
        state="wait",
    )


@dashboard.todos(Perm.ARBITRATE, order=10)
def acts_to_arbitrate(user: Any, today: date) -> Iterator[dashboard.Todo]:
    for act in dashboard.shared(_oldest_to_arbitrate):
        yield dashboard.Todo(
            title=f"{act.get_kind_display()}, {act.patient.civil_name}",
            href=reverse("fees:arbitration", args=[act.pk]),
            note=f"{act.professional} · {words.long_day(act.done_on)}",
            label=_("À arbitrer"),
            state="wait",
        )


@dashboard.card(Perm.LOG_ACT, order=20)
def latest_acts(user: Any, today: date) -> dashboard.Card | None:
    acts = Act.objects.filter(professional__user=user).select_related("patient")
    latest = list(acts[:5])
    if not latest:
        return None
    return dashboard.Card("fees/cards/latest.html", {"acts": latest}, wide=True)


def _oldest_to_arbitrate() -> list[Act]:
    return list(waiting_for_arbitration()[:5])

"""What the directory asks of the coordination: remarks to settle, sheets and labels that age."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.access import Perm
from network.models import PhoneLine, Structure
from network.rules.directory import LABEL_MONTHS
from network.selectors.directory import open_remarks
from portal.kit import dashboard, words
from portal.kit.dates import add_months


@dashboard.todos(Perm.CORRECT_DIRECTORY, order=70)
def remarks_to_settle(user: Any, today: date) -> Iterator[dashboard.Counted]:
    """Structures that said what has changed. What ages is asked of them by mail, not of us."""
    yield dashboard.Counted(_remarks, open_remarks())


def _remarks(count: int) -> Iterator[dashboard.Todo]:
    yield dashboard.Todo(
        title=_("Corriger l’annuaire"),
        href=reverse("network:directory_to_verify"),
        note=ngettext(
            "%(count)s structure dit ce qui a changé chez elle.",
            "%(count)s structures disent ce qui a changé chez elles.",
            count,
        )
        % {"count": words.number(count)},
        label=_("À traiter"),
        state="info",
    )


@dashboard.todos(Perm.CORRECT_DIRECTORY, order=72)
def labels_to_renew(user: Any, today: date) -> Iterator[dashboard.Counted]:
    """Labels that are over, or will be within the year."""
    yield dashboard.Counted(
        _labels, Structure.objects.filter(label_to__lte=add_months(today, LABEL_MONTHS))
    )


def _labels(count: int) -> Iterator[dashboard.Todo]:
    yield dashboard.Todo(
        title=_("Suivre les labels qui finissent"),
        href=reverse("network:directory_to_verify"),
        note=ngettext(
            "%(count)s label de structure finit dans l’année.",
            "%(count)s labels de structures finissent dans l’année.",
            count,
        )
        % {"count": words.number(count)},
        label=_("À suivre"),
    )


@dashboard.todos(Perm.SET_RESERVED_NUMBER, order=65)
def numbers_to_give(user: Any, today: date) -> Iterator[dashboard.Counted]:
    """Lines of verified professionals that nobody can call yet."""
    yield dashboard.Counted(_numbers, PhoneLine.objects.all().to_number())


def _numbers(count: int) -> Iterator[dashboard.Todo]:
    yield dashboard.Todo(
        title=_("Saisir le numéro d’une ligne réservée"),
        href=reverse("network:phone_lines"),
        note=ngettext(
            "%(count)s ligne n’a pas encore de numéro.",
            "%(count)s lignes n’ont pas encore de numéro.",
            count,
        )
        % {"count": words.number(count)},
        label=_("À saisir"),
        state="info",
    )

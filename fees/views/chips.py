"""The states of a list as chips with their counts; the rest of the address is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fees import wording
from fees.enums import OPEN, Decision, State
from fees.forms.filters import ALL, ARBITRATION
from fees.models.act import STATES
from fees.selectors.lists import Group
from portal.kit.words import euros, number

UNDER_WAY = (*OPEN, Decision.TO_ARBITRATE)
"""The groups that are counted without any month chosen."""


@dataclass(frozen=True, slots=True)
class Chip:
    href: str
    label: str | Promise
    count: int | None
    current: bool


def state_chips(request: HttpRequest, groups: dict[str, Group]) -> list[Chip]:
    """All, then each state that has acts, in the order of their course."""
    current = request.GET.get("state", "")
    everything = sum(group.count for group in groups.values())
    return [
        _chip(request, "", _("Tous"), everything),
        *(
            _chip(request, key, label, groups.get(key, Group()).count)
            for key, label in _labels().items()
            if key in groups or key == current
        ),
    ]


def control_chips(request: HttpRequest, groups: dict[str, Group], *, whole: bool) -> list[Chip]:
    """What is under way, all, then each state; counts only where they were made.

    `whole`: the groups hold every state, not only what is under way.
    """
    under_way = count_shown(groups, "", whole=whole)
    everything = sum(group.count for group in groups.values())
    return [
        _chip(request, "", _("En cours"), under_way),
        _chip(request, ALL, _("Tous"), everything if whole else None),
        *(
            _chip(
                request,
                key,
                label,
                groups.get(key, Group()).count if whole or key in UNDER_WAY else None,
            )
            for key, label in _labels().items()
            if key != State.DRAFT
        ),
    ]


def count_shown(groups: dict[str, Group], state: str, *, whole: bool) -> int | None:
    """How many acts an accountant's list in that state holds; None when the groups do not tell."""
    if state and not whole and state not in UNDER_WAY:
        return None
    keys: Iterable[str] = {"": UNDER_WAY, ALL: groups}.get(state, [state])
    return sum(groups[key].count for key in keys if key in groups)


def _labels() -> dict[str, str | Promise]:
    labels: dict[str, str | Promise] = {}
    for state, label in STATES.items():
        labels[state.value] = label
        if state is State.SUBMITTED:
            labels[ARBITRATION] = _("À arbitrer")
    return labels


def _chip(request: HttpRequest, key: str, label: str | Promise, count: int | None) -> Chip:
    query = request.GET.copy()
    query.pop("page", None)
    query.pop("state", None)
    if key:
        query["state"] = key
    return Chip(f"?{query.urlencode()}", label, count, key == request.GET.get("state", ""))


def totals_line(label: str, groups: list[Group]) -> dict[str, str]:
    """One figure above a list: euros, and the number of acts."""
    count = sum(group.count for group in groups)
    amount = sum((group.amount for group in groups), start=Decimal(0))
    note = ngettext("%(n)s acte", "%(n)s actes", count) % {"n": number(count)}
    return {"label": label, "figure": euros(amount), "note": note}


def waiting_words(months: dict[date, Group]) -> str:
    """« 12 actes de novembre, 360,00 € »: what is to be asked for; empty when nothing is."""
    if not months:
        return ""
    line = totals_line("", list(months.values()))
    names = [wording.of_month(first) for first in months]
    if len(names) > 2:
        when = _("de %(n)s mois") % {"n": number(len(names))}
    else:
        when = _(" et ").join(names)
    return f"{line['note']} {when}, {line['figure']}"

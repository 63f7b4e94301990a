"""The states of a list as chips with their counts; the rest of the address is kept."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fees.enums import Decision
from fees.models.act import STATES
from fees.selectors.lists import Group
from portal.kit.words import euros, number


@dataclass(frozen=True, slots=True)
class Chip:
    href: str
    label: str | Promise
    count: int
    current: bool


def state_chips(request: HttpRequest, groups: dict[str, Group]) -> list[Chip]:
    """All, then each state that has acts, in the order of their course."""
    current = request.GET.get("state", "")
    labels: dict[str, str | Promise] = {state.value: label for state, label in STATES.items()}
    labels[Decision.TO_ARBITRATE.value] = _("À arbitrer")
    chips = [_chip(request, "", _("Tous"), sum(g.count for g in groups.values()), current)]
    chips += [
        _chip(request, key, label, groups.get(key, Group()).count, current)
        for key, label in labels.items()
        if key in groups or key == current
    ]
    return chips


def _chip(request: HttpRequest, key: str, label: str | Promise, count: int, current: str) -> Chip:
    query = request.GET.copy()
    query.pop("page", None)
    query.pop("state", None)
    if key:
        query["state"] = key
    return Chip(f"?{query.urlencode()}", label, count, key == current)


def totals_line(label: str, groups: list[Group]) -> dict[str, str]:
    """One figure above a list: euros, and the number of acts."""
    count = sum(group.count for group in groups)
    amount = sum((group.amount for group in groups), start=Decimal(0))
    note = ngettext("%(n)s acte", "%(n)s actes", count) % {"n": number(count)}
    return {"label": label, "figure": euros(amount), "note": note}

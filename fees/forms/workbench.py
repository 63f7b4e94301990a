"""Filters of the workbench, which live in the address, and what a gesture carries."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fees.enums import DifferenceMove, DifferenceState
from fees.models import Difference
from fees.models.statement import VERDICTS
from network.models import User

TO_DECIDE, DECIDED, ASKED, AGREED = "", "decidees", "demandees", "concordent"
VIEWS = {
    TO_DECIDE: (DifferenceState.OPEN,),
    ASKED: (DifferenceState.ASKED,),
    DECIDED: (DifferenceState.ACCEPTED, DifferenceState.REFUSED),
    AGREED: (DifferenceState.AGREED,),
}


@dataclass(frozen=True, slots=True)
class Search:
    """What is shown of a file: its state, one kind of difference, those given to somebody."""

    view: str = TO_DECIDE
    verdict: str = ""
    mine: bool = False

    def of(self, differences: QuerySet[Difference], user: User) -> QuerySet[Difference]:
        found = differences.filter(state__in=VIEWS[self.view])
        if self.verdict:
            found = found.filter(verdict=self.verdict)
        return found.filter(assigned_to=user) if self.mine else found


class WorkbenchForm(forms.Form):
    """An unreadable filter is left out."""

    vue = forms.ChoiceField(required=False, choices=[(each, each) for each in VIEWS])
    genre = forms.ChoiceField(
        label=_("Différence"),
        required=False,
        choices=[("", _("Toutes")), *((each.value, label) for each, label in VERDICTS.items())],
    )
    miennes = forms.BooleanField(label=_("Celles qui me sont confiées"), required=False)

    def search(self) -> Search:
        self.is_valid()
        found = self.cleaned_data
        return Search(found.get("vue", ""), found.get("genre", ""), bool(found.get("miennes")))


class GestureForm(forms.Form):
    """One gesture on a difference, as its buttons send it."""

    version = forms.IntegerField(min_value=0)
    move = forms.ChoiceField(choices=[(each.value, each.value) for each in DifferenceMove])
    reason = forms.CharField(required=False, max_length=500)
    note = forms.CharField(required=False, max_length=500)
    to = forms.IntegerField(required=False)

    def said(self) -> tuple[DifferenceMove, int, dict[str, Any]]:
        found = self.cleaned_data
        return DifferenceMove(found["move"]), found["version"], found

"""Filters of the chain of card payments, which live in the address, and the words of a person."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from fees.models.card import CARD_VERDICTS
from fees.reconcile.cards import Item
from fees.selectors.cards import WAITS, YearOfCards

TO_EXPLAIN, EXPLAINED, AWAITED, EVERY = "", "expliques", "attendus", "tout"


@dataclass(frozen=True, slots=True)
class CardSearch:
    """What is shown of a year: its state, one kind."""

    year: int
    view: str = TO_EXPLAIN
    verdict: str = ""

    def of(self, found: YearOfCards) -> list[Item]:
        return [each for each in self._in_view(found) if self.verdict in ("", each.verdict)]

    def _in_view(self, found: YearOfCards) -> list[Item]:
        every = found.chain.items
        match self.view:
            case "expliques":
                return [each for each in every if found.explanation(each)]
            case "attendus":
                return [each for each in every if each.verdict in WAITS]
            case "tout":
                return every
        return found.open_items()


class CardFilterForm(forms.Form):
    """An unreadable filter is left out."""

    annee = forms.IntegerField(required=False, min_value=2000, max_value=2999)
    vue = forms.ChoiceField(
        required=False, choices=[(v, v) for v in (TO_EXPLAIN, EXPLAINED, AWAITED, EVERY)]
    )
    genre = forms.ChoiceField(
        label=_("Nature"),
        required=False,
        choices=[("", _("Toutes")), *((each.value, v) for each, v in CARD_VERDICTS.items())],
    )

    def search(self, this_year: int) -> CardSearch:
        self.is_valid()
        found = self.cleaned_data
        year = found.get("annee") or this_year
        return CardSearch(year, found.get("vue", ""), found.get("genre", ""))


class ExplainForm(forms.Form):
    """Why something differs, as its button sends it."""

    item = forms.CharField(max_length=300, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        choices=[(each.value, v) for each, v in CARD_VERDICTS.items()], widget=forms.HiddenInput
    )
    cents = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("Explication"),
        max_length=300,
        error_messages={"required": _("Écrivez l’explication en quelques mots.")},
    )

"""What people give of a bank's file and of its lines; filters live in the address."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fees.enums import DifferenceMove
from fees.models import BankMatch
from fees.models.bank import BANK_VERDICTS
from fees.reconcile.bank_columns import BankTable, Field, is_usable
from network.forms.fields import FactsForm
from network.models import User

from .workbench import TO_DECIDE, VIEWS

MOVES = tuple(
    each for each in DifferenceMove if each not in (DifferenceMove.SPLIT, DifferenceMove.FOUND)
)


FIELDS = {
    Field.BOOKED_ON: _("Date de l’opération"),
    Field.VALUE_ON: _("Date de valeur"),
    Field.TEXT: _("Libellé"),
    Field.NAME: _("Nom du tiers"),
    Field.REFERENCE: _("Référence"),
    Field.AMOUNT: _("Montant signé"),
    Field.DEBIT: _("Débit"),
    Field.CREDIT: _("Crédit"),
    Field.BALANCE: _("Solde"),
    Field.WAY: _("Sens (débit ou crédit)"),
    Field.CURRENCY: _("Monnaie"),
}


class BankFileForm(FactsForm):
    """A file that the bank gives."""

    file = forms.FileField(
        label=_("Fichier de la banque"),
        help_text=_("Relevé camt.053 (.xml), ou tableau .csv ou .xlsx, 40\u00a0Mo au plus."),
        widget=forms.FileInput(attrs={"class": "input"}),
        error_messages={
            "required": _("Choisissez le fichier."),
            "empty": _("Ce fichier est vide."),
        },
    )


class BankColumnsForm(forms.Form):
    """What each column of a bank's table holds, prefilled with what was recognised."""

    def __init__(self, *args: Any, table: BankTable, **options: Any) -> None:
        super().__init__(*args, **options)
        for place in range(table.width):
            self.fields[f"colonne-{place}"] = forms.ChoiceField(
                required=False,
                initial=table.held(place),
                choices=[
                    ("", _("Ne pas lire")),
                    *((each.value, label) for each, label in FIELDS.items()),
                ],
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        held = [each for each in self.told(cleaned).values() if each and each != Field.TEXT]
        twice = next((each for each in held if held.count(each) > 1), None)
        if twice:
            said = _("Deux colonnes disent « %(field)s »\u00a0: gardez-en une.")
            self.add_error(None, said % {"field": FIELDS[Field(twice)]})
        elif not is_usable({Field(each): [] for each in held}):
            self.add_error(None, _("Il faut une date, et un montant, ou un débit et un crédit."))
        return cleaned

    def told(self, cleaned: dict[str, Any] | None = None) -> dict[str, str]:
        """The columns as they are stored: place, field."""
        given = self.cleaned_data if cleaned is None else cleaned
        return {name.rpartition("-")[2]: given.get(name, "") for name in self.fields}


@dataclass(frozen=True, slots=True)
class BankSearch:
    """What is shown of a file: its state, one kind of line, those given to somebody."""

    view: str = TO_DECIDE
    verdict: str = ""
    mine: bool = False

    def of(self, matches: QuerySet[BankMatch], user: User) -> QuerySet[BankMatch]:
        found = matches.filter(state__in=VIEWS[self.view])
        if self.verdict:
            found = found.filter(verdict=self.verdict)
        return found.filter(assigned_to=user) if self.mine else found


class BankFilterForm(forms.Form):
    """An unreadable filter is left out."""

    vue = forms.ChoiceField(required=False, choices=[(each, each) for each in VIEWS])
    genre = forms.ChoiceField(
        label=_("Nature"),
        required=False,
        choices=[("", _("Toutes")), *((each.value, v) for each, v in BANK_VERDICTS.items())],
    )
    miennes = forms.BooleanField(label=_("Celles qui me sont confiées"), required=False)

    def search(self) -> BankSearch:
        self.is_valid()
        found = self.cleaned_data
        return BankSearch(found.get("vue", ""), found.get("genre", ""), bool(found.get("miennes")))


class BankGestureForm(forms.Form):
    """One gesture on a line, as its buttons send it."""

    version = forms.IntegerField(min_value=0)
    move = forms.ChoiceField(choices=[(each.value, each.value) for each in MOVES])
    reason = forms.CharField(required=False, max_length=500)
    note = forms.CharField(required=False, max_length=500)
    to = forms.IntegerField(required=False)
    chosen = forms.RegexField(r"[vlp]\d{1,18}", required=False)

    def said(self) -> tuple[DifferenceMove, int, dict[str, Any]]:
        found = self.cleaned_data
        return DifferenceMove(found["move"]), found["version"], found

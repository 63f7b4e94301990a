"""What people give of a statement: the file, its month, what its columns hold."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fees.reconcile.headings import Field
from fees.reconcile.lines import Understood
from network.forms.fields import FactsForm
from network.models import Professional

from .filters import MonthField

FIELDS = {
    Field.DONE_ON: _("Date de l’acte"),
    Field.PATIENT_NAME: _("Nom du patient"),
    Field.FIRST_NAME: _("Prénom du patient"),
    Field.PATIENT_CODE: _("Numéro de dossier"),
    Field.BIRTH_DATE: _("Date de naissance"),
    Field.KIND: _("Acte"),
    Field.COUNT: _("Nombre d’actes"),
    Field.UNIT: _("Prix d’un acte"),
    Field.AMOUNT: _("Montant demandé"),
    Field.PROFESSIONAL: _("RPPS du professionnel"),
    Field.PROFESSIONAL_NAME: _("Nom du professionnel"),
}


class OwnStatementForm(FactsForm):
    """A statement that its author checks."""

    month = MonthField(
        label=_("Mois du relevé"),
        error_messages={
            "required": _("Indiquez le mois."),
            "invalid": _("Écrivez le mois ainsi\u00a0: 2026-11."),
        },
    )
    file = forms.FileField(
        label=_("Fichier"),
        help_text=_("Tableur .xlsx ou .csv, 10\u00a0Mo au plus, comme vous le tenez."),
        widget=forms.FileInput(attrs={"class": "input"}),
        error_messages={
            "required": _("Choisissez le fichier."),
            "empty": _("Ce fichier est vide."),
        },
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        options.setdefault("initial", {"month": today.replace(day=1)})
        super().__init__(*args, **options)


class ReceivedStatementForm(OwnStatementForm):
    """A statement that an accountant received."""

    professional = forms.ModelChoiceField(
        queryset=Professional.objects.order_by("last_name", "first_name", "pk"),
        label=_("Relevé de"),
        error_messages={"required": _("Choisissez le professionnel.")},
    )
    field_order = ["professional", "month", "file"]


class ColumnsForm(forms.Form):
    """What each column of each sheet holds, prefilled with what was recognised."""

    def __init__(self, *args: Any, understood: Understood, **options: Any) -> None:
        super().__init__(*args, **options)
        self._places: dict[str, tuple[str, int]] = {}
        for number, (sheet, layout) in enumerate(understood.layouts.items()):
            for column in layout.columns:
                key = f"colonne-{number}-{column.place}"
                self._places[key] = (sheet, column.place)
                self.fields[key] = forms.ChoiceField(
                    required=False,
                    initial=column.field or "",
                    choices=[
                        ("", _("Ne pas lire")),
                        *((each.value, label) for each, label in FIELDS.items()),
                    ],
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for sheet, columns in self.told(cleaned).items():
            held = [each for each in columns.values() if each]
            twice = next((each for each in held if held.count(each) > 1), None)
            if twice:
                name = f" « {sheet} »" if sheet else ""
                self.add_error(
                    None,
                    _("Deux colonnes%(sheet)s disent « %(field)s »\u00a0: gardez-en une.")
                    % {"sheet": name, "field": FIELDS[Field(twice)]},
                )
        return cleaned

    def told(self, cleaned: dict[str, Any] | None = None) -> dict[str, dict[str, str]]:
        """The columns as they are stored: sheet, place, field."""
        found: dict[str, dict[str, str]] = {}
        for key, (sheet, place) in self._places.items():
            given = self.cleaned_data if cleaned is None else cleaned
            found.setdefault(sheet, {})[str(place)] = given.get(key, "")
        return found

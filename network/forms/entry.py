"""The birth date that goes with a personal link."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_PARTS = re.compile(r"^\s*(\d{1,2})[\s/.\-]*(\d{2})[\s/.\-]*(\d{4})\s*$")


class BirthDateField(forms.CharField):
    """« 12/04/1986 », with any separator or none."""

    def clean(self, value: Any) -> date:
        typed = super().clean(value)
        found = _PARTS.match(typed)
        try:
            if found:
                day, month, year = (int(part) for part in found.groups())
                return date(year, month, day)
        except ValueError:
            pass
        raise ValidationError(
            _("Écrivez le jour, le mois et l’année, par exemple 12/04/1986."), code="invalid"
        )


class EntryForm(forms.Form):
    birth_date = BirthDateField(
        label=_("Date de naissance"),
        max_length=20,
        help_text=_("Celle de la personne qui viendra. Par exemple 12/04/1986."),
        error_messages={"required": _("Indiquez la date de naissance.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

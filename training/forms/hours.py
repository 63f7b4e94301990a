"""Filters of the list of hours; they live in the address."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from network.models.professional import PROFESSIONS
from portal.kit.dates import civil_year
from portal.kit.days import DayInput
from training.selectors.hours import Asked

FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]


class HoursFilter(forms.Form):
    """A period, both days inside: this year unless another one is asked for; and a profession."""

    first = forms.DateField(label=_("Du"), widget=DayInput, input_formats=FORMATS, required=False)
    last = forms.DateField(label=_("Au"), widget=DayInput, input_formats=FORMATS, required=False)
    profession = forms.ChoiceField(label=_("Profession"), required=False)

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data)
        self.today = today
        self.fields["profession"].choices = [  # type: ignore[attr-defined]
            ("", _("Toutes")),
            *((each.value, label) for each, label in PROFESSIONS.items()),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = self._period(cleaned)
        if first > last:
            raise ValidationError({"last": _("La période finit avant de commencer.")})
        return cleaned

    @property
    def asked(self) -> Asked:
        """What to count; an unreadable filter is left out, and its field says so."""
        self.is_valid()
        first, last = self._period(self.cleaned_data)
        return Asked(first, last, self.cleaned_data.get("profession") or "")

    def _period(self, cleaned: dict[str, Any]) -> tuple[date, date]:
        first = cleaned.get("first") or civil_year(self.today).start
        return first, cleaned.get("last") or self.today

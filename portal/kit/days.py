"""A date asked as people say it: today, yesterday, another day."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

TODAY, YESTERDAY, OTHER = "today", "yesterday", "other"


class DayInput(forms.DateInput):
    """The browser's own date field; its value is always an ISO date."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayChoice(forms.MultiWidget):
    """Three short choices, and a date field that counts only for « Autre »."""

    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        choices = [(TODAY, _("Aujourd’hui")), (YESTERDAY, _("Hier")), (OTHER, _("Autre"))]
        super().__init__({"when": forms.RadioSelect(choices=choices), "day": DayInput()}, attrs)
        self.today: date | None = None

    def decompress(self, value: date | None) -> list[Any]:
        if value is None or self.today is None:
            return [TODAY, None]
        if value == self.today:
            return [TODAY, None]
        if value == self.today - timedelta(days=1):
            return [YESTERDAY, None]
        return [OTHER, value]


class DayChoiceField(forms.MultiValueField):
    """Cleans to a date. Give `today` (Paris) from the form, on each request.

    >>> form.fields["done_on"].today = clock.today()
    """

    widget = DayChoice

    def __init__(self, *, today: date | None = None, **kwargs: Any) -> None:
        fields = (
            forms.ChoiceField(choices=[(TODAY, ""), (YESTERDAY, ""), (OTHER, "")]),
            forms.DateField(required=False, input_formats=["%Y-%m-%d", "%d/%m/%Y"]),
        )
        kwargs.setdefault("label", _("Date"))
        super().__init__(fields=fields, require_all_fields=False, **kwargs)
        self.today = today

    @property
    def today(self) -> date | None:
        return self._today

    @today.setter
    def today(self, day: date | None) -> None:
        self._today = day
        self.widget.today = day

    def __deepcopy__(self, memo: dict[int, Any]) -> "DayChoiceField":
        copied = super().__deepcopy__(memo)
        copied.today = self._today
        return copied

    def compress(self, data_list: list[Any]) -> date | None:
        if not data_list:
            return None
        when, day = data_list
        if self._today is None:
            raise ValueError("DayChoiceField.today is not set")
        if when == TODAY:
            return self._today
        if when == YESTERDAY:
            return self._today - timedelta(days=1)
        if day is None:
            raise ValidationError(_("Indiquez le jour, par exemple 24/11/2026."), code="required")
        return day

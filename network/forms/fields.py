"""Fields that the forms of care share."""

import re
from calendar import monthrange
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.models import Professional
from portal.kit.words import NBSP

LONG = 4000  # characters
_HOUR = re.compile(r"(\d{1,2})\s*(?:[h:]\s*(\d{2})?(?:\s*min)?)?$", re.IGNORECASE)
_TYPED = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})$|(\d{4})-(\d{2})-(\d{2})$")
_HOUR = re.compile(r"(\d{1,2})\s*(?:[h:]\s*(\d{2})?(?:\s*min)?)?$", re.IGNORECASE)


class DayField(forms.Field):
    """A day typed as « 5/1/2026 ». A text box, so that what was typed wrong is kept and mended.

    `missing` asks for the day in a sentence of its own: « Du » alone would name nothing.
    """

    def __init__(self, *, missing: Any = None, **options: Any) -> None:
        options.setdefault(
            "widget",
            forms.TextInput(attrs={"class": "input w-date", "inputmode": "text", "size": "12"}),
        )
        options.setdefault(
            "help_text", gettext_lazy("Jour, mois, année. Exemple\N{NO-BREAK SPACE}: 05/01/2026")
        )
        super().__init__(**options)
        if missing:
            self.error_messages["required"] = missing

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:
        if value in (None, "") or isinstance(value, date):
            return value or None
        typed = _TYPED.match(str(value).strip())
        if typed is None:
            raise ValidationError(_("Écrivez la date ainsi\u00a0: 05/01/2026."))
        day, month, year = (
            int(part) for part in (typed.group(1, 2, 3) if typed.group(1) else typed.group(6, 5, 4))
        )
        return as_day(day, month, year)


def as_day(day: int, month: int, year: int) -> date:
    """The date, or a ValidationError that says what is wrong with it."""
    if not 1 <= month <= 12:
        raise ValidationError(_("Il y a 12\u00a0mois\u00a0: vérifiez le mois."))
    if not 1900 <= year <= 2200:
        raise ValidationError(_("Vérifiez l’année."))
    length = monthrange(year, month)[1]
    if not 1 <= day <= length:
        named = date_format(date(year, month, 1), "F Y").capitalize()
        raise ValidationError(
            _("%(month)s a %(length)d jours\u00a0: vérifiez le jour.")
            % {"month": named, "length": length}
        )
    return date(year, month, day)


class HourField(forms.Field):
    """An hour typed as people write it: « 14 h 30 », « 14:30 », « 9h »."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"class": "input w-date", "size": "8"}))
        options.setdefault(
            "help_text",
            gettext_lazy("Exemple\u00a0: 14\u00a0h\u00a030"),
        )
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, time):
            return value
        return f"{value.hour}{NBSP}h{NBSP}{value.minute:02d}"

    def to_python(self, value: Any) -> time | None:
        if value in (None, "") or isinstance(value, time):
            return value or None
        typed = _HOUR.match(str(value).replace(NBSP, " ").strip())
        if typed is None or int(typed[1]) > 23 or int(typed[2] or 0) > 59:
            raise ValidationError(_("Écrivez l’heure ainsi\u00a0: 14\u00a0h\u00a030."))
        return time(int(typed[1]), int(typed[2] or 0))


class ProfessionalField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A professional among those of the network, told by name and trade."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.Select(attrs={"class": "input"}))
        options.setdefault("empty_label", gettext_lazy("Choisir"))
        super().__init__(**options)

    def label_from_instance(self, obj: Professional) -> str:
        return f"{obj}, {obj.trade}"


def text_box(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "input", **attrs})


def long_text(label: Any, hint: Any, *, rows: int) -> forms.CharField:
    """A paragraph or two of a sheet; a draft may leave it empty."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class FactsForm(forms.Form):
    """A form whose empty fields are told by their own name, unless they have a sentence for it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = _("À remplir\u00a0: %(label)s.") % {
                    "label": str(field.label)
                }

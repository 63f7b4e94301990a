"""Fields that the forms of planning share."""

import re
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etp.models import Facilitator
from portal.kit.words import NBSP

_TYPED = re.compile(r"(\d{1,2})\s*(?:[h:]\s*(\d{2})?(?:\s*min)?)?$", re.IGNORECASE)


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
        typed = _TYPED.match(str(value).replace(NBSP, " ").strip())
        if typed is None or int(typed[1]) > 23 or int(typed[2] or 0) > 59:
            raise ValidationError(_("Écrivez l’heure ainsi\u00a0: 14\u00a0h\u00a030."))
        return time(int(typed[1]), int(typed[2] or 0))


class FacilitatorField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody who gives workshops, told by name and trade, and whether the training is proven."""

    def label_from_instance(self, obj: Facilitator) -> str:
        return facilitator_label(obj)


class FacilitatorsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Facilitator) -> str:
        return facilitator_label(obj)


def facilitator_label(facilitator: Facilitator) -> str:
    told = f"{facilitator.professional}, {facilitator.professional.trade}"
    if facilitator.is_trained:
        return told
    return _("%(person)s (formation de 40\u00a0h non attestée)") % {"person": told}

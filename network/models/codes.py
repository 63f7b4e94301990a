"""A closed list of codes kept in one column, ticked as boxes in every form."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _


class CodesField(models.JSONField):
    """Codes of `labels`, in its order: a list of str. The labels stay out of the migrations."""

    def __init__(self, *args: Any, labels: Mapping[Any, Any] | None = None, **kw: Any) -> None:
        self.labels = dict(labels or {})
        super().__init__(*args, **{"default": list, "blank": True, **kw})

    def formfield(self, **options: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=[(str(code), label) for code, label in self.labels.items()],
            widget=forms.CheckboxSelectMultiple,
            label=self.verbose_name,
            help_text=self.help_text,
            required=not self.blank,
        )

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        known = {str(code) for code in self.labels}
        if not isinstance(value, list) or not known.issuperset(value):
            raise ValidationError(_("Choisissez dans la liste."))

"""The individual evaluation as a form: a rating for each objective, and what comes next."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etp.actions.evaluations import Findings
from etp.models import Objective
from network.forms.fields import DayField, FactsForm

SCALE = [(str(value), str(value)) for value in range(11)]


def _scale(label: str, hint: str, empty: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=[("", empty), *SCALE],
        required=False,
        widget=forms.Select(attrs={"class": "input"}),
    )


class EvaluationForm(FactsForm):
    held_on = DayField(
        label=gettext_lazy("Évaluation du"), missing=gettext_lazy("Indiquez le jour.")
    )
    summary = forms.CharField(
        label=gettext_lazy("Ce qui a changé"),
        help_text=gettext_lazy("Ce que la personne fait autrement, ce qui reste difficile."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )
    next_steps = forms.CharField(
        label=gettext_lazy("Suite proposée"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
    )

    def __init__(self, *args: Any, objectives: Sequence[Objective], **options: Any) -> None:
        super().__init__(*args, **options)
        self.objectives = objectives
        for each in objectives:
            self.fields[f"rating_{each.pk}"] = _scale(
                f"«\u00a0{each.words}\u00a0»", _("De 0, pas du tout, à 10, atteint."), _("pas dit")
            )
        self.fields["satisfaction"] = _scale(
            _("Satisfaction"), _("De 0 à 10, ce que la personne dit du programme."), _("pas dit")
        )
        ratings = [f"rating_{each.pk}" for each in objectives]
        self.order_fields(["held_on", *ratings, "summary", "next_steps", "satisfaction"])

    @property
    def ratings(self) -> list[Any]:
        """The bound fields of the objectives."""
        return [self[f"rating_{each.pk}"] for each in self.objectives]

    @property
    def findings(self) -> Findings:
        data = self.cleaned_data
        given = {each.pk: data[f"rating_{each.pk}"] for each in self.objectives}
        return Findings(
            held_on=data["held_on"],
            summary=data["summary"],
            next_steps=data["next_steps"],
            satisfaction=int(data["satisfaction"]) if data["satisfaction"] else None,
            ratings={pk: int(value) for pk, value in given.items() if value},
        )

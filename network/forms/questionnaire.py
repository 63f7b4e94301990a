"""The answer to one question, as a form of one field; and the coordination's small forms."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from network.enums import QuestionnaireKind
from network.models.questionnaire import KINDS
from network.rules.instruments import NOWHERE, Item, Kind, Value

MISSING = {
    Kind.CHOICE: _("Choisissez une réponse, ou passez la question."),
    Kind.NUMBER: _("Choisissez un nombre, ou passez la question."),
    Kind.REGIONS: _("Cochez un endroit, ou « nulle part », ou passez la question."),
    Kind.TEXT: _("Écrivez quelques mots, ou passez la question."),
}


class AnswerForm(forms.Form):
    """`initial` is the answer given before; `value` the one that is sent."""

    answer: forms.Field

    def __init__(self, data: Any, *, item: Item, given: Value) -> None:
        super().__init__(data)
        self.item = item
        self.fields["answer"] = _field(item)
        self.initial["answer"] = _as_typed(item, given)

    @property
    def value(self) -> Value:
        """What was sent, as the rules read it."""
        sent = self.cleaned_data["answer"]
        if self.item.scale.kind is Kind.REGIONS:
            return [each for each in sent if each != NOWHERE]
        if self.item.scale.kind is Kind.TEXT:
            return str(sent)
        values: Mapping[str, Value] = {str(each.value): each.value for each in self._choices}
        return values[str(sent)]

    @property
    def _choices(self) -> Any:
        return self.item.scale.choices

    @property
    def chosen(self) -> set[str]:
        """The values that are ticked on the page."""
        found = self["answer"].value()
        return set(found) if isinstance(found, list) else {str(found)}

    @property
    def options(self) -> list[dict[str, Any]]:
        """Every choice, ticked or not; the first one bears the address of the error."""
        chosen = self.chosen
        return [
            {
                "value": str(each.value),
                "label": each.label,
                "group": each.group,
                "checked": str(each.value) in chosen,
                "id": f"id_answer_{rank}",
            }
            for rank, each in enumerate(self._choices)
        ]

    @property
    def nowhere(self) -> bool:
        return NOWHERE in self.chosen

    def clean_answer(self) -> Any:
        answer = self.cleaned_data["answer"]
        if self.item.scale.kind is Kind.REGIONS and NOWHERE in answer and len(answer) > 1:
            raise ValidationError(
                _("Vous avez coché « nulle part » et un endroit\u00a0: gardez l’un ou l’autre.")
            )
        return answer


def _field(item: Item) -> forms.Field:
    scale, missing = item.scale, {"required": MISSING[item.scale.kind]}
    if scale.kind is Kind.TEXT:
        return forms.CharField(
            label=item.text,
            max_length=scale.longest,
            error_messages=missing,
            widget=forms.Textarea(attrs={"class": "input", "rows": 5}),
        )
    choices = [(str(each.value), each.label) for each in scale.choices]
    if scale.kind is Kind.REGIONS:
        return forms.MultipleChoiceField(
            label=item.text,
            choices=[*choices, (NOWHERE, "")],
            error_messages=missing,
            widget=forms.CheckboxSelectMultiple(),
        )
    return forms.ChoiceField(
        label=item.text, choices=choices, error_messages=missing, widget=forms.RadioSelect()
    )


def _as_typed(item: Item, given: Value) -> Any:
    if isinstance(given, list):
        return given or [NOWHERE]
    return "" if given is None else str(given)


class AskForm(forms.Form):
    """Which questionnaire a patient is asked."""

    kind = forms.ChoiceField(
        label=_("Questionnaire"),
        choices=[(each.value, label) for each, label in KINDS.items()],
        widget=forms.Select(attrs={"class": "input"}),
    )

    @property
    def asked(self) -> QuestionnaireKind:
        """The kind that was chosen; the one of entry for anything else."""
        chosen = self.cleaned_data.get("kind") if self.is_valid() else ""
        return QuestionnaireKind(chosen or QuestionnaireKind.ENTRY)


class AlertForm(forms.Form):
    note = forms.CharField(
        label=_("Ce qui a été fait"),
        help_text=_("Par exemple\u00a0: appelée à 15\u00a0h, médecin traitant prévenu."),
        max_length=500,
        error_messages={"required": _("Notez ce qui a été fait.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

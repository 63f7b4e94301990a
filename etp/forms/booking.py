"""Choosing a date: one list of dates and cycles. The form reads what was chosen; no rule here."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _


class Radios(forms.RadioSelect):
    """Choices of which some are shown but cannot be had; their note says why."""

    closed: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.closed:
            option["attrs"]["disabled"] = True
        return option


class ChooseForm(forms.Form):
    """`request_id` names the gesture: sent twice, it is done once."""

    request_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    choice = forms.ChoiceField(
        label=_("Date"),
        widget=Radios,
        error_messages={
            "required": _("Choisissez une date."),
            "invalid_choice": _("Cette date n’est plus proposée\u00a0: choisissez-en une autre."),
        },
    )

    def __init__(
        self,
        *args: Any,
        choices: Iterable[tuple[str, str | SafeString]],
        closed: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = list(choices)  # type: ignore[attr-defined]
        self.fields["choice"].widget.closed = frozenset(closed)


class JoinForm(forms.Form):
    """Wait for this date, or for any."""

    THIS, ANY = "this", "any"
    choice = forms.ChoiceField(
        label=_("Pour quelle date\u202f?"),
        widget=forms.RadioSelect,
        choices=[(THIS, _("Pour cette date")), (ANY, _("Pour n’importe quelle date"))],
        initial=THIS,
        error_messages={"required": _("Choisissez pour quelle date vous attendez.")},
    )


RATES: list[tuple[int, str | Promise]] = [
    (5, _("5, très utile")),
    (4, _("4")),
    (3, _("3, moyennement")),
    (2, _("2")),
    (1, _("1, pas du tout")),
]


class FeedbackForm(forms.Form):
    useful = forms.TypedChoiceField(
        label=_("Cette séance vous a-t-elle été utile\u202f?"),
        widget=forms.RadioSelect,
        choices=RATES,
        coerce=int,
        error_messages={"required": _("Choisissez de 1 à 5.")},
    )
    words = forms.CharField(
        label=_("En quelques mots"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ce qui vous a servi, ce qui a manqué."),
    )


SCALE: list[tuple[str, str | Promise]] = [
    ("", _("Je ne réponds pas")),
    *((str(n), str(n)) for n in range(11)),
]


class ObjectivesForm(forms.Form):
    """One scale from 0 to 10 for each objective; what is left empty is not noted."""

    def __init__(self, *args: Any, objectives: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for objective in objectives:
            self.fields[f"objective_{objective.pk}"] = forms.TypedChoiceField(
                label=objective.words,
                choices=SCALE,
                coerce=int,
                empty_value=None,
                required=False,
            )

    def values(self) -> dict[int, int]:
        """Objective's key → value, of those answered."""
        return {
            int(name.removeprefix("objective_")): value
            for name, value in self.cleaned_data.items()
            if value is not None
        }


class SatisfactionForm(forms.Form):
    value = forms.TypedChoiceField(
        label=_("De 0 à 10, êtes-vous satisfait de l’ensemble\u202f?"),
        choices=[("", _("Choisir")), *((str(n), str(n)) for n in range(11))],
        coerce=int,
        help_text=_("0\u00a0: pas du tout. 10\u00a0: tout à fait."),
        error_messages={"required": _("Choisissez de 0 à 10.")},
    )

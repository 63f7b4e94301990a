"""What an accountant types at the queue of claims: filters, a reason, a share, a result."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fees.enums import SpotResult
from fees.models.control import SPOT_RESULTS
from fees.selectors.claim_queue import ALL_VIEW, CLEAN_VIEW, REMARKED_VIEW, QueueSearch
from network.enums import Profession
from network.forms.fields import FactsForm, text_box
from network.models.professional import PROFESSIONS

from .filters import MonthField


class QueueForm(forms.Form):
    """Filters of the queue; they live in the address. An unreadable one is left out."""

    mois = MonthField(label=_("Mois des actes"), required=False)
    profession = forms.ChoiceField(label=_("Profession"), required=False)
    qui = forms.CharField(
        label=_("Professionnel"), required=False, max_length=80, widget=text_box()
    )
    vue = forms.ChoiceField(
        required=False, choices=[(each, each) for each in (ALL_VIEW, REMARKED_VIEW, CLEAN_VIEW)]
    )
    demande = forms.IntegerField(required=False, min_value=1)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["profession"].choices = [  # type: ignore[attr-defined]
            ("", _("Toutes")),
            *((each.value, label) for each, label in PROFESSIONS.items()),
        ]

    def search(self) -> QueueSearch:
        self.is_valid()
        found = self.cleaned_data
        profession = found.get("profession")
        return QueueSearch(
            month=found.get("mois"),
            profession=Profession(profession) if profession else None,
            who=found.get("qui", ""),
            view=found.get("vue", ALL_VIEW),
            claim=found.get("demande"),
        )


class ReturnForm(FactsForm):
    """Why a line goes back to its professional, who reads it."""

    reason = forms.CharField(
        label=_("Ce que le professionnel doit corriger"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Écrivez ce qui est à corriger.")},
    )


class SpotRateForm(FactsForm):
    percent = forms.DecimalField(
        label=_("Part des actes payés à vérifier, en %"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        localize=True,
        widget=text_box(),
        error_messages={"required": _("Indiquez la part, de 0 à 100.")},
    )
    decision = forms.CharField(
        label=_("Décision qui la fixe"),
        max_length=160,
        widget=text_box(),
        error_messages={"required": _("Indiquez la décision.")},
    )


class SpotResultForm(FactsForm):
    result = forms.ChoiceField(
        label=_("Ce que disent les pièces"),
        widget=forms.RadioSelect,
        choices=[(each.value, label) for each, label in SPOT_RESULTS.items()],
        error_messages={"required": _("Choisissez le résultat.")},
    )
    reason = forms.CharField(
        label=_("Motif"),
        help_text=_("Obligatoire pour une anomalie."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("result") == SpotResult.FAULT and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Écrivez le motif."))
        return cleaned

"""New versions of the dated rules."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fees.models import PolicyVersion, TariffLine
from portal.kit.days import DayInput


class NewVersionForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """A version starts today or later: what is decided stays decided."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if "amount" in self.fields:
            self.fields["amount"].error_messages["required"] = _("Indiquez le montant.")
        self.fields["valid_from"].error_messages["required"] = _("Indiquez le premier jour.")
        self.fields["decision"].error_messages["required"] = _("Indiquez la décision.")

    def clean_valid_from(self) -> date:
        day: date = self.cleaned_data["valid_from"]
        if day < self.today:
            raise ValidationError(_("Choisissez aujourd’hui ou une date à venir."))
        return day


class TariffForm(NewVersionForm):
    class Meta:
        model = TariffLine
        fields = ("amount", "limit", "limit_ald", "valid_from", "decision")
        localized_fields = ("amount",)
        widgets = {"valid_from": DayInput()}
        help_texts = {
            "amount": _("En euros."),
            "limit": _("Nombre d’actes par patient et par période ; vide : sans plafond."),
            "limit_ald": _("Pour un patient en ALD exonérante ; vide : le même plafond."),
            "decision": _("La référence de l’accord ou de la décision de l’agence régionale."),
        }


class PolicyForm(NewVersionForm):
    class Meta:
        model = PolicyVersion
        fields = (
            "doctor_cap",
            "window",
            "claim_days",
            "plan_days",
            "min_professionals",
            "exclude_employees",
            "valid_from",
            "decision",
        )
        widgets = {
            "valid_from": DayInput(),
            "doctor_cap": forms.RadioSelect,
            "window": forms.RadioSelect,
        }

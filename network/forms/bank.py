"""Forms of bank details."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.kit import sepa


class IbanInput(forms.TextInput):
    """Gives back what was typed only while it is not an IBAN: a valid one is never shown again."""

    def format_value(self, value: Any) -> str | None:
        if value and sepa.compact_iban(str(value)):
            return None
        shown: str | None = super().format_value(value)
        return shown


class BankDetailsForm(forms.Form):
    holder = forms.CharField(
        label=_("Titulaire du compte"),
        error_messages={"required": _("Indiquez le titulaire du compte.")},
        max_length=140,
        help_text=_("Comme sur le RIB, sans accent\u00a0: nous les retirons."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    iban = forms.CharField(
        label=_("IBAN"),
        error_messages={"required": _("Recopiez l’IBAN de votre RIB.")},
        max_length=48,
        help_text=_("Par exemple FR76, puis 23 chiffres ou lettres. Les espaces ne comptent pas."),
        widget=IbanInput({"autocomplete": "off", "spellcheck": "false"}),
    )


class BankDecisionForm(forms.Form):
    note = forms.CharField(
        label=_("Votre note"),
        error_messages={"required": _("Notez l’appel ou la raison, en une phrase.")},
        max_length=300,
        help_text=_(
            "Qui vous avez appelé, à quel numéro déjà connu\u202f; ou pourquoi vous refusez."
        ),
        widget=forms.Textarea({"rows": 3}),
    )

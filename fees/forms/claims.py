"""What is typed about claims: nothing to send one, a word to ask again, whose acts to explain."""

from django import forms
from django.utils.translation import gettext_lazy as _

from network.forms.fields import FactsForm, text_box

from .filters import MonthField


class SendForm(forms.Form):
    """A month, or none for every month that waits."""

    month = MonthField(required=False)
    request_id = forms.UUIDField()


class AskAgainForm(FactsForm):
    note = forms.CharField(
        label=_("Un mot pour la comptabilité"),
        help_text=_("Ce qui répond au motif, sans rien de médical."),
        max_length=300,
        widget=text_box(),
        error_messages={"required": _("Écrivez ce qui répond au motif.")},
    )
    request_id = forms.UUIDField(widget=forms.HiddenInput)


class WhoForm(forms.Form):
    """Which acts are explained: of a month, of a file number, of whom (accountants)."""

    who = forms.CharField(label=_("Nom ou RPPS"), required=False, max_length=80, widget=text_box())
    code = forms.CharField(label=_("Dossier"), required=False, max_length=20, widget=text_box())
    month = MonthField(label=_("Mois des actes"), required=False)

"""Filters of the journal, in the address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from network.forms.fields import DayField, text_box
from network.models.journal import VERBS
from network.selectors.journal import JournalSearch


def verbs() -> list[tuple[str, str]]:
    """The words of every room, read when the form is made."""
    told = [(verb, str(words)) for verb, words in VERBS.items()]
    return [("", str(_("Toutes"))), *sorted(told, key=lambda each: each[1])]


class JournalForm(forms.Form):
    personne = forms.CharField(
        label=_("Personne"), required=False, max_length=80, widget=text_box(autocomplete="off")
    )
    dossier = forms.CharField(
        label=_("Numéro de dossier"),
        required=False,
        max_length=8,
        widget=text_box(autocomplete="off"),
    )
    action = forms.ChoiceField(
        label=_("Action"),
        required=False,
        choices=verbs,
        widget=forms.Select(attrs={"class": "input"}),
    )
    du = DayField(label=_("Du"), required=False, help_text="")
    au = DayField(label=_("Au"), required=False, help_text="")

    @property
    def search(self) -> JournalSearch:
        """The filters that are well written; the others are told beside their field."""
        self.is_valid()
        data = self.cleaned_data
        return JournalSearch(
            person=data.get("personne", ""),
            code=data.get("dossier", ""),
            verb=data.get("action", ""),
            first=data.get("du"),
            last=data.get("au"),
        )

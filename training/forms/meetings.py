"""What is asked to call a meeting off."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CallOffForm(forms.Form):
    reason = forms.CharField(
        label=_("Motif"),
        help_text=_("Écrit tel quel à chaque inscrit."),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

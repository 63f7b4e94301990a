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


class AttendanceForm(forms.Form):
    file = forms.FileField(
        label=_("Fichier de présence"),
        help_text=_("Zoom, Teams ou BigBlueButton, en CSV ou XLSX. 5\u00a0Mo au plus."),
        max_length=120,
    )

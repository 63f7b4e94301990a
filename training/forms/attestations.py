"""What is asked to issue an attestation, to revoke one, and to describe who gives them."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from training.models import TrainingBody


class IssueForm(forms.Form):
    with_scores = forms.BooleanField(
        label=_("Imprimer mes résultats au test de départ et au test final"),
        help_text=_(
            "Sinon, l’attestation n’en dit rien. La page de vérification ne les montre jamais."
        ),
        required=False,
    )


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("Motif"),
        help_text=_(
            "Gardé au journal\u202f; la page de vérification dit seulement «\u00a0révoquée\u00a0»."
        ),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class BodyForm(forms.ModelForm[TrainingBody]):
    class Meta:
        model = TrainingBody
        fields: ClassVar = [
            "name",
            "address",
            "siret",
            "signatory",
            "declaration",
            "qualiopi",
            "odpc",
        ]

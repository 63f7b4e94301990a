"""The number of a reserved line, typed by an administrator."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import text_box


class NumberForm(forms.Form):
    """Never filled in advance: the digits are not shown again."""

    number = forms.CharField(
        label=_("Numéro de la ligne"),
        help_text=_("Dix chiffres. Laissez vide pour retirer le numéro."),
        required=False,
        max_length=20,
        widget=text_box(inputmode="tel", autocomplete="off"),
    )

"""What is asked to give money back, and to decide it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from training.rules.price import FREE


class AskRefundForm(forms.Form):
    euros = forms.DecimalField(
        label=_("Montant à rembourser, en euros"),
        min_value=Decimal("0.01"),
        max_digits=7,
        decimal_places=2,
        localize=True,
    )
    reason = forms.CharField(
        label=_("Motif"),
        help_text=_("Lu par la personne qui confirme."),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    frees_seat = forms.BooleanField(
        label=_("La personne ne viendra pas\u00a0: libérer sa place"),
        help_text=_(
            "À la confirmation, la place va à la personne suivante."
            " Décochez si elle vient quand même."
        ),
        required=False,
    )

    def __init__(self, *args: Any, seated: bool, **kwargs: Any) -> None:
        """`seated`: there is a seat to free, of a meeting still to come."""
        super().__init__(*args, **kwargs)
        if not seated:
            del self.fields["frees_seat"]

    @property
    def cents(self) -> int:
        """The amount asked for, once the form is valid."""
        return int(self.cleaned_data.get("euros", FREE) * 100)


class DecideRefundForm(forms.Form):
    why = forms.CharField(
        label=_("Si vous refusez, pourquoi\u202f?"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

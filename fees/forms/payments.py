"""What accountants type about payments: a day, a reason, an envelope."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fees.transfers import next_bank_day
from network.forms.fields import DayField, FactsForm, text_box
from network.models import BankDetails


class PrepareForm(FactsForm):
    """The day on which the bank executes the batch: the second bank day to come, by default."""

    execute_on = DayField(label=_("Exécution le"), missing=_("Indiquez le jour d’exécution."))

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        options.setdefault("initial", {"execute_on": next_bank_day(next_bank_day(today))})
        super().__init__(*args, **options)


class WhyForm(FactsForm):
    reason = forms.CharField(
        label=_("Motif"),
        max_length=200,
        widget=text_box(),
        error_messages={"required": _("Écrivez le motif.")},
    )


class SignForm(FactsForm):
    """The signature: for each change of account, who was called back about it, and when."""

    def __init__(self, *args: Any, changes: Collection[BankDetails], **options: Any) -> None:
        super().__init__(*args, **options)
        self.changes = {f"call_{each.pk}": each.pk for each in changes}
        for each in changes:
            self.fields[f"call_{each.pk}"] = forms.CharField(
                label=_("Rappel de %(name)s, compte %(account)s")
                % {"name": each.professional, "account": each.masked},
                help_text=_("Qui avez-vous appelé, quand, à quel numéro déjà connu\u202f?"),
                max_length=200,
                widget=text_box(),
                error_messages={
                    "required": _("Appelez %(name)s, puis notez qui a répondu et quand.")
                    % {"name": each.professional}
                },
            )

    @property
    def calls(self) -> dict[int, str]:
        """What was noted of each change, by its key."""
        return {pk: self.cleaned_data.get(name, "") for name, pk in self.changes.items()}


class EnvelopeForm(FactsForm):
    year = forms.IntegerField(label=_("Année"), min_value=2020, max_value=2100, widget=text_box())
    amount = forms.DecimalField(
        label=_("Montant accordé"),
        help_text=_("En euros. S’ajoute à ce qui est déjà accordé pour l’année."),
        min_value=1,
        max_digits=10,
        decimal_places=2,
        localize=True,
        widget=text_box(),
    )
    decision = forms.CharField(label=_("Décision de l’agence"), max_length=120, widget=text_box())


class CloseForm(FactsForm):
    """Closing a period; what remains to be settled is accepted by a tick."""

    accept = forms.BooleanField(
        label=_("Je clos quand même\u00a0: ces virements seront réglés dans un mois suivant."),
        error_messages={"required": _("Réglez ces virements, ou cochez la case.")},
    )

    def __init__(self, *args: Any, left: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not left:
            del self.fields["accept"]

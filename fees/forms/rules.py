"""A rule as an accountant writes it."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from fees.enums import RuleSide
from fees.models.rule import SIDES
from fees.reconcile.rules import Rule
from network.forms.fields import FactsForm
from portal.kit.money import in_cents


class RuleForm(FactsForm):
    side = forms.ChoiceField(
        label=_("Pour"), choices=[(each.value, label) for each, label in SIDES.items()]
    )
    sender = forms.CharField(
        label=_("De qui"),
        required=False,
        max_length=80,
        help_text=_("Un mot du nom, tel que le relevé l’écrit."),
    )
    text = forms.CharField(
        label=_("Le libellé contient"),
        required=False,
        max_length=80,
        help_text=_("Par exemple\u00a0: frais de tenue de compte."),
    )
    tolerance = forms.DecimalField(
        label=_("Jusqu’à combien d’euros"),
        min_value=Decimal("0.01"),
        max_value=Decimal(99_999),
        decimal_places=2,
        localize=True,
        help_text=_("Le montant de la ligne pour la banque, l’écart pour un relevé."),
    )
    reason = forms.CharField(
        label=_("Motif du classement"),
        required=False,
        max_length=120,
        help_text=_("Pour la banque\u00a0: par exemple, frais bancaires."),
    )

    def clean(self) -> dict[str, object]:
        found = super().clean() or {}
        if not (found.get("sender") or found.get("text")):
            self.add_error("text", _("Dites de qui, ou quels mots."))
        if found.get("side") == RuleSide.BANK and not found.get("reason"):
            self.add_error("reason", _("Écrivez le motif."))
        return found

    @property
    def rule(self) -> Rule:
        said = self.cleaned_data
        return Rule(
            RuleSide(said["side"]),
            said["sender"],
            said["text"],
            in_cents(said["tolerance"]),
            said["reason"],
        )

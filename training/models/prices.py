"""What a meeting costs, as its announcement says it and as its registrations keep it."""

from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from training.enums import Profile, Vat
from training.rules.price import FREE, is_paid

PROFILES = {
    Profile.LIBERAL: _("exercice libéral"),
    Profile.SALARIED: _("exercice salarié"),
    Profile.STUDENT: _("étudiant ou interne"),
}
VATS = {
    Vat.EXEMPT: _("exonérée\u00a0: formation professionnelle (CGI, article 261-4-4° a)"),
    Vat.STANDARD: _("20\u00a0%, comprise dans les tarifs"),
}
MOST = Decimal(2000)


def _price(label: Any) -> "models.DecimalField[Decimal, Decimal]":
    return models.DecimalField(
        label,
        max_digits=7,
        decimal_places=2,
        default=FREE,
        validators=[MinValueValidator(FREE), MaxValueValidator(MOST)],
    )


class Priced(models.Model):
    """Three prices in euros, all taxes included, and the VAT rule. All at zero: it is free."""

    price_liberal = _price(_("exercice libéral, en euros"))
    price_salaried = _price(_("exercice salarié"))
    price_student = _price(_("étudiant ou interne"))
    vat = models.CharField(
        _("TVA"),
        max_length=8,
        choices=[(v.value, label) for v, label in VATS.items()],
        default=Vat.EXEMPT.value,
    )

    class Meta:
        abstract = True

    @property
    def prices(self) -> dict[Profile, Decimal]:
        """The price of each profile."""
        return {
            Profile.LIBERAL: self.price_liberal,
            Profile.SALARIED: self.price_salaried,
            Profile.STUDENT: self.price_student,
        }

    @property
    def is_paid(self) -> bool:
        return is_paid(self.prices)


PRICE_PANEL = MultiFieldPanel(
    [
        FieldRowPanel(
            [
                FieldPanel("price_liberal"),
                FieldPanel("price_salaried"),
                FieldPanel("price_student"),
            ]
        ),
        FieldPanel("vat"),
    ],
    heading=_("Tarifs"),
    help_text=_("Toutes taxes comprises. Trois zéros\u00a0: c’est gratuit."),
)

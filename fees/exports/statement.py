"""The yearly statement of a professional: the transfers of a year, what came back, the sum."""

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from fees.selectors.paid import movements
from network.models import Professional
from portal.kit import words
from portal.kit.money import ZERO
from portal.kit.pdf import write_pdf


def statement_pdf(professional: Professional, year: int, *, today: date) -> bytes:
    """The document, without any act or patient; accounts by their last four signs."""
    rows = movements(professional, year)
    executed = sum((each.amount for each in rows if not each.is_return), ZERO)
    returned = sum((each.amount for each in rows if each.is_return), ZERO)
    recovered = sum((each.recovered for each in rows), ZERO)
    total = words.euros(executed + returned)
    return write_pdf(
        "fees/documents/figures.typ",
        {
            "heading": _("Relevé annuel %(year)s") % {"year": year},
            "sender": [settings.PAYER_NAME, settings.SECRETARIAT_PHONE],
            "to": [
                str(professional),
                professional.practice,
                f"{professional.postcode} {professional.city}".strip(),
            ],
            "facts": [
                [_("Virements exécutés"), words.euros(executed)],
                [_("dont déjà déduit, récupéré sur des actes extournés"), words.euros(recovered)],
                [_("Virements revenus"), words.euros(returned)],
                [_("Total versé en %(year)s") % {"year": year}, total],
            ],
            "tables": [
                {
                    "title": _("Virements"),
                    "columns": [
                        _("Date"),
                        _("Référence"),
                        _("Actes"),
                        _("Récupéré"),
                        _("Montant"),
                    ],
                    "left": 2,
                    "rows": [
                        [
                            words.plain_day(each.on),
                            _("%(reference)s, revenu") % {"reference": each.reference}
                            if each.is_return
                            else each.reference,
                            words.number(each.acts),
                            words.euros(each.recovered) if each.recovered else "",
                            words.euros(each.amount),
                        ]
                        for each in rows
                    ],
                    "total": [_("Total versé"), total],
                }
            ],
            "notes": [
                _("Sommes virées du 1er janvier au 31 décembre, à la date de leur exécution."),
                _("Relevé établi le %(day)s.") % {"day": words.plain_day(today)},
            ],
        },
        dated=today,
    )

"""An invoice or a credit note as a PDF, from what was copied the day it was issued."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from portal.kit import words
from portal.kit.pdf import write_pdf
from training.enums import DocumentKind, Profile, Vat
from training.models import Invoice
from training.models.prices import PROFILES
from training.notices import amount
from training.rules.price import RATES


def invoice_pdf(invoice: Invoice) -> bytes:
    """The document; the same bytes at each download."""
    facts, credit = invoice.facts, invoice.kind == DocumentKind.CREDIT
    sign = "−" if credit else ""
    total, tax = facts["total"], facts["tax"]
    return write_pdf(
        "training/documents/invoice.typ",
        {
            "heading": (_("Avoir n° %(code)s") if credit else _("Facture n° %(code)s"))
            % {"code": invoice.code},
            "sender": [line for line in (facts["body"]["name"], facts["body"]["address"]) if line],
            "to": facts["buyer"],
            "facts": _lines(facts, invoice),
            "columns": [_("Désignation"), _("Montant")],
            "rows": [
                [_label(facts), sign + amount(total - tax)],
                [_vat_label(facts), (sign if tax else "") + amount(tax)],
            ],
            "total": [_("Total, toutes taxes comprises"), sign + amount(total)],
            "notes": _notes(facts, credit=credit),
        },
        dated=invoice.issued_on,
    )


def file_name(invoice: Invoice) -> str:
    """Without the person: files travel."""
    kind = "avoir" if invoice.kind == DocumentKind.CREDIT else "facture"
    return f"{kind}-{invoice.code}.pdf"


def _lines(facts: dict[str, Any], invoice: Invoice) -> list[list[str]]:
    lines = [[_("Date"), words.plain_day(invoice.issued_on)]]
    if facts["credits"]:
        lines.append([_("Sur la facture"), facts["credits"]])
    if siret := facts["body"].get("siret"):  # not kept before it was asked for
        lines.append([_("SIRET"), words.NBSP.join([siret[:3], siret[3:6], siret[6:9], siret[9:]])])
    if facts["body"]["declaration"]:
        lines.append([_("Déclaration d’activité"), facts["body"]["declaration"]])
    return lines


def _label(facts: dict[str, Any]) -> str:
    day = words.plain_day(date.fromisoformat(facts["held_on"]))
    label = _("%(title)s, %(day)s") % {"title": words.typeset(facts["title"]), "day": day}
    if facts["profile"]:
        label = f"{label} ({PROFILES[Profile(facts['profile'])]})"
    return label


def _vat_label(facts: dict[str, Any]) -> str:
    rate = RATES[Vat(facts["vat"])]
    if not rate:
        return _("TVA")
    return _("TVA à %(rate)s\u00a0%%") % {"rate": words.number(Decimal(rate))}


def _notes(facts: dict[str, Any], *, credit: bool) -> list[str]:
    paid = words.plain_day(date.fromisoformat(facts["paid_on"]))
    notes = [_("Payé par carte le %(day)s.") % {"day": paid}]
    if credit:
        notes = [_("Remboursé sur la carte qui a payé.")]
    if facts["vat"] == Vat.EXEMPT:
        notes.append(_("TVA non applicable\u00a0: article 261-4-4° a du code général des impôts."))
    return notes

"""What a bank's file came to: on screen and as a sheet."""

import pandas as pd
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fees.access import Perm
from fees.exports import statements as papers
from fees.models import BankMatch
from fees.selectors.bank import bank_shares, bank_tally
from fees.selectors.bank_tiers import bank_tiers
from network.views.pages import SignedIn
from portal.kit.access import allowed
from portal.kit.downloads import MAX_ROWS, as_download
from portal.kit.words import euros, number, plain_day

from .bank import bank_file_of
from .workbench_pages import percent


@allowed(Perm.RECONCILE)
def summary(request: SignedIn, pk: int) -> HttpResponse:
    """Each statement with its balances, each kind of line with its euros."""
    file = bank_file_of(request, pk)
    matches = file.matches.all()
    found = bank_tally(matches)
    return render(
        request,
        "fees/bank/summary.html",
        {
            "file": file,
            "totals": [
                {"label": _("Débits"), "figure": euros(found.debits)},
                {"label": _("Crédits"), "figure": euros(found.credits)},
                {
                    "label": _("Réglées"),
                    "figure": f"{percent(found.settled, found.lines)}\u00a0%",
                    "note": _("lignes\u00a0: %(n)s sur %(of)s")
                    % {"n": number(found.settled), "of": number(found.lines)},
                },
            ],
            "statement_columns": [
                {"label": _("Relevé")},
                {"label": _("Jours"), "mid": True},
                {"label": _("Solde de départ"), "mid": True},
                {"label": _("Mouvements"), "mid": True},
                {"label": _("Solde final"), "end": True},
            ],
            "statement_rows": [
                [
                    each.name,
                    f"{plain_day(each.opened_on)} – {plain_day(each.closed_on)}",
                    euros(each.opening) if each.opening is not None else "—",
                    euros(each.moved),
                    euros(each.closing) if each.closing is not None else "—",
                ]
                for each in file.statements.all()
            ],
            "share_columns": [
                {"label": _("Nature")},
                {"label": _("Lignes"), "mid": True},
                {"label": _("À décider"), "mid": True},
                {"label": _("Euros"), "end": True},
            ],
            "share_rows": [
                [each.label, number(each.count), number(each.waiting), euros(each.amount)]
                for each in bank_shares(matches)
            ],
            "tier_columns": [
                {"label": label, "mid": 0 < rank < 3, "end": rank == 3}
                for rank, label in enumerate(papers.tier_columns())
            ],
            "tier_rows": papers.tier_rows(bank_tiers(BankMatch.objects.all())),
        },
    )


@allowed(Perm.RECONCILE)
def export(request: SignedIn, pk: int, kind: str) -> HttpResponse:
    """Every line of a file as a sheet."""
    file = bank_file_of(request, pk)
    rows = file.matches.select_related("line", "transfer", "batch", "payout").defer("batch__file")
    frame = pd.DataFrame([_row(each) for each in rows.order_by("line__rank", "pk")[:MAX_ROWS]])
    return as_download(frame, name=f"banque-{pk}", kind=kind, sheet="Lignes")


def _row(each: BankMatch) -> dict[str, object]:
    line = each.line
    named = each.transfer or each.batch or each.payout
    return {
        _("Ligne"): line.key if line else "",
        _("Date"): line.booked_on if line else None,
        _("Nom"): line.name if line else "",
        _("Libellé"): line.text if line else "",
        _("Montant"): float(each.amount),
        _("Nature"): str(each.get_verdict_display()),
        _("Virement, lot ou versement"): str(named) if named else "",
        _("État"): str(each.get_state_display()),
        _("Explication"): each.explanation,
    }

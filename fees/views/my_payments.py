"""A professional's side of payments: what is owed, what was transferred, and for which acts."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from fees.access import Perm
from fees.enums import State
from fees.exports.remittance import advice_pdf
from fees.exports.statement import statement_pdf
from fees.models import Act, Transfer
from fees.models.batch import TransferQuerySet
from fees.selectors.lists import Group, by_state
from fees.selectors.paid import years_paid
from network.views.pages import SignedIn, page_of
from portal.kit import clock
from portal.kit.access import allowed

from .chips import totals_line


def _mine(request: SignedIn) -> TransferQuerySet:
    rows = Transfer.objects.visible_to(request.user).filter(professional__user=request.user)
    return rows.select_related("batch", "professional").order_by("-batch__execute_on", "-pk")


@allowed(Perm.SEE_TRANSFER)
def mine(request: SignedIn) -> HttpResponse:
    groups = by_state(Act.objects.filter(professional__user=request.user).under_way())
    labels = {
        _("À contrôler"): State.SUBMITTED,
        _("Validé, à payer"): State.VALIDATED,
        _("En cours de virement"): State.IN_BATCH,
    }
    totals = [totals_line(label, [groups.get(state, Group())]) for label, state in labels.items()]
    return render(
        request,
        "fees/payments/mine.html",
        {
            "totals": totals,
            "page": page_of(request, _mine(request)),
            "years": years_paid(request.user.professional),
        },
    )


@allowed(Perm.SEE_TRANSFER)
def one(request: SignedIn, pk: int) -> HttpResponse:
    found = get_object_or_404(_mine(request), pk=pk)
    lines = found.lines.select_related("act__patient")
    return render(request, "fees/payments/my_transfer.html", {"transfer": found, "lines": lines})


@allowed(Perm.SEE_TRANSFER)
def advice(request: SignedIn, pk: int) -> HttpResponse:
    """The remittance advice, without any patient's name."""
    found = get_object_or_404(_mine(request), pk=pk)
    answer = HttpResponse(advice_pdf(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="avis-{found.end_to_end}.pdf"'
    return answer


@allowed(Perm.SEE_TRANSFER)
def statement(request: SignedIn, year: int) -> HttpResponse:
    """The own yearly statement; none for a year in which nothing was paid."""
    professional = request.user.professional
    if year not in years_paid(professional):
        raise Http404
    answer = HttpResponse(
        statement_pdf(professional, year, today=clock.today()), content_type="application/pdf"
    )
    answer["Content-Disposition"] = f'inline; filename="releve-{year}.pdf"'
    return answer

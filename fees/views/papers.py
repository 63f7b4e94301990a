"""Papers of a civil year for accountants: totals by payee, statements, journal, agency report."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fees.access import Perm
from fees.exports import agency as report
from fees.exports.das2 import das2_frame
from fees.exports.journal import file_name, journal_text
from fees.exports.statement import statement_pdf
from fees.models import Closing, Envelope
from fees.selectors.agency import Activity, activity
from fees.selectors.declared import declared, threshold_of
from fees.selectors.paid import years_paid
from network.models import Professional
from network.views.pages import SignedIn, page_of
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.downloads import as_download
from portal.kit.money import ZERO
from portal.kit.words import euros, number


def _years() -> list[int]:
    """The years of which there is something to say, the latest first."""
    granted = Envelope.objects.values_list("year", flat=True)
    return sorted({*years_paid(), *granted, clock.today().year}, reverse=True)


def _known(year: int | str) -> int:
    found = int(year)
    if found not in _years():
        raise Http404
    return found


@allowed(Perm.PAY)
def reports(request: SignedIn, year: int | None = None) -> HttpResponse:
    """One year: who was paid how much, and the papers that say so."""
    years = _years()
    shown = clock.today().year if year is None else _known(year)
    rows = declared(shown)
    total = sum((each.paid.total for each in rows), ZERO)
    threshold = threshold_of(shown)
    chips = [
        {
            "href": reverse("fees:reports_of", args=[each]),
            "label": str(each),
            "current": each == shown,
        }
        for each in years
    ]
    totals = [
        {"label": _("Versé en %(year)s") % {"year": shown}, "figure": euros(total)},
        {"label": _("Professionnels"), "figure": number(len(rows))},
        {
            "label": _("À déclarer (DAS2)"),
            "figure": number(sum(1 for each in rows if each.above)),
            "note": _("au-dessus de %(amount)s, seuil à vérifier")
            % {"amount": euros(threshold.amount)}
            if threshold
            else _("seuil inconnu pour cette année"),
        },
    ]
    return render(
        request,
        "fees/payments/reports.html",
        {
            "year": shown,
            "chips": chips,
            "totals": totals,
            "page": page_of(request, rows),
            "closed": Closing.objects.filter(year=shown, month=0).exists(),
            "granted": Envelope.objects.filter(year=shown).exists(),
        },
    )


@allowed(Perm.PAY)
def das2(request: SignedIn, year: str, kind: str) -> HttpResponse:
    shown = _known(year)
    return as_download(das2_frame(shown), name=f"das2-{shown}", kind=kind, sheet="DAS2")


@allowed(Perm.PAY)
def journal(request: SignedIn, year: int) -> StreamingHttpResponse:
    """The journal to integrate, sent as it is read."""
    shown = _known(year)
    answer = StreamingHttpResponse(
        (line.encode("ascii") for line in journal_text(shown)),
        content_type="text/plain; charset=us-ascii",
    )
    answer["Content-Disposition"] = f'attachment; filename="{file_name(shown)}"'
    return answer


@allowed(Perm.PAY)
def statement(request: SignedIn, year: int, pk: int) -> HttpResponse:
    """A professional's yearly statement, as they read it themselves."""
    professional = get_object_or_404(Professional, pk=pk)
    if year not in years_paid(professional):
        raise Http404
    answer = HttpResponse(
        statement_pdf(professional, year, today=clock.today()), content_type="application/pdf"
    )
    answer["Content-Disposition"] = f'inline; filename="releve-{year}-{pk}.pdf"'
    return answer


def _activity(year: int | str) -> Activity:
    found = activity(_known(year), clock.today())
    if found is None:
        raise Http404
    return found


@allowed(Perm.PAY)
def agency(request: SignedIn, year: int) -> HttpResponse:
    """The activity of a year's envelope, as the agency gets it."""
    found = _activity(year)
    by_kind, by_month = report.report_rows(found)
    totals = [{"label": label, "figure": figure} for label, figure in report.sums(found)]
    return render(
        request,
        "fees/payments/agency.html",
        {
            "year": found.status.year,
            "totals": totals,
            "facts": report.report_facts(found),
            "kind_columns": _columns(report.kind_columns()),
            "kind_rows": by_kind,
            "month_columns": _columns(report.month_columns()),
            "month_rows": by_month,
        },
    )


def _columns(labels: list[str]) -> list[dict[str, object]]:
    """The first names the row, the last is its figure."""
    last = len(labels) - 1
    return [
        {"label": each, "end": rank == last, "mid": 0 < rank < last}
        for rank, each in enumerate(labels)
    ]


@allowed(Perm.PAY)
def agency_file(request: SignedIn, year: str, kind: str) -> HttpResponse:
    found = _activity(year)
    name = f"activite-{found.status.year}"
    if kind == "xlsx":
        return as_download(report.report_frame(found), name=name, kind=kind, sheet=_("Activité"))
    answer = HttpResponse(
        report.report_pdf(found, today=clock.today()), content_type="application/pdf"
    )
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer

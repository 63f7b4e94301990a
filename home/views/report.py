"""What leaves the network of its figures: the yearly report, the exchange, the public page."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from home.access import Perm
from home.exports.exchange import exchange, exchange_frame
from home.exports.yearly import TOPICS, Report, notes, report_frame, yearly
from home.exports.yearly import report_pdf as written
from home.selectors.figures import Figures, latest
from home.selectors.publications import panels
from network.views.pages import SignedIn
from portal.kit.access import allowed
from portal.kit.downloads import as_download
from portal.kit.indicators import Span, measure_of

PUBLIC = (
    "inclusions",
    "active",
    "decided_in_time",
    "wait_decision",
    "structure_waits",
    "sessions",
    "reviews",
    "review_files",
    "trained",
)
"""What the network shows to everybody; no money, and no group."""


def _asked(request: HttpRequest, *, quarters: bool = False) -> tuple[Figures, Span]:
    """The last figures, and the year that the address asks for (`?annee=2026`), or the current.

    Raises Http404 before the first computation, and for a period that is not computed.
    """
    figures = latest()
    if figures is None:
        raise Http404
    text = request.GET.get("annee", "")
    span = Span.read(text) if text else figures.years[0]
    if span not in (figures.spans if quarters else figures.years):
        raise Http404
    assert span is not None  # noqa: S101 - one of those computed
    return figures, span


def _report(request: HttpRequest) -> Report:
    return yearly(*_asked(request))


@allowed(Perm.SEE_REPORT)
@require_safe
def report(request: SignedIn) -> HttpResponse:
    """The report of a year, as the PDF and the spreadsheet have it too."""
    if latest() is None:
        return render(request, "home/indicators/not_yet.html")
    found = _report(request)
    context: dict[str, Any] = {
        "report": found,
        "parts": [(TOPICS[topic], topic, entries) for topic, entries in found.parts.items()],
        "notes": notes(found),
        "chips": [
            {"href": f"?annee={each.key}", "label": each.name, "current": each == found.span}
            for each in found.figures.years
        ],
    }
    return render(request, "home/indicators/report.html", context)


@allowed(Perm.SEE_REPORT)
@require_safe
def report_pdf(request: SignedIn) -> HttpResponse:
    found = _report(request)
    answer = HttpResponse(written(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="rapport-{found.span.key}.pdf"'
    return answer


@allowed(Perm.SEE_REPORT)
@require_safe
def report_sheet(request: SignedIn) -> HttpResponse:
    found = _report(request)
    return as_download(
        report_frame(found), name=f"rapport-{found.span.key}", kind="xlsx", sheet=_("Rapport")
    )


@allowed(Perm.SEE_REPORT)
@require_safe
def common_export(request: SignedIn, kind: str) -> HttpResponse:
    """The exchange between networks; `?annee=` takes a quarter too."""
    if kind not in {"json", "csv"}:
        raise Http404
    figures, span = _asked(request, quarters=True)
    if kind == "csv":
        frame = exchange_frame(figures, span)
        return as_download(frame, name=f"indicateurs-{span.key}", kind="csv", sheet="")
    answer = JsonResponse(exchange(figures, span), json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="indicateurs-{span.key}.json"'
    return answer


@login_not_required
@require_safe
def public_figures(request: HttpRequest) -> HttpResponse:
    """Chosen figures of the network; and, apart, those that others published."""
    figures = latest()
    lines = []
    if figures:
        span = figures.years[0]
        told = [each for key in PUBLIC if (each := measure_of(key))]
        lines = [figures.public_line(each.indicator, span, span.before) for each in told]
    context: dict[str, Any] = {"figures": figures, "lines": lines, "panels": panels()}
    if figures:
        unfinished = figures.unfinished(span, span.before)
        context |= {"before": span.before, "unfinished": unfinished}
    return render(request, "home/public_figures.html", context)

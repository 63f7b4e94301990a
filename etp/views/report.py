"""The yearly report, as a page and as a spreadsheet."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from etp.access import Perm
from etp.exports.report import report_frame
from etp.selectors.report import yearly_report, years
from etp.views.frame import tabs
from network.views.pages import SignedIn
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.downloads import as_download


@allowed(Perm.SEE_REPORT)
def report(request: SignedIn) -> HttpResponse:
    known, year = years(), _year(request)
    chips = [
        {"href": f"{request.path}?annee={each}", "label": str(each), "current": each == year}
        for each in sorted({*known, year}, reverse=True)
    ]
    context = {
        "report": yearly_report(year, now=clock.now()),
        "chips": chips,
        "tabs": tabs("report"),
    }
    return render(request, "etp/assessments/report.html", context)


@allowed(Perm.SEE_REPORT)
def sheet(request: SignedIn) -> HttpResponse:
    year = _year(request)
    frame = report_frame(yearly_report(year, now=clock.now()))
    return as_download(frame, name=f"rapport-{year}", kind="xlsx", sheet=_("Rapport"))


def _year(request: SignedIn) -> int:
    """The year that the address asks for, or the current one."""
    asked = request.GET.get("annee", "")
    fits = asked.isascii() and asked.isdecimal() and 2000 <= int(asked) <= 2200
    return int(asked) if fits else clock.today().year

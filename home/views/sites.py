"""The network's sites side by side, an indicator at a time."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from home.access import Perm, topics_of
from home.selectors.figures import Figures, latest
from home.selectors.sites import Comparison, compared, comparison_frame, told_by_site
from home.views.indicators import Asked, asked_of, chips_of, not_yet
from network.views.pages import SignedIn
from portal.kit.access import allowed
from portal.kit.downloads import as_download
from portal.kit.indicators import FEW, Indicator


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for: `?indicateur=fill&periode=2026-T3&avec=2026-T2`."""

    choices: list[Indicator]
    indicator: Indicator
    asked: Asked
    figures: Figures

    @property
    def comparison(self) -> Comparison:
        return compared(self.figures, self.indicator, self.asked.span, self.asked.before)


def _wanted(request: SignedIn) -> Wanted | None:
    """None before the first computation. Raises Http404 for a role that reads no site."""
    choices = told_by_site(topics_of(request.user))
    if not choices:
        raise Http404
    figures = latest()
    if figures is None:
        return None
    key = request.GET.get("indicateur", "")
    indicator = next((each for each in choices if each.key == key), choices[0])
    return Wanted(choices, indicator, asked_of(request, figures.spans), figures)


@allowed(Perm.SEE_FIGURES)
@require_GET
def sites(request: SignedIn) -> HttpResponse:
    """One indicator, one row a site."""
    wanted = _wanted(request)
    if wanted is None:
        return not_yet(request)
    kept = f"indicateur={wanted.indicator.key}&"
    context = chips_of(wanted.asked, wanted.figures, wanted.figures.spans, kept=kept) | {
        "figures": wanted.figures,
        "indicator": wanted.indicator,
        "comparison": wanted.comparison,
        "few": FEW,
        "indicator_chips": [
            {
                "href": f"?indicateur={each.key}&{wanted.asked.query}",
                "label": each.name,
                "current": each is wanted.indicator,
            }
            for each in wanted.choices
        ],
    }
    return render(request, "home/indicators/sites.html", context)


@allowed(Perm.SEE_FIGURES)
@require_safe
def sites_sheet(request: SignedIn) -> HttpResponse:
    wanted = _wanted(request)
    if wanted is None:
        raise Http404
    return as_download(
        comparison_frame(wanted.comparison),
        name=f"sites-{wanted.indicator.key}-{wanted.asked.span.key}",
        kind="xlsx",
        sheet=_("Sites"),
    )

"""Dashboards: what the network did over a period, beside another one. Read from the cache."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fees.models import Act
from fees.selectors.extracts import acts_of
from home.access import Perm, topics_of
from home.actions.computing import ask_for_figures
from home.exports.yearly import TOPICS
from home.models import Computation
from home.selectors.figures import Figures, Line, latest
from network.views.pages import SignedIn
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.indicators import Span, Topic, measure_of, measures

OWN = ("acts", "euros", "refusals")


@dataclass(frozen=True, slots=True)
class Asked:
    """The period that the address asks for, and the one it is compared with."""

    span: Span
    before: Span

    @property
    def query(self) -> str:
        return f"periode={self.span.key}&avec={self.before.key}"


def asked_of(request: SignedIn, spans: list[Span]) -> Asked:
    """`?periode=2026-T3&avec=2026-T2`; else the year under way, and the same a year earlier."""
    found = Span.read(request.GET.get("periode", ""))
    span = found if found in spans else spans[0]
    assert span is not None  # noqa: S101 - a year has begun
    other = Span.read(request.GET.get("avec", ""))
    return Asked(span, other if other is not None and other != span else span.before)


def chips_of(
    asked: Asked, figures: Figures, spans: list[Span], *, kept: str = ""
) -> dict[str, object]:
    """The periods as links: years and the quarters of the current one, then what to compare.

    `kept`: what the address says besides.
    """
    near = [each for each in spans if not each.quarter or each.year == asked.span.year]
    compared = dict.fromkeys([asked.span.before, asked.span.preceding, asked.before])
    return {
        "period_chips": [
            _chip(f"?{kept}periode={each.key}", each, current=each == asked.span)
            for each in sorted(near, key=lambda each: (-each.year, each.quarter))
        ],
        "before_chips": [
            _chip(
                f"?{kept}periode={asked.span.key}&avec={each.key}",
                each,
                current=each == asked.before,
            )
            for each in compared
        ],
        "span": asked.span,
        "before": asked.before,
        "unfinished": figures.unfinished(asked.span, asked.before),
        "query": asked.query,
    }


def _chip(href: str, span: Span, *, current: bool) -> dict[str, object]:
    return {"href": href, "label": span.name, "current": current}


@allowed(Perm.SEE_FIGURES)
@require_GET
def board(request: SignedIn) -> HttpResponse:
    """Every indicator of this person's topics, with one chart for each topic."""
    figures = latest()
    if figures is None:
        return not_yet(request)
    asked = asked_of(request, figures.spans)
    lines = figures.lines(topics_of(request.user), asked.span, asked.before)
    context = chips_of(asked, figures, figures.spans) | {
        "figures": figures,
        "topics": [
            {
                "name": TOPICS[topic],
                "key": topic,
                "lines": found,
                "first": found[0],
                "chart": figures.chart(found[0].indicator, asked.span),
            }
            for topic, found in lines.items()
        ],
        "heads": [_head(found[0]) for found in lines.values()],
        "has_sites": any(each.indicator.site for found in lines.values() for each in found),
    }
    return render(request, "home/indicators/board.html", context)


def _head(line: Line) -> dict[str, str]:
    return {"label": line.label, "figure": line.said.figure, "note": line.said.note}


@allowed(Perm.SEE_FIGURES)
@require_GET
def indicator(request: SignedIn, kind: str) -> HttpResponse:
    """One indicator: what it means, its course, its groups."""
    measure = measure_of(kind)
    if measure is None or not request.user.has_perm(Perm.SEE_FIGURES, measure.indicator.topic):
        raise Http404
    figures = latest()
    if figures is None:
        return not_yet(request)
    asked = asked_of(request, figures.spans)
    context = chips_of(asked, figures, figures.spans) | {
        "figures": figures,
        "indicator": measure.indicator,
        "line": figures.line(measure.indicator, asked.span, asked.before),
        "chart": figures.chart(measure.indicator, asked.span),
        "history": list(figures.history(measure.indicator)),
        "groups": figures.groups(measure.indicator, asked.span, asked.before),
    }
    return render(request, "home/indicators/indicator.html", context)


@allowed(Perm.SEE_REPORT)
@require_GET
def places(request: SignedIn) -> HttpResponse:
    """The departments side by side."""
    figures = latest()
    if figures is None:
        return not_yet(request)
    asked = asked_of(request, figures.spans)
    told = [each.indicator for each in measures([Topic.CARE]) if "75" in each.indicator.groups]
    columns = [
        {line.label: line for line in figures.groups(each, asked.span, asked.before)}
        for each in told
    ]
    names = sorted({name for column in columns for name in column}, key=_department)
    context = chips_of(asked, figures, figures.spans) | {
        "figures": figures,
        "columns": [str(each.name) for each in told],
        "rows": [(name, [column.get(name) for column in columns]) for name in names],
    }
    return render(request, "home/indicators/places.html", context)


def _department(name: str) -> str:
    """By number, those unknown at the end."""
    return name.rpartition("(")[2] if name.endswith(")") else "~"


@allowed(Perm.SEE_OWN_FIGURES)
@require_GET
def own(request: SignedIn) -> HttpResponse:
    """A clinician's own acts, by the same definitions; read at once, since they are few."""
    today = clock.today()
    rows = acts_of(Act.objects.filter(professional__user=request.user), today)
    told = [each for key in OWN if (each := measure_of(key))]
    spans = [Span(today.year - back) for back in range(3)]
    values: dict[str, dict[str, object]] = {
        each.indicator.key: {span.key: each.compute(rows, span).as_json() for span in spans}
        for each in told
    }
    figures = Figures(today, clock.now(), values)
    asked = asked_of(request, spans[:2])
    context = chips_of(asked, figures, spans[:2]) | {
        "topics": [
            {
                "line": figures.line(each.indicator, asked.span, asked.before),
                "groups": figures.groups(each.indicator, asked.span, asked.before),
            }
            for each in told
        ],
    }
    return render(request, "home/indicators/own.html", context)


@require_POST
@allowed(Perm.SEE_FIGURES)
def compute(request: SignedIn) -> HttpResponse:
    """Ask for new figures; those of facts that have not moved are kept as they are."""
    computation = ask_for_figures(by=request.user, now=clock.now())
    if computation.ended_at:
        messages.info(request, _("Les chiffres sont à jour\u00a0: rien n’a changé depuis."))
        return redirect("home:indicators")
    return redirect("home:computing")


@allowed(Perm.SEE_FIGURES)
@require_GET
def computing(request: SignedIn) -> HttpResponse:
    """How far the computation is; the dashboard once there is none."""
    computation = Computation.objects.under_way().last()
    if computation is None and not request.htmx:  # type: ignore[attr-defined]
        return redirect("home:indicators")
    return render(request, "home/indicators/computing.html", {"computation": computation})


def not_yet(request: SignedIn) -> HttpResponse:
    return render(request, "home/indicators/not_yet.html")

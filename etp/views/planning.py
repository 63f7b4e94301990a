"""The planning: a list, a week or a month, with the filters of the address."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from etp.access import Perm
from etp.enums import Stage
from etp.forms.planning import VIEWS, PlanningForm, View
from etp.selectors import planning as selectors
from etp.selectors.planning import Asked
from etp.views.frame import tabs
from network.views.pages import SignedIn, page_of
from portal.kit import clock, words
from portal.kit.access import allowed
from portal.kit.dates import add_months

BEHIND = (Stage.TO_NOTE, Stage.NOTED)
"""Stages of sessions that are over: a list of them begins with the latest."""


@require_GET
@allowed(Perm.SEE_PLANNING)
def planning(request: SignedIn) -> HttpResponse:
    now, today = clock.now(), clock.today()
    form = PlanningForm(request.GET)
    view, asked, day = form.view, form.asked, form.day(today)
    shown = {View.LIST: _listed, View.WEEK: _week, View.MONTH: _month}[view]
    return render(
        request,
        "etp/planning/planning.html",
        {
            "form": form,
            "view": view,
            "views": VIEWS,
            "tabs": tabs("planning"),
            "today": today,
            "filtered": asked != Asked(),
            "may_plan": request.user.has_perm(Perm.PLAN),
            **shown(request, asked, day, now=now, today=today),
        },
    )


def _listed(
    request: SignedIn, asked: Asked, day: date, *, now: Any, today: date
) -> dict[str, object]:
    """From that day on; what is over is asked by its state, the latest first."""
    found = selectors.narrow(selectors.sessions(request.user, now), asked, now)
    if asked.stage in BEHIND:
        found = found.order_by("-starts_at", "-pk")
    else:
        found = found.filter(starts_at__gte=selectors.midnight(day)).order_by("starts_at", "pk")
    page = page_of(request, found)
    return {"page": page, "rows": selectors.rows_of(page.object_list, now), "heading": ""}


def _week(
    request: SignedIn, asked: Asked, day: date, *, now: Any, today: date
) -> dict[str, object]:
    days = selectors.week_of(day)
    rows = _rows(request, asked, days[0], days[-1], now=now)
    return {
        "days": selectors.laid_out(days, rows, day, today),
        "heading": _("Semaine du %(day)s") % {"day": words.plain_day(days[0])},
        "before": days[0] - timedelta(days=7),
        "after": days[0] + timedelta(days=7),
    }


def _month(
    request: SignedIn, asked: Asked, day: date, *, now: Any, today: date
) -> dict[str, object]:
    weeks = selectors.month_of(day)
    rows = _rows(request, asked, weeks[0][0], weeks[-1][-1], now=now)
    first = day.replace(day=1)
    return {
        "weeks": [selectors.laid_out(week, rows, day, today) for week in weeks],
        "weekdays": words.WEEKDAYS,
        "heading": words.capitalise(words.month(day)),
        "before": add_months(first, -1),
        "after": add_months(first, 1),
    }


def _rows(
    request: SignedIn, asked: Asked, first: date, last: date, *, now: Any
) -> list[selectors.Row]:
    found = selectors.narrow(selectors.sessions(request.user, now), asked, now)
    return selectors.rows_of(selectors.between(found, first, last), now)

"""The assessments of the network: to do, begun, to evaluate, done."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from etp.access import Perm
from etp.models import Assessment
from etp.selectors import assessments as sheets
from etp.views.frame import tabs
from network.models import Patient
from network.views.pages import SignedIn, page_of
from portal.kit import clock
from portal.kit.access import allowed

TO_DO, BEGUN, TO_EVALUATE, DONE = "", "commences", "evaluer", "faits"


@allowed(Perm.ASSESS)
def assessments(request: SignedIn) -> HttpResponse:
    lists: dict[str, tuple[str, Any]] = {
        TO_DO: (_("À faire"), sheets.without_assessment()),
        BEGUN: (_("Commencés"), sheets.drafts()),
        TO_EVALUATE: (_("À évaluer"), sheets.to_evaluate(clock.now())),
        DONE: (_("Faits"), sheets.assessed()),
    }
    asked = request.GET.get("etat", TO_DO)
    state = asked if asked in lists else TO_DO
    chips = [
        {
            "href": f"{request.path}?etat={key}" if key else request.path,
            "label": label,
            "count": rows.count(),
            "current": key == state,
        }
        for key, (label, rows) in lists.items()
    ]
    page = page_of(request, lists[state][1])
    rows = [_row(each, state) for each in page]
    context = {
        "tabs": tabs("assessments"),
        "chips": chips,
        "page": page,
        "rows": rows,
        "state": state,
    }
    return render(request, "etp/assessments/list.html", context)


def _row(each: Patient | Assessment, state: str) -> dict[str, Any]:
    if isinstance(each, Patient):
        waited = (clock.today() - each.included_on).days if each.included_on else 0
        return {"patient": each, "since": each.included_on, "days": waited}
    since = {BEGUN: each.started_at, TO_EVALUATE: each.closed_at}.get(state, each.held_on)
    return {"patient": each.patient, "since": since, "by": each.led_by, "number": each.number}

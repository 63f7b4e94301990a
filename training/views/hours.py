"""Hours of training by professional, for whoever pays or declares them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from network.views.pages import SignedIn, page_of
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.downloads import MAX_ROWS, as_download
from portal.kit.words import number
from training.access import Perm
from training.exports.attestation import hours as in_words
from training.exports.hours import hours_frame, profession_words
from training.forms.hours import HoursFilter
from training.selectors.hours import attested_hours, total_hours


@allowed(Perm.SEE_HOURS)
def hours(request: SignedIn) -> HttpResponse:
    chosen = HoursFilter(request.GET, today=clock.today())
    page = page_of(request, attested_hours(chosen.asked))
    total = total_hours(chosen.asked)
    rows = [
        {
            "name": f"{row['last_name']} {row['first_name']}".strip(),
            "profession": profession_words(row["profession"]),
            "hours": in_words(row["spent"]),
        }
        for row in page.object_list
    ]
    return render(
        request,
        "training/hours.html",
        {
            "filter": chosen,
            "page": page,
            "rows": rows,
            "totals": [
                {"label": _("Heures attestées"), "figure": in_words(total["spent"])},
                {"label": _("Professionnels"), "figure": number(total["people"])},
            ],
            "asked": chosen.asked,
        },
    )


@allowed(Perm.SEE_HOURS)
def export(request: SignedIn, kind: str) -> HttpResponse:
    """What the filters show, as a spreadsheet."""
    rows = attested_hours(HoursFilter(request.GET, today=clock.today()).asked)
    if rows.count() > MAX_ROWS:
        messages.error(
            request,
            _("Un export tient au plus %(n)s lignes\u00a0: choisissez une période.")
            % {"n": number(MAX_ROWS)},
        )
        return redirect(f"{reverse('training:hours')}?{request.GET.urlencode()}")
    return as_download(hours_frame(rows), name="heures-formation", kind=kind, sheet=_("Heures"))

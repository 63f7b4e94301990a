"""« Je cherche… »: one box, the thirteen needs, and what was looked for in vain."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from home.access import Perm
from home.models import ProtocolIndexPage
from home.selectors.finding import find as found_by
from home.selectors.finding import remember_miss
from network.access import Perm as NetworkPerm
from network.models import SearchMiss
from network.models.resource import NEEDS
from network.selectors.phone_lines import lines_for
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.frames import reader_of

LONGEST = 120
"""Characters of a query that are read."""
SHOWN = 100


@never_cache
@login_not_required
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Results when something is asked; the needs always. Words without answer are counted."""
    query = request.GET.get("q", "").strip()[:LONGEST]
    results = found_by(query, user=request.user) if query else []
    if query and not results:
        remember_miss(query, now=clock.now())
    protocols = ProtocolIndexPage.objects.live().first()
    context = {
        "query": query,
        "results": results,
        "needs": NEEDS.items(),
        "protocols": protocols.url if protocols else "",
        "lines": lines_for(request.user, now=clock.now()) if _calls(request) else [],
    }
    return render(request, "home/find.html", context | reader_of(request))


def _calls(request: HttpRequest) -> bool:
    """Whether the lines stand on the page itself: those who call during a consultation."""
    return request.user.has_perm(NetworkPerm.SEE_PROFESSIONAL_CONTACTS)


@allowed(Perm.EDIT_PAGES)
@require_GET
def misses(request: HttpRequest) -> HttpResponse:
    """What people look for and the house does not have, the most wanted first."""
    return render(request, "home/misses.html", {"misses": SearchMiss.objects.all()[:SHOWN]})

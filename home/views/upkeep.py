"""What those who write keep up to date: what to read again, and links that lead nowhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from home.access import Perm
from home.selectors.links import all_links, broken
from home.selectors.reviews import reviews
from network.models import SearchMiss
from portal.kit import clock
from portal.kit.access import allowed


@allowed(Perm.KEEP_UP)
@require_GET
def upkeep(request: HttpRequest) -> HttpResponse:
    context = {
        "reviews": reviews(clock.today()),
        "broken": broken(all_links()),
        "misses": SearchMiss.objects.count(),
    }
    return render(request, "home/upkeep.html", context)

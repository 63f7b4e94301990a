"""The page after signing in: what waits for this person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from home.access import Perm
from home.selectors.waiting import waiting_for
from portal.kit import clock
from portal.kit.access import allowed


@allowed(Perm.SEE_DASHBOARD)
def dashboard(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    context = {"waiting": waiting_for(request.user, now), "today": clock.today()}  # type: ignore[arg-type]
    return render(request, "home/dashboard.html", context)

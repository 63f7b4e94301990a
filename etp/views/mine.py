"""A patient's workshops: what is opened, what is booked."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from etp.models import Place
from etp.tokens import read_place

from .who import Who, for_patients


@for_patients
def workshops(request: HttpRequest, who: Who) -> HttpResponse:
    places = Place.objects.filter(patient__in=who.keys).select_related("session__workshop")
    return render(request, "etp/mine/workshops.html", {"places": places})


@never_cache
@login_not_required
def place(request: HttpRequest, token: str) -> HttpResponse:
    uid = read_place(token)
    if uid is None:
        raise Http404
    found = get_object_or_404(Place.objects.select_related("session__site"), uid=uid)
    return render(request, "etp/mine/place.html", {"place": found})

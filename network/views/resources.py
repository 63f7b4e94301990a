"""A need, and whom to call for it. Public, but for what is kept for professionals."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from network.models import Resource
from network.models.resource import NEEDS
from network.rules.directory import Need
from portal.kit.frames import reader_of


@login_not_required
@require_GET
def need(request: HttpRequest, need: str) -> HttpResponse:
    if need not in set(Need):
        raise Http404
    visible = Resource.objects.visible_to(request.user)
    context = {
        "need": NEEDS[Need(need)],
        "resources": [each for each in visible if need in each.needs],
    }
    return render(request, "network/directory/need.html", context | reader_of(request))

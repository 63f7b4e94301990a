"""« Messages »: the outbox of the demo, so that it works without a mail server."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from network.selectors.outbox import outbox

PER_PAGE = 30


@login_not_required
@never_cache
def message_list(request: HttpRequest) -> HttpResponse:
    """Every mail, the newest first. In demo mode only: elsewhere it does not exist."""
    if not settings.DEMO:
        raise Http404
    to = request.GET.get("a", "").strip()
    page = Paginator(outbox(to=to), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "network/messages/list.html", {"page": page, "to": to})

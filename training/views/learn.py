"""« Se former »: what to resume, what was done, and how well one knows what one knows."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from network.views.pages import SignedIn, page_of
from portal.kit.access import allowed
from portal.kit.panels import shown
from training.access import Perm
from training.models import TrainingIndexPage
from training.selectors.certainty import charts, sure_and_wrong, sure_and_wrong_line
from training.selectors.learner import begun, cases_done, finished


@never_cache
@allowed(Perm.LEARN)
def home(request: SignedIn) -> HttpResponse:
    page = page_of(request, cases_done(request.user))
    context = {
        "begun": begun(request.user),
        "page": page,
        "done": finished(page.object_list),
        "parts": shown("learn", request, request.user),
        "catalogue": TrainingIndexPage.objects.live().first(),
    }
    return render(request, "training/home.html", context)


@never_cache
@allowed(Perm.LEARN)
def certainty(request: SignedIn) -> HttpResponse:
    page = page_of(request, sure_and_wrong(request.user))
    context = {
        "charts": charts(request.user),
        "page": page,
        "missed": [sure_and_wrong_line(answer) for answer in page.object_list],
    }
    return render(request, "training/certainty.html", context)

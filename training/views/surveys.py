"""The survey, from the link of a mail or from one's own pages."""

from contextlib import suppress

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache

from network.views.pages import show_form, typed
from portal.kit import clock
from training.actions.surveys import Closed, answer_survey
from training.enums import Survey
from training.forms.surveys import SurveyForm
from training.models import SurveyCall
from training.rules.surveys import LEAST, is_open
from training.tokens import read_survey


@never_cache
@login_not_required
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it answers nothing: scanners open links."""
    uid = read_survey(token)
    if uid is None:
        raise Http404
    call = get_object_or_404(SurveyCall.objects.select_related("meeting", "person"), uid=uid)
    form = SurveyForm(typed(request), moment=Survey(call.moment))
    if request.method == "POST" and form.is_valid():
        with suppress(Closed):  # the page says so
            answer_survey(call=call, opinion=form.opinion, by=call.person, now=clock.now())
        return redirect("training:survey", token)
    context: dict[str, object] = {
        "call": call,
        "meeting": call.meeting,
        "form": form,
        "open": is_open(Survey(call.moment), call.since, clock.now()),
        "least": LEAST,
    }
    answer = show_form(request, "training/survey.html", context)
    answer["X-Robots-Tag"] = "noindex"
    return answer

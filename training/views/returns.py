"""Cases that come back: the pages of the mailed links, and the switch.

A link that is opened does nothing: mail servers open links. Its button starts the case for its
learner only, signed in: the link itself opens no account, no case and no answer.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from network.models import User
from network.views.pages import SignedIn
from portal.kit import clock
from portal.kit.access import allowed
from training.access import Perm
from training.actions.returns import NotOpen, open_return, pause_returns, resume_returns
from training.actions.runs import NotPublished
from training.enums import Return as Standing
from training.models import Return
from training.selectors.returns import standing_of
from training.tokens import read_pause, read_return

GONE, FORBIDDEN = 410, 403
NOBODY = 0


@never_cache
@login_not_required
def mailed(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a mailed link; its button opens the case of the learner who is signed in."""
    coming = Return.objects.select_related("run").filter(pk=read_return(token) or NOBODY).first()
    if coming is None:
        raise Http404
    if request.user.is_authenticated and request.user.pk != coming.learner_id:
        return _page(request, "other", status=FORBIDDEN)
    if standing_of(coming, clock.today()) is Standing.EXPIRED:
        return _page(request, "expired", status=GONE)
    if request.method != "POST":
        return _page(request, "waiting")
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    if not request.user.has_perm(Perm.LEARN):
        return _page(request, "other", status=FORBIDDEN)
    return _start(request, coming)  # type: ignore[arg-type]


@require_POST
@allowed(Perm.LEARN)
def begin(request: SignedIn, pk: int) -> HttpResponse:
    """Open from the portal a case that came back."""
    return _start(request, get_object_or_404(Return.objects.visible_to(request.user), pk=pk))


@never_cache
@login_not_required
def pause(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails, by a button and without signing in: nothing else is shown or changed."""
    learner = User.objects.filter(pk=read_pause(token) or NOBODY).first()
    if learner is None:
        raise Http404
    if request.method == "POST":
        pause_returns(by=learner, now=clock.now())
        return _page(request, "paused")
    return _page(request, "pause")


@require_POST
@allowed(Perm.LEARN)
def switch(request: SignedIn) -> HttpResponse:
    """Receive a case at 7, 30 and 90 days, or not."""
    if request.POST.get("wanted") == "1":
        resume_returns(by=request.user, now=clock.now())
        messages.success(request, _("Vous recevrez un cas par mail à 7, 30 et 90\u00a0jours."))
    else:
        pause_returns(by=request.user, now=clock.now())
        messages.success(request, _("Plus aucun cas ne vous sera envoyé par mail."))
    return redirect("training:home")


def _start(request: SignedIn, coming: Return) -> HttpResponse:
    try:
        run = open_return(coming=coming, by=request.user, now=clock.now())
    except NotPublished as missing:
        raise Http404 from missing
    except NotOpen as refusal:
        expired = refusal.standing is Standing.EXPIRED
        return _page(request, "expired" if expired else "early", status=GONE)
    return redirect("training:run", run.pk)


def _page(request: HttpRequest, state: str, *, status: int = 200) -> HttpResponse:
    return render(request, "training/return.html", {"state": state}, status=status)

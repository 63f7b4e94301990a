"""Lines with a remark, one by one: read, then validated or returned; the next one follows."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fees.access import Perm
from fees.actions.claims import return_line
from fees.actions.steps import Conflict
from fees.actions.validation import validate_lines
from fees.enums import LineState
from fees.forms.queue import QueueForm, ReturnForm
from fees.models import Claim, ClaimLine
from fees.selectors.claim_queue import QueueSearch
from fees.selectors.controls import control, with_acts
from network.views.pages import SignedIn
from portal.kit import clock
from portal.kit.access import allowed


def _line(request: SignedIn, pk: int) -> ClaimLine:
    claims = Claim.objects.visible_to(request.user)
    return get_object_or_404(with_acts(ClaimLine.objects.filter(claim__in=claims)), pk=pk)


def _search(query: QueryDict) -> QueueSearch:
    return QueueForm(query).search()


@allowed(Perm.CONTROL_ACTS)
def line(request: SignedIn, pk: int) -> HttpResponse:
    return _page(request, _line(request, pk), ReturnForm(), _search(request.GET))


@require_POST
@allowed(Perm.CONTROL_ACTS)
def validate(request: SignedIn, pk: int) -> HttpResponse:
    """Validate one line whose remarks, those of the page, were read; then the next one."""
    found = _line(request, pk)
    search = _search(QueryDict(request.POST.get("query", "")))
    read = request.POST.get("read", "").split("|")
    try:
        outcome = validate_lines(lines=[found], by=request.user, now=clock.now(), read=read)
    except Conflict as conflict:
        return _page(request, found, ReturnForm(), search, refused=str(conflict))
    for each in outcome.left:
        refused = " ".join(each.sentences)
        return _page(request, _line(request, pk), ReturnForm(), search, refused=refused)
    if outcome.held:
        messages.info(request, _("L’enveloppe est atteinte\u00a0: l’acte attend, dans son ordre."))
    elif outcome.admitted:
        messages.success(request, _("L’acte est validé."))
    return _next(search, pk)


@require_POST
@allowed(Perm.CONTROL_ACTS)
def give_back(request: SignedIn, pk: int) -> HttpResponse:
    """Return one line to its professional, with what is to be corrected; then the next one."""
    found = _line(request, pk)
    search = _search(QueryDict(request.POST.get("query", "")))
    form = ReturnForm(request.POST)
    if form.is_valid():
        try:
            return_line(
                line=found,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=clock.now(),
            )
        except Conflict as conflict:
            form.add_error(None, str(conflict))
        else:
            messages.success(request, _("L’acte est renvoyé au professionnel."))
            return _next(search, pk)
    return _page(request, found, form, search)


def _next(search: QueueSearch, pk: int) -> HttpResponse:
    """The next line with a remark, the first one after the last; the whole once all are read."""
    waiting = search.remarked_lines().exclude(pk=pk).values_list("pk", flat=True)
    following = waiting.filter(pk__gt=pk).first() or waiting.first()
    query = search.as_query()
    if following:
        address = reverse("fees:control_line", args=[following])
    elif search.claim:
        return redirect("fees:control_claim", search.claim)
    else:
        address = reverse("fees:control_claims")
    return redirect(f"{address}?{query}" if query else address)


def _page(
    request: SignedIn,
    found: ClaimLine,
    form: ReturnForm,
    search: QueueSearch,
    *,
    refused: str = "",
) -> HttpResponse:
    (each,) = control([found])
    waiting = search.remarked_lines()
    before = waiting.filter(pk__lt=found.pk)
    return render(
        request,
        "fees/control/line.html",
        {
            "each": each,
            "act": found.act,
            "form": form,
            "refused": refused,
            "open": found.state == LineState.SENT,
            "returnable": found.state in (LineState.SENT, LineState.HELD),
            "rank": before.count() + 1,
            "count": waiting.count(),
            "previous": before.values_list("pk", flat=True).last(),
            "following": waiting.filter(pk__gt=found.pk).values_list("pk", flat=True).first(),
            "query": search.as_query(),
            "read": "|".join(each.remarks),
            "steps": found.steps.select_related("by"),
        },
        status=422 if form.errors or refused else 200,
    )

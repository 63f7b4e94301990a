"""The accountant's queue: claims to control, one claim, the validation of all that is clean."""

from time import monotonic
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from fees.access import Perm
from fees.actions.control_runs import advance, start_run
from fees.actions.steps import Conflict
from fees.enums import LineState
from fees.forms.queue import QueueForm
from fees.models import Claim, ClaimLine, ControlRun
from fees.selectors.claim_queue import (
    ALL_VIEW,
    CLEAN_VIEW,
    REMARKED_VIEW,
    Figures,
    QueueSearch,
    figures,
    figures_of,
    queue,
)
from fees.selectors.controls import control, with_acts
from fees.selectors.envelope import left_in
from network.views.pages import SignedIn
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.words import euros, number

from .chips import Chip
from .pages import ClaimPages

PAGE = 25
PATIENCE = 2.0  # seconds of work in one request; the page then shows how far it has come


@allowed(Perm.CONTROL_ACTS)
def claims(request: SignedIn) -> HttpResponse:
    """Claims with lines to control: figures first, what is clean validated in one gesture."""
    form = QueueForm(request.GET)
    search = form.search()
    found = figures(search)
    page = ClaimPages(queue(search), PAGE, known=found.claims).get_page(request.GET.get("page"))
    shown = figures_of(page.object_list)
    return render(
        request,
        "fees/control/claims.html",
        {
            "form": form,
            "page": page,
            "rows": [(claim, shown.get(claim.pk, Figures())) for claim in page.object_list],
            "figures": found,
            "totals": _totals(found),
            "chips": _chips(request, search, found),
            "query": search.as_query(),
            "request_id": uuid4(),
            "first": search.remarked_lines().values_list("pk", flat=True).first(),
            "unfinished": ControlRun.objects.filter(by=request.user, ended_at=None).first(),
        },
    )


@allowed(Perm.CONTROL_ACTS)
def claim(request: SignedIn, pk: int) -> HttpResponse:
    """One claim: every line with every check, made again now."""
    visible = Claim.objects.visible_to(request.user)
    found = get_object_or_404(visible.select_related("professional", "sent_by"), pk=pk)
    lines = list(with_acts(found.lines.all()).order_by("act__done_on", "pk"))
    waiting = control([line for line in lines if line.state == LineState.SENT])
    search = QueueSearch(claim=found.pk)
    return render(
        request,
        "fees/control/claim.html",
        {
            "claim": found,
            "remarked": [each for each in waiting if not each.clean],
            "clean": [each for each in waiting if each.clean],
            "others": [line for line in lines if line.state != LineState.SENT],
            "totals": _totals(figures(search), envelope=False),
            "query": search.as_query(),
            "request_id": uuid4(),
        },
    )


@require_POST
@allowed(Perm.CONTROL_ACTS)
def validate(request: SignedIn) -> HttpResponse:
    """Validate what is clean in what was shown; the result page says how far it has come."""
    search = QueueForm(QueryDict(request.POST.get("query", ""))).search()
    try:
        run = start_run(
            request_id=UUID(request.POST["request_id"]),
            search=search,
            by=request.user,
            now=clock.now(),
        )
    except (Conflict, ValueError, KeyError) as conflict:
        refused = (
            str(conflict) if isinstance(conflict, Conflict) else _("Ouvrez la page de nouveau.")
        )
        messages.info(request, refused)
        return redirect(f"{reverse('fees:control_claims')}?{search.as_query()}")
    return _work(request, run)


@allowed(Perm.CONTROL_ACTS)
def run(request: SignedIn, request_id: UUID) -> HttpResponse:
    """What one gesture has validated, held, and left aside with why; a POST goes on with it."""
    found = get_object_or_404(ControlRun.objects.select_related("by"), request_id=request_id)
    if request.method == "POST" and found.by_id == request.user.pk:
        return _work(request, found)
    left = list(with_acts(ClaimLine.objects.filter(pk__in=found.left[:50])).order_by("pk"))
    search = QueueSearch.from_query(found.query)
    return render(
        request,
        "fees/control/run.html",
        {
            "run": found,
            "mine": found.by_id == request.user.pk,
            "goes_on": not found.ended_at and "pause" not in request.GET,
            "left": [each for each in control(left) if each.line.state == LineState.SENT],
            "query": found.query,
            "first": search.remarked_lines().values_list("pk", flat=True).first(),
            "remarked": search.remarked_lines().count(),
        },
    )


def _work(request: SignedIn, run: ControlRun) -> HttpResponse:
    """Go on for as long as a request may last; twice at once, the shares are taken in turn.

    What stops it is told, and its author goes on with a button.
    """
    address = reverse("fees:control_run", args=[run.request_id])
    began = monotonic()
    try:
        while not run.ended_at and monotonic() - began < PATIENCE:
            run = advance(run=run, now=clock.now())
    except Conflict as conflict:
        messages.error(request, str(conflict))
        return redirect(f"{address}?pause=1")
    return redirect(address)


def _totals(found: Figures, *, envelope: bool = True) -> list[dict[str, str]]:
    def line(label: str, amount: object, lines: int, note: str) -> dict[str, str]:
        words = ngettext("%(n)s ligne", "%(n)s lignes", lines) % {"n": number(lines)}
        return {"label": label, "figure": euros(amount), "note": f"{words}{note}"}  # type: ignore[arg-type]

    totals = [
        line(_("À contrôler"), found.amount, found.lines, ""),
        line(_("Sans remarque"), found.clean_amount, found.clean, _(", prêtes")),
        line(_("Avec remarque"), found.remarked_amount, found.remarked, _(", à lire une à une")),
    ]
    year = clock.today().year
    if envelope and (left := left_in(year)):
        totals.append(
            {
                "label": _("Reste de l’enveloppe"),
                "figure": euros(left.left),
                "note": _("sur %(granted)s en %(year)s")
                % {"granted": euros(left.granted), "year": year},
            }
        )
    return totals


def _chips(request: HttpRequest, search: QueueSearch, found: Figures) -> list[Chip]:
    views = (
        (ALL_VIEW, _("Toutes les lignes"), found.lines),
        (REMARKED_VIEW, _("Avec remarque"), found.remarked),
        (CLEAN_VIEW, _("Sans remarque"), found.clean),
    )
    chips = []
    for view, label, count in views:
        query = request.GET.copy()
        query.pop("page", None)
        query["vue"] = view
        chips.append(Chip(f"?{query.urlencode()}", label, count, view == search.view))
    return chips

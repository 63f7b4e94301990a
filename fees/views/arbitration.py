"""The medical director's queue: acts that only the shared cap refuses."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from fees.access import Perm
from fees.actions.arbitration import arbitrate
from fees.actions.steps import Conflict
from fees.forms.act import ReasonForm
from fees.models import Act
from fees.selectors.explain import explain
from fees.selectors.lists import waiting_for_arbitration
from network.views.pages import SignedIn, page_of
from portal.kit import clock
from portal.kit.access import allowed


@allowed(Perm.ARBITRATE)
def queue(request: SignedIn) -> HttpResponse:
    decided = Act.objects.filter(decided_by_person=True).select_related("patient", "professional")
    return render(
        request,
        "fees/arbitrations.html",
        {
            "page": page_of(request, waiting_for_arbitration()),
            "decided": decided.order_by("-entered_at")[:10],
        },
    )


@allowed(Perm.ARBITRATE)
def decide(request: SignedIn, pk: int) -> HttpResponse:
    acts = Act.objects.visible_to(request.user).select_related(
        "patient", "professional", "rcp_file__meeting"
    )
    act = get_object_or_404(acts, pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            arbitrate(
                act=act,
                in_favour=request.POST.get("decision") == "accept",
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=clock.now(),
            )
        except Conflict as conflict:
            form.add_error(None, str(conflict))
        else:
            return redirect("fees:arbitrations")
    others = Act.objects.live().filter(
        patient=act.patient, cap=act.cap, window_from=act.window_from
    )
    return render(
        request,
        "fees/arbitration.html",
        {
            "act": act,
            "form": form,
            "account": explain(act, reader=None),
            "others": others.select_related("professional").order_by("done_on"),
            "steps": act.steps.select_related("by"),
        },
        status=422 if request.method == "POST" else 200,
    )

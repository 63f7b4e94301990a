"""« Pourquoi pas payé ? »: each act with what stands of its payment, and the next gesture."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fees.access import Perm
from fees.enums import State
from fees.forms.claims import WhoForm
from fees.forms.filters import after_month
from fees.models import Act
from fees.models.act import ActQuerySet
from fees.selectors.payees import payees_like
from fees.selectors.why import UNPAID, situations, with_grounds
from network.enums import Role
from network.models import Professional
from network.views.pages import SignedIn, page_of
from portal.kit.access import allowed

from .chips import Chip

SETS = {
    "": Q(state__in=UNPAID),
    "payes": Q(state=State.PAID),
    "defaits": Q(state__in=[State.CANCELLED, State.REVERSED]),
}


@allowed(Perm.SEE_WHY)
def why(request: SignedIn) -> HttpResponse:
    """A professional sees the own acts; an accountant those of a person, or of a file number."""
    accountant = request.user.is_any(Role.ACCOUNTANT)
    form = WhoForm(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    people: list[Professional] = []
    acts: ActQuerySet | None
    if accountant:
        people = payees_like(chosen.get("who", ""))
        acts = _of_anybody(request, people, chosen)
    else:
        acts = Act.objects.filter(professional__user=request.user)
    context: dict[str, Any] = {"form": form, "accountant": accountant, "people": people}
    if acts is not None:
        if month := chosen.get("month"):
            acts = acts.done_in(month, after_month(month))
        context |= _list(request, acts)
    return render(request, "fees/why.html", context)


def _of_anybody(
    request: SignedIn, people: list[Professional], chosen: dict[str, Any]
) -> ActQuerySet | None:
    """None as long as nobody is chosen: everybody's acts would answer no question."""
    acts = Act.objects.visible_to(request.user)
    code = chosen.get("code", "").strip().upper()
    asked = chosen.get("who", "").strip()
    if asked and len(people) != 1:
        return None
    if not asked and not code:
        return None
    if asked:
        acts = acts.filter(professional=people[0])
    return acts.filter(patient__code=code) if code else acts


def _list(request: SignedIn, acts: ActQuerySet) -> dict[str, Any]:
    shown = request.GET.get("etat", "")
    shown = shown if shown in SETS else ""
    counts = acts.order_by().aggregate(
        **{f"n{number}": Count("pk", filter=each) for number, each in enumerate(SETS.values())}
    )
    labels = [_("Pas encore payés"), _("Payés"), _("Annulés ou extournés")]
    chips = []
    for number, (key, label) in enumerate(zip(SETS, labels, strict=True)):
        query = request.GET.copy()
        query.pop("page", None)
        query.pop("etat", None)
        if key:
            query["etat"] = key
        chips.append(Chip(f"?{query.urlencode()}", label, counts[f"n{number}"], key == shown))
    page = page_of(request, with_grounds(acts.filter(SETS[shown])))
    return {"chips": chips, "page": page, "situations": situations(list(page.object_list))}

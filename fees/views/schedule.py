"""The fee table and its history, and new versions of it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fees.access import Perm
from fees.actions.schedule import supersede_policy, supersede_tariff
from fees.actions.steps import Conflict
from fees.enums import DoctorCap, Kind, WindowKind
from fees.forms.schedule import NewVersionForm, PolicyForm, TariffForm
from fees.models import PolicyVersion, TariffLine
from fees.models.schedule import KINDS
from network.views.pages import SignedIn
from portal.kit import clock
from portal.kit.access import allowed


@allowed(Perm.EDIT_SCHEDULE)
def schedule(request: SignedIn) -> HttpResponse:
    return render(
        request,
        "fees/schedule.html",
        {
            "today": clock.today(),
            "lines": TariffLine.objects.select_related("recorded_by").order_by(
                "kind", "-valid_from"
            ),
            "policies": PolicyVersion.objects.select_related("recorded_by").order_by("-valid_from"),
        },
    )


@allowed(Perm.EDIT_SCHEDULE)
def new_tariff(request: SignedIn, kind: str) -> HttpResponse:
    if kind not in {known.value for known in Kind}:
        raise Http404
    current = TariffLine.objects.filter(kind=kind).order_by("-valid_from").first()
    initial = {name: getattr(current, name) for name in ("amount", "limit", "limit_ald") if current}
    form = TariffForm(_sent(request), initial=initial, today=clock.today())

    def write(cleaned: dict[str, Any]) -> None:
        supersede_tariff(kind=Kind(kind), by=request.user, now=clock.now(), **cleaned)

    return _new_version(request, form, write, title=_("Nouveau tarif"), name=KINDS[Kind(kind)])


@allowed(Perm.EDIT_SCHEDULE)
def new_policy(request: SignedIn) -> HttpResponse:
    current = PolicyVersion.objects.order_by("-valid_from").first()
    initial = {
        name: getattr(current, name)
        for name in PolicyForm.Meta.fields
        if name not in ("valid_from", "decision")
    }
    form = PolicyForm(_sent(request), initial=initial, today=clock.today())

    def write(cleaned: dict[str, Any]) -> None:
        cleaned["doctor_cap"] = DoctorCap(cleaned["doctor_cap"])
        cleaned["window"] = WindowKind(cleaned["window"])
        supersede_policy(by=request.user, now=clock.now(), **cleaned)

    return _new_version(request, form, write, title=_("Nouvelle lecture du barème"), name="")


def _sent(request: SignedIn) -> Any:
    return request.POST if request.method == "POST" else None


def _new_version(
    request: SignedIn, form: NewVersionForm, write: Any, *, title: str, name: Any
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            write(dict(form.cleaned_data))
        except Conflict as conflict:
            form.add_error("valid_from", str(conflict))
        else:
            return redirect("fees:schedule")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "title": title, "name": name}
    return render(request, "fees/new_version.html", context, status=status)

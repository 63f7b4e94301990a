"""Coordination of consultations: who has no CEO, appointments, slots, sites and their wait."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.access import Perm
from network.actions.consultations import keep_site, open_slots, withdraw_slot
from network.actions.visits import book_visit, cancel_visit, miss_visit, move_visit
from network.forms.follow_up import SiteForm, SlotChoiceForm, SlotsForm, WhyForm
from network.models import ConsultationSite, ConsultationSlot, Patient, Visit
from network.selectors import consultations
from network.views.pages import SignedIn, attempt, page_of, show_form, typed
from network.views.patients import patient_or_404
from portal.kit import clock
from portal.kit.access import allowed


def tabs(current: str) -> list[dict[str, object]]:
    """The parts of the coordination of consultations, the one where one stands marked."""
    parts = {
        "ceo_queue": _("CEO à prendre"),
        "visits": _("Rendez-vous"),
        "consultation_slots": _("Créneaux"),
        "consultation_sites": _("Sites et attente"),
        "endings": _("Fins de suivi"),
    }
    return [
        {"href": reverse(f"network:{name}"), "label": label, "current": name == current}
        for name, label in parts.items()
    ]


@allowed(Perm.PLAN_VISITS)
def queue(request: SignedIn) -> HttpResponse:
    today = clock.today()
    page = page_of(request, consultations.to_book(request.user, today))
    rows = [(each, consultations.included_since(each, today)) for each in page]
    context = {"page": page, "rows": rows, "tabs": tabs("ceo_queue")}
    return render(request, "network/follow_up/queue.html", context)


@allowed(Perm.PLAN_VISITS)
def visits(request: SignedIn) -> HttpResponse:
    now = clock.now()
    context = {
        "unsigned": consultations.unsigned(now)[:50],
        "page": page_of(request, consultations.to_come(now)),
        "tabs": tabs("visits"),
    }
    return render(request, "network/follow_up/visits.html", context)


@allowed(Perm.PLAN_VISITS)
def sites(request: SignedIn) -> HttpResponse:
    waits = consultations.waits(clock.today(), clock.now())
    rows = [(each, waits[each.pk]) for each in consultations.sites()]
    context = {"rows": rows, "tabs": tabs("consultation_sites")}
    return render(request, "network/follow_up/sites.html", context)


@allowed(Perm.PLAN_VISITS)
def site(request: SignedIn, pk: int | None = None) -> HttpResponse:
    found = get_object_or_404(ConsultationSite, pk=pk) if pk else None
    form = SiteForm(typed(request), instance=found)
    if form.is_valid():
        keep_site(site=form.save(commit=False), by=request.user, now=clock.now())
        messages.success(request, _("Le site est enregistré."))
        return redirect("network:consultation_sites")
    return show_form(request, "network/follow_up/site.html", {"form": form, "site": found})


@allowed(Perm.PLAN_VISITS)
def slots(request: SignedIn) -> HttpResponse:
    chosen = request.GET.get("site", "")
    site = int(chosen) if chosen.isdecimal() else None
    context = {
        "page": page_of(request, consultations.slot_list(clock.now(), site=site)),
        "sites": consultations.sites(),
        "site": site,
        "tabs": tabs("consultation_slots"),
    }
    return render(request, "network/follow_up/slots.html", context)


@allowed(Perm.PLAN_VISITS)
def add_slots(request: SignedIn) -> HttpResponse:
    form = SlotsForm(typed(request))
    opened: list[ConsultationSlot] = []
    if form.is_valid() and attempt(
        form,
        lambda: opened.extend(
            open_slots(
                site=form.cleaned_data["site"],
                doctor=form.cleaned_data["doctor"],
                starts=form.starts,
                minutes=form.cleaned_data["minutes"],
                by=request.user,
                now=clock.now(),
            )
        ),
    ):
        told = ngettext("Le créneau est ouvert.", "%(n)s créneaux sont ouverts.", len(opened))
        messages.success(request, told % {"n": len(opened)})
        return redirect("network:consultation_slots")
    return show_form(request, "network/follow_up/add_slots.html", {"form": form})


@allowed(Perm.PLAN_VISITS)
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    rows = ConsultationSlot.objects.select_related("site", "doctor")
    found = get_object_or_404(rows, pk=pk)
    form = SlotChoiceForm({"slot": found.pk} if request.method == "POST" else None)
    if form.is_valid() and attempt(
        form, lambda: withdraw_slot(slot=found, by=request.user, now=clock.now())
    ):
        messages.success(request, _("Le créneau est retiré."))
        return redirect("network:consultation_slots")
    return show_form(request, "network/follow_up/withdraw.html", {"form": form, "slot": found})


@allowed(Perm.PLAN_VISITS)
def book(request: SignedIn, code: str) -> HttpResponse:
    """Choose the slot: the nearest and the soonest are proposed, all are there."""
    patient = patient_or_404(request, code)
    form = SlotChoiceForm(typed(request))
    if form.is_valid() and attempt(
        form,
        lambda: book_visit(
            patient=patient, slot=form.cleaned_data["slot"], by=request.user, now=clock.now()
        ),
    ):
        messages.success(request, _("Le rendez-vous est pris. Le patient en est prévenu par mail."))
        return redirect("network:patient", code)
    return _choose(request, form, patient, None)


@allowed(Perm.PLAN_VISITS)
def move(request: SignedIn, uid: UUID) -> HttpResponse:
    visit = _visit_or_404(uid)
    form = SlotChoiceForm(typed(request))
    if form.is_valid() and attempt(
        form,
        lambda: move_visit(
            visit=visit, slot=form.cleaned_data["slot"], by=request.user, now=clock.now()
        ),
    ):
        messages.success(request, _("Le rendez-vous est déplacé. Le patient en est prévenu."))
        return redirect("network:patient", visit.patient.code)
    return _choose(request, form, visit.patient, visit)


def _choose(
    request: SignedIn, form: SlotChoiceForm, patient: Patient, visit: Visit | None
) -> HttpResponse:
    chosen = request.GET.get("site", "")
    site = int(chosen) if chosen.isdecimal() else None
    context: dict[str, object] = {
        "form": form,
        "patient": patient,
        "visit": visit,
        "proposed": consultations.proposals(patient, clock.now(), site=site),
        "sites": consultations.sites().filter(active=True),
        "site": site,
    }
    return show_form(request, "network/follow_up/book.html", context)


@allowed(Perm.PLAN_VISITS)
def cancel(request: SignedIn, uid: UUID) -> HttpResponse:
    visit = _visit_or_404(uid)
    form = WhyForm(typed(request))
    if form.is_valid() and attempt(
        form,
        lambda: cancel_visit(
            visit=visit,
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=clock.now(),
        ),
    ):
        messages.success(request, _("Le rendez-vous est annulé. Le patient en est prévenu."))
        return redirect("network:patient", visit.patient.code)
    return show_form(request, "network/follow_up/cancel.html", {"form": form, "visit": visit})


@allowed(Perm.PLAN_VISITS)
def miss(request: SignedIn, uid: UUID) -> HttpResponse:
    visit = _visit_or_404(uid)
    form = WhyForm(typed(request))
    form.fields["reason"].required = False
    if form.is_valid() and attempt(
        form,
        lambda: miss_visit(
            visit=visit,
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=clock.now(),
        ),
    ):
        messages.success(request, _("L’absence est notée. Un autre rendez-vous peut être pris."))
        return redirect("network:patient", visit.patient.code)
    return show_form(request, "network/follow_up/miss.html", {"form": form, "visit": visit})


def _visit_or_404(uid: UUID) -> Visit:
    return get_object_or_404(consultations.visits(), uid=uid)

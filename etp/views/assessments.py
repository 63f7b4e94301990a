"""The shared assessment of a patient: its parts, its versions, the workshops that it opens."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from etp.access import Perm
from etp.actions.assessments import (
    MOST,
    Aim,
    close_assessment,
    note_assessment_reading,
    save_objectives,
    save_part,
    start_assessment,
)
from etp.actions.links import revoke_personal_links, send_personal_link
from etp.actions.openings import close_opening, open_workshops
from etp.enums import SheetPart, Theme
from etp.forms.assessments import SIMPLE, ObjectivesForm, values_of
from etp.models import Assessment, Opening, Workshop
from etp.models.assessment import PARTS
from etp.selectors import assessments as sheets
from etp.selectors.links import standing_link
from network.models import Patient
from network.views.kept import kept_input
from network.views.pages import SignedIn, attempt, show_form, typed
from network.views.patients import patient_or_404
from portal.kit import clock
from portal.kit.access import allowed

ORDER = list(SheetPart)


@allowed(Perm.ASSESS)
def assessment(request: SignedIn, code: str) -> HttpResponse:
    """The draft under way to check, else the last version, else the way to begin."""
    patient = patient_or_404(request, code)
    versions = sheets.versions_of(patient)
    if not versions:
        context = {"patient": patient, "parts": [PARTS[each] for each in ORDER]}
        return render(request, "etp/assessments/none.html", context)
    note_assessment_reading(patient=patient, by=request.user, now=clock.now())
    if versions[0].closed_at is None:
        return _draft_page(request, patient, versions)
    return _sheet_page(request, patient, versions, versions[0])


@allowed(Perm.ASSESS)
def version(request: SignedIn, code: str, number: int) -> HttpResponse:
    """One closed version, with what changed since the former one."""
    patient = patient_or_404(request, code)
    versions = sheets.versions_of(patient)
    sheet = next((each for each in versions if each.number == number and each.closed_at), None)
    if sheet is None:
        raise Http404
    note_assessment_reading(patient=patient, by=request.user, now=clock.now())
    return _sheet_page(request, patient, versions, sheet)


@require_POST
@allowed(Perm.ASSESS)
def start(request: SignedIn, code: str) -> HttpResponse:
    patient = patient_or_404(request, code)
    try:
        start_assessment(patient=patient, by=request.user, now=clock.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("etp:assessment", code)
    return redirect("etp:assessment_part", code, ORDER[0].value)


@allowed(Perm.ASSESS)
def part(request: SignedIn, code: str, part: str) -> HttpResponse:
    """One part of the draft; each « Continuer » keeps it."""
    patient = patient_or_404(request, code)
    if part not in set(SheetPart):
        raise Http404
    here = SheetPart(part)
    draft = Assessment.objects.filter(patient=patient, closed_at=None).first()
    if draft is None:
        return redirect("etp:assessment", code)
    note_assessment_reading(patient=patient, by=request.user, now=clock.now())
    context: dict[str, Any] = {
        "patient": patient,
        "draft": draft,
        "part": here,
        "parts": [PARTS[each] for each in ORDER],
        "current": ORDER.index(here) + 1,
        "title": PARTS[here],
        "before": ORDER[ORDER.index(here) - 1] if here != ORDER[0] else None,
    }
    if here == SheetPart.OBJECTIVES:
        return _objectives(request, draft, context)
    form = SIMPLE[here](typed(request) or kept_input(request), initial=values_of(draft, here))
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            form,
            lambda: save_part(
                assessment=draft,
                part=here,
                values=form.cleaned_data,
                by=request.user,
                now=clock.now(),
            ),
        )
        if saved:
            return _onward(code, here)
    return show_form(request, "etp/assessments/part.html", context | {"form": form})


def _objectives(request: SignedIn, draft: Assessment, context: dict[str, Any]) -> HttpResponse:
    known = [Aim(each.words, Theme(each.theme), each.start) for each in draft.objectives.all()]
    more = 1 if "plus" in request.GET else 0
    form = ObjectivesForm(typed(request) or kept_input(request), aims=known, more=more)
    if request.method == "POST" and form.is_valid():
        gone = request.POST.get("remove", "")
        aims = form.told(without=int(gone) if gone.isdecimal() else 0)
        saved = attempt(
            form,
            lambda: save_objectives(assessment=draft, aims=aims, by=request.user, now=clock.now()),
        )
        if saved and ("add" in request.POST or gone):
            answer = redirect("etp:assessment_part", draft.patient.code, SheetPart.OBJECTIVES.value)
            answer["Location"] += "?plus" if "add" in request.POST else ""
            return answer
        if saved:
            return _onward(draft.patient.code, SheetPart.OBJECTIVES)
    shown = context | {"form": form, "most": MOST}
    return show_form(request, "etp/assessments/objectives.html", shown)


def _onward(code: str, here: SheetPart) -> HttpResponse:
    """The next part; after the last one, all of it to check."""
    place = ORDER.index(here) + 1
    if place == len(ORDER):
        return redirect("etp:assessment", code)
    return redirect("etp:assessment_part", code, ORDER[place].value)


@require_POST
@allowed(Perm.ASSESS)
def close(request: SignedIn, code: str) -> HttpResponse:
    patient = patient_or_404(request, code)
    draft = Assessment.objects.filter(patient=patient, closed_at=None).first()
    if draft is None:
        return redirect("etp:assessment", code)
    try:
        close_assessment(assessment=draft, by=request.user, now=clock.now())
    except ValidationError as refusal:
        versions = sheets.versions_of(patient)
        return _draft_page(request, patient, versions, refused=" ".join(refusal.messages))
    messages.success(request, _("Le bilan est terminé. Choisissez les ateliers à ouvrir."))
    return redirect("etp:assessment", code)


@require_POST
@allowed(Perm.ASSESS)
def open_chosen(request: SignedIn, code: str) -> HttpResponse:
    """Open what was ticked and send the personal link; nothing ticked sends the link again."""
    patient = patient_or_404(request, code)
    sheet = Assessment.objects.filter(patient=patient, closed_at__isnull=False).first()
    if sheet is None:
        raise Http404
    ticked = set(request.POST.getlist("workshop"))
    if "send" in request.POST:
        try:
            send_personal_link(patient=patient, by=request.user, now=clock.now())
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("Le lien personnel est envoyé."))
    elif not ticked:
        messages.error(request, _("Cochez au moins un atelier."))
    else:
        active = Workshop.objects.filter(active=True)
        workshops = [each for each in active if str(each.pk) in ticked]
        try:
            done = open_workshops(
                assessment=sheet, workshops=workshops, by=request.user, now=clock.now()
            )
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _opened_words(len(done.openings), told=done.told))
    return redirect("etp:assessment_version", code, sheet.number)


def _opened_words(count: int, *, told: bool) -> str:
    if not count:
        return _("Ces ateliers étaient déjà ouverts.")
    opened = ngettext("Un atelier est ouvert", "%(n)s ateliers sont ouverts", count) % {"n": count}
    if told:
        return _("%(opened)s, le lien personnel est envoyé.") % {"opened": opened}
    return _("%(opened)s. Sans adresse mail, réservez par téléphone avec la personne.") % {
        "opened": opened
    }


@require_POST
@allowed(Perm.ASSESS)
def close_opened(request: SignedIn, code: str, opening: int) -> HttpResponse:
    patient = patient_or_404(request, code)
    found = get_object_or_404(Opening, pk=opening, patient=patient)
    close_opening(opening=found, by=request.user, now=clock.now())
    messages.success(request, _("L’atelier est fermé. Les places déjà réservées restent."))
    return redirect("etp:assessment", code)


@require_POST
@allowed(Perm.ASSESS)
def close_link(request: SignedIn, code: str) -> HttpResponse:
    """Close the personal link, and what was entered by it: a mail gone astray, a lost phone."""
    patient = patient_or_404(request, code)
    revoke_personal_links(patient=patient, by=request.user, now=clock.now())
    messages.success(request, _("Le lien personnel n’ouvre plus rien."))
    return redirect("etp:assessment", code)


def _draft_page(
    request: SignedIn, patient: Patient, versions: list[Assessment], *, refused: str = ""
) -> HttpResponse:
    draft, *closed = versions
    former = closed[0] if closed else None
    lines = sheets.lines_of(draft, former)
    parts = [
        {
            "part": each,
            "title": PARTS[each],
            "lines": [line for line in lines if line.part == each],
        }
        for each in ORDER
    ]
    context = {
        "patient": patient,
        "draft": draft,
        "former": former,
        "parts": parts,
        "aims": sheets.aims_of(draft, former),
        "refused": refused,
    }
    return render(request, "etp/assessments/draft.html", context, status=422 if refused else 200)


def _sheet_page(
    request: SignedIn, patient: Patient, versions: list[Assessment], sheet: Assessment
) -> HttpResponse:
    closed = [each for each in versions if each.closed_at]
    former = next((each for each in closed if each.number < sheet.number), None)
    latest = sheet == closed[0]
    choices = sheets.choices_of(sheet, now=clock.now()) if latest else []
    context = {
        "patient": patient,
        "sheet": sheet,
        "former": former,
        "latest": latest,
        "draft": versions[0] if versions[0].closed_at is None else None,
        "versions": closed,
        "lines": sheets.lines_of(sheet, former),
        "aims": sheets.aims_of(sheet, former),
        "opened": [each for each in choices if each.opening],
        "proposed": [each for each in choices if each.proposal and not each.opening],
        "others": [each for each in choices if not each.proposal and not each.opening],
        "evaluation": getattr(sheet, "evaluation", None),
        "link": standing_link(patient, clock.now()) if latest else None,
    }
    return render(request, "etp/assessments/sheet.html", context)

"""The directory of pain structures. Public; waits and verifications are the coordination's.

The link of a verification mail shows one public sheet. Opening it changes nothing: mail servers
open links.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from network.access import Perm
from network.actions import directory as actions
from network.forms.directory import DirectoryForm, RemarkForm, WaitForm
from network.models import StructureRemark
from network.rules.directory import WaitSource
from network.selectors import directory as sheets
from network.selectors.departments import drawing, names
from network.tokens import read_sheet_token
from network.views.pages import SignedIn, show_form, typed
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.downloads import as_download
from portal.kit.frames import reader_of


@login_not_required
@require_GET
def directory(request: HttpRequest) -> HttpResponse:
    form = DirectoryForm(request.GET)
    wanted = form.search
    found = sheets.search(wanted, today=clock.today())
    context = {
        "form": form,
        "found": found,
        "wanted": wanted,
        "filtered": wanted != sheets.Search(),
        "departments": [
            (code, names()[code], count) for code, count in found.by_department.items()
        ],
        "everywhere": sum(found.by_department.values()),
        "drawings": [drawing(key, found.by_department) for key in ("region", "near", "france")],
    }
    return render(request, "network/directory/list.html", context | reader_of(request))


@login_not_required
@require_GET
def directory_file(request: HttpRequest, kind: str) -> HttpResponse:
    """What the list shows, for a spreadsheet or a map."""
    found = sheets.search(DirectoryForm(request.GET).search, today=clock.today()).sheets
    if kind == "geojson":
        return JsonResponse(sheets.as_geojson(found), content_type="application/geo+json")
    if kind not in ("csv", "xlsx"):
        raise Http404
    frame = sheets.as_frame(found)
    return as_download(frame, name="annuaire-douleur", kind=kind, sheet=_("Annuaire"))


@login_not_required
@require_GET
def structure(request: HttpRequest, pk: int) -> HttpResponse:
    sheet = _sheet_or_404(pk)
    context = {
        "sheet": sheet,
        "satellites": sheet.structure.satellites.all(),
    }
    return render(request, "network/directory/structure.html", context | reader_of(request))


@allowed(Perm.CORRECT_DIRECTORY)
def note_wait(request: SignedIn, pk: int) -> HttpResponse:
    sheet = _sheet_or_404(pk)
    last = {"weeks": sheet.wait.weeks, "source": sheet.wait.source} if sheet.wait else {}
    form = WaitForm(typed(request), initial={**last, "measured_on": clock.today()})
    if form.is_valid():
        actions.note_wait(
            structure=sheet.structure,
            weeks=form.cleaned_data["weeks"],
            source=WaitSource(form.cleaned_data["source"]),
            measured_on=form.cleaned_data["measured_on"],
            by=request.user,
            now=clock.now(),
        )
        messages.success(request, _("L’attente est notée\u00a0: l’annuaire la montre déjà."))
        return redirect("network:structure", pk)
    return show_form(request, "network/directory/wait.html", {"form": form, "sheet": sheet})


@allowed(Perm.CORRECT_DIRECTORY)
@require_POST
def confirm(request: SignedIn, pk: int) -> HttpResponse:
    sheet = _sheet_or_404(pk)
    actions.confirm_sheet(structure=sheet.structure, by=request.user, now=clock.now())
    messages.success(request, _("La fiche est confirmée, à la date d’aujourd’hui."))
    return redirect("network:structure", pk)


@allowed(Perm.CORRECT_DIRECTORY)
@require_GET
def to_verify(request: SignedIn) -> HttpResponse:
    """Old sheets, labels that end, remarks of structures."""
    today = clock.today()
    context = {
        "old": sheets.old_sheets(today),
        "ending": sheets.ending_labels(today),
        "remarks": sheets.open_remarks(),
    }
    return render(request, "network/directory/to_verify.html", context)


@allowed(Perm.CORRECT_DIRECTORY)
@require_POST
def settle(request: SignedIn, pk: int) -> HttpResponse:
    remark = get_object_or_404(StructureRemark.objects.select_related("structure"), pk=pk)
    actions.settle_remark(remark=remark, by=request.user, now=clock.now())
    messages.success(request, _("La remarque est traitée."))
    return redirect("network:directory_to_verify")


@login_not_required
@never_cache
def check(request: HttpRequest, token: str) -> HttpResponse:
    """What a structure does by the link of its mail: all is right, or what has changed."""
    pk = read_sheet_token(token)
    if pk is None:
        return render(request, "network/directory/check_over.html", status=404)
    sheet = _sheet_or_404(pk)
    right = request.method == "POST" and "right" in request.POST
    form = RemarkForm(None if right else typed(request))
    if right:
        actions.confirm_sheet(structure=sheet.structure, by=None, now=clock.now())
    elif form.is_valid():
        actions.remark(structure=sheet.structure, text=form.cleaned_data["text"], now=clock.now())
    if right or form.is_valid():
        return render(request, "network/directory/checked.html", {"sheet": sheet, "right": right})
    return show_form(request, "network/directory/check.html", {"form": form, "sheet": sheet})


def _sheet_or_404(pk: int) -> sheets.Sheet:
    return sheets.sheet_of(get_object_or_404(sheets.listed(), pk=pk), today=clock.today())

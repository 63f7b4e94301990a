"""Bring a spreadsheet into the directory: look first, line by line, then all or nothing."""

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from network.access import Perm
from network.actions.structure_sheets import import_structures
from network.forms.structure_sheets import KeptForm, SheetForm, keep
from network.imports.structures import read_structures
from network.rules.structure_sheets import Fate, Line, Outcome
from network.selectors import directory as sheets
from network.selectors.structure_sheets import field_words, foresee
from network.views.pages import SignedIn, attempt, show_form
from portal.kit import clock
from portal.kit.access import allowed
from portal.kit.downloads import as_download
from portal.kit.grids.grid import Refused

FATES = {
    Fate.REFUSED: ("bad", gettext_lazy("Refusée")),
    Fate.CREATED: ("ok", gettext_lazy("Ajoutée")),
    Fate.CHANGED: ("info", gettext_lazy("Modifiée")),
    Fate.UNCHANGED: ("", gettext_lazy("Inchangée")),
}
PAGE = "network/directory/import.html"


@allowed(Perm.IMPORT_DIRECTORY)
def bring(request: SignedIn) -> HttpResponse:
    """Sending a file shows what it would do; sending it back as it was shown writes it."""
    if "kept" in request.POST:
        return _write(request)
    sent = request.method == "POST"
    form = SheetForm(request.POST, request.FILES) if sent else SheetForm()
    lines = _lines(form) if form.is_valid() else None
    if lines is None:
        return show_form(request, PAGE, {"form": form})
    outcomes = foresee(lines)
    context = {
        "form": SheetForm(),
        "rows": [_row(each) for each in outcomes],
        "counts": _counts(Counter(each.fate for each in outcomes)),
        "refused": any(each.fate == Fate.REFUSED for each in outcomes),
        "nothing": all(each.fate == Fate.UNCHANGED for each in outcomes),
        "kept": KeptForm(initial={"kept": keep(form.cleaned_data["file"])}),
    }
    return render(request, PAGE, context)


@allowed(Perm.IMPORT_DIRECTORY)
@require_GET
def template(request: SignedIn) -> HttpResponse:
    """The whole directory in the columns that an import reads."""
    found = sheets.search(sheets.Search(), today=clock.today()).sheets
    name = "annuaire-douleur-modele"
    return as_download(sheets.as_frame(found), name=name, kind="xlsx", sheet=_("Annuaire"))


def _lines(form: SheetForm) -> list[Line] | None:
    """The lines of the file sent; None once the form says why it cannot be read."""
    try:
        return read_structures(form.cleaned_data["file"])
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return None


def _write(request: SignedIn) -> HttpResponse:
    form = KeptForm(request.POST)
    done: Counter[Fate] = Counter()

    def write() -> None:
        done.update(
            import_structures(
                lines=read_structures(form.cleaned_data["kept"]), by=request.user, now=clock.now()
            )
        )

    if form.is_valid() and attempt(form, write):
        messages.success(request, _("Le tableur est repris\u00a0: %s.") % _counts(done))
        return redirect("network:directory")
    problem = " ".join(str(each) for errors in form.errors.values() for each in errors)
    return render(request, PAGE, {"form": SheetForm(), "problem": problem}, status=422)


def _counts(fates: Counter[Fate]) -> str:
    """`2 ajoutées, 1 modifiée, 39 inchangées`."""
    told = {
        Fate.REFUSED: (_("refusée"), _("refusées")),
        Fate.CREATED: (_("ajoutée"), _("ajoutées")),
        Fate.CHANGED: (_("modifiée"), _("modifiées")),
        Fate.UNCHANGED: (_("inchangée"), _("inchangées")),
    }
    return ", ".join(
        f"{fates[fate]}\u00a0{many if fates[fate] > 1 else one}"
        for fate, (one, many) in told.items()
        if fates[fate]
    )


def _row(outcome: Outcome) -> dict[str, object]:
    state, label = FATES[outcome.fate]
    why = " ".join(outcome.reasons) or ", ".join(field_words(each) for each in outcome.fields)
    return {
        "number": outcome.line.number,
        "name": outcome.line.name,
        "state": state,
        "label": label,
        "why": why,
    }

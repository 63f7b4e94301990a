"""The pages of a statement that its author and accountants share: what was understood of it.

Accountants read no name (docs/adr/0018): a patient is a file number, or initials.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from fees.actions.statements import confirm_columns
from fees.enums import FileState, Kind
from fees.forms.statements import ColumnsForm
from fees.imports.statement import match_kept, read_file
from fees.models import StatementFile, StatementLine
from fees.models.schedule import KINDS
from fees.reconcile.days import days_in
from fees.reconcile.headings import Field
from fees.reconcile.lines import Line, Role, Row, Understood
from fees.selectors.statements import overlapping
from network.views.pages import SignedIn
from portal.kit import clock
from portal.kit.grids.grid import Refused, letters
from portal.kit.grids.opening import open_grid
from portal.kit.money import of_cents
from portal.kit.words import euros, number, short_day

PER_PAGE = 50
AT_ONCE = 2_000
"""Lines matched while the person waits; more are the worker's."""
ROLES = {
    Role.TITLE: _lazy("Titre"),
    Role.HEADER: _lazy("En-têtes"),
    Role.TOTAL: _lazy("Total"),
    Role.GROUP: _lazy("Titre de groupe"),
    Role.NOTE: _lazy("Sans montant"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of the file as the page tells it."""

    number: int
    sheet: str
    left: str = ""
    day: str = ""
    patient: str = ""
    kind: str = ""
    amount: str = ""
    remarks: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ShownColumn:
    letter: str
    heading: str
    sample: str
    guessed: bool
    control: Any


def initials(name: str) -> str:
    """« Morac Solène » is « M. S. »."""
    return " ".join(f"{word[0].upper()}." for word in name.split() if word[:1].isalpha())


def patient_words(line: Line | StatementLine, *, masked: bool) -> str:
    if not masked:
        return " · ".join(filter(None, (line.patient_name, line.patient_code)))
    return line.patient_code or initials(line.patient_name) or "—"


def kind_words(kind: str) -> str:
    return str(KINDS[Kind(kind)]) if kind in set(Kind) else kind


def day_words(text: str) -> str:
    found = days_in(text)
    if len(found) == 1 and text[:4].isdecimal():
        return short_day(date.fromisoformat(text))
    return text


def amount_words(line: Line) -> str:
    return line.amount if line.cents is None else euros(of_cents(line.cents))


def readable(form: forms.Form) -> bytes | None:
    """The bytes of a valid upload that open as a table; else None, the reason beside the field."""
    if not form.is_valid():
        return None
    content: bytes = form.cleaned_data["file"].read()
    try:
        open_grid(content)
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return None
    return content


def columns_page(
    request: SignedIn, file: StatementFile, *, masked: bool, after: str
) -> HttpResponse:
    """What was understood, line by line, before anything is written; then the columns as right."""
    if file.state != FileState.RECEIVED:
        return redirect(after, file.pk)
    try:
        understood, remembered = read_file(file)
        form = ColumnsForm(request.POST or None, understood=understood)
        if form.is_valid():
            told = form.told()
            signature = understood.signature
            understood, _known = read_file(file, told)
            if "read" in request.POST:
                form = ColumnsForm(understood=understood)
            elif all(each.usable for each in understood.layouts.values()):
                confirmed = confirm_columns(
                    file=file, told=told, signature=signature, by=request.user, now=clock.now()
                )
                return _import(request, confirmed, understood, after)
            else:
                form.add_error(None, _("Il manque la date, le montant ou le patient."))
    except Refused as refusal:
        context = {"file": file, "refused": str(refusal), "masked": masked}
        return render(request, "fees/statements/columns.html", context, status=422)
    usable = all(each.usable for each in understood.layouts.values())
    context = {
        "file": file,
        "masked": masked,
        "form": form,
        "understood": understood,
        "remembered": remembered,
        "usable": usable,
        "sheets": list(_columns(understood, form, masked=masked)),
        "page": Paginator(_rows(understood, masked=masked), PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "totals": _totals(understood),
        "overlap": overlapping(file, understood.lines),
    }
    return render(
        request,
        "fees/statements/columns.html",
        context,
        status=422 if form.is_bound and not form.is_valid() else 200,
    )


def _import(
    request: SignedIn, file: StatementFile, understood: Understood, after: str
) -> HttpResponse:
    if len(understood.lines) <= AT_ONCE:
        match_kept(file, now=clock.now())
    else:
        messages.info(request, _("Le rapprochement est en cours. Vous pouvez quitter cette page."))
    return redirect(after, file.pk)


def _columns(
    understood: Understood, form: ColumnsForm, *, masked: bool
) -> Iterable[tuple[str, list[ShownColumn]]]:
    samples = {
        sheet: [r for r in understood.rows if r.sheet == sheet and r.role == Role.LINE]
        for sheet in understood.layouts
    }
    for place, (sheet, layout) in enumerate(understood.layouts.items()):
        yield (
            sheet,
            [
                ShownColumn(
                    letters(each.place),
                    each.heading if layout.header else "",
                    _sample(
                        samples[sheet], each.place, masked=masked and not _is_plain(each.field)
                    ),
                    each.guessed,
                    form[f"colonne-{place}-{each.place}"],
                )
                for each in layout.columns
            ],
        )


def _is_plain(field: Field | None) -> bool:
    """Is this a column whose cells name nobody?"""
    return field in (
        Field.DONE_ON,
        Field.AMOUNT,
        Field.UNIT,
        Field.COUNT,
        Field.KIND,
        Field.PATIENT_CODE,
    )


def _sample(rows: Sequence[Row], place: int, *, masked: bool) -> str:
    cells = [row.cells[place] for row in rows[:30] if place < len(row.cells) and row.cells[place]]
    kept = [
        initials(cell) or "…" if masked and any(sign.isalpha() for sign in cell) else cell
        for cell in dict.fromkeys(cells)
    ]
    return ", ".join(each[:24] for each in kept[:2])


def _rows(understood: Understood, *, masked: bool) -> list[Shown]:
    """Every row of the file: what it claims, or why nothing was read of it."""
    found = []
    for row in understood.rows:
        if row.role != Role.LINE:
            found.append(Shown(row.number, row.sheet, left=str(ROLES[row.role])))
        found += [
            Shown(
                row.number,
                row.sheet,
                day=day_words(line.done_on),
                patient=patient_words(line, masked=masked),
                kind=kind_words(line.kind),
                amount=amount_words(line),
                remarks=line.remarks,
            )
            for line in row.lines
        ]
    return found


def _totals(understood: Understood) -> list[dict[str, str]]:
    lines = understood.lines
    looked = sum(1 for each in lines if each.remarks)
    left = sum(1 for row in understood.rows if row.role != Role.LINE)
    return [
        {
            "label": _("Demandé"),
            "figure": euros(of_cents(understood.cents)),
            "note": ngettext("%(n)s ligne lue", "%(n)s lignes lues", len(lines))
            % {"n": number(len(lines))},
        },
        {
            "label": _("À regarder"),
            "figure": number(looked),
            "note": _("lignes avec une remarque"),
        },
        {"label": _("Laissées"), "figure": number(left), "note": _("titres, en-têtes, totaux")},
    ]

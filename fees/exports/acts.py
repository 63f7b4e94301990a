"""Lists of acts as spreadsheets that a spreadsheet program cannot be tricked by."""

from collections.abc import Iterable
from io import BytesIO

import pandas as pd
from django.http import HttpResponse
from django.utils.translation import gettext as _

from fees import wording
from fees.models import Act

MAX_ROWS = 100_000
"""An export holds its rows in memory; beyond, the page asks to narrow the filters."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def act_frame(acts: Iterable[Act], *, pseudonymous: bool) -> pd.DataFrame:
    """One row an act: text columns, `Date` (date), `Montant` (euros, 2 decimals).

    Pseudonymous: the file's code in place of the patient's name.
    """
    rows = [
        {
            _("Professionnel"): str(act.professional),
            _("Dossier") if pseudonymous else _("Patient"): (
                act.patient.code if pseudonymous else act.patient.name
            ),
            _("Acte"): act.get_kind_display(),
            _("Date"): act.done_on,
            _("État"): state_words(act),
            _("Motif"): ", ".join(wording.title(reason) for reason in act.reason_codes),
            _("Montant"): float(act.amount),
        }
        for act in acts
    ]
    return pd.DataFrame(rows)


def state_words(act: Act) -> str:
    return _("À arbitrer") if act.awaits_arbitration else act.get_state_display()


def as_download(frame: pd.DataFrame, *, name: str, kind: str) -> HttpResponse:
    """The frame as `name`.csv (UTF-8 with BOM, `;`, decimal comma) or `name`.xlsx."""
    safe = frame.map(_harmless)
    if kind == "xlsx":
        buffer = BytesIO()
        with pd.ExcelWriter(buffer, engine="xlsxwriter", date_format="dd/mm/yyyy") as writer:
            safe.to_excel(writer, index=False, sheet_name=_("Actes"))
        response = HttpResponse(buffer.getvalue(), content_type=XLSX)
    else:
        text = safe.to_csv(
            index=False, sep=";", decimal=",", float_format="%.2f", date_format="%d/%m/%Y"
        )
        response = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _harmless(cell: object) -> object:
    """A cell that starts like a formula is written as text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell

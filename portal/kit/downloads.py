"""Tables as spreadsheets that a spreadsheet program cannot be tricked by."""

from io import BytesIO

import pandas as pd
from django.http import HttpResponse

MAX_ROWS = 100_000
"""An export holds its rows in memory; beyond, the page asks to narrow the filters."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_download(frame: pd.DataFrame, *, name: str, kind: str, sheet: str) -> HttpResponse:
    """The frame as `name`.csv (UTF-8 with BOM, `;`, decimal comma) or `name`.xlsx.

    `sheet` names the one sheet of the workbook.
    """
    safe = frame.map(_harmless)
    if kind == "xlsx":
        buffer = BytesIO()
        with pd.ExcelWriter(buffer, engine="xlsxwriter", date_format="dd/mm/yyyy") as writer:
            safe.to_excel(writer, index=False, sheet_name=sheet)
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

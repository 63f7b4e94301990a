"""Documents as PDF/UA: a Typst template of ours, filled with plain data.

Typst carries its own fonts (Libertinus Serif for text), embeds what it uses of them, and refuses
to write a document that a screen reader could not read: no title, a figure without alternative.
The same data gives the same bytes, on any machine.
"""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

import segno
import typst
from django.conf import settings

_FOLDER = settings.BASE_DIR / "templates"


def write_pdf(template: str, data: Mapping[str, Any], *, dated: date) -> bytes:
    """The document of `template` (a path under `templates/`), which reads `sys.inputs.data`.

    `data` holds only what JSON holds; `dated` is the day written in the file's properties. Raises
    `typst.TypstError` for a template that cannot be read, or that is not accessible.
    """
    values = {**data, "dated": [dated.year, dated.month, dated.day]}
    return typst.compile(
        str(_FOLDER / template),
        root=str(_FOLDER),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(values, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=0,
    )


def qr_code(text: str) -> str:
    """The SVG of a QR code that survives a poor photocopy (15 % of it may be missing)."""
    buffer = BytesIO()
    segno.make(text, error="m", micro=False).save(buffer, kind="svg", border=4, xmldecl=False)
    return buffer.getvalue().decode()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)

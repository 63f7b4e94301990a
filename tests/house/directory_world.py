"""The directory in the access matrix: one sheet, old, with a remark of its structure; a line
kept for verified professionals."""

from typing import Any

from network.actions.directory import remark
from network.rules.directory import LineAudience
from network.tokens import sheet_token
from portal.kit import clock
from tests.factories.directory import make_phone_line, make_structure

HELPLINE = "01 99 00 86 42"
"""The number that verified professionals alone may read."""


def directory_values() -> dict[tuple[str, str], dict[str, Any]]:
    """The parameters of the addresses of the directory."""
    sheet = make_structure(weeks=12, verified_on=None, phone="01 99 00 20 20")
    said = remark(structure=sheet, text="Nouveau téléphone", now=clock.now())
    line = make_phone_line(LineAudience.VERIFIED, secret=HELPLINE)
    return {
        ("network:structure", "any"): {"pk": sheet.pk},
        ("network:structure_wait", "other"): {"pk": sheet.pk},
        ("network:structure_confirm", "other"): {"pk": sheet.pk},
        ("network:reserved_number", "other"): {"pk": line.pk},
        ("network:remark_settle", "other"): {"pk": said.pk},
        ("network:structure_check", "any"): {"token": sheet_token(sheet.pk)},
        ("network:directory_file", "any"): {"kind": "csv"},
        ("network:need", "any"): {"need": "interpreter"},
    }

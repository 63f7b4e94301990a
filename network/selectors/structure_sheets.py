"""The directory in the terms of a spreadsheet's lines, and what a file would change of it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from network.models import Structure
from network.rules.structure_sheets import Known, Line, Outcome, Wait, compare
from network.selectors.directory import listed, sheet_of
from portal.kit import clock

FIELDS = (
    "kind",
    "hospital",
    "address",
    "postcode",
    "city",
    "department",
    "finess",
    "populations",
    "specialities",
    "techniques",
    "fast_tracks",
    "tele_expertise",
    "phone",
)


def field_words(name: str) -> str:
    """The name of what changes, for the person who looks before writing."""
    if name == "wait":
        return _("attente")
    return str(getattr(Structure._meta.get_field(name), "verbose_name", name))


def foresee(lines: Sequence[Line]) -> list[Outcome]:
    """What each line would do today. Two queries."""
    known = {}
    for each in listed():
        wait = sheet_of(each, today=clock.today()).wait
        known[each.name] = Known(
            {name: getattr(each, name) for name in FIELDS},
            each.parent.name if each.parent else "",
            Wait(wait.weeks, wait.source, wait.measured_on) if wait else None,
        )
    return compare(
        lines,
        known,
        twice=_("Ce nom est donné deux fois dans le fichier."),
        orphan=_("La structure de rattachement n’est ni dans l’annuaire ni dans le fichier."),
    )

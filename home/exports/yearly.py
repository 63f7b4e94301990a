"""The yearly report to the agency: rows that the page, the PDF and the spreadsheet all show.

It leaves the network: few people are hidden, in groups so that none is found by subtraction.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from home.selectors.figures import Figures, Line
from portal.kit import words
from portal.kit.indicators import FEW, Span, Topic, measures
from portal.kit.pdf import write_pdf

TOPICS = {
    Topic.CARE: _lazy("Parcours"),
    Topic.REVIEWS: _lazy("RCP"),
    Topic.EDUCATION: _lazy("Ateliers"),
    Topic.MONEY: _lazy("Actes et enveloppe"),
    Topic.LEARNING: _lazy("Formation"),
}
DETAILED = frozenset(
    ["inclusions", "acts", "euros", "refusals", "sessions", "proposals_done", "trained"]
)
"""Indicators told with their groups; the others have theirs on their page."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator of the report, and its groups."""

    line: Line
    groups: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Report:
    span: Span
    before: Span
    figures: Figures
    parts: dict[Topic, list[Entry]]

    @property
    def title(self) -> str:
        return _("Rapport d’activité %(year)s") % {"year": self.span.year}


def yearly(figures: Figures, span: Span) -> Report:
    """The report of a year, beside the year before."""
    parts: dict[Topic, list[Entry]] = {}
    for each in measures():
        told = each.indicator
        groups = []
        if told.key in DETAILED:
            groups = folded(figures.groups(told, span, span.before, public=True))
        entry = Entry(figures.public_line(told, span, span.before), groups)
        parts.setdefault(told.topic, []).append(entry)
    return Report(span, span.before, figures, parts)


def folded(groups: list[Line]) -> list[Line]:
    """The groups of an indicator, those that tell nothing gathered in one line: hidden, and
    hidden or nought the year before too."""
    silent = [each for each in groups if each.value is None and not _was_known(each)]
    if len(silent) < 2:
        return groups
    told = [each for each in groups if each not in silent]
    first, many = silent[0], len(silent)
    if told:
        label = ngettext("%(many)s autre", "%(many)s autres", many) % {"many": many}
    else:
        label = _("par %(by)s\u00a0: %(many)s lignes") % {"by": first.indicator.by, "many": many}
    before = None if any(each.before is None for each in silent) else first.before
    return [*told, Line(label, first.unit, None, before, first.indicator)]


def _was_known(line: Line) -> bool:
    return line.before is not None and line.before.is_known


def _lines(report: Report) -> Iterator[tuple[Topic, Entry, str, Line]]:
    """Each line with its entry; its detail is empty for the indicator itself."""
    for topic, entries in report.parts.items():
        for entry in entries:
            yield topic, entry, "", entry.line
            for each in entry.groups:
                yield topic, entry, capfirst(each.label), each


def report_frame(report: Report) -> pd.DataFrame:
    """One row a line: its words as everywhere, then its numbers, euros as cents; none if hidden."""
    return pd.DataFrame([_row(report, *each) for each in _lines(report)])


def _row(report: Report, topic: Topic, entry: Entry, detail: str, line: Line) -> dict[str, object]:
    value, told = line.value, entry.line.indicator
    return {
        _("Partie"): str(TOPICS[topic]),
        _("Indicateur"): entry.line.label,
        _("Détail"): detail,
        report.span.name: line.said.figure,
        _("Précision"): line.said.note,
        report.before.name: line.said_before.figure,
        _("Numérateur"): "" if value is None else value.numerator,
        _("Dénominateur"): "" if value is None or value.denominator is None else value.denominator,
        _("Inconnus"): "" if value is None or value.unknown is None else value.unknown,
        _("Neuvième décile"): "" if value is None or value.high is None else value.high,
        _("Ce qui est compté"): str(told.numerator),
    }


def report_pdf(report: Report) -> bytes:
    figures = report.figures
    return write_pdf(
        "home/documents/report.typ",
        {
            "heading": report.title,
            "sender": [settings.PAYER_NAME, settings.SECRETARIAT_PHONE],
            "columns": [_("Indicateur"), report.span.name, report.before.name],
            "parts": [
                {
                    "title": str(TOPICS[topic]),
                    "rows": [row for entry in entries for row in _cells(entry)],
                }
                for topic, entries in report.parts.items()
            ],
            "definitions_title": _("Définitions"),
            "definitions": [
                [entry.line.label, _definition(entry.line)]
                for entries in report.parts.values()
                for entry in entries
            ],
            "notes": notes(report),
        },
        dated=figures.until,
    )


def notes(report: Report) -> list[str]:
    figures = report.figures
    return [
        figures.unfinished(report.span, report.before)
        or _("Chiffres arrêtés au %(day)s.") % {"day": words.plain_day(figures.until)},
        _("Un chiffre de moins de %(few)s personnes est masqué, et ceux qui le feraient deviner.")
        % {"few": FEW},
        _("Sous vingt, les deux nombres remplacent le pourcentage."),
    ]


def _cells(entry: Entry) -> Iterator[dict[str, object]]:
    for line, inner in [(entry.line, False), *((each, True) for each in entry.groups)]:
        yield {
            "name": capfirst(line.label),
            "inner": inner,
            "figure": line.said.figure,
            "note": line.said.note,
            "before": line.said_before.figure,
        }


def _definition(line: Line) -> str:
    """What is counted, then each other part under its name."""
    told = line.indicator
    parts = [
        (_("Dénominateur"), told.denominator),
        (_("Inconnus"), told.unknowns),
        (_("À savoir"), told.caveat),
    ]
    named = [f"{name}\u00a0: {part}" for name, part in parts if part]
    return " ".join([str(told.numerator), *named])

"""Remarks to the author of a case, in the preview and again when it is to be published.

Rules on options follow the usual guidance on writing test items (Haladyna, Downing & Rodriguez,
Applied Measurement in Education 2002;15:309–333): one key, no cue to it, few and distinct options,
positive stem, no « all » or « none » of the above. The wording is in `training/wording.py`.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from training.enums import Severity
from training.rules.cases import Case
from training.rules.graph import faults
from training.rules.linting import evidence, options, phrasing, screens
from training.rules.linting.remarks import CardFacts, Remark

__all__ = ["CardFacts", "Remark", "lint", "publishable"]


def lint(
    case: Case, *, cards: Mapping[int, CardFacts], today: date, needs_take_home: bool = True
) -> list[Remark]:
    """All remarks on a case: in the order of its steps, the gravest first within a step.

    `cards` are the evidence cards that the case cites, by id; one that is missing no longer
    exists. `needs_take_home=False` suits tests, made of decisions alone.
    """
    found: list[Remark] = [
        Remark(fault.code, Severity.ERROR, fault.step_id, figures={"name": fault.detail})
        for fault in faults(case, needs_take_home=needs_take_home)
    ]
    found += evidence.remarks(case, cards, today)
    found += screens.remarks(case)
    found += phrasing.of_case(case)
    for decision in case.decisions:
        found += options.remarks(decision)
        found += phrasing.remarks(decision)
    places = {step.id: place for place, step in enumerate(case.steps)}
    gravity = list(Severity)
    return sorted(
        found,
        key=lambda remark: (places.get(remark.step_id, -1), gravity.index(remark.severity)),
    )


def publishable(remarks: Iterable[Remark]) -> bool:
    """Whether no remark is an error."""
    return all(remark.severity is not Severity.ERROR for remark in remarks)

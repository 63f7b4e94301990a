"""Verdicts as the sheet that `price_acts` gives back, one line for each act."""

import csv
from collections.abc import Iterable
from typing import Protocol

from fees.pricing.backlog import Act
from fees.rules import Verdict

HEADER = (
    "act",
    "decision",
    "amount",
    "reasons",
    "ordinal",
    "limit",
    "window_from",
    "window_to",
)


class TextSink(Protocol):
    """Where lines go: a file, or Django's standard output."""

    def write(self, text: str, /) -> object: ...


def write_lines(sink: TextSink, acts: Iterable[Act], verdicts: Iterable[Verdict]) -> None:
    """Write the header and one line for each act, `;` between cells, amounts with two decimals.

    Slot, cap and window stay empty where no cap applies: RCP acts, and lines without a limit.
    """
    writer = csv.writer(sink, delimiter=";", lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(
        (act.code, *_cells(verdict)) for act, verdict in zip(acts, verdicts, strict=True)
    )


def _cells(verdict: Verdict) -> tuple[object, ...]:
    capped = verdict.limit is not None
    window = verdict.window if capped else None
    return (
        verdict.decision,
        verdict.amount,
        "|".join(verdict.reasons),
        verdict.ordinal if capped else None,
        verdict.limit,
        window.start if window else None,
        window.end if window else None,
    )

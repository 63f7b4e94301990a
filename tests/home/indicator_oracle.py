"""Every indicator told again in plain Python, from plain rows: what pandas must agree with."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

type Row = dict[str, Any]
type Told = tuple[int, int | None, int | None, float | None, float | None]
"""Numerator, denominator, unknown, median, ninth decile."""
type Parts = dict[str, Told]
type Oracle = Callable[[list[Row], date, date], tuple[Told, Parts, Parts]]
"""The whole, its groups, its sites."""


def inside(rows: Iterable[Row], first: date, last: date, on: str = "on") -> list[Row]:
    return [row for row in rows if row[on] is not None and first <= row[on] <= last]


def split(rows: list[Row], by: str, tell: Callable[[list[Row]], Told]) -> dict[str, Told]:
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if by:
            parts[str(row[by])].append(row)
    return {code: tell(part) for code, part in parts.items()}


def both(rows: list[Row], by: str, tell: Callable[[list[Row]], Told], site: str = "") -> Any:
    return tell(rows), split(rows, by, tell), split(rows, site, tell)


def adding(column: str = "") -> Callable[[list[Row]], Told]:
    return lambda rows: (sum(row[column] if column else 1 for row in rows), None, 0, None, None)


def sharing(part: str, whole: str, unknown: str = "") -> Callable[[list[Row]], Told]:
    def tell(rows: list[Row]) -> Told:
        numerator = denominator = outside = 0
        for row in rows:
            numerator += row[part]
            denominator += row[whole]
            outside += row[unknown] if unknown else 0
        return numerator, denominator, outside, None, None

    return tell


def waiting(column: str) -> Callable[[list[Row]], Told]:
    def tell(rows: list[Row]) -> Told:
        known = sorted(row[column] for row in rows if row[column] is not None)
        if not known:
            return 0, None, len(rows), None, None
        half = len(known) // 2
        middle = known[half] if len(known) % 2 else (known[half - 1] + known[half]) / 2
        high = next(
            each for each in known if 10 * sum(other <= each for other in known) >= 9 * len(known)
        )
        return len(known), None, len(rows) - len(known), float(middle), float(high)

    return tell


def different(column: str) -> Callable[[list[Row]], Told]:
    return lambda rows: (len({row[column] for row in rows}), None, 0, None, None)


def _active(rows: list[Row], first: date, last: date) -> Any:
    followed = [
        row
        for row in rows
        if row["on"] <= last and (row["left_on"] is None or row["left_on"] > first)
    ]
    return both(followed, "department", different("patient"))


def _structures(rows: list[Row], first: date, last: date) -> Any:
    latest = {}
    for row in rows:
        if row["on"] <= last:
            latest[row["structure"]] = row
    return both(list(latest.values()), "", waiting("weeks"), "structure")


def _envelope(rows: list[Row], first: date, last: date) -> Any:
    return both(
        [row for row in rows if row["year"] == first.year], "", sharing("committed", "granted")
    )


def _refusals(rows: list[Row], first: date, last: date) -> Any:
    found = inside(rows, first, last)
    reasons: dict[str, int] = defaultdict(int)
    for row in found:
        for reason in filter(None, row["reasons"].split("|")):
            reasons[reason] += row["refused"]
    groups = {code: (n, None, 0, None, None) for code, n in reasons.items() if n}
    return sharing("refused", "decided", "to_arbitrate")(found), groups, {}


def _by_day(
    tell: Callable[[list[Row]], Told], by: str = "", on: str = "on", site: str = ""
) -> Oracle:
    return lambda rows, first, last: both(inside(rows, first, last, on), by, tell, site)


ORACLES: dict[str, Oracle] = {
    "inclusions": _by_day(adding(), "department"),
    "decided_in_time": _by_day(sharing("in_time", "timed", "untimed"), "department"),
    "wait_decision": _by_day(waiting("days"), "department"),
    "wait_evaluation": _by_day(waiting("days"), "department", "seen_on", "site"),
    "evaluations": _by_day(adding(), site="site"),
    "active": _active,
    "outflow": _by_day(sharing("away", "known", "unknown"), "department", site="site"),
    "structure_waits": _structures,
    "reviews": _by_day(adding()),
    "review_files": _by_day(adding()),
    "proposals_done": _by_day(sharing("done", "closed", "pending"), "kind"),
    "job_retention": _by_day(sharing("working", "told", "untold"), on="asked_on"),
    "sessions": _by_day(adding(), "theme", site="site"),
    "fill": _by_day(sharing("seated", "capacity"), site="site"),
    "no_show": _by_day(sharing("absent", "noted", "unnoted"), "theme", site="site"),
    "acts": _by_day(adding("live"), "kind"),
    "euros": _by_day(adding("cents"), "kind"),
    "envelope": _envelope,
    "refusals": _refusals,
    "trained": _by_day(different("learner"), "profession"),
    "webinar_attendance": _by_day(sharing("attended", "noted", "unnoted"), "mode"),
    "right_answers": _by_day(sharing("right", "answers"), "profession"),
}

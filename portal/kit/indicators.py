"""Indicators: one definition each, shown the same on every screen and export. Pure.

A room declares in its `indicators.py` what it can count, from extracts of plain facts:

    ACTS = Extract("fees.acts", _("Actes"), read=acts, version=acts_version)

    @measured(ACTS, Indicator(key="acts", name=_("Actes"), …))
    def counted(rows, span):
        return total(during(rows, span), "acts", by="kind")

`portal.kit.measures` has the functions from frames to values. Every extract is read once in a
computation, whatever the number of indicators and periods that come from it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pandas as pd

from portal.kit import words
from portal.kit.dates import add_months
from portal.kit.money import of_cents

FEW = 11
"""Under this many people a figure is not published: usage of the national health data for cells
of tables (facts 1.18, to be confirmed by the network's data protection officer)."""
ENOUGH = 20
"""From this many a share is told in percent; under it the two numbers alone: one person more or
less would move it by more than five points."""
ENOUGH_TO_RANK = 10
"""From this many waits the ninth decile is told: under it, it is the longest wait of somebody."""

type Words = object
"""What `str` makes a text of, lazily translated or not."""


class Unit(StrEnum):
    """How the numbers of a value are read; amounts are whole cents."""

    COUNT = "count"
    SHARE = "share"
    DAYS = "days"
    WEEKS = "weeks"
    EUROS = "euros"
    BUDGET = "budget"  # a share of euros


class Topic(StrEnum):
    """Parts of the dashboards; who reads which is the room's that shows them."""

    CARE = "care"
    REVIEWS = "reviews"
    EDUCATION = "education"
    MONEY = "money"
    LEARNING = "learning"


@dataclass(frozen=True, slots=True)
class Indicator:
    """The definition of a figure, for people. `period`: which day puts a fact in a period.

    `by` names what its groups are, `groups` their labels by code (else the code is the label);
    `site` names what its sites are, empty where no fact holds one.
    `people`: it counts persons, so that few of them are not published; `seats`: those left of its
    denominator are empty seats, which are nobody.
    """

    key: str
    topic: Topic
    unit: Unit
    name: Words
    question: Words
    numerator: Words
    period: Words
    source: Words
    denominator: Words = ""
    unknowns: Words = ""
    caveat: Words = ""
    by: Words = ""
    groups: Mapping[Any, Words] = field(default_factory=dict)
    site: Words = ""
    people: bool = True
    seats: bool = False

    def group(self, code: str) -> str:
        return str(self.groups.get(code, code)) or "non renseigné"


@dataclass(frozen=True, slots=True)
class Value:
    """An indicator over a period. Counts, or cents.

    `numerator` is inside `denominator` (None where nothing is compared); `unknown` is outside of
    both (None where they are few, and hidden). Of a wait, `numerator` is how many waited, `middle`
    the median, `high` the ninth decile. `sites`: the same facts again, by the name of their site,
    empty when it is not known; they are the network's own and stay in it.
    """

    numerator: int
    denominator: int | None = None
    unknown: int | None = 0
    middle: float | None = None
    high: float | None = None
    groups: Mapping[str, "Value"] = field(default_factory=dict)
    sites: Mapping[str, "Value"] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        kept = {"n": self.numerator, "d": self.denominator, "u": self.unknown}
        kept |= {"m": self.middle, "h": self.high}  # type: ignore[dict-item]
        found: dict[str, Any] = {name: each for name, each in kept.items() if each is not None}
        for name, parts in (("g", self.groups), ("s", self.sites)):
            if parts:
                found[name] = {code: each.as_json() for code, each in parts.items()}
        return found

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Value":
        groups, sites = (
            {code: cls.from_json(each) for code, each in kept.get(name, {}).items()}
            for name in ("g", "s")
        )
        return cls(kept["n"], kept.get("d"), kept["u"], kept.get("m"), kept.get("h"), groups, sites)

    @property
    def is_known(self) -> bool:
        """Whether there was anything to count."""
        return bool(self.numerator or self.denominator or self.unknown != 0)

    def is_small(self, *, seats: bool = False) -> bool:
        """Whether it tells of few people: those counted, those left, or all of them. Of `seats`,
        those left are empty."""
        told = [self.numerator]
        if self.denominator is not None:
            told += [self.denominator, 0 if seats else self.denominator - self.numerator]
        return any(0 < each < FEW for each in told)

    @property
    def level(self) -> float | None:
        """What a chart draws: the share (of 1), the median, or the count; cents as they are."""
        if self.denominator is not None:
            return self.numerator / self.denominator if self.denominator else None
        return self.middle


def published(
    value: Value, indicator: Indicator
) -> tuple[Value | None, Mapping[str, Value | None]]:
    """What may leave the network of a value and of its groups; None = hidden.

    Few people are hidden, and with them as many groups more, the smallest first, as it takes for
    the rest not to be found by subtraction: two at least, and FEW people among them.
    """
    if not indicator.people:
        return value, dict(value.groups)
    hidden = {code for code, each in value.groups.items() if each.is_small(seats=indicator.seats)}
    others = sorted(set(value.groups) - hidden, key=lambda code: _size(value.groups[code]))
    while (
        hidden
        and others
        and (len(hidden) < 2 or sum(_size(value.groups[code]) for code in hidden) < FEW)
    ):
        hidden.add(others.pop(0))
    groups = {
        code: None if code in hidden else _few_unknown_hidden(each)
        for code, each in value.groups.items()
    }
    return (None if value.is_small(seats=indicator.seats) else _few_unknown_hidden(value)), groups


def _few_unknown_hidden(value: Value) -> Value:
    return replace(value, unknown=None) if value.unknown and value.unknown < FEW else value


def _size(value: Value) -> int:
    return value.numerator if value.denominator is None else value.denominator


def is_comparable(value: Value, indicator: Indicator) -> bool:
    """Whether a figure may stand beside another place's: it comes of enough people."""
    return not indicator.people or _size(value) >= FEW


@dataclass(frozen=True, slots=True)
class Said:
    """A value in words: the figure, and what stands under it."""

    figure: str
    note: str = ""


NOTHING = "\N{EM DASH}"
FEW_CASES = "peu de cas"
HIDDEN = Said("masqué", f"moins de {FEW}")


def say(value: Value | None, unit: Unit) -> Said:
    """The one way in which a value is written, everywhere; None is a hidden one."""
    if value is None:
        return HIDDEN
    unknown = words.plural(value.unknown, "inconnu", "inconnus") if value.unknown else ""
    if value.unknown is None:
        unknown = "quelques inconnus"
    if unit in (Unit.DAYS, Unit.WEEKS):
        return _say_wait(value, unit, unknown)
    if value.denominator is not None:
        return _say_share(value, unit, unknown)
    return Said(_number(value.numerator, unit), unknown)


def say_beside(value: Value, indicator: Indicator) -> Said:
    """A value beside those of other places: of few people, their numbers and nothing to compare."""
    if is_comparable(value, indicator) or not _size(value):
        return say(value, indicator.unit)
    told = say(replace(value, high=None), indicator.unit)
    is_wait = value.denominator is None and value.middle is not None
    return Said(FEW_CASES, told.note if is_wait else _joined(told.figure, told.note))


def _say_share(value: Value, unit: Unit, unknown: str) -> Said:
    whole = value.denominator
    if not whole:
        return Said(NOTHING, unknown)
    told = f"{_number(value.numerator, unit)} sur {_number(whole, unit)}"
    if unit is Unit.SHARE and whole < ENOUGH:
        return Said(told, unknown)
    return Said(rounded(value.numerator, whole), _joined(told, unknown))


def rounded(part: int, whole: int) -> str:
    """`64 %`, without decimals; all or nothing only when it is so."""
    shown = round(100 * part / whole)
    if part and not shown:
        return f"moins de{words.NBSP}1{words.NBSP}%"
    if part < whole and shown == 100:
        return f"plus de{words.NBSP}99{words.NBSP}%"
    return f"{words.number(shown)}{words.NBSP}%"


def _say_wait(value: Value, unit: Unit, unknown: str) -> Said:
    if value.middle is None:
        return Said(NOTHING, unknown)
    one, many = ("jour", "jours") if unit is Unit.DAYS else ("semaine", "semaines")
    told = _joined(words.plural(value.numerator, "attente connue", "attentes connues"), unknown)
    if value.high is not None and value.numerator >= ENOUGH_TO_RANK:
        told = f"neuf sur dix en {_length(value.high, one, many)} au plus, {told}"
    return Said(_length(value.middle, one, many), told)


def _length(length: float, one: str, many: str) -> str:
    """`9 jours`, `9,5 jours`."""
    places = 0 if float(length).is_integer() else 1
    return f"{words.number(Decimal(str(length)), places)}{words.NBSP}{one if length < 2 else many}"


def _number(count: int, unit: Unit) -> str:
    money = unit in (Unit.EUROS, Unit.BUDGET)
    return words.euros(of_cents(count)) if money else words.number(count)


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A civil year, or one of its quarters (`quarter` 1 to 4, 0 for the year)."""

    year: int
    quarter: int = 0

    @property
    def first(self) -> date:
        return date(self.year, 3 * max(self.quarter, 1) - 2, 1)

    @property
    def last(self) -> date:
        """Inside."""
        return add_months(self.first, 3 if self.quarter else 12) - timedelta(days=1)

    @property
    def key(self) -> str:
        return f"{self.year}-T{self.quarter}" if self.quarter else str(self.year)

    @property
    def name(self) -> str:
        if not self.quarter:
            return str(self.year)
        return f"{self.quarter}{'er' if self.quarter == 1 else 'e'} trimestre {self.year}"

    @property
    def before(self) -> "Span":
        """The same one a year earlier: seasons compare with seasons."""
        return Span(self.year - 1, self.quarter)

    @property
    def preceding(self) -> "Span":
        """The year or the quarter just before."""
        if not self.quarter:
            return Span(self.year - 1)
        return Span(self.year, self.quarter - 1) if self.quarter > 1 else Span(self.year - 1, 4)

    @classmethod
    def read(cls, key: str) -> "Span | None":
        """The span of a key; None for a text that is none."""
        year, _, quarter = key.partition("-T")
        if not (year.isascii() and year.isdecimal() and len(year) == 4 and year > "1900"):
            return None
        if not quarter:
            return cls(int(year)) if key == year else None
        return cls(int(year), int(quarter)) if quarter in {"1", "2", "3", "4"} else None


YEARS = 5
"""Civil years that are computed: the one under way and those before."""


def spans_to(today: date) -> list[Span]:
    """The years and their quarters begun by that day, the latest first, each year before its own
    quarters."""
    years = range(today.year, today.year - YEARS, -1)
    found = [Span(year, quarter) for year in years for quarter in (0, 4, 3, 2, 1)]
    return [each for each in found if each.first <= today]


@dataclass(frozen=True, slots=True)
class Extract:
    """Plain facts of a room as a frame, read in one pass, up to a day inside.

    `version` is a short text that changes when the facts do, without reading them; what it does
    not see is said beside it.
    """

    name: str
    label: Words
    read: Callable[[date], pd.DataFrame]
    version: Callable[[], str]


type Compute = Callable[[pd.DataFrame, Span], Value]


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator, the facts that it comes from, and how."""

    indicator: Indicator
    extract: Extract
    compute: Compute


_MEASURES: dict[str, Measure] = {}


def measured(extract: Extract, indicator: Indicator) -> Callable[[Compute], Compute]:
    """Register how an indicator is computed; once each, in the order in which they are shown."""

    def register(compute: Compute) -> Compute:
        if indicator.key in _MEASURES:
            raise ValueError(f"indicator measured twice: {indicator.key}")
        _MEASURES[indicator.key] = Measure(indicator, extract, compute)
        return compute

    return register


def measures(topics: Iterable[Topic] = tuple(Topic)) -> list[Measure]:
    """What is measured of these topics, topic by topic in their own order."""
    wanted = set(topics)
    found = [each for each in _MEASURES.values() if each.indicator.topic in wanted]
    order = list(Topic)
    return sorted(found, key=lambda each: order.index(each.indicator.topic))


def measure_of(key: str) -> Measure | None:
    return _MEASURES.get(key)

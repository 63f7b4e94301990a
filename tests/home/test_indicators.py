"""Indicators: computed twice, published without small numbers, written in one way."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from home.exports.yearly import folded
from home.selectors.figures import Figures, Line
from portal.kit.indicators import (
    FEW,
    HIDDEN,
    Indicator,
    Said,
    Span,
    Topic,
    Unit,
    Value,
    measures,
    published,
    rounded,
    say,
    spans_to,
)
from portal.kit.measures import frame
from tests.home.indicator_oracle import ORACLES, Parts, Row, Told

DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
MAYBE = st.none() | DAYS
BIT = st.integers(0, 1)
FEW_COUNTS = st.integers(0, 30)
PLACES = st.sampled_from(["75", "94", ""])
WAITS = st.none() | st.integers(0, 60)
NAMES = st.sampled_from(["Hôpital A", "Hôpital B", "Hôpital C"])
SITES = NAMES | st.just("")

ROWS: dict[str, tuple[dict[str, st.SearchStrategy[Any]], list[str]]] = {
    "network.decisions": (
        {"on": DAYS, "department": PLACES, "included": BIT, "days": WAITS}
        | {"timed": BIT, "untimed": BIT, "in_time": BIT},
        ["on"],
    ),
    "network.follow_ups": (
        {"patient": st.integers(1, 6), "department": PLACES, "on": DAYS}
        | {"left_on": MAYBE, "seen_on": MAYBE, "days": WAITS, "site": SITES},
        ["on", "left_on", "seen_on"],
    ),
    "network.evaluations": ({"on": DAYS, "site": SITES}, ["on"]),
    "network.visits": (
        {"on": DAYS, "site": NAMES, "department": PLACES}
        | {"known": BIT, "unknown": BIT, "away": BIT},
        ["on"],
    ),
    "network.readings": ({"on": DAYS, "structure": NAMES, "weeks": st.integers(0, 60)}, ["on"]),
    "network.meetings": ({"on": DAYS}, ["on"]),
    "network.files": (
        {"on": DAYS, "asked_on": DAYS, "due": BIT, "told": BIT, "untold": BIT, "working": BIT},
        ["on", "asked_on"],
    ),
    "network.proposals": (
        {"on": DAYS, "kind": st.sampled_from("ab"), "done": BIT, "closed": BIT, "pending": BIT},
        ["on"],
    ),
    "etp.sessions": (
        {"on": DAYS, "theme": st.sampled_from("ab"), "site": NAMES, "capacity": FEW_COUNTS}
        | dict.fromkeys(["seated", "attended", "absent", "unnoted", "noted"], FEW_COUNTS),
        ["on"],
    ),
    "fees.acts": (
        {"on": DAYS, "kind": st.sampled_from("ab"), "reasons": st.sampled_from(["", "x", "x|y"])}
        | dict.fromkeys(["live", "refused", "decided", "to_arbitrate"], FEW_COUNTS)
        | {"cents": st.integers(0, 10**9)},
        ["on"],
    ),
    "fees.envelopes": (
        {"year": st.sampled_from([2025, 2026]), "granted": FEW_COUNTS, "committed": FEW_COUNTS},
        [],
    ),
    "training.attestations": (
        {"on": DAYS, "learner": st.integers(1, 6), "profession": PLACES},
        ["on"],
    ),
    "training.seats": (
        {"on": DAYS, "mode": st.sampled_from("ab"), "attended": BIT, "noted": BIT, "unnoted": BIT},
        ["on"],
    ),
    "training.answers": (
        {"on": DAYS, "profession": PLACES, "answers": FEW_COUNTS, "right": FEW_COUNTS},
        ["on"],
    ),
}


def told(value: Value) -> Told:
    return value.numerator, value.denominator, value.unknown, value.middle, value.high


def all_told(value: Value) -> tuple[Told, Parts, Parts]:
    parts = (value.groups, value.sites)
    groups, sites = ({code: told(each) for code, each in part.items()} for part in parts)
    return told(value), groups, sites


def test_every_indicator_has_an_oracle_and_every_extract_rows() -> None:
    assert {each.indicator.key for each in measures()} == set(ORACLES)
    assert {each.extract.name for each in measures()} == set(ROWS)


@pytest.mark.parametrize("name", ROWS)
@settings(max_examples=25, phases=[Phase.generate])
@given(data=st.data())
def test_figures_agree_with_plain_python(name: str, data: st.DataObject) -> None:
    columns, days = ROWS[name]
    rows: list[Row] = data.draw(st.lists(st.fixed_dictionaries(columns), max_size=25))
    rows.sort(key=lambda row: row.get("on", date.min))
    made = frame([[row[each] for each in columns] for row in rows], list(columns), days)
    for waited in {"days", "weeks"} & set(columns):
        made[waited] = made[waited].astype("float")
    span = data.draw(st.sampled_from([Span(2025), Span(2026), Span(2026, 1), Span(2025, 4)]))
    for each in measures():
        if each.extract.name == name:
            expected = ORACLES[each.indicator.key](rows, span.first, span.last)
            found = each.compute(made, span)
            assert all_told(found) == expected, each.indicator.key
            assert Value.from_json(found.as_json()) == found
            assert bool(found.sites) == bool(each.indicator.site and expected[2])
            if found.sites:
                assert added(found.sites.values()) == added([found])


def added(values: Iterable[Value]) -> tuple[int, int, int]:
    """Numerators, denominators and unknown of all together."""
    rows = [(each.numerator, each.denominator or 0, each.unknown or 0) for each in values]
    numerator, denominator, unknown = (sum(column) for column in zip(*rows, strict=True))
    return numerator, denominator, unknown


SPANS = [
    (Span(2026), "2026", "2026-01-01", "2026-12-31", "2026"),
    (Span(2026, 1), "2026-T1", "2026-01-01", "2026-03-31", "1er trimestre 2026"),
    (Span(2024, 4), "2024-T4", "2024-10-01", "2024-12-31", "4e trimestre 2024"),
]


@pytest.mark.parametrize(("span", "key", "first", "last", "name"), SPANS)
def test_span_of_the_calendar(span: Span, key: str, first: str, last: str, name: str) -> None:
    assert (span.key, str(span.first), str(span.last), span.name) == (key, first, last, name)
    assert Span.read(key) == span


@pytest.mark.parametrize("key", ["", "26", "2026-", "2026-T0", "2026-T5", "2026-T11", "x", "٢٠٢٦"])
def test_span_is_not_read_from_other_words(key: str) -> None:
    assert Span.read(key) is None


def test_spans_are_those_begun() -> None:
    keys = [each.key for each in spans_to(date(2026, 4, 1))]
    assert keys[:5] == ["2026", "2026-T2", "2026-T1", "2025", "2025-T4"]
    assert len(keys) == 3 + 4 * 5


SAID = [
    (Value(1234), Unit.COUNT, "1\u202f234", ""),
    (Value(1, unknown=1), Unit.COUNT, "1", "1\u00a0inconnu"),
    (Value(123450), Unit.EUROS, "1\u202f234,50\u00a0€", ""),
    (Value(7, 12), Unit.SHARE, "7 sur 12", ""),
    (Value(7, 19, 2), Unit.SHARE, "7 sur 19", "2\u00a0inconnus"),
    (Value(10, 20), Unit.SHARE, "50\u00a0%", "10 sur 20"),
    (Value(999, 1000), Unit.SHARE, "plus de\u00a099\u00a0%", "999 sur 1\u202f000"),
    (Value(1, 1000), Unit.SHARE, "moins de\u00a01\u00a0%", "1 sur 1\u202f000"),
    (Value(0, 30, 1), Unit.SHARE, "0\u00a0%", "0 sur 30, 1\u00a0inconnu"),
    (Value(0, 0, 3), Unit.SHARE, "—", "3\u00a0inconnus"),
    (Value(50, 100), Unit.BUDGET, "50\u00a0%", "0,50\u00a0€ sur 1,00\u00a0€"),
    (Value(0, middle=None), Unit.DAYS, "—", ""),
    (Value(3, middle=9.0, high=20.0), Unit.DAYS, "9\u00a0jours", "3\u00a0attentes connues"),
    (
        Value(10, middle=9.5, high=20.0),
        Unit.WEEKS,
        "9,5\u00a0semaines",
        "neuf sur dix en 20\u00a0semaines au plus, 10\u00a0attentes connues",
    ),
]


@pytest.mark.parametrize(("value", "unit", "figure", "note"), SAID)
def test_value_is_said_without_false_precision(
    value: Value, unit: Unit, figure: str, note: str
) -> None:
    assert say(value, unit) == Said(figure, note)


def test_hidden_value_is_said_so() -> None:
    assert say(None, Unit.COUNT) == HIDDEN


@given(st.integers(1, 500), st.data())
def test_all_or_nothing_is_told_only_when_it_is_so(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    assert (rounded(part, whole) == "100\u00a0%") == (part == whole)
    assert (rounded(part, whole) == "0\u00a0%") == (part == 0)


def an_indicator(*, people: bool = True, seats: bool = False, by: str = "") -> Indicator:
    return Indicator(
        key="k",
        topic=Topic.CARE,
        unit=Unit.COUNT,
        name="n",
        question="q",
        numerator="x",
        period="p",
        source="s",
        by=by,
        people=people,
        seats=seats,
    )


@given(st.lists(st.integers(0, 60), max_size=8))
def test_published_groups_cannot_be_found_by_subtraction(counts: list[int]) -> None:
    groups = {str(rank): Value(count) for rank, count in enumerate(counts)}
    whole = Value(sum(counts), groups=groups)
    shown, parts = published(whole, an_indicator())
    hidden = [whole.groups[code].numerator for code, each in parts.items() if each is None]
    assert (shown is None) == (0 < whole.numerator < FEW)
    assert all(each is None or not 0 < each.numerator < FEW for each in parts.values())
    if hidden and len(hidden) < len(counts):
        assert len(hidden) >= 2
        assert sum(hidden) >= FEW


@pytest.mark.parametrize(
    ("value", "small"),
    [
        (Value(0), False),
        (Value(10), True),
        (Value(11), False),
        (Value(11, 22), False),
        (Value(11, 21), True),  # the ten others
        (Value(0, 10), True),
        (Value(40, 40), False),
    ],
)
def test_few_people_are_those_counted_those_left_or_all(value: Value, small: bool) -> None:
    assert value.is_small() is small


def test_empty_seats_are_nobody() -> None:
    nearly_full, nearly_empty = Value(79, 84), Value(5, 84)
    fill = an_indicator(seats=True)
    assert published(nearly_full, fill)[0] == nearly_full
    assert published(nearly_empty, fill)[0] is None
    assert published(nearly_full, an_indicator())[0] is None


@pytest.mark.parametrize(("unknown", "told"), [(0, 0), (1, None), (10, None), (11, 11)])
def test_few_unknown_are_told_without_their_number(unknown: int, told: int | None) -> None:
    whole = Value(37, 37, unknown, groups={"a": Value(20, 20, unknown)})
    shown, parts = published(whole, an_indicator())
    part = parts["a"]
    assert shown
    assert part
    assert (shown.unknown, part.unknown) == (told, told)
    assert ("quelques inconnus" in say(shown, Unit.SHARE).note) == (told is None)


MASKED, NOUGHT, SOME = None, Value(0), Value(12)


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        ([("a", SOME, SOME), ("b", SOME, NOUGHT)], [("a", SOME, SOME), ("b", SOME, NOUGHT)]),
        (
            [("a", SOME, SOME), ("b", MASKED, MASKED), ("c", MASKED, NOUGHT)],
            [("a", SOME, SOME), ("2 autres", MASKED, MASKED)],
        ),
        (
            [("a", MASKED, NOUGHT), ("b", MASKED, NOUGHT)],
            [("par lieu\u00a0: 2 lignes", MASKED, NOUGHT)],
        ),
        (
            [("a", MASKED, SOME), ("b", MASKED, MASKED)],
            [("a", MASKED, SOME), ("b", MASKED, MASKED)],
        ),
    ],
)
def test_groups_that_tell_nothing_are_one_line(
    groups: list[tuple[str, Value | None, Value | None]],
    told: list[tuple[str, Value | None, Value | None]],
) -> None:
    place = an_indicator(by="lieu")
    lines = folded([Line(label, Unit.COUNT, now, then, place) for label, now, then in groups])
    assert [(each.label, each.value, each.before) for each in lines] == told


def test_running_period_is_told_beside_a_whole_one() -> None:
    figures = Figures(date(2026, 11, 16), datetime(2026, 11, 16, 9, tzinfo=UTC), {})
    assert "16 novembre 2026" in figures.unfinished(Span(2026), Span(2025)).replace("\u00a0", " ")
    assert figures.unfinished(Span(2026, 3), Span(2025, 3)) == ""


def test_what_is_not_people_is_published_whole() -> None:
    value = Value(3, groups={"a": Value(1)})
    assert published(value, an_indicator(people=False)) == (value, {"a": Value(1)})

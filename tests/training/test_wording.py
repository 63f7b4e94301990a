"""Every code has its French sentence, printed as French is."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pytest

from training import wording
from training.enums import Calibration, Effect, Flag, Flaw, Missing, Severity, Unanswered

FIGURES: dict[str, str | int] = {"name": "suite", "count": 7, "limit": 5, "card": 3}
TABLES: list[tuple[Mapping[Any, object], type[StrEnum]]] = [
    (wording.SEVERITIES, Severity),
    (wording.FLAWS, Flaw),
    (wording.CALIBRATIONS, Calibration),
    (wording.FLAGS, Flag),
    (wording.EFFECTS, Effect),
    (wording.UNANSWERED, Unanswered),
    (wording.MISSING, Missing),
]


@pytest.mark.parametrize(("table", "codes"), TABLES)
def test_every_code_said(table: Mapping[Any, object], codes: type[StrEnum]) -> None:
    assert list(table) == list(codes)


@pytest.mark.parametrize(("table", "codes"), TABLES)
def test_french_spaces(table: Mapping[Any, object], codes: type[StrEnum]) -> None:
    wrong = re.compile(r"(?<!\u00a0)[:»]|(?<!\u202f)[;?!]|«(?!\u00a0)|'")
    assert [code for code in codes if wrong.search(str(table[code]))] == []


@pytest.mark.parametrize("code", Flaw)
def test_flaw_told_with_its_figures(code: Flaw) -> None:
    said = wording.sentence(code, FIGURES)
    assert "%" not in said
    assert said.endswith(".")


def test_sentence() -> None:
    assert wording.sentence(Flaw.UNKNOWN_TARGET, {"name": "fin"}) == (
        "Aucune étape ne porte le repère «\u00a0fin\u00a0»\u00a0: corrigez-le, ou donnez-le à une"
        " étape."
    )

"""The instruments: their scores against published cut-offs, what holds for every one, their rights,
and that a published version never changes."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.rules.catalogue import (
    FOLDER,
    Catalogue,
    Locked,
    catalogue,
    latest,
    showable,
    unlocked,
)
from network.rules.instruments import (
    Instrument,
    InvalidAnswer,
    InvalidInstrument,
    Item,
    Kind,
    Licence,
    Score,
    Value,
    content_hash,
    read_instrument,
)

ON = date(2026, 11, 16)
PUBLISHED = {
    ("corps", 1): "8059cef4f77544a1e055b7363a1c88a8b9815e8d483be1df63b29f8c504316db",
    ("douleur", 1): "d69f4cde18deca0a9f7de46aa3244d935a4a7a2d33528068545bec325e8e47f6",
    ("fatigue", 1): "c1400fef4a52ab92ac1289cb85149c3438ca241afe151331b636907866ac8834",
    ("gad7", 1): "de9009cb58ca8cbcd72010bebc2437984ccad59cc05f4a30bc5911ddd952ab3c",
    ("parole", 1): "baaedf74712b01a3c174114ea451a3d8aa5db9eded49759d79cc1419f2861fac",
    ("pgic", 1): "e1c77924a6f48a604de382e879547531d7b2383c2e28e447834d0ab5fb3a3920",
    ("phq4", 1): "21332493dfb3adc9dcb8f0f71139f6080cd6b7c2223d7cbd900311f1533f5146",
    ("phq9", 1): "63d74eddd878cfd3b4df4e83f90826acbedb63bfe42eeaecf7664e100b4c221f",
    ("situation", 1): "1ff5a58291c9a750bf8fd17d00f2b584cb8d0b637e82bc1b97a93e1bc978456a",
    ("sommeil", 1): "caec95fad0c11126011bebecd9a1457a473a86ca14154e294314833a39ec7301",
    ("who5", 1): "d44972bec99c96b051a3e4c0b5eb772fedc1b20bd2057c9a1803c8d0ea9d43ac",
}
"""The content of each version, as first published. A change of words or of scoring is a new
version, beside the former one; this table only grows."""

SCORES = [(each, score) for each in catalogue().values() for score in each.scores]
ITEMS = [item for each in catalogue().values() for item in each.items]


def data_of(key: str) -> dict[str, Any]:
    return json.loads((FOLDER / f"{key}-1.json").read_text(encoding="utf-8"))


def score_of(key: str, name: str = "total") -> Score:
    return next(each for each in latest(key, on=ON).scores if each.id == name)


def answers(*values: int | None) -> dict[str, Value]:
    return {str(rank): value for rank, value in enumerate(values, start=1)}


def test_published_versions_never_change() -> None:
    assert {key: each.content_hash for key, each in catalogue().items()} == PUBLISHED


def test_hash_tells_words_and_scoring_but_not_rights() -> None:
    data = data_of("phq9")
    same = data | {"rights": data["rights"] | {"proof": "Courrier du 2 mars", "to_verify": False}}
    other = data | {"intro": data["intro"] + "."}
    assert content_hash(same) == content_hash(data) != content_hash(other)


# Scores: published cut-offs (context.md 2.21)


@pytest.mark.parametrize(
    ("key", "given_answers", "total", "band"),
    [
        ("phq9", [0] * 9, 0, "minimes"),
        ("phq9", [1, 1, 1, 1, 0, 0, 0, 0, 0], 4, "minimes"),
        ("phq9", [1, 1, 1, 1, 1, 0, 0, 0, 0], 5, "légers"),
        ("phq9", [1] * 9, 9, "légers"),
        ("phq9", [2, 1, 1, 1, 1, 1, 1, 1, 1], 10, "modérés"),
        ("phq9", [2, 2, 2, 2, 2, 2, 1, 1, 0], 14, "modérés"),
        ("phq9", [2, 2, 2, 2, 2, 2, 1, 1, 1], 15, "modérément sévères"),
        ("phq9", [3, 3, 3, 2, 2, 2, 2, 2, 0], 19, "modérément sévères"),
        ("phq9", [3, 3, 3, 3, 2, 2, 2, 2, 0], 20, "symptômes sévères"),
        ("phq9", [3] * 9, 27, "symptômes sévères"),
        ("gad7", [1, 1, 1, 1, 0, 0, 0], 4, "minimes"),
        ("gad7", [1, 1, 1, 1, 1, 0, 0], 5, "légers"),
        ("gad7", [2, 2, 1, 1, 1, 1, 1], 9, "légers"),
        ("gad7", [2, 2, 2, 1, 1, 1, 1], 10, "modérés"),
        ("gad7", [2] * 7, 14, "modérés"),
        ("gad7", [3, 2, 2, 2, 2, 2, 2], 15, "symptômes sévères"),
        ("gad7", [3] * 7, 21, "symptômes sévères"),
        ("phq4", [1, 1, 0, 0], 2, "normal"),
        ("phq4", [1, 1, 1, 0], 3, "léger"),
        ("phq4", [2, 2, 1, 0], 5, "léger"),
        ("phq4", [2, 2, 2, 0], 6, "modéré"),
        ("phq4", [2, 2, 2, 2], 8, "modéré"),
        ("phq4", [3, 2, 2, 2], 9, "sévère"),
        ("who5", [0] * 5, 0, "28 ou moins"),
        ("who5", [2, 2, 1, 1, 1], 28, "28 ou moins"),
        ("who5", [2, 2, 2, 1, 1], 32, "29 à 50"),
        ("who5", [3, 3, 2, 2, 2], 48, "29 à 50"),
        ("who5", [3, 3, 3, 2, 2], 52, "plus de 50"),
        ("who5", [5] * 5, 100, "plus de 50"),
    ],
)
def test_total_and_published_band(
    key: str, given_answers: list[int], total: int, band: str
) -> None:
    score = score_of(key)
    found = score.of(answers(*given_answers))
    assert found == total
    assert band in score.band(found)


@pytest.mark.parametrize(
    ("value", "band"),
    [
        (0, "pas de douleur"),
        (1, "légère"),
        (3, "légère"),
        (4, "modérée"),
        (6, "modérée"),
        (7, "sévère"),
        (10, "sévère"),
    ],
)
def test_bands_of_pain(value: int, band: str) -> None:
    score = score_of("douleur", "worst")
    assert score.of({"worst": value, "now": 9}) == value
    assert score.band(value).startswith(band)


@pytest.mark.parametrize(
    ("key", "name", "given_answers", "total"),
    [
        ("phq4", "anxiety", [2, 1, 0, 3], 3),
        ("phq4", "mood", [2, 1, 0, 3], 3),
        ("pgic", "change", None, 2),
        ("sommeil", "week", None, 2),
        ("fatigue", "week", None, 2),
    ],
)
def test_other_scores(key: str, name: str, given_answers: list[int] | None, total: int) -> None:
    given = answers(*given_answers) if given_answers else {name: 2}
    assert score_of(key, name).of(given) == total


@pytest.mark.parametrize(
    ("key", "given_answers", "total"),
    [
        ("phq9", [2, 2, 2, 2, 2, 2, 2, None, None], 18),  # two missing: the mean of the others
        ("phq9", [1, 0, 0, 0, 0, 0, 0, 0, None], 1),
        ("phq9", [2, 2, 2, 2, 2, 2, None, None, None], None),
        ("gad7", [3, 3, 3, 3, 3, None, None], 21),
        ("gad7", [3, 3, 3, 3, None, None, None], None),
        ("phq4", [3, 3, 3, None], None),
        ("who5", [5, 5, 5, 5, None], None),
        ("who5", [None] * 5, None),
    ],
)
def test_answers_passed_over(key: str, given_answers: list[int | None], total: int | None) -> None:
    score = score_of(key)
    given = answers(*given_answers)
    assert score.of(given) == total
    assert score.estimated(given) == (total is not None)
    assert bool(score.band(total)) == (total is not None)


def test_places_are_counted() -> None:
    score = score_of("corps", "count")
    assert score.of({"where": ["nape", "hand-r"]}) == 2
    assert score.of({"where": []}) == 0
    assert score.of({"where": None}) is None


# What holds for every instrument


def values_of(item: Item) -> st.SearchStrategy[Value]:
    allowed = [each.value for each in item.scale.choices]
    if item.scale.kind is Kind.TEXT:
        return st.text(min_size=1, max_size=item.scale.longest)
    if item.scale.kind is Kind.REGIONS:
        return st.lists(st.sampled_from([str(each) for each in allowed]), unique=True)
    return st.sampled_from(allowed)


@st.composite
def scored(draw: st.DrawFn) -> tuple[Instrument, Score, dict[str, Value]]:
    instrument, score = draw(st.sampled_from(SCORES))
    given = {key: draw(values_of(instrument.item(key)) | st.none()) for key in score.items}
    return instrument, score, given


@given(scored())
def test_score_stays_within_its_range(case: tuple[Instrument, Score, dict[str, Value]]) -> None:
    _, score, given = case
    found = score.of(given)
    assert found is None or score.lowest <= found <= score.highest


@given(scored(), st.randoms())
def test_order_of_answers_never_matters(
    case: tuple[Instrument, Score, dict[str, Value]], random: Any
) -> None:
    _, score, given = case
    mixed = list(given.items())
    random.shuffle(mixed)
    assert score.of(dict(mixed)) == score.of(given)


@given(scored(), st.data())
def test_a_higher_answer_never_lowers_a_score(
    case: tuple[Instrument, Score, dict[str, Value]], data: st.DataObject
) -> None:
    instrument, score, given = case
    before = score.of(given)
    if before is None:
        return
    key = data.draw(st.sampled_from([each for each in score.items if given[each] is not None]))
    value = given[key]
    if isinstance(value, list):
        every = [str(each.value) for each in instrument.item(key).scale.choices]
        higher: Value = value + [each for each in every if each not in value][:1]
    else:
        ranks = sorted(int(each.value) for each in instrument.item(key).scale.choices)
        higher = data.draw(st.sampled_from([each for each in ranks if each >= int(str(value))]))
    after = score.of({**given, key: higher})
    assert after is not None
    assert after >= before


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_item_takes_its_own_answers_and_no_other(item: Item) -> None:
    assert item.check(None) is None
    for strange in (99, -1, "nulle part", ["nulle part"], {"a": 1}, "", True):
        if item.scale.kind is Kind.TEXT and strange == "nulle part":
            continue
        with pytest.raises(InvalidAnswer):
            item.check(strange)  # type: ignore[arg-type]
    if item.scale.kind is Kind.TEXT:
        with pytest.raises(InvalidAnswer):
            item.check("a" * (item.scale.longest + 1))


def test_places_are_kept_in_one_order() -> None:
    item = latest("corps", on=ON).item("where")
    assert item.check(["hand-l", "face"]) == item.check(["face", "hand-l", "face"])
    assert item.scale.label_of(["face", "nape"]) == "visage, front, nuque"


def test_only_the_last_question_of_phq9_alarms() -> None:
    alarming = {
        (each.id, item.id, choice.value)
        for each in catalogue().values()
        for item in each.items
        for choice in item.scale.choices
        if each.alarms(item.id, choice.value)
    }
    assert alarming == {("phq9", "9", 1), ("phq9", "9", 2), ("phq9", "9", 3)}


# Rights


def locked(licence: str, **rights: Any) -> Instrument:
    """An instrument of tests, whose words belong to somebody."""
    data = data_of("sommeil") | {"id": "secret"}
    return read_instrument(
        data | {"rights": {"licence": licence, "citation": "Quelqu’un", **rights}}
    )


@pytest.mark.parametrize(
    ("licence", "rights", "shown"),
    [
        ("free", {}, True),
        ("permission", {}, False),
        ("permission", {"proof": "Lettre du 3 mai 2026"}, True),
        ("permission", {"proof": "Lettre", "valid_until": "2026-11-16"}, True),
        ("permission", {"proof": "Lettre", "valid_until": "2026-11-15"}, False),
        ("commercial", {}, False),
        ("commercial", {"valid_until": "2030-01-01"}, False),
        ("commercial", {"proof": "Contrat 12", "valid_until": "2030-01-01"}, True),
    ],
)
def test_right_to_show(licence: str, rights: dict[str, Any], shown: bool) -> None:
    instrument = locked(licence, **rights)
    among: Catalogue = {("secret", 1): instrument, ("sommeil", 1): latest("sommeil", on=ON)}
    assert instrument.rights.allow(ON) is shown
    found = [each.id for each in showable(["secret", "sommeil"], on=ON, among=among)]
    assert found == (["secret", "sommeil"] if shown else ["sommeil"])
    if not shown:
        with pytest.raises(Locked):
            unlocked(instrument, on=ON)


def test_only_free_instruments_are_shipped() -> None:
    assert {each.rights.licence for each in catalogue().values()} == {Licence.FREE}


def test_last_version_is_asked() -> None:
    first = latest("sommeil", on=ON)
    second = read_instrument(data_of("sommeil") | {"version": 2})
    among: Catalogue = {("sommeil", 1): first, ("sommeil", 2): second}
    assert latest("sommeil", on=ON, among=among) == second


# Files that are not instruments


@pytest.mark.parametrize(
    "wrong",
    [
        {"items": []},
        {"items": [{"id": "a", "text": "?", "scale": "unknown"}]},
        {"rights": {"licence": "perhaps", "citation": "x"}},
        {"rights": {"licence": "free", "citation": ""}},
        {"alerts": [{"item": "10", "above": 0}]},
        {"scores": [data_of("phq9")["scores"][0] | {"max": 26}]},
        {"scores": [data_of("phq9")["scores"][0] | {"bands": [{"from": 1, "label": "x"}]}]},
        {"scores": [data_of("phq9")["scores"][0] | {"method": "magic"}]},
        {"scores": [data_of("phq9")["scores"][0] | {"items": ["1", "12"]}]},
    ],
)
def test_file_that_does_not_hold_together_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidInstrument):
        read_instrument(data_of("phq9") | wrong)

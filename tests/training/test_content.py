"""The shipped texts: complete, sourced, within the limits of their fields, and free of traps."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from portal.kit import words
from training import content
from training.enums import Answering, Audience, Axis, CardState, Freshness, Grade, Topic, Verdict
from training.rules.cases import Case, Decision, read_case
from training.rules.linting import CardFacts, lint

CARDS = {card["slug"]: card for card in content.cards()}
CARD_IDS = {slug: rank for rank, slug in enumerate(CARDS, 1)}
TOOL_IDS = {tool["slug"]: rank for rank, tool in enumerate(content.tools(), 1)}
IMAGE_IDS = {path.name: rank for rank, path in enumerate(content.FIGURES.glob("*.png"), 1)}
VIGNETTES = {vignette["slug"]: vignette for vignette in content.vignettes()}
MODULES = {module["slug"]: module for module in content.modules()}
EXPERTS = content.experts()

Raw = dict[str, Any]


def case_of(steps: list[Raw], of: str) -> Case:
    raw = content.raw_steps(steps, CARD_IDS, of=of, tool_ids=TOOL_IDS, image_ids=IMAGE_IDS)
    return read_case(raw)


CASES = {slug: case_of(vignette["steps"], slug) for slug, vignette in VIGNETTES.items()}
TESTS = {
    f"{slug}/{part}": case_of(module[part], f"{slug}/{part}")
    for slug, module in MODULES.items()
    for part in ("pretest", "posttest")
}
DECISIONS = {
    f"{of}/{decision.name}": decision
    for of, case in (CASES | TESTS).items()
    for decision in case.decisions
}
DOCUMENTS: dict[str, Any] = {
    "cards": content.cards(),
    "tools": content.tools(),
    "experts": EXPERTS,
    **VIGNETTES,
    **MODULES,
}
decisions = pytest.mark.parametrize("decision", DECISIONS.values(), ids=DECISIONS.keys())
cases = pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
modules = pytest.mark.parametrize("module", MODULES.values(), ids=MODULES.keys())
documents = pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS.keys())


def texts(value: Any) -> Iterator[str]:
    """Every string of a file, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for held in value.values() for text in texts(held))
    elif isinstance(value, list):
        yield from (text for held in value for text in texts(held))


def cited(value: Any) -> Iterator[str]:
    """Slugs of the cards that a file quotes."""
    if isinstance(value, list):
        yield from (slug for held in value for slug in cited(held))
    elif isinstance(value, dict):
        for key, held in value.items():
            if key in {"evidence", "card"}:
                yield from [held] if isinstance(held, str) else held
            else:
                yield from cited(held)


# Evidence cards.


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS.keys())
def test_card_complete(card: Raw) -> None:
    limits = {
        "claim": 240,
        "figure": 60,
        "population": 200,
        "reference": 300,
        "identifier": 120,
        "published": 40,
        "conflicts": 400,
    }
    assert [key for key, most in limits.items() if len(card.get(key, "")) > most] == []
    assert [key for key in ("claim", "population", "reference") if not card[key]] == []
    assert card["review_on"].year >= 2027
    assert Grade(card["grade"]) in Grade
    assert Freshness(card["freshness"]) in Freshness


def test_card_slugs_once() -> None:
    assert len(CARDS) == len(content.cards())


def test_card_never_shipped_as_signed() -> None:
    assert {card.get("state", CardState.TO_VERIFY) for card in CARDS.values()} == {"to_verify"}


def test_card_links_known() -> None:
    linked = {slug for card in CARDS.values() for slug in card.get("conflicts_with", [])}
    linked |= {card["updates"] for card in CARDS.values() if "updates" in card}
    assert linked - set(CARDS) == set()


def test_card_conflict_said_in_words() -> None:
    silent = [s for s, c in CARDS.items() if c.get("conflicts_with") and not c.get("conflicts")]
    assert silent == []


def test_identifiers_only_where_checked() -> None:
    """A DOI is written once it was seen in the record of its journal: none is guessed."""
    dois = {c["identifier"] for c in CARDS.values() if c.get("identifier", "").startswith("10.")}
    assert dois == {
        "10.1001/jama.2009.1568",
        "10.1016/S1474-4422(14)70251-0",
        "10.1016/S1474-4422(25)00068-7",
        "10.1016/j.neurol.2020.01.361",
        "10.1016/j.pain.2010.03.034",
        "10.1093/hropen/hoac009",
        "10.1136/annrheumdis-2016-209724",
        "10.1136/bmj.f1865",
    }


def test_every_card_quoted() -> None:
    linked = {slug for card in CARDS.values() for slug in card.get("conflicts_with", [])}
    linked |= {card["updates"] for card in CARDS.values() if "updates" in card}
    quoted = set(cited([list(VIGNETTES.values()), list(MODULES.values())]))
    assert set(CARDS) - quoted - linked == set()
    assert quoted - set(CARDS) == set()


# Decisions, in cases and tests.


@decisions
def test_every_option_explained_and_sourced(decision: Decision) -> None:
    assert [o.text for o in decision.options if not (o.feedback and o.evidence)] == []
    assert decision.evidence


@decisions
def test_options_few_and_distinct(decision: Decision) -> None:
    options = [option.text for option in decision.options]
    assert 3 <= len(options) <= 5
    assert len(set(options)) == len(options)
    assert len(decision.stem) <= 300
    assert max(map(len, options)) <= 240


@decisions
def test_key_fits_the_kind(decision: Decision) -> None:
    verdicts = [option.verdict for option in decision.options]
    in_many = {Verdict.REQUIRED, Verdict.FORBIDDEN}
    match decision.answering:
        case Answering.ONE | Answering.SHORT:
            assert verdicts.count(Verdict.RIGHT) == 1
            assert not in_many & set(verdicts)
        case Answering.SEVERAL:
            assert sum(option.credited for option in decision.options) >= 2
            assert {Verdict.WRONG, Verdict.FORBIDDEN} & set(verdicts)
        case Answering.ORDER:
            assert set(verdicts) == {Verdict.RIGHT}
    otherwise = [option.otherwise for option in decision.options]
    assert otherwise == [False] * (len(otherwise) - 1) + [decision.answering is Answering.SHORT]


@decisions
def test_wording_gives_nothing_away(decision: Decision) -> None:
    hints = r"\b(toujours|jamais|aucune?|tou(s|te|tes)|uniquement|exclusivement|systématiquement)\b"
    assert [o.text for o in decision.options if re.search(hints, o.text.lower())] == []
    assert re.search(r"\b(ne|n'|sauf|excepté|pas|faux|fausse)\b", decision.stem.lower()) is None
    assert "toutes les réponses" not in decision.stem.lower()


def test_key_seldom_the_longest() -> None:
    single = [d for d in DECISIONS.values() if d.answering is Answering.ONE]
    longest = [d for d in single if max(d.options, key=lambda o: len(o.text)).credited]
    assert len(longest) / len(single) < 0.4
    for decision in longest:
        key, *others = sorted((len(o.text) for o in decision.options), reverse=True)
        assert key <= 1.25 * others[0], decision.stem


def test_key_at_every_place() -> None:
    single = [d for of, d in DECISIONS.items() if d.answering is Answering.ONE]
    places = [next(i for i, o in enumerate(d.options) if o.credited) for d in single]
    assert max(places.count(place) for place in range(4)) <= len(single) / 2
    assert set(range(4)) <= set(places)


@pytest.mark.parametrize("of", [*CASES, *TESTS])
def test_linter_finds_nothing_but_cards_to_sign(of: str) -> None:
    facts = {
        CARD_IDS[slug]: CardFacts(CardState.TO_VERIFY, card["review_on"], has_reference=True)
        for slug, card in CARDS.items()
    }
    case = (CASES | TESTS)[of]
    remarks = lint(case, cards=facts, today=date(2026, 12, 1), needs_take_home=of in CASES)
    assert {remark.code.value for remark in remarks} == {"card_to_verify"}


@cases
def test_figure_rests_on_a_reference_that_can_be_checked(case: Case) -> None:
    checked = {CARD_IDS[slug] for slug, card in CARDS.items() if card.get("identifier")}
    assert [f.name for f in case.steps if f.kind == "figure" and not checked & {*f.evidence}] == []


# The three cases.


@pytest.mark.parametrize(("slug", "count"), [("mme-d", 4), ("mme-r", 5), ("mme-l", 4)])
def test_first_decision_has_the_options_of_the_source(slug: str, count: int) -> None:
    first = CASES[slug].decisions[0]
    assert (first.name, first.answering, len(first.options)) == (
        "premier-choix",
        Answering.ONE,
        count,
    )


def test_other_answer_of_mme_r_asks_for_words() -> None:
    chosen = [option for option in CASES["mme-r"].decisions[0].options if option.own_words]
    assert [option.verdict for option in chosen] == [Verdict.RIGHT]


@cases
def test_every_step_reached_and_every_way_ends(case: Case) -> None:
    reached, ahead = set(), [case.steps[0]]
    while ahead:
        step = ahead.pop()
        reached.add(step.name)
        for target, following in case.exits(step):
            assert following is not None or not target, target
            if following is None:
                assert step is case.steps[-1]
            else:
                assert case.steps.index(following) > case.steps.index(step)  # hence no loop
                ahead.append(following)
    assert reached == {step.name for step in case.steps}


@cases
def test_names_and_ids_once(case: Case) -> None:
    names = [step.name for step in case.steps]
    assert all(names)
    assert len(set(names)) == len(names)
    ids = [step.id for step in case.steps]
    ids += [option.id for decision in case.decisions for option in decision.options]
    assert len(set(ids)) == len(ids)


@cases
def test_ends_with_a_few_points_to_take_home(case: Case) -> None:
    last = case.steps[-1]
    points = [item["value"] for item in last.value["points"]]
    assert last.kind == "take_home"
    assert 3 <= len(points) <= 4
    assert max(map(len, points)) <= 240


@cases
def test_figures_described_and_sourced(case: Case) -> None:
    figures = [step for step in case.steps if step.kind == "figure"]
    assert figures
    for figure in figures:
        assert figure.evidence
        assert 0 < len(figure.value["alt"]) <= 300
        assert len(figure.value["caption"]) <= 200


def test_kinds_of_decisions_all_shown() -> None:
    assert {d.answering for case in CASES.values() for d in case.decisions} == set(Answering)


def test_a_branch_returns_to_the_path() -> None:
    branching = [
        option.target for case in CASES.values() for d in case.decisions for option in d.options
    ]
    assert {target for target in branching if target} == {"trois-semaines", "un-mois"}


@pytest.mark.parametrize("vignette", VIGNETTES.values(), ids=VIGNETTES.keys())
def test_vignette_short_and_public_summary_silent(vignette: Raw) -> None:
    assert vignette["minutes"] <= 6
    assert Topic(vignette["topic"]) in Topic
    assert Audience(vignette["audience"]) in Audience
    assert len(vignette["summary"]) <= 400
    answers = ["neuropath", "névralg", "périnéale", "refaire le point", "réévaluer"]
    shown = f"{vignette['title']} {vignette['summary']}".lower()
    assert [answer for answer in answers if answer in shown] == []


# The three modules.


@modules
def test_module_says_all_that_an_attestation_needs(module: Raw) -> None:
    assert Axis(module["axis"]) in Axis
    assert Topic(module["topic"]) in Topic
    assert module["pass_mark"] == 70
    assert module["interests"]
    assert module["scientific_lead"]
    assert len(module["summary"]) <= 400
    assert 3 <= len(module["objectives"]) <= 4
    assert module["vignettes"]
    assert set(module["vignettes"]) <= set(VIGNETTES)


@modules
def test_pretest_and_posttest_parallel(module: Raw) -> None:
    before, after = module["pretest"], module["posttest"]
    assert 5 <= len(before) <= 6

    def form(questions: list[Raw]) -> list[tuple[str, ...]]:
        return [(q["name"], q["objective"], q["answering"]) for q in questions]

    assert form(before) == form(after)
    assert {q["objective"] for q in before} == {o["slug"] for o in module["objectives"]}
    assert [q["stem"] for q, r in zip(before, after, strict=True) if q["stem"] == r["stem"]] == []


@modules
def test_lessons_end_with_key_points_and_quote_evidence(module: Raw) -> None:
    assert len(module["lessons"]) >= 2
    for lesson in module["lessons"]:
        body = content.raw_lesson(
            lesson["body"], CARD_IDS, IMAGE_IDS, of=f"{module['slug']}/{lesson['slug']}"
        )
        kinds = [block["type"] for block in body]
        assert kinds[0] == "heading"
        assert kinds[-1] == "key_points"
        assert "evidence" in kinds
        assert ("heading", "heading") not in list(pairwise(kinds))
        assert max(len(point["value"]) for point in body[-1]["value"]) <= 240


def test_objectives_once_and_short() -> None:
    told = [o for page in (*VIGNETTES.values(), *MODULES.values()) for o in page["objectives"]]
    assert len({o["slug"] for o in told}) == len(told)
    assert max(len(o["text"]) for o in told) <= 200


# Words, files and form.


@documents
def test_words_of_the_house(document: Any) -> None:
    forbidden = r"\bDPC\b|\bobservance|\badhérence|\bvalidant|01 45 45|toutes les réponses"
    assert [text for text in texts(document) if re.search(forbidden, text)] == []


@documents
def test_people_are_initials_or_functions(document: Any) -> None:
    named = r"\b(Mme|M\.|Dr|Pr|Docteur|Professeure?) [A-ZÉ][a-zé]"
    assert [text for text in texts(document) if re.search(named, text)] == []


@documents
def test_typed_plainly_for_the_typeset_filter(document: Any) -> None:
    assert [text for text in texts(document) if re.search("[\u00a0\u202f’]|  | $", text)] == []


@documents
def test_no_french_space_forgotten(document: Any) -> None:
    """A double sign without its space is left as it is by the filter: it must be typed."""
    written = [words.typeset(text) for text in texts(document) if "://" not in text]
    assert [text for text in written if re.search(r"[^\W\d][;!?]", text)] == []


def test_tools_without_protected_text() -> None:
    allowed = {
        "slug",
        "title",
        "purpose",
        "score_rule",
        "reference",
        "licence",
        "holder",
        "official_link",
        "evidence",
    }
    assert [set(tool) - allowed for tool in content.tools()] == [set(), set()]
    assert {tool["licence"] for tool in content.tools()} == {"restricted"}


def test_experts_declare_interests() -> None:
    assert len(EXPERTS) == 3
    assert all(expert["interests"] for expert in EXPERTS)


def test_figures_light() -> None:
    assert {
        path.name for path in content.FIGURES.iterdir() if path.stat().st_size > 60_000
    } == set()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("a < b, **fort**", "<p>a &lt; b, <b>fort</b></p>"),
        ("un\n\ndeux", "<p>un</p><p>deux</p>"),
        ("Voici :\n\n- un\n- **deux**\n", "<p>Voici :</p><ul><li>un</li><li><b>deux</b></li></ul>"),
        ("", ""),
    ],
)
def test_rich_text(typed: str, stored: str) -> None:
    assert content.rich(typed) == stored


def test_ids_stable_and_known_cards_asked() -> None:
    steps = VIGNETTES["mme-d"]["steps"]
    assert case_of(steps, "mme-d").steps[0].id == content.block_id("mme-d", "recit")
    with pytest.raises(KeyError):
        content.raw_steps(steps, {}, of="mme-d", tool_ids=TOOL_IDS, image_ids=IMAGE_IDS)

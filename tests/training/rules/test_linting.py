"""Each remark with a case that earns it and a case, close by, that does not."""

from datetime import date
from typing import Any

import pytest

from tests.training.rules.written import (
    Raw,
    cards,
    case,
    decision,
    figure,
    narrative,
    option,
    take_home,
)
from training.enums import CardState, Flaw, Severity
from training.rules.linting import CardFacts, Remark, lint, publishable

TODAY = date(2026, 11, 22)
KNOWN = {
    1: CardFacts(CardState.SIGNED, date(2027, 11, 22), has_reference=True),
    2: CardFacts(CardState.TO_VERIFY, None, has_reference=True),
    3: CardFacts(CardState.SIGNED, date(2026, 11, 21), has_reference=True),
    4: CardFacts(CardState.SIGNED, TODAY, has_reference=False),
}
ERROR, WARNING, ADVICE = Severity
WORDY = "Elle dort mal depuis un an et se lève fatiguée."  # 10 words
HARD = (
    "L’évaluation multidimensionnelle interdisciplinaire individualisée conditionne"
    " l’organisation institutionnelle ultérieure. "
)


def remarks(*steps: Raw, **known: Any) -> list[Remark]:
    return lint(case(*steps), cards=KNOWN, today=TODAY, **known)


def told(*steps: Raw) -> list[tuple[Flaw, Severity, str, str | None]]:
    return [(each.code, each.severity, each.step_id, each.option_id) for each in remarks(*steps)]


def asked(*texts: str, key: int = 0, **value: Any) -> Raw:
    """A decision whose options bear these texts; the key is the first, unless told otherwise."""
    options = [
        option(str(place), "right" if place == key else "wrong", text=text)
        for place, text in enumerate(texts)
    ]
    return decision("d", *options, **value)


def five(answering: str, count: int) -> Raw:
    others = [option(str(place)) for place in range(count - 1)]
    return decision("d", option("key", "right"), *others, answering=answering)


def short(*options: Raw) -> Raw:
    return decision("d", *options, answering="short")


KEY = option("k", "right", text="Réponse k")
OTHER = option("o", otherwise=True)

FAILING: list[tuple[Raw, Flaw, Severity, str | None]] = [
    (decision("d", KEY, option("x", feedback="")), Flaw.NO_FEEDBACK, ERROR, "x"),
    (decision("d", KEY, option("x", feedback="<p> </p>")), Flaw.NO_FEEDBACK, ERROR, "x"),
    (decision("d", option("x"), option("y", "acceptable")), Flaw.NO_KEY, ERROR, None),
    (short(option("x"), OTHER), Flaw.NO_KEY, ERROR, None),
    (decision("d", KEY, option("x", "right")), Flaw.SEVERAL_KEYS, ERROR, None),
    (decision("d", KEY), Flaw.TOO_FEW_OPTIONS, ERROR, None),
    (decision("d", KEY, option("x"), answering="order"), Flaw.TOO_FEW_OPTIONS, ERROR, None),
    (five("one", 6), Flaw.TOO_MANY_OPTIONS, WARNING, None),
    (five("order", 6), Flaw.TOO_MANY_OPTIONS, WARNING, None),
    (asked("Un antalgique", "Du repos", "l’Antalgique."), Flaw.TWIN_OPTIONS, ERROR, "2"),
    (short(KEY, option("x", forms="réponses K"), OTHER), Flaw.TWIN_OPTIONS, ERROR, "x"),
    (short(KEY, option("x")), Flaw.NO_OTHERWISE, ERROR, None),
    (
        decision("d", KEY, option("x", "forbidden")),
        Flaw.VERDICT_OUT_OF_PLACE,
        WARNING,
        "x",
    ),
    (
        decision("d", option("x"), option("y", "required")),
        Flaw.VERDICT_OUT_OF_PLACE,
        WARNING,
        "y",
    ),
    (asked("A" * 15, "B" * 10, "C" * 4), Flaw.LONG_KEY, ADVICE, "0"),
    (
        asked(
            "Traiter la neuropathie", "Opérer", "Rassurer tout de suite", stem="Une neuropathie ?"
        ),
        Flaw.REPEATED_CUE,
        ADVICE,
        "0",
    ),
    (asked("Un", "Deux", "Toutes les réponses ci-dessus"), Flaw.ALL_OR_NONE, WARNING, "2"),
    (asked("Un", "Deux", "Aucune de ces réponses"), Flaw.ALL_OR_NONE, WARNING, "2"),
    (asked("Un", "Deux", "Ne jamais opérer"), Flaw.ABSOLUTE_WORD, WARNING, "2"),
    (asked("Un", "Deux", "Opérer toutes les femmes"), Flaw.ABSOLUTE_WORD, WARNING, "2"),
    (decision(stem="Que ne faut-il pas proposer ?"), Flaw.NEGATIVE_STEM, WARNING, None),
    (decision(stem="Que ne pas faire ?"), Flaw.NEGATIVE_STEM, WARNING, None),
    (decision(stem="Qu’est-ce qui n’est pas indiqué ?"), Flaw.NEGATIVE_STEM, WARNING, None),
    (decision(stem="Tout convient, sauf :"), Flaw.NEGATIVE_STEM, WARNING, None),
    (decision(stem="Elle a mal. Laquelle est fausse ?"), Flaw.NEGATIVE_STEM, WARNING, None),
    (
        decision("d", option("k", "right", evidence=[]), option("x", evidence=[]), evidence=[]),
        Flaw.NO_EVIDENCE,
        WARNING,
        None,
    ),
    (decision("d", KEY, option("x", evidence=[]), evidence=[]), Flaw.NO_EVIDENCE, WARNING, "x"),
    (decision(evidence=cards(9)), Flaw.UNKNOWN_CARD, ERROR, None),
    (
        decision("d", KEY, option("x", evidence=cards(4))),
        Flaw.CARD_WITHOUT_REFERENCE,
        WARNING,
        "x",
    ),
    (decision(evidence=cards(3)), Flaw.REVIEW_OVERDUE, WARNING, None),
    (decision(evidence=cards(2)), Flaw.CARD_TO_VERIFY, ADVICE, None),
    (decision(stem=" ".join([WORDY] * 4) + " Que dire ?"), Flaw.LONG_STEM, ADVICE, None),
    (
        decision(stem=("Elle a mal et " * 7) + "voilà ?"),
        Flaw.LONG_SENTENCES,
        ADVICE,
        None,
    ),
]

PASSING: list[tuple[Raw, Flaw]] = [
    (decision("d", KEY, option("x", feedback="<p>Non.</p>")), Flaw.NO_FEEDBACK),
    (decision("d", KEY, option("y", "acceptable")), Flaw.NO_KEY),
    (decision("d", *(option(each) for each in "xyz"), answering="order"), Flaw.NO_KEY),
    (decision("d", KEY, option("x", "acceptable")), Flaw.SEVERAL_KEYS),
    (decision("d", KEY, option("x", "right"), answering="several"), Flaw.SEVERAL_KEYS),
    (short(KEY, option("x", "right"), OTHER), Flaw.SEVERAL_KEYS),
    (decision("d", KEY, option("x")), Flaw.TOO_FEW_OPTIONS),
    (five("order", 3), Flaw.TOO_FEW_OPTIONS),
    (five("one", 5), Flaw.TOO_MANY_OPTIONS),
    (five("short", 6), Flaw.TOO_MANY_OPTIONS),
    (asked("Un antalgique", "Du repos", "Deux antalgiques"), Flaw.TWIN_OPTIONS),
    (short(KEY, option("x", forms="une forme\nla forme"), OTHER), Flaw.TWIN_OPTIONS),
    (short(KEY, OTHER), Flaw.NO_OTHERWISE),
    (decision("d", KEY, option("x")), Flaw.NO_OTHERWISE),
    (
        decision("d", KEY, option("x", "forbidden"), answering="several"),
        Flaw.VERDICT_OUT_OF_PLACE,
    ),
    (asked("A" * 14, "B" * 10, "C" * 4), Flaw.LONG_KEY),
    (asked("A" * 15, "B" * 10, "C" * 4, key=2), Flaw.LONG_KEY),
    (asked("A" * 15, "B" * 10, answering="several"), Flaw.LONG_KEY),
    (asked("Une neuropathie", "Les neuropathies", stem="Une neuropathie ?"), Flaw.REPEATED_CUE),
    (asked("La peau", "Le nerf", stem="La peau ?"), Flaw.REPEATED_CUE),
    (asked("Un", "Deux", "Répondre à toutes les questions"), Flaw.ALL_OR_NONE),
    (asked("Un", "Deux", "Un comprimé toutes les six heures"), Flaw.ABSOLUTE_WORD),
    (asked("Un", "Deux", "Marcher tous les jours"), Flaw.ABSOLUTE_WORD),
    (short(KEY, option("x", text="Jamais"), OTHER), Flaw.ABSOLUTE_WORD),
    (decision(stem="Elle ne dort plus. Que proposez-vous ?"), Flaw.NEGATIVE_STEM),
    (decision(stem="Que proposer à Mme N. ?"), Flaw.NEGATIVE_STEM),
    (decision("d", KEY, option("x", evidence=[])), Flaw.NO_EVIDENCE),
    (decision("d", KEY, option("x"), evidence=[]), Flaw.NO_EVIDENCE),
    (
        decision(
            "d", KEY, option("o", otherwise=True, evidence=[]), answering="short", evidence=[]
        ),
        Flaw.NO_EVIDENCE,
    ),
    (decision(evidence=cards(4)), Flaw.UNKNOWN_CARD),
    (decision(evidence=cards(3)), Flaw.CARD_WITHOUT_REFERENCE),
    (decision(evidence=cards(4)), Flaw.REVIEW_OVERDUE),  # to be read again today
    (decision(evidence=cards(2)), Flaw.REVIEW_OVERDUE),  # no date fixed yet
    (decision(evidence=cards(3)), Flaw.CARD_TO_VERIFY),
    (decision(stem=" ".join([WORDY] * 3) + " Que dire ?"), Flaw.LONG_STEM),
    (decision(stem=("Elle a mal et " * 6) + "voilà ?"), Flaw.LONG_SENTENCES),
]


@pytest.mark.parametrize(("step", "code", "severity", "option_id"), FAILING)
def test_remark_on_a_decision(
    step: Raw, code: Flaw, severity: Severity, option_id: str | None
) -> None:
    assert (code, severity, "d", option_id) in told(step, take_home())


@pytest.mark.parametrize(("step", "code"), PASSING)
def test_no_remark_on_a_decision(step: Raw, code: Flaw) -> None:
    assert code not in {remark.code for remark in remarks(step, take_home())}


@pytest.mark.parametrize(
    ("step", "code", "severity"),
    [
        (figure(evidence=[]), Flaw.NO_SOURCE, ERROR),
        (figure(evidence=cards(4)), Flaw.NO_SOURCE, ERROR),
        (figure(alt=" "), Flaw.NO_ALT, ERROR),
        (figure(alt=None), Flaw.NO_ALT, ERROR),
        (narrative(text=f"<p>{WORDY * 19}</p>".replace(".", ". ")), Flaw.LONG_NARRATIVE, ADVICE),
        (narrative(text=f"<p>{'elle a mal et ' * 7}</p>"), Flaw.LONG_SENTENCES, ADVICE),
        (narrative(text=f"<p>{HARD * 6}</p>"), Flaw.HARD_TO_READ, WARNING),
        (take_home(points=()), Flaw.NO_POINTS, ERROR),
        (take_home(points=(" ",)), Flaw.NO_POINTS, ERROR),
    ],
)
def test_remark_on_a_screen(step: Raw, code: Flaw, severity: Severity) -> None:
    assert (code, severity, step["id"], None) in told(decision(), step)


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (figure(), Flaw.NO_SOURCE),
        (figure(evidence=cards(4, 2)), Flaw.NO_SOURCE),
        (figure(), Flaw.NO_ALT),
        (narrative(text=f"<p>{WORDY * 18}</p>".replace(".", ". ")), Flaw.LONG_NARRATIVE),
        (narrative(text=f"<p>{'elle a mal et ' * 6}</p>"), Flaw.LONG_SENTENCES),
        (narrative(text="<ul>" + f"<li>{WORDY[:-1]}</li>" * 5 + "</ul>"), Flaw.LONG_SENTENCES),
        (narrative(text=f"<p>{HARD * 2}</p>"), Flaw.HARD_TO_READ),  # too short to be judged
        (narrative(text=f"<p>{WORDY * 6}</p>"), Flaw.HARD_TO_READ),
        (take_home(), Flaw.NO_POINTS),
    ],
)
def test_no_remark_on_a_screen(step: Raw, code: Flaw) -> None:
    assert code not in {remark.code for remark in remarks(decision(), step)}


def test_key_longest_everywhere() -> None:
    first, second = asked("Longue", "Brève"), asked("Ici", "Même là-bas", key=1)
    again = {**second, "id": "e"}
    assert told(first, again, take_home()) == [
        (Flaw.LONGEST_KEYS, WARNING, "", None),
        (Flaw.LONG_KEY, ADVICE, "e", "1"),
    ]


def codes_of_two(second: Raw) -> set[Flaw]:
    steps = (asked("Longue", "Brève"), {**second, "id": "e"}, take_home())
    return {remark.code for remark in remarks(*steps)}


@pytest.mark.parametrize(
    ("second", "flagged"),
    [
        (asked("Ici", "Là"), True),
        (asked("Ici", "Là", answering="several"), False),  # one decision with a single answer
        (asked("Ici", "Même là-bas"), False),
        (asked("Même", "Là-bas", "Là"), False),
        (asked("Même", "Meme."), False),
    ],
)
def test_key_longest_now_and_then(second: Raw, flagged: bool) -> None:
    assert (Flaw.LONGEST_KEYS in codes_of_two(second)) is flagged


def test_faults_of_the_graph_are_errors() -> None:
    found = remarks(decision("d", option("a", target="lost"), KEY), take_home())
    assert found == [
        Remark(Flaw.UNKNOWN_TARGET, ERROR, "d", None, {"name": "lost"}),
    ]


def test_figures_of_the_sentence() -> None:
    texts = ("Un", "Deux", "Opérer Toujours, vite")
    found = remarks(asked(*texts), take_home())
    assert [remark.figures for remark in found] == [{"name": "Toujours"}]


def test_gravest_first_in_the_order_of_steps() -> None:
    steps = [
        narrative(text=f"<p>{'elle a mal et ' * 7}</p>"),
        asked("Un", "Deux", "Toujours", stem="Que ne pas faire ?", evidence=cards(2, 9)),
    ]
    assert [(remark.step_id, remark.severity) for remark in remarks(*steps)] == [
        ("n", ADVICE),
        ("d", ERROR),
        ("d", ERROR),
        ("d", WARNING),
        ("d", WARNING),
        ("d", ADVICE),
    ]


def test_sound_case() -> None:
    steps = [narrative(), figure(), decision(), take_home()]
    assert remarks(*steps) == []
    assert publishable(remarks(*steps)) is True


def test_publishable_with_warnings_alone() -> None:
    worrying = remarks(decision(stem="Que ne pas faire ?"), take_home())
    assert [remark.severity for remark in worrying] == [WARNING]
    assert publishable(worrying) is True
    assert publishable([*worrying, Remark(Flaw.NO_ALT, ERROR)]) is False


def test_tests_end_with_a_decision() -> None:
    assert remarks(decision("d"), decision("e", stem="Et ?"), needs_take_home=False) == []

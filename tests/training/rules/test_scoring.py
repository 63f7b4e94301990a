"""What each way of answering earns, by tables, and what no answer may ever earn."""

from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.rules.written import option, single
from training.enums import Unanswered, Verdict
from training.rules.cases import Decision
from training.rules.scoring import Unanswerable, credit, is_right, recognise
from training.rules.words import bare_words

ONE = single(option("a"), option("b", "right"), option("c", "acceptable"))
SEVERAL = single(
    option("a", "right"),
    option("b", "right"),
    option("c", "right"),
    option("d", "wrong"),
    option("e", "wrong"),
    option("f", "acceptable"),
    answering="several",
)
STRICT = single(
    option("a", "required"),
    option("b", "right"),
    option("c", "wrong"),
    option("d", "forbidden"),
    answering="several",
)
ORDER = single(*(option(each, "right") for each in "abcd"), answering="order")
SHORT = single(
    option("dn4", "right", text="Douleur neuropathique", forms="névralgie\nintercosto-brachiale"),
    option("t1", "right", text="Territoires T1"),
    option("abd", "wrong", text="Abduction", forms="abductions limitées"),
    option("add", "acceptable", text="Adduction"),
    option("other", "wrong", text="Autre chose", otherwise=True),
    answering="short",
)


@pytest.mark.parametrize(
    ("decision", "chosen", "earned"),
    [
        (ONE, "b", "1"),
        (ONE, "a", "0"),
        (ONE, "c", "0"),
        (SEVERAL, "abc", "1"),
        (SEVERAL, "cab", "1"),
        (SEVERAL, "abcf", "1"),
        (SEVERAL, "ab", "0.5"),
        (SEVERAL, "abcd", "0.5"),
        (SEVERAL, "a", "0.2"),
        (SEVERAL, "abd", "0.2"),
        (SEVERAL, "abcde", "0.2"),
        (SEVERAL, "ad", "0"),
        (SEVERAL, "f", "0"),
        (SEVERAL, "de", "0"),
        (STRICT, "ab", "1"),
        (STRICT, "a", "0.5"),
        (STRICT, "abc", "0.5"),
        (STRICT, "ac", "0.2"),
        (STRICT, "b", "0"),
        (STRICT, "abd", "0"),
        (ORDER, "abcd", "1"),
        (ORDER, "bacd", "0.5"),
        (ORDER, "acbd", "0.5"),
        (ORDER, "abdc", "0.5"),
        (ORDER, "badc", "0"),
        (ORDER, "cbad", "0"),
        (ORDER, "dcba", "0"),
    ],
)
def test_credit(decision: Decision, chosen: str, earned: str) -> None:
    assert credit(decision, list(chosen)) == Decimal(earned)


@pytest.mark.parametrize(("chosen", "earned"), [("dn4", "1"), ("abd", "0"), ("add", "0")])
def test_credit_of_recognised(chosen: str, earned: str) -> None:
    assert credit(SHORT, [chosen]) == Decimal(earned)


@pytest.mark.parametrize(
    ("decision", "chosen", "code"),
    [
        (ONE, [], Unanswered.EMPTY),
        (ONE, ["z"], Unanswered.UNKNOWN),
        (ONE, ["b", "z"], Unanswered.UNKNOWN),
        (ONE, ["a", "b"], Unanswered.MORE_THAN_ONE),
        (ONE, ["b", "b"], Unanswered.REPEATED),
        (SEVERAL, [], Unanswered.EMPTY),
        (SEVERAL, ["a", "a"], Unanswered.REPEATED),
        (ORDER, ["a", "b"], Unanswered.INCOMPLETE),
        (ORDER, ["a", "b", "c", "c"], Unanswered.REPEATED),
        (SHORT, ["dn4", "abd"], Unanswered.MORE_THAN_ONE),
    ],
)
def test_not_an_answer(decision: Decision, chosen: list[str], code: Unanswered) -> None:
    with pytest.raises(Unanswerable) as refused:
        credit(decision, chosen)
    assert refused.value.code is code


@pytest.mark.parametrize(
    ("earned", "right"), [("1", True), ("1.00", True), ("0.5", False), ("0.2", False), ("0", False)]
)
def test_right_is_full_credit(earned: str, right: bool) -> None:
    assert is_right(Decimal(earned)) is right


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Douleur neuropathique", "dn4"),
        ("  douleurs   NEUROPATHIQUES !", "dn4"),
        ("une douleur neuropatique", "dn4"),
        ("douleur neurpoathique", "dn4"),
        ("duoleur neuropathiqu", "dn4"),
        ("l’intercosto brachiale", "dn4"),
        ("intercostobrachiale", "dn4"),
        ("nevralgies", "dn4"),
        ("nevrlgia", "other"),  # two errors in one word
        ("douleur", "other"),
        ("territoire T1", "t1"),
        ("territoire T2", "other"),  # a figure must be exact
        ("abduction", "abd"),
        ("adduction", "add"),
        ("aduction", "other"),  # two options are as near: a doubt never decides
        ("opioïde", "other"),
    ],
)
def test_short_answer_recognised(words: str, found: str) -> None:
    assert recognise(SHORT, words).id == found


@pytest.mark.parametrize("words", ["", "   ", "?!", "de la", "l’"])
def test_short_answer_without_word(words: str) -> None:
    with pytest.raises(Unanswerable) as refused:
        recognise(SHORT, words)
    assert refused.value.code is Unanswered.EMPTY


def test_short_answer_without_otherwise() -> None:
    with pytest.raises(Unanswerable) as refused:
        recognise(single(option("a", "right", text="Sciatique"), answering="short"), "lumbago")
    assert refused.value.code is Unanswered.UNRECOGNISED


verdicts = st.lists(st.sampled_from([each.value for each in Verdict]), min_size=1, max_size=6)


@given(verdicts=verdicts, data=st.data())
def test_neutral_option_changes_nothing(verdicts: list[str], data: st.DataObject) -> None:
    ids = [str(place) for place in range(len(verdicts))]
    decision = single(
        *(option(each, verdict) for each, verdict in zip(ids, verdicts, strict=True)),
        option("neutral", "acceptable"),
        answering="several",
    )
    chosen = data.draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
    assert credit(decision, chosen) == credit(decision, [*chosen, "neutral"])


@given(verdicts=verdicts, data=st.data())
def test_one_more_discordance_never_earns_more(verdicts: list[str], data: st.DataObject) -> None:
    ids = [str(place) for place in range(len(verdicts))]
    decision = single(
        *(option(each, verdict) for each, verdict in zip(ids, verdicts, strict=True)),
        answering="several",
    )
    chosen = data.draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
    before = credit(decision, chosen)
    assert before in {Decimal(1), Decimal("0.5"), Decimal("0.2"), Decimal(0)}
    for each in decision.options:
        if each.id not in chosen and each.verdict in {Verdict.WRONG, Verdict.FORBIDDEN}:
            assert credit(decision, [*chosen, each.id]) <= before


def test_orders_that_earn() -> None:
    """Of 24 orders of four, one is exact and three are a swap of neighbours away."""
    earned = sorted(credit(ORDER, each) for each in permutations("abcd"))
    assert earned == [Decimal(0)] * 20 + [Decimal("0.5")] * 3 + [Decimal(1)]


@given(st.text(alphabet="abcdeéèïôçñ' -’.,", max_size=30).filter(bare_words))
def test_case_and_accents_never_count(words: str) -> None:
    decision = single(option("a", "right", text=words), option("o", otherwise=True))
    assert recognise(decision, words.upper()) == recognise(decision, words) == decision.options[0]

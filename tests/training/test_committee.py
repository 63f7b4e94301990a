"""What the committee reads of the questions: figures by hand, nothing under twenty, constant cost.

Of twenty learners (`tests.factories.answers.TWENTY`), 12 are right at the first question and 10 at
the second, 9 at both. Facility 12/20, Wilson's interval 0.387 to 0.781. Corrected point-biserial:
(9·7 − 3·1) / √(12·8·10·10) = 0.612, Fisher's interval 0.233 to 0.830. Times 10, 11… 29 s: median
19.5, quartiles 14.75 and 24.25. All are rather sure, which claims 0.733: 13 points too much.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pandas as pd
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from home.models import HomePage
from network.enums import Role
from network.models import User
from portal.kit.verify import recounts
from portal.kit.words import NBSP, THIN
from tests.databases import kept_apart
from tests.factories.answers import (
    NOW,
    TWENTY,
    answer,
    item_of,
    make_learner,
    make_two_questions,
    twenty_answer,
    two_questions,
)
from tests.factories.network import make_user
from tests.factories.training import make_module, sign
from training.actions.summaries import sum_up_questions
from training.enums import Flag, Part
from training.management.volume import load_answers
from training.models import CaseVersion, ItemSummary, VignettePage
from training.selectors import statistics
from training.selectors.questions import flagged_questions, versions_of_page
from training.selectors.sheets import points, seconds, tell_everybody
from training.selectors.statistics import count, statistics_of

pytestmark = pytest.mark.django_db
type SignedIn = Callable[[User], Client]


@pytest.fixture(scope="module")
def answered(loaded_site: None, django_db_blocker: Any) -> Iterator[VignettePage]:
    """A case of two questions, answered by twenty, and another by nobody; told in the night.

    Made once: each test leaves it as it was.
    """
    with kept_apart(django_db_blocker):
        page = make_two_questions(title="Alpha")
        make_two_questions(title="Aaa")
        twenty_answer(page)
        sum_up_questions(now=NOW)
        yield page


@pytest.fixture
def committee(site: HomePage, signed_in: SignedIn) -> Client:
    return signed_in(make_user(Role.EDITOR))


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.clear()


def text_of(client: Client, address: str) -> str:
    answered = client.get(address)
    assert answered.status_code == 200
    return answered.content.decode()


def address_of(page: VignettePage, name: str = "première") -> str:
    return reverse("training:question", args=[item_of(page, name).pk])


def publish_again(page: VignettePage, text: str) -> None:
    """The first question with its first wrong option said otherwise: a second version."""
    fresh = VignettePage.objects.get(pk=page.pk)
    steps = two_questions()
    steps[0]["value"]["options"][1]["value"]["text"] = text  # type: ignore[index]
    fresh.steps = steps
    sign(fresh)
    fresh.save_revision().publish()


def test_figures_are_those_computed_by_hand(answered: VignettePage, db: None) -> None:
    page = answered
    items = versions_of_page(page.translation_key)
    told = tell_everybody(item_of(page), count(page.translation_key, items, NOW))
    assert told.facility is not None
    assert told.discrimination is not None
    assert (told.answers, told.missing) == (20, 0)
    assert (told.facility.figure, told.facility.interval) == (f"60{NBSP}%", f"39 à 78{NBSP}%")
    assert (told.discrimination.figure, told.discrimination.interval) == ("0,61", "0,23 à 0,83")
    assert (told.time, told.quartiles) == (f"20{NBSP}s", f"15{NBSP}s à 24{NBSP}s")
    assert (told.certainty, told.gap) == ("2,0", f"+{THIN}13{NBSP}points")
    assert [line.people for line in told.options] == [
        "12 sur 20",
        "7 sur 20",
        "1 sur 20",
        "0 sur 20",
    ]
    assert [bool(line.flags) for line in told.options] == [False, False, False, True]


def test_page_of_a_question_shows_its_figures(answered: VignettePage, committee: Client) -> None:
    text = text_of(committee, address_of(answered))
    for shown in (f"60{NBSP}%", f"39 à 78{NBSP}%", "0,61", "0,23 à 0,83", "12 sur 20"):
        assert shown in text
    assert "encore 2 réponses" in text  # eighteen of other professions
    assert "encore 18 réponses" in text  # two physiotherapists


def test_under_twenty_answers_nothing_is_shown(committee: Client) -> None:
    page = make_two_questions()
    for choices in TWENTY[:19]:
        answer(page, choices, learner=make_learner())
    text = text_of(committee, address_of(page))
    assert "19\u00a0réponses\u00a0: il en manque 1" in text
    assert "Facilité</dt>" not in text
    assert "sur 19" not in text
    sum_up_questions(now=NOW)
    told = ItemSummary.objects.filter(item__case_key=page.translation_key)
    assert set(told.values_list("answers", "facility", "flags")) == {(19, None, "")}


def test_a_profession_is_shown_alone_when_it_suffices(committee: Client) -> None:
    page = make_two_questions()
    twenty_answer(page, physios=20)
    answer(page, ("jamais", "non"), learner=make_learner())
    address = address_of(page)
    assert "12 sur 21" in text_of(committee, address)
    assert "12 sur 20" in text_of(committee, f"{address}?profession=physio")


def test_answers_added_since_are_counted(answered: VignettePage, db: None) -> None:
    page = answered
    items = versions_of_page(page.translation_key)
    assert statistics_of(page.translation_key, items, NOW).answers == 40
    answer(page, ("vrai", "oui"), learner=make_learner())
    assert statistics_of(page.translation_key, items, NOW).answers == 42


def test_many_answers_are_counted_in_the_night(
    site: HomePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statistics, "FEW", 1)
    page = make_two_questions()
    items = versions_of_page(page.translation_key)
    answer(page, ("vrai", "oui"), learner=make_learner())
    assert statistics_of(page.translation_key, items, NOW).answers == 2
    answer(page, ("vrai", "oui"), learner=make_learner())
    assert statistics_of(page.translation_key, items, NOW).answers == 2
    sum_up_questions(now=NOW)
    assert statistics_of(page.translation_key, items, NOW).answers == 4


def test_each_version_has_its_own_figures(answered: VignettePage, committee: Client) -> None:
    page = answered
    old = item_of(page)
    publish_again(page, "un piège mieux dit")
    answer(page, ("piège", "non"), learner=make_learner())
    new = item_of(page)
    assert (old.number, new.number) == (1, 2)
    text = text_of(committee, reverse("training:question", args=[new.pk]))
    assert "encore 19 réponses" in text
    assert f"39 à 78{NBSP}%" in text  # of the version before, in the comparison
    assert "Elle n’est plus posée" in text_of(
        committee, reverse("training:question", args=[old.pk])
    )


def test_list_holds_questions_asked_today_those_to_look_at_first(
    answered: VignettePage, committee: Client
) -> None:
    rows = committee.get(reverse("training:questions")).context["rows"]
    assert [(each["row"].case.title, each["row"].answers) for each in rows] == [
        ("Alpha", 20),
        ("Aaa", 0),
        ("Aaa", 0),
        ("Alpha", 20),
    ]
    assert rows[0]["flags"] == ["Option inutile"]
    assert rows[1]["missing"] == 20


@pytest.mark.parametrize(
    ("query", "stems"),
    [
        ("", 4),
        ("topic=basics", 4),
        ("topic=work", 0),
        (f"flag={Flag.IDLE_DISTRACTOR}", 1),
        (f"flag={Flag.TOO_EASY}", 0),
        ("profession=physio", 4),
        ("version=old", 1),
        ("version=all", 5),
        ("version=neither", 4),
    ],
)
def test_filters_stand_in_the_address(
    answered: VignettePage, committee: Client, query: str, stems: int
) -> None:
    if "version" in query:
        publish_again(answered, "dit autrement")
    found = committee.get(f"{reverse('training:questions')}?{query}")
    assert found.context["page"].paginator.count == stems


def test_list_tells_a_profession_under_twenty_nothing(
    answered: VignettePage, committee: Client
) -> None:
    rows = committee.get(f"{reverse('training:questions')}?profession=physio").context["rows"]
    told = {(each["row"].case.title, each["row"].answers, each["row"].facility) for each in rows}
    assert told == {("Alpha", 2, None), ("Aaa", 0, None)}


def test_night_counts_again_only_what_was_answered(answered: VignettePage, db: None) -> None:
    page, other = answered, VignettePage.objects.get(title="Aaa")
    assert sum_up_questions(now=NOW) == 0
    answer(other, ("vrai", "oui"), learner=make_learner())
    assert sum_up_questions(now=NOW) == 1
    assert sum_up_questions(now=NOW) == 0
    answer(other, ("vrai", "oui"), learner=make_learner())
    assert sum_up_questions(now=NOW) == 1
    assert flagged_questions([page.translation_key, other.translation_key]) == {
        page.translation_key: 1
    }


def test_export_opens_as_a_table(answered: VignettePage, committee: Client) -> None:
    make_two_questions(title="=1+1")
    sum_up_questions(now=NOW)
    exported = committee.get(reverse("training:questions_export", args=["csv"]))
    table = pd.read_csv(BytesIO(exported.content), sep=";", decimal=",", encoding="utf-8-sig")
    first = table.iloc[0]
    assert set(table["Cas"]) == {"'=1+1", "Aaa", "Alpha"}  # no formula
    assert (first["Réponses"], first["Facilité"]) == (20, 0.6)
    assert first["À revoir"] == "Option inutile"
    workbook = committee.get(reverse("training:questions_export", args=["xlsx"]))
    assert workbook.content[:2] == b"PK"


def test_case_holds_on_one_page(answered: VignettePage, committee: Client) -> None:
    paper = committee.get(
        reverse("training:case_statistics", args=[answered.translation_key, Part.CASE])
    )
    reader = PdfReader(BytesIO(paper.content))
    text = reader.pages[0].extract_text()
    assert len(reader.pages) == 1
    assert "60 % (39 à 78 %)" in text.replace(NBSP, " ")
    assert "0,61 (0,23 à 0,83)" in text.replace(NBSP, " ")


def test_test_of_a_module_has_its_page(committee: Client) -> None:
    module = make_module()
    args = [module.translation_key, Part.POSTTEST]
    assert committee.get(reverse("training:case_statistics", args=args)).status_code == 200
    args = [module.translation_key, Part.CASE]
    assert committee.get(reverse("training:case_statistics", args=args)).status_code == 404


def test_answers_loaded_in_bulk_agree_with_their_tallies(db: None) -> None:
    recount = recounts()["réponses des pairs"]
    before: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    assert list(recount(before)) == []
    load_answers(answers=250, until=NOW, tell=lambda _written: None, cases=2)
    assert list(recount(counted)) == []
    assert counted - before == {"questions": 10, "réponses comptées": 250}


def queries_of(client: Client, address: str) -> int:
    client.get(address)  # content types, the session
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_pages_ask_as_much_for_three_as_for_one(committee: Client) -> None:
    page = make_two_questions()
    answer(page, ("vrai", "oui"), learner=make_learner())
    sum_up_questions(now=NOW)
    case = reverse("training:case_statistics", args=[page.translation_key, Part.CASE])
    addresses = [reverse("training:questions"), address_of(page), case]
    before = [queries_of(committee, address) for address in addresses]
    for _each in range(2):
        other = make_two_questions()
        answer(other, ("vrai", "oui"), learner=make_learner())
        answer(page, ("vrai", "oui"), learner=make_learner())
        publish_again(page, f"autrement {_each}")
    sum_up_questions(now=NOW)
    assert CaseVersion.objects.filter(key=page.translation_key).count() == 3
    addresses[1] = address_of(page)
    assert [queries_of(committee, address) for address in addresses] == before


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0 s"), (59.6, "1 min"), (42, "42 s"), (90, "1 min 30 s"), (3600, "60 min")],
)
def test_seconds_are_told_in_minutes(value: float, words: str) -> None:
    assert seconds(value).replace(NBSP, " ") == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.0, "0 point"), (0.01, "+ 1 point"), (-0.126, "− 13 points"), (0.5, "+ 50 points")],
)
def test_gap_is_told_in_points(value: float, words: str) -> None:
    assert points(value).replace(NBSP, " ").replace(THIN, " ") == words


def test_no_flag_is_read_inside_another() -> None:
    """The list looks for a flag in the text of a summary."""
    assert [(a, b) for a in Flag for b in Flag if a != b and a in b] == []

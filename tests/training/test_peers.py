"""How others answered: enough people or nothing, experts apart, and tallies that add up."""

from collections import Counter
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.models import HomePage
from network.enums import Profession
from network.models import User
from tests.factories.network import make_professional
from tests.factories.training import block_id, make_vignette, small_case
from training.actions.runs import commit_answer, start_run
from training.enums import Certainty, Part, Purpose
from training.models import Answer, ItemVersion, Run, Tally, VignettePage
from training.selectors.feedback import feedback_of
from training.selectors.peers import peers_of
from training.selectors.verify import recount_tallies

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)


@pytest.fixture
def page(site: HomePage) -> VignettePage:
    return make_vignette(small_case()[1:])


def doctor() -> User:
    user = make_professional(profession=Profession.DOCTOR).user
    assert user
    return user


def physio() -> User:
    user = make_professional(profession=Profession.PHYSIO).user
    assert user
    return user


def answers(page: VignettePage, by: User, name: str, purpose: Purpose = Purpose.LEARN) -> Answer:
    key = page.translation_key
    run = start_run(key=key, part=Part.CASE, by=by, now=NOW, purpose=purpose)
    return commit_answer(
        run=run,
        step=UUID(block_id("step choix")),
        chosen=[block_id(f"option {name}")],
        certainty=Certainty.MIDDLE,
        by=by,
        now=NOW,
    )


def question() -> ItemVersion:
    return ItemVersion.objects.get(block=block_id("step choix"))


@pytest.mark.parametrize(
    ("doctors", "physios", "all_hidden", "doctors_hidden"),
    [
        (4, 0, True, True),
        (5, 0, False, True),
        (9, 3, False, True),
        (10, 0, False, False),
    ],
)
def test_few_people_are_hidden(
    page: VignettePage, doctors: int, physios: int, all_hidden: bool, doctors_hidden: bool
) -> None:
    for by in [doctor() for _ in range(doctors)] + [physio() for _ in range(physios)]:
        answers(page, by, "chercher")
    peers = peers_of(question(), Profession.DOCTOR)
    assert peers.everybody.people == doctors + physios
    assert (peers.everybody.hidden, peers.profession.hidden) == (all_hidden, doctors_hidden)
    assert (peers.everybody.letters == {}, peers.profession.letters == {}) == (
        all_hidden,
        doctors_hidden,
    )


def test_experts_are_told_apart_and_never_counted(page: VignettePage) -> None:
    answers(page, doctor(), "rassurer", Purpose.PANEL)
    for _each in range(5):
        given = answers(page, doctor(), "chercher")
    everybody, profession, panel = feedback_of(question(), given, None).compared
    assert (everybody.people, panel.people) == (5, 1)
    assert next((bar["label"], bar["percent"]) for bar in everybody.bars) == ("chercher", 100)
    assert next((bar["label"], bar["percent"]) for bar in panel.bars) == ("rassurer", 100)
    assert (profession.bars, "10" in profession.reason) == ((), True)


def test_peers_cost_one_query(page: VignettePage) -> None:
    for _each in range(3):
        answers(page, doctor(), "chercher")
    item = question()
    with CaptureQueriesContext(connection) as asked:
        peers_of(item, Profession.DOCTOR)
    assert len(asked) == 1


def test_second_attempt_is_not_counted(page: VignettePage) -> None:
    user = doctor()
    answers(page, user, "chercher")
    Run.objects.update(finished_at=NOW)
    answers(page, user, "rassurer")
    assert peers_of(question(), Profession.DOCTOR).everybody.people == 1


def breaches() -> list[str]:
    return [str(each) for each in recount_tallies(Counter())]


def test_recount_agrees_with_what_the_actions_wrote(page: VignettePage) -> None:
    answers(page, doctor(), "rassurer", Purpose.PANEL)
    for name in ("chercher", "chercher", "rassurer"):
        answers(page, physio(), name)
    counted: Counter[str] = Counter()
    assert list(recount_tallies(counted)) == []
    assert counted == {"questions": 2, "réponses comptées": 4}


def test_recount_finds_each_thing_that_was_broken(page: VignettePage) -> None:
    answers(page, physio(), "chercher")
    item = question().pk
    where = f"question {item}, pairs, physio"
    Tally.objects.filter(letter="D").update(people=3)
    assert breaches() == [f"{where}, D : trouvé 3, attendu 1"]
    Tally.objects.filter(letter="D").delete()
    assert breaches() == [f"{where}, D : trouvé 0, attendu 1"]
    Tally.objects.filter(letter="").update(panel=True)
    assert breaches() == [
        f"{where}, personnes : trouvé 0, attendu 1",
        f"{where}, D : trouvé 0, attendu 1",
        f"question {item}, panel, physio, personnes : trouvé 1, attendu 0",
    ]

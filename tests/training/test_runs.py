"""Going through a case: the server decides, the first answer stays, nothing is counted twice."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from home.models import HomePage
from network.enums import Profession, Role
from network.models import User
from tests.factories.network import make_professional, make_user
from tests.factories.training import (
    block_id,
    decision,
    make_expert,
    make_module,
    make_vignette,
    narrative,
    option,
    sign,
    small_case,
    take_home,
)
from training.actions.runs import (
    NotPublished,
    OutOfStep,
    answer_again,
    commit_answer,
    go_on,
    start_run,
)
from training.enums import Answering, Certainty, Part, Purpose, Verdict
from training.models import Answer, Run, Tally, VignettePage
from training.rules.scoring import Unanswerable

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)


@pytest.fixture
def learner(site: HomePage) -> User:
    return make_user(Role.CLINICIAN)


def step(name: str) -> UUID:
    return UUID(block_id(f"step {name}"))


def choice(*names: str) -> list[str]:
    return [block_id(f"option {name}") for name in names]


def begin(page: VignettePage, learner: User, at: datetime = NOW) -> Run:
    return start_run(key=page.translation_key, part=Part.CASE, by=learner, now=at)


def here(run: Run) -> str:
    run.refresh_from_db()
    return run.version.case.step(str(run.position)).name


def choose(run: Run, name: str, *names: str, at: datetime = NOW, sure: int = 2) -> Answer:
    return commit_answer(
        run=run,
        step=step(name),
        chosen=choice(*names),
        certainty=Certainty(sure),
        by=run.learner,
        now=at,
    )


def to_choice(page: VignettePage, learner: User) -> Run:
    run = begin(page, learner)
    return go_on(run=run, step=step("histoire"), by=learner, now=NOW)


def test_case_started_twice_is_one_run(learner: User) -> None:
    page = make_vignette()
    assert begin(page, learner) == begin(page, learner)


def test_case_never_published_cannot_start(learner: User) -> None:
    with pytest.raises(NotPublished):
        start_run(key=UUID(int=1), part=Part.CASE, by=learner, now=NOW)


def test_whole_case_is_walked_to_its_end(learner: User) -> None:
    run = to_choice(make_vignette(), learner)
    choose(run, "choix", "chercher", at=NOW + timedelta(seconds=40))
    go_on(run=run, step=step("choix"), by=learner, now=NOW)
    choose(run, "vérifier", "cicatrice", "ganglions")
    go_on(run=run, step=step("vérifier"), by=learner, now=NOW)
    assert here(run) == "fin"
    go_on(run=run, step=step("fin"), by=learner, now=NOW)
    run.refresh_from_db()
    assert run.finished_at == NOW
    answers = run.answers.order_by("pk")
    assert [(a.chosen, float(a.credit), a.marks, a.seconds) for a in answers] == [
        ("D", 1.0, 2, 40),
        ("AB", 1.0, 2, 0),
    ]


@pytest.mark.parametrize(
    ("names", "sure", "credit", "marks"),
    [
        (["chercher"], 3, "1", 3),
        (["chercher"], 1, "1", 1),
        (["réadresser"], 1, "0", 0),
        (["augmenter"], 3, "0", -6),
    ],
)
def test_marks_follow_certainty(
    learner: User, names: list[str], sure: int, credit: str, marks: int
) -> None:
    answer = choose(to_choice(make_vignette(), learner), "choix", *names, sure=sure)
    assert (str(answer.credit), answer.marks) == (credit, marks)


def test_decision_answered_twice_keeps_the_first(learner: User) -> None:
    run = to_choice(make_vignette(), learner)
    first = choose(run, "choix", "augmenter")
    assert choose(run, "choix", "chercher") == first
    assert run.answers.count() == 1


def test_answer_written_cannot_be_changed(learner: User) -> None:
    answer = choose(to_choice(make_vignette(), learner), "choix", "augmenter")
    with pytest.raises(DatabaseError), transaction.atomic():
        Answer.objects.filter(pk=answer.pk).update(chosen="D", credit=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        answer.delete()


def test_second_first_answer_breaks_a_constraint(learner: User) -> None:
    answer = choose(to_choice(make_vignette(), learner), "choix", "augmenter")
    answer.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        answer.save(force_insert=True)


def test_decision_cannot_be_skipped(learner: User) -> None:
    run = to_choice(make_vignette(), learner)
    with pytest.raises(OutOfStep):
        go_on(run=run, step=step("choix"), by=learner, now=NOW)
    assert here(run) == "choix"


def test_decision_ahead_cannot_be_answered(learner: User) -> None:
    run = to_choice(make_vignette(), learner)
    with pytest.raises(OutOfStep):
        choose(run, "vérifier", "cicatrice")


def test_moving_twice_moves_once(learner: User) -> None:
    run = begin(make_vignette(), learner)
    for _click in range(2):
        go_on(run=run, step=step("histoire"), by=learner, now=NOW)
    assert here(run) == "choix"


def test_option_of_another_decision_is_refused(learner: User) -> None:
    run = to_choice(make_vignette(), learner)
    with pytest.raises(Unanswerable):
        choose(run, "choix", "cicatrice")
    assert run.answers.count() == 0


def test_run_of_another_person_does_not_exist(learner: User) -> None:
    run = begin(make_vignette(), learner)
    with pytest.raises(Run.DoesNotExist):
        go_on(run=run, step=step("histoire"), by=make_user(Role.CLINICIAN), now=NOW)


def test_option_leads_to_its_own_step(learner: User) -> None:
    steps = [
        decision(
            "choix",
            [
                option("chercher", Verdict.RIGHT, target="fin"),
                option("rassurer", target="détour"),
            ],
        ),
        narrative("détour", target="fin"),
        take_home("fin"),
    ]
    page = make_vignette(steps)
    arrived = {}
    for name in ("chercher", "rassurer"):
        run = begin(page, make_user(Role.CLINICIAN))
        choose(run, "choix", name)
        arrived[name] = here(go_on(run=run, step=step("choix"), by=run.learner, now=NOW))
    assert arrived == {"chercher": "fin", "rassurer": "détour"}


def test_run_stays_on_the_version_that_it_began(learner: User) -> None:
    page = make_vignette()
    run = to_choice(page, learner)
    changed = VignettePage.objects.get(pk=page.pk)
    steps = small_case()
    steps[1]["value"]["stem"] = "Et maintenant ?"
    changed.steps = steps
    sign(changed)
    changed.save_revision().publish()
    answer = choose(run, "choix", "chercher")
    assert answer.item.decision.stem == "choix : que faites-vous ?"
    assert begin(page, make_user(Role.CLINICIAN)).version.number == 2


def test_pretest_says_nothing_and_goes_on(learner: User) -> None:
    module = make_module()
    run = start_run(key=module.translation_key, part=Part.PRETEST, by=learner, now=NOW)
    asked = run.version.case.decisions
    answer = commit_answer(
        run=run,
        step=UUID(asked[0].id),
        chosen=[asked[0].options[1].id],
        certainty=Certainty.LOW,
        by=learner,
        now=NOW,
    )
    run.refresh_from_db()
    assert (float(answer.credit), run.position) == (0.0, UUID(asked[1].id))


def tallies(answer: Answer) -> dict[tuple[str, str, bool], int]:
    return {
        (tally.profession, tally.letter, tally.panel): tally.people
        for tally in Tally.objects.filter(item=answer.item)
    }


def test_first_answers_are_counted_by_profession(site: HomePage) -> None:
    page = make_vignette()
    for profession, name in [
        (Profession.DOCTOR, "chercher"),
        (Profession.DOCTOR, "augmenter"),
        (Profession.PHYSIO, "chercher"),
    ]:
        someone = make_professional(profession=profession).user
        assert someone is not None
        answer = choose(to_choice(page, someone), "choix", name)
    assert tallies(answer) == {
        ("doctor", "", False): 2,
        ("doctor", "B", False): 1,
        ("doctor", "D", False): 1,
        ("physio", "", False): 1,
        ("physio", "D", False): 1,
    }


def test_expert_answers_are_counted_apart(learner: User) -> None:
    expert = make_expert(account=learner)
    seat = {"type": "expert", "id": block_id("seat"), "value": expert.pk}
    run = begin(make_vignette(panel=[seat]), learner)
    assert run.purpose == Purpose.PANEL
    go_on(run=run, step=step("histoire"), by=learner, now=NOW)
    answer = choose(run, "choix", "chercher")
    assert tallies(answer) == {("other", "", True): 1, ("other", "D", True): 1}


def test_case_taken_again_is_not_counted_again(learner: User) -> None:
    page = make_vignette([small_case()[1], take_home("fin")])
    for _time in range(2):
        run = begin(page, learner)
        answer = choose(run, "choix", "chercher")
        for name in ("choix", "fin"):
            go_on(run=run, step=step(name), by=learner, now=NOW)
    assert (run.attempt, answer.counted) == (2, False)
    assert tallies(answer)["other", "", False] == 1


def test_second_answer_is_kept_and_never_counted(learner: User) -> None:
    run = to_choice(make_vignette(), learner)
    choose(run, "choix", "augmenter")
    again = answer_again(
        run=run,
        step=step("choix"),
        chosen=choice("chercher"),
        certainty=Certainty.MIDDLE,
        by=learner,
        now=NOW,
    )
    assert (again.round, again.chosen, again.counted) == (2, "D", False)
    assert tallies(again)["other", "B", False] == 1


def test_second_answer_before_the_first_is_refused(learner: User) -> None:
    run = to_choice(make_vignette(), learner)
    with pytest.raises(OutOfStep):
        answer_again(
            run=run,
            step=step("choix"),
            chosen=choice("chercher"),
            certainty=Certainty.MIDDLE,
            by=learner,
            now=NOW,
        )


def test_short_answer_is_recognised_by_the_server(learner: User) -> None:
    steps = [
        decision(
            "nommer",
            [
                option("névralgie", Verdict.RIGHT, forms="douleur névralgique"),
                option("autre chose", otherwise=True),
            ],
            Answering.SHORT,
        ),
        take_home("fin"),
    ]
    run = begin(make_vignette(steps), learner)
    answer = commit_answer(
        run=run,
        step=step("nommer"),
        chosen=[],
        words="Douleur nevralgique",
        certainty=Certainty.HIGH,
        by=learner,
        now=NOW,
    )
    assert (answer.chosen, answer.words, answer.marks) == ("A", "Douleur nevralgique", 3)

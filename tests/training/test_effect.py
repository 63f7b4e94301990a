"""What a module changes: the same people, before and after; nothing under ten of them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from network.enums import Role
from tests.factories.learning import ALL, finish_module, go_through
from tests.factories.network import make_user, sign_in
from tests.factories.training import make_module, make_vignette, narrative, small_test, take_home
from training.enums import Effect, Moment, Part, Purpose
from training.models import ModulePage
from training.selectors.effect import effect_of, own_points
from training.selectors.modules import content_of

pytestmark = pytest.mark.usefixtures("site", "at_reference")
DAY = timedelta(days=1)


@pytest.fixture
def module(site: Any) -> ModulePage:
    """One case of two questions."""
    case = make_vignette([narrative("début"), *small_test("cas"), take_home("fin")])
    return make_module(lessons=0, vignettes=[case])


def follow(module: ModulePage, people: int, at: datetime, *, before: int, after: int) -> None:
    """So many people go through; `before` and `after` right answers of two in the tests."""
    key = module.translation_key
    for _person in range(people):
        learner = make_user(Role.CLINICIAN)
        go_through(learner, key, Part.PRETEST, now=at, right=before)
        finish_module(learner, module, now=at + DAY, right=after)


def test_ten_people_are_compared_with_themselves(
    module: ModulePage, at_reference: datetime
) -> None:
    """Nothing is shown under ten. What is said of a difference: tests/training/rules."""
    follow(module, 9, at_reference, before=0, after=2)
    found = effect_of(content_of(module))
    assert [each.moment for each in found] == [Moment.POST, Moment.DAY_30, Moment.DAY_90]
    assert {each.verdict for each in found} == {Effect.TOO_FEW}
    assert [each.learners for each in found] == [9, 0, 0]
    assert found[0].difference is None
    follow(module, 1, at_reference, before=2, after=1)
    post = effect_of(content_of(module))[0]
    assert (post.learners, post.verdict) == (10, Effect.IMPROVED)
    assert post.difference
    assert post.difference.mean == 0.85  # nine better by two of two, one worse by one


def test_second_try_of_a_test_changes_nothing(module: ModulePage, at_reference: datetime) -> None:
    learner = make_user(Role.CLINICIAN)
    finish_module(learner, module, now=at_reference, right=1)
    before = own_points(content_of(module), learner)
    go_through(learner, module.translation_key, Part.POSTTEST, now=at_reference + DAY)
    assert own_points(content_of(module), learner) == before


def test_cases_that_come_back_are_compared_with_their_first_answers(
    module: ModulePage, at_reference: datetime
) -> None:
    case = content_of(module).vignettes[0].translation_key
    for person in range(10):
        learner = make_user(Role.CLINICIAN)
        go_through(learner, module.translation_key, Part.PRETEST, now=at_reference)
        go_through(learner, case, Part.CASE, now=at_reference, right=0)
        finish_module(learner, module, now=at_reference + DAY)
        go_through(
            learner,
            case,
            Part.CASE,
            now=at_reference + 30 * DAY,
            right=ALL if person else 1,
            purpose=Purpose.RETURN,
            return_day=30,
        )
    _post, day_30, day_90 = effect_of(content_of(module))
    assert (day_30.learners, day_30.verdict, day_90.learners) == (10, Effect.IMPROVED, 0)
    assert day_30.before
    assert day_30.after
    assert (day_30.before.mean, day_30.after.mean) == (0.0, 0.95)


def test_learner_reads_four_points(module: ModulePage, at_reference: datetime) -> None:
    learner = make_user(Role.CLINICIAN)
    go_through(learner, module.translation_key, Part.PRETEST, now=at_reference, right=1)
    finish_module(learner, module, now=at_reference)
    points = own_points(content_of(module), learner)
    assert [(each.moment, each.percent) for each in points] == [
        (Moment.PRE, 50),
        (Moment.POST, 100),
        (Moment.DAY_30, None),
        (Moment.DAY_90, None),
    ]


def test_committee_reads_plainly_that_there_are_too_few(
    client: Client, module: ModulePage, at_reference: datetime
) -> None:
    follow(module, 1, at_reference, before=0, after=2)
    sign_in(client, make_user(Role.EDITOR))
    assert module.title in client.get("/se-former/comite/effet/").content.decode()
    html = client.get(f"/se-former/comite/effet/{module.translation_key}/").content.decode()
    assert "Moins de dix personnes mesurées" in html


def test_committee_reads_the_difference_with_its_interval(
    client: Client, module: ModulePage, at_reference: datetime
) -> None:
    follow(module, 10, at_reference, before=1, after=2)
    sign_in(client, make_user(Role.EDITOR))
    html = client.get(f"/se-former/comite/effet/{module.translation_key}/").content.decode()
    assert "+\u202f50\u00a0points (+\u202f50 à +\u202f50)" in html
    assert "Progrès" in html

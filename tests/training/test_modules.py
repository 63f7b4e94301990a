"""A learner's way through a module: its order, its completion, its time, its pages."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from network.enums import Role
from network.models import User
from tests.databases import kept_apart
from tests.factories.learning import MINUTE, finish, finish_module, go_through
from tests.factories.network import make_professional, make_user, sign_in
from tests.factories.training import make_module, make_vignette
from training.actions.modules import NotYet, complete_module, enrol, read_lesson, start_stage
from training.actions.runs import NotPublished
from training.enums import Missing, Part, StageKind, StageState
from training.models import Enrolment, LessonRead, ModulePage, Run
from training.selectors.modules import content_of
from training.selectors.path import path_of, under_way

pytestmark = pytest.mark.usefixtures("site", "at_reference")


@pytest.fixture
def learner() -> User:
    user = make_user(Role.CLINICIAN)
    make_professional(user=user)
    return user


@pytest.fixture(scope="module")
def common_module(loaded_site: None, django_db_blocker: Any) -> Iterator[int]:
    """Pre-test, two lessons, one vignette, post-test with a pass mark of 70 %."""
    with kept_apart(django_db_blocker):
        yield make_module(vignettes=[make_vignette()]).pk


@pytest.fixture
def module(common_module: int, site: Any) -> ModulePage:
    return ModulePage.objects.get(pk=common_module)


def states(module: ModulePage, learner: User) -> list[tuple[StageKind, StageState, bool]]:
    path = path_of(content_of(module), learner)
    return [(stage.kind, stage.state, stage.opened) for stage in path.stages]


def test_enrolment_twice_is_one(module: ModulePage, learner: User, at_reference: datetime) -> None:
    key = module.translation_key
    first = enrol(key=key, by=learner, now=at_reference)
    assert enrol(key=key, by=learner, now=at_reference + MINUTE) == first
    assert Enrolment.objects.get().started_at == at_reference


def test_pretest_opens_the_rest_and_posttest_comes_last(
    module: ModulePage, learner: User, at_reference: datetime
) -> None:
    new = StageState.TO_DO
    kinds = [
        StageKind.PRETEST,
        StageKind.LESSON,
        StageKind.LESSON,
        StageKind.VIGNETTE,
        StageKind.POSTTEST,
    ]
    opened = [True, False, False, False, False]
    assert states(module, learner) == [(k, new, o) for k, o in zip(kinds, opened, strict=True)]
    go_through(learner, module.translation_key, Part.PRETEST, now=at_reference)
    after = states(module, learner)
    assert after[0] == (StageKind.PRETEST, StageState.DONE, True)
    assert [o for _k, _s, o in after] == [True, True, True, True, False]


@pytest.mark.parametrize("part", [Part.POSTTEST, Part.CASE])
def test_stage_before_its_turn_is_refused(
    module: ModulePage, learner: User, at_reference: datetime, part: Part
) -> None:
    key = module.translation_key
    case = key if part is Part.POSTTEST else content_of(module).vignettes[0].translation_key
    with pytest.raises(NotYet):
        start_stage(key=key, part=part, case=case, by=learner, now=at_reference)
    assert not Run.objects.exists()


def test_lesson_before_the_pretest_is_refused(
    module: ModulePage, learner: User, at_reference: datetime
) -> None:
    lesson = content_of(module).lessons[0].translation_key
    with pytest.raises(NotYet):
        read_lesson(key=module.translation_key, lesson=lesson, by=learner, now=at_reference)
    assert not LessonRead.objects.exists()


def test_case_of_another_module_is_not_a_stage(
    module: ModulePage, learner: User, at_reference: datetime
) -> None:
    stranger = make_vignette().translation_key
    with pytest.raises(NotPublished):
        start_stage(
            key=module.translation_key,
            part=Part.CASE,
            case=stranger,
            by=learner,
            now=at_reference,
        )


def test_whole_module_is_completed_once_by_its_last_gesture(
    module: ModulePage,
    learner: User,
    at_reference: datetime,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        path = finish_module(learner, module, now=at_reference)
    enrolment = Enrolment.objects.get()
    assert path.completion.done
    assert path.next is None
    assert enrolment.completed_at is not None
    complete_module(enrolment=enrolment, now=at_reference + timedelta(days=9))
    assert Enrolment.objects.get().completed_at == enrolment.completed_at


def test_best_attempt_completes_and_first_one_stays_for_the_effect(
    module: ModulePage, learner: User, at_reference: datetime
) -> None:
    path = finish_module(learner, module, now=at_reference, right=1)
    assert path.completion.missing == (Missing.MARK,)
    assert path.stages[-1].state is StageState.SHORT
    later = at_reference + timedelta(hours=2)
    again = start_stage(
        key=module.translation_key,
        part=Part.POSTTEST,
        case=module.translation_key,
        by=learner,
        now=later,
    )
    finish(again, now=later)
    path = path_of(content_of(module), learner)
    assert path.completion.done
    assert [path.first(Part.POSTTEST), path.best(Part.POSTTEST)] == [50, 100]


def test_lesson_published_later_asks_for_more_and_taken_out_asks_for_less(
    module: ModulePage, learner: User, at_reference: datetime
) -> None:
    finish_module(learner, module, now=at_reference)
    lesson = content_of(module).lessons[0]
    LessonRead.objects.filter(lesson_key=lesson.translation_key).delete()
    assert path_of(content_of(module), learner).completion.missing == (Missing.LESSONS,)
    lesson.unpublish()
    assert path_of(content_of(module), learner).completion.done


def test_time_counts_gestures_of_the_module_and_no_long_pause(
    module: ModulePage, learner: User, at_reference: datetime
) -> None:
    key = module.translation_key
    enrol(key=key, by=learner, now=at_reference)
    go_through(learner, key, Part.PRETEST, now=at_reference + 10 * MINUTE)
    path = path_of(content_of(module), learner)
    assert path.completion.minutes == 10
    lesson = content_of(module).lessons[0].translation_key
    read_lesson(key=key, lesson=lesson, by=learner, now=at_reference + timedelta(hours=3))
    assert path_of(content_of(module), learner).completion.minutes == 10


def test_queries_do_not_grow_with_modules(learner: User, at_reference: datetime, site: Any) -> None:
    counts = []
    for _round in range(3):
        module = make_module(vignettes=[make_vignette()])
        enrol(key=module.translation_key, by=learner, now=at_reference)
        go_through(learner, module.translation_key, Part.PRETEST, now=at_reference)
        with CaptureQueriesContext(connection) as asked:
            assert under_way(learner)
        counts.append(len(asked))
    assert counts[1] == counts[2]  # the first one fills caches


# Pages


def test_public_page_says_what_the_module_holds_and_no_answer(
    client: Client, module: ModulePage
) -> None:
    html = client.get(module.url).content.decode()
    assert "Se connecter pour commencer" in html
    assert "Leçon 1" in html
    assert "Un médecin de la douleur" in html
    assert "que faites-vous" not in html
    assert "juste" not in html


def test_public_page_says_where_the_learner_stands(
    client: Client, module: ModulePage, learner: User, at_reference: datetime
) -> None:
    def told() -> tuple[str, bool]:
        page = client.get(module.url).content.decode()
        way = re.escape(f'href="/se-former/modules/{module.translation_key}/"')
        [label] = re.findall(rf"{way}>([^<]+)</a>", page)
        return label, "Fait</span>" in page

    sign_in(client, learner)
    assert told() == ("Commencer", False)
    enrol(key=module.translation_key, by=learner, now=at_reference)
    assert told() == ("Reprendre", False)
    finish_module(learner, module, now=at_reference)
    complete_module(enrolment=Enrolment.objects.get(), now=at_reference)
    assert told() == ("Revoir", True)


def test_learners_page_leads_from_step_to_step(
    client: Client, module: ModulePage, learner: User, at_reference: datetime
) -> None:
    sign_in(client, learner)
    key = module.translation_key
    page = f"/se-former/modules/{key}/"
    assert "Commencer ce module" in client.get(page).content.decode()
    assert client.post(f"{page}commencer/")["Location"] == page
    assert "0 étapes sur 5" in client.get(page).content.decode()
    lesson = content_of(module).lessons[0]
    refused = client.post(f"{page}lecons/{lesson.translation_key}/lue/", follow=True)
    assert "Répondez d’abord au test de départ" in refused.content.decode()
    go_through(learner, key, Part.PRETEST, now=at_reference)
    answer = client.post(f"{page}lecons/{lesson.translation_key}/lue/")
    assert answer["Location"] == content_of(module).lessons[1].url
    assert "2 étapes sur 5" in client.get(page).content.decode()


def test_page_of_a_module_taken_down_is_gone(
    client: Client, module: ModulePage, learner: User
) -> None:
    sign_in(client, learner)
    module.unpublish()
    page = f"/se-former/modules/{module.translation_key}/"
    assert client.get(page).status_code == 404
    assert client.post(f"{page}commencer/").status_code == 404

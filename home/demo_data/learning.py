"""What professionals learned: contents signed and published, cases answered, modules completed.

Everybody answers as people do, some right, some sure of a mistake; each answer comes from the
names of the person and of the question, so that the same demo always says the same.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import UUID

from home.demo_data.calendar import at
from home.demo_data.sheets import ProfessionalLine, document
from home.demo_data.story import Story
from network.models import User
from training.actions.attestations import issue_attestation
from training.actions.contents import key_of, load_contents
from training.actions.modules import NotYet, enrol, read_lesson, start_stage
from training.actions.returns import open_return, plan_returns, send_due
from training.actions.runs import commit_answer, go_on, start_run
from training.actions.signing import sign
from training.enums import Answering, Certainty, Part, Purpose
from training.models import (
    LessonPage,
    ModulePage,
    Return,
    Run,
    SignedPage,
    TrainingIndexPage,
    VignettePage,
)
from training.rules.cases import Decision

A_STEP = timedelta(seconds=45)
LIKELY = {Part.PRETEST: 0.45, Part.CASE: 0.6, Part.POSTTEST: 0.85}
"""How often people are right: before, on the way, after. These are invented people."""


def plan_learning(story: Story) -> None:
    told = document("learning.toml")
    start = story.calendar.day(told["published"])
    story.then(at(start, 9), partial(_publish, story, told["director"], told["editor"]))
    people = [line.professional for line in ProfessionalLine.all()]
    for each in told["modules"]:
        for name, day in _spread(story, people, each):
            story.then(at(day, 12), partial(_module, story, name, each["slug"]))
    for each in told["cases"]:
        for name, day in _spread(story, people, each):
            story.then(at(day, 13), partial(_case, story, name, each["slug"]))
    for each in told["begun"]:
        day = story.calendar.day(each["on"])
        deed = partial(_case, story, each["person"], each["slug"], decided=each["decided"])
        story.then(at(day, 18), deed)
    for days in range((story.calendar.reference - start).days):
        story.then(at(start + timedelta(days=days), 7), partial(_mail_and_meet, story))


def _spread(story: Story, people: list[str], each: dict[str, Any]) -> Iterator[tuple[str, date]]:
    names = people[each.get("skip", 0) : each["first"]]
    days = story.calendar.spread(each["from"], each["to"], len(names))
    return zip(names, days, strict=True)


def _publish(story: Story, director: str, editor: str, now: datetime) -> None:
    load_contents(TrainingIndexPage.original())
    for model in (LessonPage, VignettePage, ModulePage):
        for page in model.objects.all():
            _publish_page(page, story.users[director], story.users[editor], now)


def _publish_page(page: SignedPage, director: User, editor: User, now: datetime) -> None:
    sign(content=page, by=director, now=now)
    # both readings took place: the signature is the first, the editor's publication the second
    page.save_revision(user=editor).publish(user=editor, skip_permission_checks=True)


def _case(story: Story, name: str, slug: str, now: datetime, *, decided: int | None = None) -> None:
    """Go through a case, or leave it once `decided` decisions are taken."""
    key, learner = key_of(VignettePage, slug), _account(story, name)
    run = start_run(key=key, part=Part.CASE, by=learner, now=now)
    _walk(run, name, now, decided=decided)


def _module(story: Story, name: str, slug: str, now: datetime) -> None:
    key, learner = key_of(ModulePage, slug), _account(story, name)
    module = ModulePage.objects.get(line=key)
    enrol(key=key, by=learner, now=now)
    stage = partial(_stage, name, learner, key)
    later = stage(Part.PRETEST, key, now)
    for lesson in LessonPage.objects.live().child_of(module):
        later += timedelta(minutes=lesson.minutes)
        read_lesson(key=key, lesson=lesson.line, by=learner, now=later)
    for chosen in module.vignettes:
        later = stage(Part.CASE, chosen.value.line, later)
    later = stage(Part.POSTTEST, key, later)
    with suppress(NotYet):  # some do not reach the pass mark
        issue_attestation(key=key, with_scores=True, by=learner, now=later)


def _stage(  # noqa: PLR0917
    name: str, learner: User, module: UUID, part: Part, case: UUID, now: datetime
) -> datetime:
    run = start_stage(key=module, part=part, case=case, by=learner, now=now)
    return _walk(run, name, now)


def _mail_and_meet(story: Story, now: datetime) -> None:
    """The morning's mails; who completed a module meets its case again the same day."""
    send_due(now=now)
    names = {who.user_id: name for name, who in story.professionals.items()}
    sent = Return.objects.filter(sent_at=now, run=None).select_related("learner")
    for coming in sent.filter(learner__enrolments__completed_at__lt=now):
        run = open_return(coming=coming, by=coming.learner, now=now)
        _walk(run, names[coming.learner_id], now)


def _walk(run: Run, name: str, now: datetime, *, decided: int | None = None) -> datetime:
    """Step by step to the end, or until `decided` decisions; return when it stops."""
    taken = 0
    while run.finished_at is None:
        step = run.version.case.step(str(run.position))
        now += A_STEP
        if isinstance(step, Decision):
            if taken == decided:
                return now
            _decide(run, step, name, now)
            taken += 1
        run = go_on(run=run, step=UUID(step.id), by=run.learner, now=now)
    plan_returns(run=run)
    return now


def _decide(run: Run, decision: Decision, name: str, now: datetime) -> None:
    likely = 0.9 if run.purpose == Purpose.RETURN else LIKELY[Part(run.part)]
    luck = _chance(name, decision.id, run.purpose)
    right = luck < likely
    words = ""
    if decision.answering is Answering.SHORT:
        words = decision.options[0].text if right else "une douleur de cicatrice"
    commit_answer(
        run=run,
        step=UUID(decision.id),
        chosen=[] if words else _chosen(decision, luck, right=right),
        words=words or "Reprendre l’histoire depuis le début",
        certainty=Certainty(1 + int(3 * _chance(name, decision.id, "sûr"))),
        by=run.learner,
        now=now,
    )


def _chosen(decision: Decision, luck: float, *, right: bool) -> list[str]:
    options = [option.id for option in decision.options]
    credited = [option.id for option in decision.options if option.credited]
    others = [option.id for option in decision.options if not option.credited]
    pick = int(luck * 1000)
    match decision.answering:
        case Answering.ORDER:
            return options if right else [*options[1::-1], *options[2:]]
        case Answering.SEVERAL:
            return credited if right else [*credited[1:], others[pick % len(others)]]
        case _:
            return [credited[0] if right else others[pick % len(others)]]


def _chance(*names: str) -> float:
    """A number from 0 to 1 that is always the same for the same names."""
    return int(sha256("/".join(names).encode()).hexdigest()[:8], 16) / 0xFFFFFFFF


def _account(story: Story, name: str) -> User:
    user = story.professionals[name].user
    if user is None:
        raise LookupError(name)
    return user

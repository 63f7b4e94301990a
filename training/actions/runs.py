"""Going through a case: start, commit an answer, go on, answer again after the peers.

The run's row is the one parent: it is locked, then everything is read again. The server alone
judges; what the client names is only the step that it shows and the options that it picks.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from network.enums import Profession
from network.models import User
from portal.kit import events
from training.enums import Answering, Certainty, Part, Purpose
from training.events import RunFinished
from training.models import Answer, CaseVersion, Run, Tally
from training.models.runs import FIRST, SECOND
from training.rules.cases import Decision, Step
from training.rules.certainty import marks
from training.rules.items import to_letters
from training.rules.scoring import credit, is_right, recognise
from training.selectors.panel import sits_on_panel
from training.selectors.peers import counted_letters

LONGEST = 3600
"""Seconds: beyond an hour on a screen, somebody left it open."""


class OutOfStep(Exception):
    """What was asked is not what the case now shows; the message is for the learner."""


class NotPublished(Exception):
    """Nothing was published under this key."""


@transaction.atomic
def start_run(
    *,
    key: UUID,
    part: Part,
    by: User,
    now: datetime,
    purpose: Purpose = Purpose.LEARN,
    return_day: int = 0,
) -> Run:
    """The learner's open run of this case, or a new one on its current version.

    Whoever sits on the case's panel goes through it as an expert. Raises NotPublished.
    """
    learner = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if purpose is Purpose.LEARN and part is Part.CASE and sits_on_panel(key, learner):
        purpose = Purpose.PANEL
    mine = Run.objects.filter(
        learner=learner, key=key, part=part, purpose=purpose, return_day=return_day
    )
    found: Run | None = mine.open().first()
    if found:
        return found
    version = CaseVersion.objects.of(key, part).first()
    if version is None:
        raise NotPublished
    return Run.objects.create(
        learner=learner,
        version=version,
        key=key,
        part=part,
        purpose=purpose,
        return_day=return_day,
        attempt=mine.count() + 1,
        position=UUID(version.case.steps[0].id),
        shown_at=now,
        started_at=now,
    )


@transaction.atomic
def commit_answer(
    *,
    run: Run,
    step: UUID,
    chosen: list[str],
    certainty: Certainty,
    by: User,
    now: datetime,
    words: str = "",
) -> Answer:
    """Commit the first answer to the decision shown; the same decision twice answers once.

    `chosen`: option ids, in order; empty for a short answer, which is read in `words`.
    Raises Run.DoesNotExist for somebody else's run, OutOfStep, Unanswerable.
    """
    run = _lock(run, by)
    item = run.version.item_of.get(str(step))
    given = Answer.objects.filter(run=run, item=item, round=FIRST).first() if item else None
    if given:
        return given
    if item is None or run.finished_at or run.position != step:
        raise OutOfStep(_("Ce cas a avancé sur un autre écran\u00a0: voici où il en est."))
    answer = _answer(run, item.decision, chosen, words)
    answer.item, answer.round, answer.given_at = item, FIRST, now
    answer.certainty = certainty
    answer.marks = marks(certainty, is_right(answer.credit))
    answer.seconds = min(max(int((now - run.shown_at).total_seconds()), 0), LONGEST)
    answer.counted = run.counts_among_peers
    answer.save(force_insert=True)
    _tally(run, answer)
    if not run.gives_feedback:
        _leave(run, item.decision, answer, now)
    return answer


@transaction.atomic
def answer_again(
    *, run: Run, step: UUID, chosen: list[str], certainty: Certainty, by: User, now: datetime
) -> Answer:
    """A second opinion of oneself, once the peers were seen: kept, and never counted.

    Raises Run.DoesNotExist, OutOfStep when there was no first answer, Unanswerable.
    """
    run = _lock(run, by)
    item = run.version.item_of.get(str(step))
    answers = {a.round: a for a in Answer.objects.filter(run=run, item=item)} if item else {}
    if SECOND in answers:
        return answers[SECOND]
    if item is None or FIRST not in answers or not run.gives_feedback:
        raise OutOfStep(_("Répondez d’abord une première fois."))
    answer = _answer(run, item.decision, chosen, "")
    answer.item, answer.round, answer.given_at = item, SECOND, now
    answer.certainty = certainty
    answer.marks = answer.seconds = 0
    answer.counted = False
    answer.save(force_insert=True)
    return answer


@transaction.atomic
def go_on(*, run: Run, step: UUID, by: User, now: datetime) -> Run:
    """Leave the step shown for the next one, or finish; asked twice, it moves once.

    Raises Run.DoesNotExist, OutOfStep for a decision that was not answered.
    """
    run = _lock(run, by)
    if run.finished_at or run.position != step:
        return run
    here = run.version.case.step(str(step))
    answer = None
    if isinstance(here, Decision):
        item = run.version.item_of[here.id]
        answer = Answer.objects.filter(run=run, item=item, round=FIRST).first()
        if answer is None:
            raise OutOfStep(_("Décidez d’abord\u00a0: la suite dépend de votre réponse."))
    _leave(run, here, answer, now)
    return run


def _lock(run: Run, by: User) -> Run:
    found: Run = (
        Run.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=run.pk)
    )
    found.learner = by
    found.version = run.version  # what was published never changes: it is not read again
    return found


def _answer(run: Run, decision: Decision, chosen: list[str], words: str) -> Answer:
    """The answer with its letters and credit; own words are kept, and never judged."""
    if decision.answering is Answering.SHORT:
        chosen = [recognise(decision, words).id]
    earned = credit(decision, chosen)
    shown = tuple(run.version.item_of[decision.id].shown)
    asked = decision.answering is Answering.SHORT or any(
        decision.option(option).own_words for option in chosen
    )
    return Answer(
        run=run,
        chosen=to_letters(shown, chosen),
        words=words if asked else "",
        credit=earned,
        profession=_profession(run.learner),
    )


def _profession(learner: User) -> str:
    professional = getattr(learner, "professional", None)
    return professional.profession if professional else Profession.OTHER.value


def _tally(run: Run, answer: Answer) -> None:
    """Count the answer among its peers', or its panel's; row by row in one order: no deadlock.

    Of an order, what is placed first is counted: every option is somewhere in it.
    """
    panel = run.purpose == Purpose.PANEL and run.attempt == 1
    if not (answer.counted or panel):
        return
    letters = counted_letters(answer.item.decision.answering, answer.chosen)
    for letter in ("", *sorted(letters)):
        cell: dict[str, Any] = {"panel": panel, "profession": answer.profession, "letter": letter}
        while not Tally.objects.filter(item=answer.item, **cell).update(people=F("people") + 1):
            Tally.objects.get_or_create(item=answer.item, **cell)


def _leave(run: Run, here: Step, answer: Answer | None, now: datetime) -> None:
    chosen = None
    if answer and isinstance(here, Decision) and here.branches:
        chosen = here.option(answer.item.options_of(answer.chosen)[0])
    coming = run.version.case.after(here, chosen)
    run.shown_at = now
    if coming:
        run.position = UUID(coming.id)
    else:
        run.finished_at = now
        events.publish(RunFinished(run.pk))
    run.save(update_fields=["position", "shown_at", "finished_at"])

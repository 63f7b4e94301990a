"""A learner's way through a module. The enrolment's row is the parent: it is locked."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from network.models import User
from portal.kit import events
from training.actions.runs import NotPublished, start_run
from training.enums import Part
from training.events import ModuleCompleted
from training.models import Enrolment, LessonRead, Run
from training.selectors.modules import Content, module_content
from training.selectors.path import Path, path_of


class NotYet(Exception):
    """Something else of the module comes first; the message is for the learner."""


@transaction.atomic
def enrol(*, key: UUID, by: User, now: datetime) -> Enrolment:
    """The learner's enrolment in this module, or a new one. Raises NotPublished."""
    if module_content(key) is None:
        raise NotPublished
    enrolment, _made = Enrolment.objects.get_or_create(
        learner=by, module_key=key, defaults={"started_at": now}
    )
    return enrolment


@transaction.atomic
def read_lesson(*, key: UUID, lesson: UUID, by: User, now: datetime) -> Path:
    """Keep that a lesson was read, once; the module is completed if nothing else is missing.

    Enrols whoever comes straight to a lesson. Raises NotPublished for a lesson or a module that
    is not there, NotYet before the pre-test.
    """
    enrolment = enrol(key=key, by=by, now=now)
    content, enrolment = _lock(enrolment)
    if lesson not in {each.line for each in content.lessons}:
        raise NotPublished
    before = path_of(content, by)
    if not all(each.opened for each in before.stages if each.key == lesson):
        raise NotYet(
            _("Répondez d’abord au test de départ\u00a0: il sert de point de comparaison.")
        )
    LessonRead.objects.get_or_create(
        enrolment=enrolment, lesson_key=lesson, defaults={"read_at": now}
    )
    return _complete(enrolment, content, now)


@transaction.atomic
def start_stage(*, key: UUID, part: Part, case: UUID, by: User, now: datetime) -> Run:
    """Begin or resume a test or a vignette of the module.

    Raises NotPublished, NotYet for a stage whose turn has not come.
    """
    enrolment = enrol(key=key, by=by, now=now)
    content, _enrolment = _lock(enrolment)
    stages = [e for e in path_of(content, by).stages if (e.part, e.key) == (part, case)]
    if not stages:
        raise NotPublished
    if not stages[0].opened:
        raise NotYet(_("Les étapes qui précèdent viennent d’abord."))
    return start_run(key=case, part=part, by=by, now=now)


@transaction.atomic
def complete_module(*, enrolment: Enrolment, now: datetime) -> Path | None:
    """Note the completion once the facts allow it. None when the module is not published."""
    try:
        content, enrolment = _lock(enrolment)
    except NotPublished:
        return None
    return _complete(enrolment, content, now)


def _lock(enrolment: Enrolment) -> tuple[Content, Enrolment]:
    locked = Enrolment.objects.select_for_update(no_key=True).get(pk=enrolment.pk)
    content = module_content(locked.module_key)
    if content is None:
        raise NotPublished
    return content, locked


def _complete(enrolment: Enrolment, content: Content, now: datetime) -> Path:
    path = path_of(content, enrolment.learner)
    if path.completion.done and enrolment.completed_at is None:
        enrolment.completed_at = now
        enrolment.save(update_fields=["completed_at"])
        events.publish(ModuleCompleted(enrolment.pk))
        path = path_of(content, enrolment.learner)
    return path

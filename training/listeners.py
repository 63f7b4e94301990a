"""What the training room does once a run is finished, and when a card that readers see is saved."""

import logging
from typing import Any

from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Locale
from wagtail.signals import copy_for_translation_done, page_published

from portal.kit import clock
from portal.kit.events import listens_to
from training.actions.cards import note_card_change, watched_values
from training.actions.editing import attach_review
from training.actions.meetings import keep_meeting
from training.actions.modules import complete_module
from training.actions.registrations import Busy
from training.actions.returns import plan_returns
from training.events import CardsToWatch, RunFinished
from training.models import CardChange, Enrolment, EvidenceCard, Run, TrainingIndexPage, WebinarPage
from training.selectors.modules import modules_with
from training.tasks import call_the_desk

logger = logging.getLogger(__name__)
BEFORE = "_watched_before"


@listens_to(RunFinished)
def run_finished(event: RunFinished) -> None:
    run = Run.objects.get(pk=event.run_id)
    plan_returns(run=run)
    waiting = Enrolment.objects.filter(learner=run.learner_id, completed_at=None)
    if not waiting.exists():
        return
    for enrolment in waiting.filter(module_key__in=modules_with(run.key)):
        complete_module(enrolment=enrolment, now=clock.now())


@receiver(copy_for_translation_done)
def review_what_is_translated(target_obj: Any, **kwargs: Any) -> None:
    """A catalogue in another language stands elsewhere in the tree: its pages are read too."""
    if isinstance(target_obj, TrainingIndexPage):
        attach_review()


@receiver(page_published, sender=WebinarPage)
def keep_its_meeting(instance: WebinarPage, **kwargs: Any) -> None:
    """A translation shares the meeting of its original, which alone says when and where."""
    if instance.locale_id != Locale.get_default().pk:
        return
    try:
        keep_meeting(page=instance, now=clock.now())
    except Busy:
        logger.warning("meeting of page %s is held: the periodic work keeps it", instance.pk)


@receiver(pre_save, sender=EvidenceCard)
def remember_what_was_shown(
    instance: EvidenceCard, update_fields: frozenset[str] | None = None, **kwargs: Any
) -> None:
    """A draft is saved beside the card, and touches none of the fields that readers see."""
    touched = update_fields is None or not update_fields.isdisjoint(CardChange.watched)
    before = watched_values(instance.pk) if touched and instance.pk else None
    setattr(instance, BEFORE, before if before and before["live"] else None)


@receiver(post_save, sender=EvidenceCard)
def note_what_changed(instance: EvidenceCard, **kwargs: Any) -> None:
    if before := getattr(instance, BEFORE, None):
        # the machine's clock, like the dates of publication to which this one is compared
        note_card_change(card=instance, before=before, now=timezone.now())


@listens_to(CardsToWatch)
def ask_the_card_service(event: CardsToWatch) -> None:
    """Wake the worker; should this be lost, the tick asks."""
    call_the_desk()

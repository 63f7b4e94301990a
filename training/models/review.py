"""The two readings before a publication, as tasks of a workflow."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState

from portal.kit import clock

from .sign_off import Signable, SignOff


class Review(AbstractGroupApprovalTask):
    """A reading by a group. An approval holds for the words saved with it."""

    class Meta:
        abstract = True

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> Any:
        if action_name == "approve":
            task_state.revision = task_state.workflow_state.content_object.get_latest_revision()
            self.read(task_state.revision.as_object(), user)
        return super().on_action(task_state, user, action_name, **kwargs)

    def read(self, content: Any, user: Any) -> None:
        """What an approval does besides."""


class ScientificReview(Review):
    """Approving signs the content submitted; a content already signed is not read twice."""

    class Meta:
        verbose_name = _("relecture scientifique")
        verbose_name_plural = _("relectures scientifiques")

    def start(self, workflow_state: Any, user: Any = None) -> TaskState:
        revision = workflow_state.content_object.get_latest_revision()
        content = revision.as_object()
        if not isinstance(content, Signable) or not SignOff.objects.covers(
            content.line, content.signable()
        ):
            return super().start(workflow_state, user=user)
        return TaskState.objects.create(
            workflow_state=workflow_state,
            task=self,
            revision=revision,
            status=TaskState.STATUS_SKIPPED,
            finished_at=clock.now(),
        )

    def read(self, content: Any, user: Any) -> None:
        """Raises PermissionDenied when somebody else than the medical director approves.

        A card that is already shown with these words says at once that they are signed.
        """
        if isinstance(content, Signable):
            SignOff.objects.sign(content, by=user, at=clock.now())
        if hasattr(content, "signed_fields"):
            type(content).objects.get(pk=content.pk).save(update_fields=["state"])


class EditorialReview(Review):
    """The last reading, by those who write for the public."""

    class Meta:
        verbose_name = _("relecture éditoriale")
        verbose_name_plural = _("relectures éditoriales")

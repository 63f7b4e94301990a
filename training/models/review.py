"""The scientific reading: the first of the two tasks before a publication."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState

from portal.kit import clock

from .sign_off import Signable, SignOff


class ScientificReview(AbstractGroupApprovalTask):
    """Approving signs the content submitted; a content already signed is not read twice."""

    class Meta:
        verbose_name = _("relecture scientifique")
        verbose_name_plural = _("relectures scientifiques")

    def start(self, workflow_state: Any, user: Any = None) -> TaskState:
        revision = workflow_state.content_object.get_latest_revision()
        content = revision.as_object()
        if not isinstance(content, Signable) or not SignOff.objects.covers(
            content.translation_key, content.signable()
        ):
            return super().start(workflow_state, user=user)
        return TaskState.objects.create(
            workflow_state=workflow_state,
            task=self,
            revision=revision,
            status=TaskState.STATUS_SKIPPED,
            finished_at=clock.now(),
        )

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Raises PermissionDenied when somebody else than the medical director approves."""
        if action_name == "approve":
            self._sign(task_state, user)
        return super().on_action(task_state, user, action_name, **kwargs)

    def _sign(self, task_state: TaskState, user: Any) -> None:
        """Sign the latest words, which are those that an approval publishes."""
        content = task_state.workflow_state.content_object.get_latest_revision().as_object()
        if isinstance(content, Signable):
            SignOff.objects.sign(content, by=user, at=clock.now())
            _refresh(content)


def _refresh(content: Signable) -> None:
    """A card that is already shown with these words says at once that they are signed."""
    if hasattr(content, "signed_fields"):
        row = type(content).objects.get(pk=content.pk)  # type: ignore[attr-defined]
        row.save(update_fields=["state"])

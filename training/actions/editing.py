"""Settle the editor of the training room: which readings its pages go through."""

from django.db import transaction
from wagtail.models import Workflow, WorkflowPage

from training.models import TrainingIndexPage

REVIEW = "Visa scientifique, puis relecture éditoriale"
"""The workflow that a migration of the home room lays down, with its groups."""


@transaction.atomic
def attach_review() -> bool:
    """Give the catalogue and all below it the two readings; whether there is a catalogue.

    A workflow that an administrator attached since is left as it is.
    """
    catalogue = TrainingIndexPage.objects.first()
    if catalogue is None:
        return False
    workflow = Workflow.objects.get(name=REVIEW)
    WorkflowPage.objects.get_or_create(page=catalogue.page_ptr, defaults={"workflow": workflow})
    return True

"""Settle the editor of the training room: which readings its pages go through."""

from django.db import transaction
from wagtail.models import Workflow, WorkflowPage

from training.models import TrainingIndexPage

REVIEW = "Visa scientifique, puis relecture éditoriale"
"""The workflow that a migration of the home room lays down, with its groups."""


@transaction.atomic
def attach_review() -> bool:
    """Give the catalogue of each language, and all below, the two readings; whether there is one.

    A workflow that an administrator attached since is left as it is.
    """
    catalogues = list(TrainingIndexPage.objects.all())
    if not catalogues:
        return False
    workflow = Workflow.objects.get(name=REVIEW)
    for each in catalogues:
        WorkflowPage.objects.get_or_create(page=each.page_ptr, defaults={"workflow": workflow})
    return True

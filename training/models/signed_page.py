"""What lessons, vignettes and modules share: no publication without the scientific sign-off."""

from typing import Any, ClassVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Revision

from training.enums import Part
from training.rules.items import content_hash

from .sign_off import SignOff
from .versions import project


class PublishRefused(Exception):
    """This content cannot be published as it stands; the message says what is missing."""


class SignedPage(Page):
    """A page whose learning content is signed before it is published.

    `signed_streams` names the StreamFields that a sign-off covers. Those behind a part that
    learners answer are kept for ever at publication (`training.models.versions`).
    """

    review_on = models.DateField(gettext_lazy("à relire avant le"), null=True, blank=True)

    signed_streams: ClassVar[tuple[str, ...]] = ()
    answered: ClassVar[dict[Part, str]] = {}

    class Meta:
        abstract = True

    def raw(self, field: str) -> list[Any]:
        """A StreamField as its database value, whole whether it was read or just edited."""
        stream = getattr(self, field)
        list(stream)  # else blocks that nobody read yet keep the shape in which they were stored
        return list(stream.get_prep_value())

    def signable(self) -> str:
        """The hash of what a sign-off covers: all that a learner reads or is judged upon."""
        return content_hash([self.title, *(self.raw(field) for field in self.signed_streams)])

    def is_signed(self) -> bool:
        return bool(SignOff.objects.covers(self.translation_key, self.signable()))

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Raises PublishRefused for content that nobody signed."""
        if not revision.as_object().is_signed():
            raise PublishRefused(_("La direction médicale n’a pas encore visé cette version."))
        with transaction.atomic():
            super().publish(revision, *args, **kwargs)
            page = type(self).objects.get(pk=self.pk)
            if page.live and page.live_revision_id == revision.pk:
                page.keep_versions()

    def keep_versions(self) -> None:
        """Project each answered part to its immutable rows."""
        for part, field in self.answered.items():
            steps = self.raw(field)
            if steps:
                project(
                    key=self.translation_key,
                    part=part,
                    title=self.title,
                    topic=getattr(self, "topic"),  # noqa: B009  # declared by catalogue pages
                    steps=steps,
                    at=timezone.now(),
                )

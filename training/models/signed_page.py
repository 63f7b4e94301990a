"""What lessons, vignettes and modules share: no publication without the scientific sign-off.

Wagtail publishes in several ways (the edit view goes round `Page.publish`), and all end in `save`
with the page live: there stands the guard. The forms of the editor say the same earlier, kindly.
"""

import logging
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Revision

from training.enums import Part
from training.rules.items import content_hash

from .lines import line_of
from .page_form import SignedPageForm
from .remarks import Placed, of_steps
from .sign_off import SignOff
from .versions import project

logger = logging.getLogger(__name__)
SHOWN_REASONS = 3


class PublishRefused(Exception):
    """This content cannot be published as it stands; the message says what is missing."""

    def __init__(self, page: "SignedPage", reasons: list[str]) -> None:
        self.page_id = page.pk
        self.reasons = reasons
        shown = " ".join(reasons[:SHOWN_REASONS])
        super().__init__(
            _("«\u00a0%(title)s\u00a0» n’est pas publié. %(reasons)s")
            % {"title": page.title, "reasons": shown}
        )


class SignedPage(Page):
    """A page whose learning content is signed before it is published.

    `signed_streams` names the StreamFields that a sign-off covers. Those behind a part that
    learners answer are kept for ever at publication (`training.models.versions`).
    """

    line = models.UUIDField(unique=True, editable=False, default=uuid4)
    """What its versions, its answers and its signatures are kept under (`models.lines`)."""
    review_on = models.DateField(gettext_lazy("à relire avant le"), null=True, blank=True)

    base_form_class = SignedPageForm
    signed_streams: ClassVar[tuple[str, ...]] = ()
    answered: ClassVar[dict[Part, str]] = {}

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A page or a copy begins as a draft; what goes live is signed, without fault, and kept.

        Raises PublishRefused.
        """
        self.line = line_of(self)
        if self.pk is None or self.alias_of_id:
            self.live, self.live_revision, self.has_unpublished_changes = False, None, True
        fields = kwargs.get("update_fields")
        if not self.live or (fields is not None and self._signed_fields.isdisjoint(fields)):
            super().save(*args, **kwargs)
            return
        self.check_fit()
        with transaction.atomic():
            super().save(*args, **kwargs)
            self._keep_versions()

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """A revision as a page: its line is that of the page, whatever was stored with it."""
        page: Self = super().with_content_json(content)
        page.line = self.line
        return page

    def raw(self, field: str) -> list[Any]:
        """A StreamField as its database value, whole whether it was read or just edited."""
        stream = getattr(self, field)
        list(stream)  # else blocks that nobody read yet keep the shape in which they were stored
        return list(stream.get_prep_value())

    def signable(self) -> str:
        """The hash of what a sign-off covers: all that a learner reads or is judged upon."""
        return content_hash([self.title, *(self.raw(field) for field in self.signed_streams)])

    def is_signed(self) -> bool:
        return bool(SignOff.objects.covers(self.line, self.signable()))

    def remarks(self) -> list[Placed]:
        """What the linter says: a case must hold a decision, a test may be empty."""
        found: list[Placed] = []
        for part, field in self.answered.items():
            raw, case = self.raw(field), part is Part.CASE
            if raw or case:
                found += of_steps(getattr(self, field), raw, field=field, ends=case)
        return found

    def faults(self) -> list[Placed]:
        """The remarks that refuse the publication."""
        return [placed for placed in self.remarks() if placed.is_error]

    def reasons_to_refuse(self) -> list[str]:
        """Why this content may not be published, as sentences; none when it may."""
        reasons = [str(placed) for placed in self.faults()]
        if not self.is_signed():
            reasons.insert(0, _("La direction médicale n’a pas encore visé cette version."))
        return reasons

    def check_fit(self) -> None:
        """Raises PublishRefused for what may not be published as it stands."""
        reasons = self.reasons_to_refuse()
        if reasons:
            raise PublishRefused(self, reasons)

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Raises PublishRefused; a publication planned earlier is then only taken off the plan."""
        try:
            with transaction.atomic():
                revision.as_object().check_fit()
                super().publish(revision, *args, **kwargs)
        except PublishRefused as refused:
            if kwargs.get("log_action") != "wagtail.publish.scheduled":
                raise
            revision.approved_go_live_at = None
            revision.save(update_fields=["approved_go_live_at"])
            logger.warning("planned publication of page %s refused", refused.page_id)

    @property
    def _signed_fields(self) -> set[str]:
        return {"title", "live", *self.signed_streams}

    def _keep_versions(self) -> None:
        """Project each answered part to its immutable rows."""
        for part, field in self.answered.items():
            steps = self.raw(field)
            if steps:
                project(
                    key=self.line,
                    part=part,
                    title=self.title,
                    topic=getattr(self, "topic"),  # noqa: B009  # declared by catalogue pages
                    steps=steps,
                    at=timezone.now(),
                )

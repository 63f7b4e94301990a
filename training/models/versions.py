"""What was published, kept for ever: a version of a case or a test, and of each of its items.

Answers point to these rows. A new publication adds rows and changes none, so that an answer can
always be read beside the very words that its author saw.
"""

from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from training.enums import Part, Topic
from training.rules.cases import Case, Decision, read_case
from training.rules.items import content_hash, from_letters, raw_decision, shown_order

PARTS = {Part.CASE: _("vignette"), Part.PRETEST: _("pré-test"), Part.POSTTEST: _("post-test")}
TOPICS = {
    Topic.BASICS: _("Bases de la douleur chronique"),
    Topic.NEUROPATHIC: _("Douleur neuropathique"),
    Topic.FIBROMYALGIA: _("Fibromyalgie"),
    Topic.PELVIC: _("Douleur pelvienne, endométriose"),
    Topic.BACK: _("Mal de dos"),
    Topic.HEADACHE: _("Céphalées"),
    Topic.JOINT: _("Douleur articulaire"),
    Topic.LONG_COVID: _("Covid long"),
    Topic.WORK: _("Travail"),
}
HASH = 64  # hexadecimal digits of SHA-256


class ItemVersion(models.Model):
    """One decision as published: `body` is its raw block, `shown` its option ids as displayed.

    Known by the translation key of its page, the id of its block, and a hash of its content: the
    same words published twice are one row.
    """

    case_key = models.UUIDField()
    block = models.UUIDField()
    content_hash = models.CharField(max_length=HASH)
    number = models.PositiveIntegerField()
    topic = models.CharField(max_length=12, choices=[(t.value, v) for t, v in TOPICS.items()])
    body = models.JSONField()
    shown = models.JSONField()
    evidence = models.ManyToManyField("training.EvidenceCard", related_name="items")
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("version de question")
        verbose_name_plural = _("versions de questions")
        constraints = [
            models.UniqueConstraint(
                fields=["case_key", "block", "content_hash"], name="item_content_once"
            ),
            models.UniqueConstraint(
                fields=["case_key", "block", "number"], name="item_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision.stem} (v{self.number})"

    @cached_property
    def decision(self) -> Decision:
        step = read_case([self.body]).steps[0]
        if not isinstance(step, Decision):
            raise TypeError(step.kind)
        return step

    def options_of(self, letters: str) -> list[str]:
        """Option ids of an answer's letters."""
        return from_letters(tuple(self.shown), letters)


class CaseVersionQuerySet(models.QuerySet["CaseVersion"]):
    def of(self, key: UUID, part: Part) -> Self:
        return self.filter(key=key, part=part).order_by("-number")


class CaseVersion(models.Model):
    """The steps of a vignette or of a test as published. The highest number is the current one."""

    key = models.UUIDField()
    part = models.CharField(max_length=8, choices=[(p.value, v) for p, v in PARTS.items()])
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=255)
    topic = models.CharField(max_length=12, choices=[(t.value, v) for t, v in TOPICS.items()])
    steps = models.JSONField()
    content_hash = models.CharField(max_length=HASH)
    published_at = models.DateTimeField()
    items = models.ManyToManyField(ItemVersion, through="training.CaseItem", related_name="cases")

    objects: ClassVar[Any] = CaseVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version publiée")
        verbose_name_plural = _("versions publiées")
        constraints = [
            models.UniqueConstraint(fields=["key", "part", "number"], name="case_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.title} (v{self.number})"

    @cached_property
    def case(self) -> Case:
        return read_case(self.steps)

    @cached_property
    def item_of(self) -> dict[str, ItemVersion]:
        """The item of each decision, by the id of its step."""
        return {str(item.block): item for item in self.items.all()}


class CaseItem(models.Model):
    """Which items a version holds, in their order."""

    case = models.ForeignKey(CaseVersion, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("ordinal",)
        constraints = [
            models.UniqueConstraint(fields=["case", "item"], name="item_once_a_case"),
            models.UniqueConstraint(fields=["case", "ordinal"], name="ordinal_once_a_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}, {self.ordinal}"


def project(
    *, key: UUID, part: Part, title: str, topic: str, steps: list[Any], at: datetime
) -> CaseVersion:
    """Keep what is being published, inside the transaction that publishes it.

    Idempotent: the current version is returned when nothing changed. Items that were published
    before with the same words are used again, whatever came between.
    """
    digest = content_hash([title, topic, steps])
    current = CaseVersion.objects.of(key, part).first()
    if current and current.content_hash == digest:
        return current
    version = CaseVersion.objects.create(
        key=key,
        part=part,
        number=current.number + 1 if current else 1,
        title=title,
        topic=topic,
        steps=steps,
        content_hash=digest,
        published_at=at,
    )
    for ordinal, decision in enumerate(version.case.decisions):
        item = _project_item(decision, key=key, topic=topic, at=at)
        CaseItem.objects.create(case=version, item=item, ordinal=ordinal)
    return version


def _project_item(decision: Decision, *, key: UUID, topic: str, at: datetime) -> ItemVersion:
    body = raw_decision(decision)
    same_block = ItemVersion.objects.filter(case_key=key, block=decision.id)
    digest = content_hash(body)
    found = same_block.filter(content_hash=digest).first()
    if found:
        return found
    item = ItemVersion.objects.create(
        case_key=key,
        block=UUID(decision.id),
        content_hash=digest,
        number=(same_block.aggregate(last=Max("number"))["last"] or 0) + 1,
        topic=topic,
        body=body,
        shown=list(shown_order(decision)),
        published_at=at,
    )
    quoted = {*decision.evidence, *(card for o in decision.options for card in o.evidence)}
    item.evidence.set(quoted)
    return item

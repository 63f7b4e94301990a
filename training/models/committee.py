"""What the scientific committee reads: counts of the night, and cards that have changed."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from training.enums import Flag
from training.rules.statistics import FEWEST

from .cards import EvidenceCard
from .versions import ItemVersion


class ItemSummary(models.Model):
    """What was counted last of a question, among all learners (`profession` empty) or some.

    For lists, which would be slow to count; the question's own page counts its answers itself.
    `flags` holds those of the question and of its options, joined by « | ».
    """

    item = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="summaries")
    profession = models.CharField(max_length=20, blank=True)
    answers = models.PositiveIntegerField()
    facility = models.FloatField(null=True)
    discrimination = models.FloatField(null=True)
    flags = models.CharField(max_length=200, blank=True)
    counted_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        verbose_name = _("résumé d’une question")
        verbose_name_plural = _("résumés des questions")
        constraints = [
            models.UniqueConstraint(fields=["item", "profession"], name="item_summed_up_once"),
            models.CheckConstraint(
                condition=Q(answers__gte=FEWEST, facility__isnull=False)
                | Q(answers__lt=FEWEST, facility=None, discrimination=None, flags=""),
                name="few_answers_show_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.profession or '*'} {self.answers}"


def joined(flags: list[Flag]) -> str:
    """Flags as a summary stores them, each once, in the order of their enum."""
    return "|".join(flag for flag in Flag if flag in flags)


class CardChange(models.Model):
    """A card that readers see, changed in what it affirms or in its state.

    `before` and `after` hold the watched fields by name; `live` among them says whether the card
    is shown at all.
    """

    watched: ClassVar = ("claim", "figure", "reference", "state", "live")

    card = models.ForeignKey(EvidenceCard, on_delete=models.CASCADE, related_name="changes")
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        verbose_name = _("changement d’une fiche")
        verbose_name_plural = _("changements des fiches")
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=["card", "-at"], name="latest_change_of_card")]

    def __str__(self) -> str:
        return f"{self.card_id} {self.at:%Y-%m-%d}"

    @property
    def changed(self) -> list[tuple[str, Any, Any]]:
        """The fields that differ: name, value before, value after."""
        return [
            (name, self.before[name], self.after[name])
            for name in self.watched
            if self.before[name] != self.after[name]
        ]

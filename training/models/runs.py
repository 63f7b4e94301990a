"""A person going through a case or a test, and the answers given on the way."""

from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from network.enums import Profession
from training.enums import Certainty, Part, Purpose
from training.rules.items import from_letters

from .versions import PARTS, CaseVersion, ItemVersion

CERTAINTIES = {
    Certainty.LOW: _("Peu sûr"),
    Certainty.MIDDLE: _("Assez sûr"),
    Certainty.HIGH: _("Très sûr"),
}
BY_ONESELF = (Purpose.LEARN, Purpose.PANEL)
"""Cases gone through because one wanted to, as against those that came back."""
FIRST, SECOND = 1, 2
"""Rounds: the answer that counts, and the one that may be given after having seen the peers."""


class RunQuerySet(models.QuerySet["Run"]):
    def visible_to(self, user: object) -> Self:
        """Nobody but the learner sees a run; committees read aggregates elsewhere."""
        return self.filter(learner_id=getattr(user, "pk", None))

    def open(self) -> Self:
        return self.filter(finished_at=None)

    def finished(self) -> Self:
        return self.exclude(finished_at=None)


class Run(models.Model):
    """One way through a version, resumed at `position` (the id of a step) on any device.

    `shown_at` is when that step was first shown, from which an answer's seconds are counted.
    `return_day` is 7, 30 or 90 when the case came back by itself, else 0.
    """

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="runs"
    )
    version = models.ForeignKey(CaseVersion, on_delete=models.PROTECT, related_name="runs")
    key = models.UUIDField()  # the version's, so that the database can hold one open run a case
    part = models.CharField(max_length=8, choices=[(p.value, v) for p, v in PARTS.items()])
    purpose = models.CharField(max_length=6, choices=[(p.value, p.value) for p in Purpose])
    return_day = models.PositiveSmallIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField(default=1)
    position = models.UUIDField()
    shown_at = models.DateTimeField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("parcours")
        verbose_name_plural = _("parcours")
        ordering = ("-started_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "key", "part", "purpose", "return_day"],
                condition=Q(finished_at=None),
                name="one_open_run",
            ),
            models.UniqueConstraint(
                fields=["learner", "key", "part", "purpose", "return_day", "attempt"],
                name="attempts_are_numbered",
            ),
            models.CheckConstraint(
                condition=Q(purpose=Purpose.RETURN, return_day__in=[7, 30, 90])
                | (~Q(purpose=Purpose.RETURN) & Q(return_day=0)),
                name="a_return_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id}, {self.version_id}, {self.attempt}"

    @property
    def gives_feedback(self) -> bool:
        """A pre-test stays silent: its twin comes after the lessons."""
        return self.part != Part.PRETEST

    @property
    def counts_among_peers(self) -> bool:
        """The first answers of a learner who met the case for the first time."""
        return self.purpose == Purpose.LEARN and self.attempt == 1


class Answer(models.Model):
    """One committed answer: never changed, never removed (a trigger of the database).

    `chosen` holds the letters of the item's options as shown, in the order given; `credit` is
    0 to 1; `marks` follow the certainty (+1/+2/+3, 0/−2/−6); `seconds` are the server's.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="answers")
    item = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="answers")
    round = models.PositiveSmallIntegerField(default=FIRST)
    chosen = models.CharField(max_length=26)
    words = models.CharField(max_length=300, blank=True)
    certainty = models.PositiveSmallIntegerField(
        choices=[(c.value, label) for c, label in CERTAINTIES.items()]
    )
    credit = models.DecimalField(max_digits=3, decimal_places=2)
    marks = models.SmallIntegerField()
    seconds = models.PositiveIntegerField()
    profession = models.CharField(max_length=20, choices=[(p.value, p.value) for p in Profession])
    counted = models.BooleanField()
    given_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        verbose_name = _("réponse")
        verbose_name_plural = _("réponses")
        ordering = ("given_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["run", "item", "round"], name="first_choice_is_frozen"),
            models.CheckConstraint(condition=Q(round__in=[FIRST, SECOND]), name="two_rounds"),
            models.CheckConstraint(condition=~Q(chosen=""), name="something_was_chosen"),
            models.CheckConstraint(
                condition=Q(certainty__in=list(Certainty)), name="three_levels_of_certainty"
            ),
            models.CheckConstraint(
                condition=Q(credit__gte=Decimal(0), credit__lte=Decimal(1)), name="credit_0_to_1"
            ),
            models.CheckConstraint(
                condition=Q(counted=False) | Q(round=FIRST), name="second_answers_do_not_count"
            ),
        ]
        indexes = [models.Index(fields=["item", "counted"], name="answers_of_item")]

    def __str__(self) -> str:
        return f"{self.run_id}, {self.item_id}, {self.round}"

    @property
    def is_right(self) -> bool:
        return self.credit == 1


class TallyQuerySet(models.QuerySet["Tally"]):
    def held(self, key: UUID) -> dict[str, int]:
        """How many chose each option of a page, by option id: all versions, peers and panel."""
        shown = dict(ItemVersion.objects.filter(case_key=key).values_list("pk", "shown"))
        held: dict[str, int] = {}
        chosen = self.filter(item__in=shown).exclude(letter="").values_list("item", "letter")
        for item, letter, people in chosen.annotate(Sum("people")):
            (option,) = from_letters(tuple(shown[item]), letter)
            held[option] = held.get(option, 0) + people
        return held


class Tally(models.Model):
    """How many gave each letter, counted in the transaction of each answer.

    `letter` is empty for the number of people; `panel` keeps the experts apart. Peers are the
    first answers of learners; `manage.py verify` recounts them.
    """

    item = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="tallies")
    profession = models.CharField(max_length=20, choices=[(p.value, p.value) for p in Profession])
    panel = models.BooleanField(default=False)
    letter = models.CharField(max_length=1, blank=True)
    people = models.PositiveIntegerField(default=0)

    objects: ClassVar[Any] = TallyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "panel", "profession", "letter"], name="tally_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.letter or '*'} {self.people}"

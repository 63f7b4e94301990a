"""What pages quote: evidence cards, clinical tools, experts, objectives."""

from datetime import date
from typing import Any, ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from training.enums import CardState, Freshness, Grade
from training.rules.items import content_hash

from .lines import line_of
from .sign_off import SignOff

GRADES = {
    Grade.HIGH: _("preuve forte"),
    Grade.MODERATE: _("preuve modérée"),
    Grade.LOW: _("preuve faible"),
    Grade.CONSENSUS: _("accord d’experts"),
    Grade.NONE: _("non gradée"),
}
FRESHNESS = {
    Freshness.AS_PRESENTED: _("chiffre présenté à l’origine"),
    Freshness.UPDATED: _("mise à jour"),
}
CARD_STATES = {
    CardState.TO_VERIFY: _("à vérifier"),
    CardState.SIGNED: _("relue et signée"),
}


class Reviewed(
    WorkflowMixin,
    PreviewableMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    index.Indexed,
    models.Model,
):
    """A snippet with draft, workflow, preview, lock and translation."""

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
    )
    revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
    )

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "training/cards/preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        return context | {"kind": self._meta.verbose_name}


class EvidenceCardQuerySet(models.QuerySet["EvidenceCard"]):
    def overdue(self, today: date) -> Self:
        """Cards whose next reading should have taken place."""
        return self.filter(live=True, review_on__lt=today)


class EvidenceCard(Reviewed):
    """One figure, with what it takes to believe it. Shown « à vérifier » until signed."""

    claim = models.CharField(_("ce qui est affirmé"), max_length=240)
    figure = models.CharField(_("chiffre"), max_length=60, blank=True)
    population = models.CharField(_("population"), max_length=200, blank=True)
    reference = models.CharField(_("référence"), max_length=300)
    identifier = models.CharField(
        _("DOI ou identifiant officiel"),
        max_length=120,
        blank=True,
        help_text=_("Vérifié dans la revue ou sur le site officiel."),
    )
    grade = models.CharField(
        _("force de la preuve"),
        max_length=10,
        choices=[(g.value, label) for g, label in GRADES.items()],
        default=Grade.NONE.value,
    )
    published = models.CharField(_("date de la source"), max_length=40, blank=True)
    freshness = models.CharField(
        _("actualité"),
        max_length=12,
        choices=[(f.value, label) for f, label in FRESHNESS.items()],
        default=Freshness.AS_PRESENTED.value,
    )
    updates = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="updated_by",
        verbose_name=_("met à jour"),
    )
    conflicts = models.TextField(
        _("désaccord entre sources"),
        blank=True,
        max_length=400,
        help_text=_("Ce qu’une autre source dit autrement, et laquelle."),
    )
    state = models.CharField(
        _("état"),
        max_length=10,
        choices=[(s.value, label) for s, label in CARD_STATES.items()],
        default=CardState.TO_VERIFY.value,
        editable=False,
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("signée par"),
    )
    signed_on = models.DateField(_("signée le"), null=True, blank=True, editable=False)
    review_on = models.DateField(_("à relire avant le"))

    signed_fields: ClassVar = (
        "claim",
        "figure",
        "population",
        "reference",
        "identifier",
        "grade",
        "freshness",
        "conflicts",
    )
    objects: ClassVar[Any] = models.Manager.from_queryset(EvidenceCardQuerySet)()
    search_fields: ClassVar = [
        index.SearchField("claim"),
        index.AutocompleteField("claim"),
        index.SearchField("reference"),
        index.FilterField("locale_id"),
    ]

    class Meta(Reviewed.Meta):
        verbose_name = _("fiche de preuve")
        verbose_name_plural = _("fiches de preuve")
        ordering = ("claim", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=CardState.TO_VERIFY, signed_by=None, signed_on=None)
                | Q(state=CardState.SIGNED, signed_by__isnull=False, signed_on__isnull=False),
                name="signed_card_says_by_whom",
            )
        ]

    def __str__(self) -> str:
        return f"{self.figure} : {self.claim}" if self.figure else self.claim

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The state follows the signature: a changed word puts the card back to be verified."""
        fields = kwargs.get("update_fields")
        if fields is None or not {"state", *self.signed_fields}.isdisjoint(fields):
            self._read_signature()
            if fields is not None:
                kwargs["update_fields"] = {*fields, "state", "signed_by", "signed_on"}
        super().save(*args, **kwargs)

    @property
    def line(self) -> UUID:
        return line_of(self)

    def signable(self) -> str:
        """The hash of what a sign-off covers: the figure, and what it takes to believe it."""
        return content_hash([getattr(self, field) for field in self.signed_fields])

    def _read_signature(self) -> None:
        signature = SignOff.objects.filter(key=self.line, content_hash=self.signable()).first()
        self.state = CardState.SIGNED if signature else CardState.TO_VERIFY
        self.signed_by_id = signature.by_id if signature else None
        self.signed_on = timezone.localdate(signature.at) if signature else None


class ClinicalTool(Reviewed):
    """A questionnaire or a score. Its items are protected: none is kept here without a licence."""

    title = models.CharField(_("nom"), max_length=80)
    purpose = models.CharField(_("à quoi il sert"), max_length=240)
    score_rule = models.CharField(
        _("règle du score"), max_length=240, help_text=_("Nombre d’items, seuils : des faits.")
    )
    reference = models.CharField(_("référence"), max_length=300)
    holder = models.CharField(_("titulaire des droits"), max_length=120, blank=True)
    official_link = models.URLField(_("site officiel"), blank=True)
    licensed_until = models.DateField(
        _("licence valable jusqu’au"),
        null=True,
        blank=True,
        help_text=_("Vide : pas de licence, le texte reste vide."),
    )
    items = models.TextField(_("texte sous licence"), blank=True)

    search_fields: ClassVar = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.FilterField("locale_id"),
    ]

    class Meta(Reviewed.Meta):
        verbose_name = _("outil clinique")
        verbose_name_plural = _("outils cliniques")
        ordering = ("title", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(items="") | Q(licensed_until__isnull=False),
                name="tool_text_needs_licence",
                violation_error_message=_("Sans licence, le texte de l’outil reste vide."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def shows_items(self, today: date) -> bool:
        """Whether the licence covers the day."""
        return bool(self.items and self.licensed_until and self.licensed_until >= today)


class Expert(Reviewed):
    """Somebody who leads a module or answers first on a panel, with declared interests."""

    name = models.CharField(_("nom ou fonction"), max_length=120)
    function = models.CharField(_("fonction"), max_length=160, blank=True)
    interests = models.TextField(
        _("liens d’intérêts déclarés"),
        max_length=600,
        help_text=_("« Aucun », ou lesquels."),
    )
    declared_on = models.DateField(_("déclarés le"), null=True, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="experts",
        verbose_name=_("compte dans le portail"),
    )

    search_fields: ClassVar = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale_id"),
    ]

    class Meta(Reviewed.Meta):
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class Objective(Reviewed):
    """What a learner will know how to do."""

    text = models.CharField(_("objectif"), max_length=200)

    search_fields: ClassVar = [
        index.SearchField("text"),
        index.AutocompleteField("text"),
        index.FilterField("locale_id"),
    ]

    class Meta(Reviewed.Meta):
        verbose_name = _("objectif pédagogique")
        verbose_name_plural = _("objectifs pédagogiques")
        ordering = ("text", "pk")

    def __str__(self) -> str:
        return self.text

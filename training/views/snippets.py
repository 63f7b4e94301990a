"""The editor's screens for what pages quote: evidence cards, tools, experts, objectives."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PublishingPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from portal.kit import clock
from training.models import ClinicalTool, EvidenceCard, Expert, Objective


class CardFilters(WagtailFilterSet):
    overdue = BooleanFilter(label=_("Relecture en retard"), method="keep_overdue")

    class Meta:
        model = EvidenceCard
        fields: ClassVar = ["state", "freshness", "grade"]

    def keep_overdue(
        self, rows: QuerySet[EvidenceCard], name: str, value: bool
    ) -> QuerySet[EvidenceCard]:
        late = EvidenceCard.objects.overdue(clock.today())
        return rows.filter(pk__in=late) if value else rows.exclude(pk__in=late)


class CardViewSet(SnippetViewSet):
    model = EvidenceCard
    icon = "doc-full-inverse"
    menu_label = _("Fiches de preuve")
    filterset_class = CardFilters
    list_display: ClassVar = [
        "__str__",
        Column("get_state_display", label=_("État"), sort_key="state"),
        Column("get_freshness_display", label=_("Actualité"), sort_key="freshness"),
        DateColumn("review_on", label=_("À relire avant le"), sort_key="review_on"),
    ]
    panels: ClassVar = [
        MultiFieldPanel(
            [
                FieldPanel(
                    "claim",
                    help_text=_("Une phrase, telle qu’un apprenant la lira. Changée, à resigner."),
                ),
                FieldPanel("figure", help_text=_("Par exemple\u00a0: 47 à 57 %.")),
                FieldPanel("population", help_text=_("Chez qui, combien, où.")),
            ],
            heading=_("Ce que dit la source"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("reference", help_text=_("Auteur, revue, année, volume, pages.")),
                FieldPanel("identifier"),
                FieldRowPanel([FieldPanel("grade"), FieldPanel("published")]),
            ],
            heading=_("D’où cela vient"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("freshness"), FieldPanel("review_on")]),
                FieldPanel("updates", help_text=_("La fiche plus ancienne que celle-ci remplace.")),
                FieldPanel("conflicts"),
            ],
            heading=_("Ce qu’elle vaut aujourd’hui"),
        ),
        PublishingPanel(),
    ]


class ToolViewSet(SnippetViewSet):
    model = ClinicalTool
    icon = "clipboard-list"
    menu_label = _("Outils cliniques")
    list_display: ClassVar = ["title", "holder", DateColumn("licensed_until", label=_("Licence"))]
    panels: ClassVar = [
        FieldPanel("title"),
        FieldPanel("purpose"),
        FieldPanel("score_rule"),
        FieldPanel("reference"),
        MultiFieldPanel(
            [
                FieldPanel("holder"),
                FieldPanel("official_link"),
                FieldPanel("licensed_until"),
                FieldPanel(
                    "items",
                    help_text=_("Reste vide sans licence écrite du titulaire des droits."),
                ),
            ],
            heading=_("Droits"),
        ),
        PublishingPanel(),
    ]


class ExpertViewSet(SnippetViewSet):
    model = Expert
    icon = "user"
    menu_label = _("Experts")
    list_display: ClassVar = ["name", "function", DateColumn("declared_on", label=_("Déclarés le"))]
    panels: ClassVar = [
        FieldPanel("name"),
        FieldPanel("function"),
        MultiFieldPanel(
            [FieldPanel("interests"), FieldPanel("declared_on")], heading=_("Liens d’intérêts")
        ),
        PublishingPanel(),
    ]


class ObjectiveViewSet(SnippetViewSet):
    model = Objective
    icon = "tick-inverse"
    menu_label = _("Objectifs")
    panels: ClassVar = [
        FieldPanel(
            "text", help_text=_("Commencez par un verbe\u00a0: reconnaître, décider, expliquer.")
        ),
        PublishingPanel(),
    ]


class TrainingGroup(SnippetViewSetGroup):
    """« Formation » in the menu of the editor."""

    items: Any = (CardViewSet, ToolViewSet, ExpertViewSet, ObjectiveViewSet)
    menu_label = _("Formation")
    menu_icon = "glasses"
    menu_order = 250

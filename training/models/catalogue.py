"""The catalogue: what can be learned, and the two kinds of things in it."""

from typing import Any, ClassVar, Self

from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import PageChooserBlock
from wagtail.fields import StreamField
from wagtail.models import Locale, Page
from wagtail.snippets.blocks import SnippetChooserBlock

from portal.kit.frames import reader_of
from training.access import Perm
from training.blocks import LESSON, QUESTIONS, STEPS
from training.enums import Audience, Axis, Part, Topic

from .previews import StepsPreview
from .remarks import Placed, of_lesson
from .review_panel import ReviewPanel
from .signed_page import SignedPage
from .versions import TOPICS
from .webinar import AUDIENCES

AXES = {
    Axis.KNOWLEDGE: _("1. Connaissances et compétences"),
    Axis.PRACTICE: _("2. Qualité des pratiques"),
    Axis.RELATION: _("3. Relation avec les patients"),
    Axis.OWN_HEALTH: _("4. Santé du soignant"),
}
NATURES = [
    ("FC", _("formation continue")),
    ("EPP", _("évaluation des pratiques")),
    ("PI", _("programme intégré")),
]


class TrainingIndexPage(Page):
    """The public list of modules and vignettes."""

    intro = models.TextField(_("introduction"), max_length=400, blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["training.ModulePage", "training.VignettePage"]
    max_count = 1
    template = "training/index.html"

    class Meta:
        verbose_name = _("catalogue de formation")
        verbose_name_plural = _("catalogues de formation")

    @classmethod
    def original(cls) -> Self:
        """The French one, from which the others are translated."""
        found: Self = cls.objects.get(locale=Locale.get_default())
        return found

    @property
    def summary(self) -> str:
        """What search engines and shared links show."""
        return self.search_description or self.intro

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | reader_of(request)


class CataloguePage(SignedPage):
    """What modules and vignettes say of themselves to everybody."""

    lede = models.TextField(
        _("résumé public"),
        max_length=400,
        help_text=_("Visible de tous : rien qui donne la réponse."),
    )
    topic = models.CharField(
        _("thème"),
        max_length=12,
        choices=[(t.value, label) for t, label in TOPICS.items()],
        default=Topic.BASICS.value,
    )
    audience = models.CharField(
        _("public"),
        max_length=14,
        choices=[(a.value, label) for a, label in AUDIENCES.items()],
        default=Audience.PROFESSIONALS.value,
    )
    minutes = models.PositiveSmallIntegerField(_("durée en minutes"), default=6)
    objectives = StreamField(
        [("objective", SnippetChooserBlock("training.Objective", label=_("Objectif")))],
        verbose_name=_("objectifs"),
        blank=True,
    )

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("lede"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("topic"), FieldPanel("audience")]),
                FieldRowPanel([FieldPanel("minutes"), FieldPanel("review_on")]),
            ],
            heading=_("Pour qui, et combien de temps"),
        ),
        FieldPanel("objectives"),
    ]

    class Meta:
        abstract = True

    @property
    def summary(self) -> str:
        """What search engines and shared links show."""
        return self.search_description or self.lede

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | reader_of(request)


class VignettePage(StepsPreview, CataloguePage):
    """A clinical case: steps, decisions, and what comes after each answer."""

    steps = StreamField(STEPS, verbose_name=_("étapes"), blank=True)
    panel = StreamField(
        [("expert", SnippetChooserBlock("training.Expert", label=_("Expert")))],
        verbose_name=_("panel d’experts"),
        blank=True,
        help_text=_("Leurs réponses sont montrées à part, jamais comptées avec celles des pairs."),
    )

    signed_streams = ("steps",)
    answered: ClassVar = {Part.CASE: "steps"}
    content_panels: ClassVar = [
        *CataloguePage.content_panels,
        FieldPanel("steps"),
        ReviewPanel(),
        FieldPanel("panel"),
    ]
    parent_page_types: ClassVar = ["training.TrainingIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "training/vignette.html"

    class Meta:
        verbose_name = _("vignette clinique")
        verbose_name_plural = _("vignettes cliniques")


class ModulePage(StepsPreview, CataloguePage):
    """A module: pre-test, lessons (its child pages), vignettes, post-test."""

    axis = models.PositiveSmallIntegerField(
        _("axe de certification"),
        choices=[(a.value, label) for a, label in AXES.items()],
        default=Axis.KNOWLEDGE.value,
    )
    lead = models.ForeignKey(
        "training.Expert",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("responsable scientifique"),
    )
    pass_mark = models.PositiveSmallIntegerField(
        _("seuil de réussite (%)"), default=70, help_text=_("Au post-test.")
    )
    nature = models.CharField(_("nature"), max_length=3, choices=NATURES, default="FC")
    action_number = models.CharField(
        _("numéro d’action"), max_length=40, blank=True, help_text=_("S’il a été attribué.")
    )
    session_number = models.CharField(_("numéro de session"), max_length=40, blank=True)
    vignettes = StreamField(
        [("vignette", PageChooserBlock(page_type="training.VignettePage", label=_("Vignette")))],
        verbose_name=_("vignettes"),
        blank=True,
    )
    pretest = StreamField(QUESTIONS, verbose_name=_("pré-test"), blank=True)
    posttest = StreamField(
        QUESTIONS,
        verbose_name=_("post-test"),
        blank=True,
        help_text=_("Parallèle au pré-test : mêmes objectifs, autres questions."),
    )

    signed_streams = ("pretest", "posttest")
    answered: ClassVar = {Part.PRETEST: "pretest", Part.POSTTEST: "posttest"}
    content_panels: ClassVar = [
        *CataloguePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("axis"), FieldPanel("nature")]),
                FieldRowPanel([FieldPanel("action_number"), FieldPanel("session_number")]),
                FieldRowPanel([FieldPanel("lead"), FieldPanel("pass_mark")]),
            ],
            heading=_("Cadre"),
        ),
        FieldPanel("pretest"),
        FieldPanel("vignettes"),
        FieldPanel("posttest"),
        ReviewPanel(),
    ]
    parent_page_types: ClassVar = ["training.TrainingIndexPage"]
    subpage_types: ClassVar = ["training.LessonPage"]
    template = "training/module.html"

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pass_mark__lte=100),
                name="pass_mark_is_a_percentage",
                violation_error_message=_("Le seuil est un pourcentage : 100 au plus."),
            )
        ]


class LessonPage(SignedPage):
    """One lesson of a module, read in a few minutes."""

    minutes = models.PositiveSmallIntegerField(_("durée en minutes"), default=5)
    body = StreamField(LESSON, verbose_name=_("contenu"), blank=True)

    signed_streams = ("body",)
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("minutes"), FieldPanel("review_on")]),
        FieldPanel("body"),
        ReviewPanel(),
    ]
    parent_page_types: ClassVar = ["training.ModulePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "training/lesson.html"

    class Meta:
        verbose_name = _("leçon")
        verbose_name_plural = _("leçons")

    @property
    def summary(self) -> str:
        return self.search_description or self.title

    def remarks(self) -> list[Placed]:
        return of_lesson(self.raw("body"), field="body")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The lesson for who may learn; to others, the summary of its module, or the sign-in."""
        if request.user.is_authenticated and not request.user.has_perm(Perm.LEARN):
            return redirect(self.get_parent().get_url(request))
        if not request.user.is_authenticated:
            return redirect_to_login(request.path)
        response: HttpResponse = super().serve(request, *args, **kwargs)
        patch_cache_control(response, private=True)
        return response

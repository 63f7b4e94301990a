"""Questions and answers that open in place."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .text import FEATURES


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=140)
    answer = blocks.RichTextBlock(label=_("Réponse"), features=[*FEATURES, "ul"])


class QuestionsBlock(blocks.StructBlock):
    questions = blocks.ListBlock(
        QuestionBlock(label=_("Question")), label=_("Questions"), min_num=1
    )

    class Meta:
        icon = "help"
        label = _("Questions et réponses")
        template = "home/blocks/questions.html"

"""What a lesson is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from .steps import FEATURES


class LessonFigureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(label=_("Ce que montre l’image"), max_length=300)
    caption = blocks.CharBlock(label=_("Légende"), required=False, max_length=200)
    card = SnippetChooserBlock("training.EvidenceCard", label=_("Fiche de preuve"))

    class Meta:
        icon = "image"
        label = _("Figure")


class VideoBlock(blocks.StructBlock):
    """A film kept here, never on another host. No film without captions and transcript."""

    title = blocks.CharBlock(label=_("Titre"), max_length=120)
    film = DocumentChooserBlock(label=_("Film (MP4)"))
    captions = DocumentChooserBlock(label=_("Sous-titres (WebVTT)"))
    transcript = blocks.RichTextBlock(label=_("Transcription"), features=FEATURES)

    class Meta:
        icon = "media"
        label = _("Film sous-titré")


LESSON = [
    ("heading", blocks.CharBlock(label=_("Titre de partie"), max_length=120, icon="title")),
    (
        "paragraph",
        blocks.RichTextBlock(label=_("Paragraphe"), features=FEATURES, icon="pilcrow"),
    ),
    ("figure", LessonFigureBlock()),
    ("evidence", SnippetChooserBlock("training.EvidenceCard", label=_("Fiche de preuve"))),
    ("video", VideoBlock()),
    (
        "key_points",
        blocks.ListBlock(
            blocks.CharBlock(label=_("Point"), max_length=240),
            label=_("Points clés"),
            icon="tick",
        ),
    ),
]

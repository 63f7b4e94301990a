"""What a lesson is made of."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from .steps import FEATURES

KINDS = {"film": "mp4", "captions": "vtt"}
"""What each file of a film must be."""


class LessonFigureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(label=_("Ce que montre l’image"), max_length=300)
    caption = blocks.CharBlock(label=_("Légende"), required=False, max_length=200)
    card = SnippetChooserBlock("training.EvidenceCard", label=_("Fiche de preuve"))

    class Meta:
        icon = "image"
        label = _("Figure")
        template = "training/blocks/figure.html"


class VideoBlock(blocks.StructBlock):
    """A film kept here, never on another host. No film without captions and transcript."""

    title = blocks.CharBlock(label=_("Titre"), max_length=120)
    film = DocumentChooserBlock(label=_("Film (MP4)"))
    captions = DocumentChooserBlock(label=_("Sous-titres (WebVTT)"))
    transcript = blocks.RichTextBlock(label=_("Transcription"), features=FEATURES)

    class Meta:
        icon = "media"
        label = _("Film sous-titré")
        template = "training/blocks/video.html"

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned: blocks.StructValue = super().clean(value)
        wrong = {
            name: ValidationError(_("Choisissez un fichier %(kind)s.") % {"kind": kind.upper()})
            for name, kind in KINDS.items()
            if cleaned[name] and cleaned[name].file_extension.lower() != kind
        }
        if wrong:
            raise blocks.StructBlockValidationError(block_errors=wrong)
        return cleaned


LESSON = [
    (
        "heading",
        blocks.CharBlock(
            label=_("Titre de partie"),
            max_length=120,
            icon="title",
            template="training/blocks/heading.html",
        ),
    ),
    (
        "paragraph",
        blocks.RichTextBlock(
            label=_("Paragraphe"),
            features=FEATURES,
            icon="pilcrow",
            template="training/blocks/paragraph.html",
        ),
    ),
    ("figure", LessonFigureBlock()),
    (
        "evidence",
        SnippetChooserBlock(
            "training.EvidenceCard",
            label=_("Fiche de preuve"),
            template="training/blocks/evidence.html",
        ),
    ),
    ("video", VideoBlock()),
    (
        "key_points",
        blocks.ListBlock(
            blocks.CharBlock(label=_("Point"), max_length=240),
            label=_("Points clés"),
            icon="tick",
            template="training/blocks/key_points.html",
        ),
    ),
]

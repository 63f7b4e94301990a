"""Resources of an event: a document kept here, or an address elsewhere."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock


class DocumentResource(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Intitulé"), max_length=120)
    document = DocumentChooserBlock(label=_("Document"))

    class Meta:
        icon = "doc-full"
        label = _("Document")


class LinkResource(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Intitulé"), max_length=120)
    address = blocks.URLBlock(label=_("Adresse"))

    class Meta:
        icon = "link"
        label = _("Adresse sur un autre site")


RESOURCES = [("document", DocumentResource()), ("link", LinkResource())]

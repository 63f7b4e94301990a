"""Links to a page of the site or to one of the portal's own addresses."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class LinkValue(blocks.StructValue):
    @property
    def url(self) -> str:
        page = self.get("page")
        return (page.url if page else self.get("address")) or "/"


class LinkBlock(blocks.StructBlock):
    """A page when there is one, else an address of the portal that starts with a slash."""

    label = blocks.CharBlock(label=_("Texte du lien"), max_length=60)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    address = blocks.CharBlock(
        label=_("ou adresse du portail"),
        required=False,
        max_length=200,
        help_text=_("Par exemple /accueil/."),
        validators=[RegexValidator(r"^/(?!/)[\w/#?=&.-]*$", _("Commencez par une barre : /…"))],
    )

    class Meta:
        icon = "link"
        label = _("Lien")
        value_class = LinkValue

    def clean(self, value: LinkValue) -> LinkValue:
        cleaned: LinkValue = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["address"]):
            message = ValidationError(_("Choisissez une page ou une adresse, l’une des deux."))
            raise blocks.StructBlockValidationError(block_errors={"page": message})
        return cleaned


class LinksBlock(blocks.StructBlock):
    links = blocks.ListBlock(LinkBlock(), label=_("Liens"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Liens")
        template = "home/blocks/links.html"


class DoorBlock(blocks.StructBlock):
    """One of the three doors of the home page."""

    title = blocks.CharBlock(label=_("Titre"), max_length=40)
    text = blocks.CharBlock(label=_("Phrase"), max_length=160)
    links = blocks.ListBlock(LinkBlock(), label=_("Liens"), min_num=1, max_num=4)

    class Meta:
        icon = "login"
        label = _("Porte")

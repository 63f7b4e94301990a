"""The directory in the editor: a screen for a structure, one for a resource. Waits are noted on
the structure's own page."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
)
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from network.models import PhoneLine, Resource, Structure


class StructureViewSet(SnippetViewSet):
    model = Structure
    icon = "site"
    menu_label = _("Structures")
    search_fields: ClassVar = ["name", "hospital", "city"]
    list_filter: ClassVar = ["kind", "department"]
    list_display: ClassVar = [
        "name",
        Column("get_kind_display", label=_("Type"), sort_key="kind"),
        Column("department", label=_("Département"), sort_key="department"),
        DateColumn("verified_on", label=_("Vérifiée le"), sort_key="verified_on"),
    ]
    panels: ClassVar = [
        HelpPanel(
            _(
                "L’attente avant un premier rendez-vous se note sur la fiche publique, par la"
                " coordination, avec sa date."
            )
        ),
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("parent")]),
                FieldPanel("hospital"),
                FieldPanel("finess"),
            ],
            heading=_("La structure"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("postcode"), FieldPanel("city")]),
                FieldPanel("department"),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            ],
            heading=_("Où"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("populations"),
                FieldPanel("specialities"),
                FieldPanel("techniques"),
                FieldPanel("fast_tracks"),
                FieldPanel("catchment"),
                FieldPanel("tele_expertise"),
                FieldPanel("second_opinion"),
            ],
            heading=_("Qui est reçu, et pour quoi"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("phone"),
                FieldPanel("professional_phone"),
                FieldPanel("email"),
                FieldPanel("referral_documents"),
            ],
            heading=_("Joindre la structure"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("in_contract"),
                FieldRowPanel([FieldPanel("label_from"), FieldPanel("label_to")]),
            ],
            heading=_("Label"),
        ),
    ]


class ResourceViewSet(SnippetViewSet):
    model = Resource
    icon = "help"
    menu_label = _("Ressources")
    search_fields: ClassVar = ["name", "what", "words"]
    list_filter: ClassVar = ["audience"]
    list_display: ClassVar = [
        "name",
        Column("get_audience_display", label=_("Visible par"), sort_key="audience"),
        DateColumn("review_on", label=_("À relire avant le"), sort_key="review_on"),
    ]
    panels: ClassVar = [
        FieldPanel("name"),
        FieldPanel("needs"),
        FieldPanel("what"),
        FieldPanel("how"),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("link")]),
        FieldPanel("departments"),
        FieldPanel("audience"),
        FieldPanel("words"),
        FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("review_on")]),
    ]


class PhoneLineViewSet(SnippetViewSet):
    """Everything but the number of a line of the verified: an administrator gives it elsewhere."""

    model = PhoneLine
    icon = "mail"
    menu_label = _("Lignes téléphoniques")
    copy_view_enabled = False
    search_fields: ClassVar = ["name", "purpose"]
    list_display: ClassVar = [
        "name",
        Column("get_audience_display", label=_("Connue de"), sort_key="audience"),
    ]
    panels: ClassVar = [
        HelpPanel(
            _(
                "Le numéro d’une ligne des professionnels vérifiés ne s’écrit dans aucun champ de"
                " la rédaction\u00a0: l’administration le saisit dans le portail."
            )
        ),
        FieldPanel("name"),
        FieldPanel("purpose"),
        FieldRowPanel([FieldPanel("audience"), FieldPanel("number")]),
        FieldPanel("hours_note"),
        FieldPanel("on_holidays"),
        InlinePanel("week", heading=_("Horaires de la semaine"), label=_("Horaire")),
        InlinePanel(
            "special_days",
            heading=_("Jours particuliers (sans horaire\u00a0: fermée)"),
            label=_("Jour"),
        ),
        FieldRowPanel([FieldPanel("words"), FieldPanel("order")]),
    ]


class DirectoryGroup(SnippetViewSetGroup):
    items: ClassVar = (StructureViewSet, ResourceViewSet, PhoneLineViewSet)
    menu_label = _("Annuaire")
    menu_icon = "site"
    menu_order = 300

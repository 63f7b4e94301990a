"""The directory in the editor: one screen for a structure. Its waits are noted on its own page."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from network.models import Structure


class StructureViewSet(SnippetViewSet):
    model = Structure
    icon = "site"
    menu_label = _("Annuaire")
    menu_order = 300
    add_to_admin_menu = True
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

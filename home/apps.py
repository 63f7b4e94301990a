from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "La maison"

    def ready(self) -> None:
        from home import access, dashboard, findable, listeners, navigation, tasks  # noqa: F401
        from network.access import Perm
        from portal.kit.navigation import Entry, register

        if settings.DEMO:
            from home.demo_data.personas import register_personas

            register_personas()
        register(
            Entry(_("Accueil"), "home:dashboard", "home", order=0),
            Entry(
                _("Je cherche…"),
                "home:find",
                "search",
                Perm.SEE_PROFESSIONAL_CONTACTS,
                order=28,
                inside="network:patients",
                note=_("Un besoin, une ressource, une structure de la douleur."),
            ),
            Entry(
                _("Rédaction"), "wagtailadmin_home", "pen-line", access.Perm.OPEN_EDITOR, order=60
            ),
            Entry(_("Indicateurs"), "home:indicators", "chart-column", access.Perm.SEE_FIGURES, 55),
            Entry(
                _("Rapport annuel"),
                "home:report",
                "file",
                access.Perm.SEE_REPORT,
                56,
                inside="home:indicators",
                note=_("Pour l’agence\u00a0: page, PDF, tableur."),
            ),
            Entry(
                _("Mon activité"),
                "home:own_figures",
                "chart-column",
                access.Perm.SEE_OWN_FIGURES,
                55,
                inside="fees:my_acts",
                note=_("Vos actes, vos euros, vos refus, année par année."),
            ),
        )

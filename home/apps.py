from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "La maison"

    def ready(self) -> None:
        from django.conf import settings

        from home import access, dashboard, listeners, tasks  # noqa: F401
        from portal.kit.navigation import Entry, register

        register(
            Entry(_("Accueil"), "home:dashboard", "home", order=0),
            Entry(
                _("Rédaction"), "wagtailadmin_home", "pen-line", access.Perm.OPEN_EDITOR, order=60
            ),
        )
        if settings.DEMO:
            from home.demo.personas import register_personas

            register_personas()

from django.apps import AppConfig


class EtpConfig(AppConfig):
    name = "etp"
    verbose_name = "Éducation thérapeutique"

    def ready(self) -> None:
        from etp import access, dashboard, navigation, panels, tasks, verbs  # noqa: F401

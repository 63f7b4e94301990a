from django.apps import AppConfig


class EtpConfig(AppConfig):
    name = "etp"
    verbose_name = "Éducation thérapeutique"

    def ready(self) -> None:
        from etp import access, dashboard, indicators, navigation, panels, tasks, verbs  # noqa: F401
        from etp.selectors import verify, verify_people  # noqa: F401

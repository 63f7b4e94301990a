from django.apps import AppConfig


class EtpConfig(AppConfig):
    name = "etp"
    verbose_name = "Éducation thérapeutique"

    def ready(self) -> None:
        from etp import (  # noqa: F401
            access,
            dashboard,
            findable,
            indicators,
            navigation,
            panels,
            tasks,
            verbs,
        )
        from etp.selectors import verify, verify_people  # noqa: F401

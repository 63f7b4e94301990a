from django.apps import AppConfig


class FeesConfig(AppConfig):
    name = "fees"
    verbose_name = "Actes dérogatoires"

    def ready(self) -> None:
        from fees import access, dashboard, listeners, navigation, panels, tasks, verbs  # noqa: F401
        from fees.selectors import (  # noqa: F401
            inclusion,
            verify,
            verify_bank,
            verify_books,
            verify_claims,
            verify_closings,
            verify_held,
            verify_statements,
        )

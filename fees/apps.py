from django.apps import AppConfig


class FeesConfig(AppConfig):
    name = "fees"
    verbose_name = "Actes dérogatoires"

    def ready(self) -> None:
        from fees import (  # noqa: F401
            access,
            dashboard,
            indicators,
            listeners,
            navigation,
            panels,
            tasks,
            verbs,
        )
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

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = "Formation"

    def ready(self) -> None:
        from training import (  # noqa: F401
            access,
            dashboard,
            findable,
            indicators,
            listeners,
            navigation,
            panels,
            tasks,
            verbs,
        )
        from training.selectors import (  # noqa: F401
            verify,
            verify_meetings,
            verify_paths,
            verify_payments,
        )

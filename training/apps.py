from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = "Formation"

    def ready(self) -> None:
        from training import access, dashboard, navigation  # noqa: F401
        from training.selectors import verify  # noqa: F401

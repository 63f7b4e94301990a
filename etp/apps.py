from django.apps import AppConfig


class EtpConfig(AppConfig):
    name = "etp"
    verbose_name = "Éducation thérapeutique"

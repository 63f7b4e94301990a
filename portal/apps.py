import gettext

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation.trans_real import translation


class FrenchTexts(gettext.NullTranslations):
    """The texts of the code, which are French: nought of a thing is singular (« 0 ligne »).

    Without a catalogue of its own language gettext counts as in English.
    """

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return msgid1 if abs(n) < 2 else msgid2


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "Portail"

    def ready(self) -> None:
        translation(settings.LANGUAGE_CODE).add_fallback(FrenchTexts())

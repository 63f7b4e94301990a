"""The doors of the public site that other rooms show."""

from typing import Any

from django.utils.translation import gettext as _

from home.models import StandardPage
from portal.kit.care_doors import Door, care_door

REFERRAL = "adresser"
"""The last part of the address of the page that explains how to refer a patient."""


@care_door(order=10)
def refer_a_patient(user: Any, topic: str) -> Door | None:
    page = StandardPage.objects.live().public().filter(slug=REFERRAL).first()
    if page is None:
        return None
    note = _("Une demande tient sur une page. Réponse en 15\u00a0jours, dossier complet.")
    return Door(_("Adresser un patient"), page.url, note)

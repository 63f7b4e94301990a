"""Doors to care at the end of a case: the referral, and the workshops of patients."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from home.content import REFERRAL, WORKSHOPS
from home.models import StandardPage
from network.access import Perm
from portal.kit.care_doors import Door, care_door


@care_door(order=10)
def refer_a_patient(user: Any, topic: str) -> Door | None:
    """The form itself for those who may refer."""
    note = _("Une demande tient sur une page. Réponse en 15\u00a0jours, dossier complet.")
    if user.has_perm(Perm.REFER):
        return Door(_("Adresser un patient"), reverse("network:refer_new"), note)
    return _page(REFERRAL, _("Adresser un patient"), note)


@care_door(order=20)
def workshops(user: Any, topic: str) -> Door | None:
    note = _("Gratuits, sur place ou par vidéo, pour les patients suivis par le réseau.")
    return _page(WORKSHOPS, _("Voir les ateliers pour les patients"), note)


def _page(slug: str, label: str, note: str) -> Door | None:
    page = StandardPage.objects.live().public().filter(slug=slug).first()
    return Door(label, page.url, note) if page else None

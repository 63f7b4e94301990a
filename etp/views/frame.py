"""What the pages of the coordination of workshops have in common."""

from django.urls import reverse
from django.utils.translation import gettext as _


def tabs(current: str) -> list[dict[str, object]]:
    """The parts of the room of coordination, the one where one stands marked."""
    parts = {
        "planning": _("Planning"),
        "absents": _("Absents à appeler"),
        "assessments": _("Bilans"),
        "report": _("Rapport"),
        "programmes": _("Programmes"),
        "workshops": _("Modèles d’ateliers"),
        "facilitators": _("Animateurs"),
        "sites": _("Lieux"),
    }
    return [
        {"href": reverse(f"etp:{name}"), "label": label, "current": name == current}
        for name, label in parts.items()
    ]

"""What patient education writes in the journal, in words."""

from django.utils.translation import gettext_lazy as _

from etp.enums import Move
from network.models.journal import READINGS, VERBS

READINGS.add("assessment.read")
VERBS.update(
    {
        f"place.{Move.BOOKED}": _("place réservée"),
        f"place.{Move.OFFERED}": _("place proposée"),
        f"place.{Move.ACCEPTED}": _("place acceptée"),
        f"place.{Move.DECLINED}": _("place déclinée"),
        f"place.{Move.EXPIRED}": _("proposition de place sans réponse"),
        f"place.{Move.CANCELLED}": _("place annulée"),
        f"place.{Move.MOVED}": _("place déplacée"),
        f"place.{Move.WITHDRAWN}": _("proposition de place retirée"),
        f"place.{Move.ATTENDED}": _("présence notée"),
        f"place.{Move.ABSENT}": _("absence notée"),
        f"place.{Move.EXCUSED}": _("absence excusée notée"),
        "wait.joined": _("inscription en liste d’attente"),
        "wait.left": _("départ de la liste d’attente"),
        "session.planned": _("séance prévue"),
        "session.changed": _("séance modifiée"),
        "session.resized": _("nombre de places modifié"),
        "session.cancelled": _("séance annulée"),
        "session.messaged": _("message aux participants"),
        "assessment.started": _("bilan éducatif commencé"),
        "assessment.closed": _("bilan éducatif terminé"),
        "assessment.read": _("bilan éducatif consulté"),
        "workshop.opened": _("atelier ouvert au patient"),
        "workshop.closed": _("atelier fermé au patient"),
        "link.sent": _("lien personnel envoyé"),
        "link.revoked": _("lien personnel retiré"),
        "evaluation.recorded": _("évaluation éducative notée"),
        "evaluation.sent": _("lettre d’évaluation préparée"),
    }
)

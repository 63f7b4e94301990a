"""What patient education writes in the journal, in words."""

from django.utils.translation import gettext_lazy as _

from etp.enums import Move
from network.models.journal import READINGS, VERBS

READINGS.update({"assessment.read", "session.read"})
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
        "session.read": _("liste des participants consultée"),
        "session.noted": _("présences d’une séance notées"),
        "absence.called": _("appel après une absence noté"),
        "programme.kept": _("programme enregistré"),
        "workshop.kept": _("modèle d’atelier enregistré"),
        "facilitator.kept": _("animateur enregistré"),
        "site.kept": _("lieu d’atelier enregistré"),
        "assessment.started": _("bilan éducatif commencé"),
        "assessment.closed": _("bilan éducatif terminé"),
        "assessment.read": _("bilan éducatif consulté"),
        "workshop.opened": _("atelier ouvert au patient"),
        "workshop.closed": _("atelier fermé au patient"),
        "feed.made": _("adresse d’agenda créée"),
        "feed.stopped": _("adresse d’agenda arrêtée"),
        "feedback.given": _("avis donné sur une séance"),
        "objective.rated": _("objectifs notés par le patient"),
        "satisfaction.given": _("satisfaction notée par le patient"),
        "evaluation.recorded": _("évaluation éducative notée"),
        "evaluation.sent": _("lettre d’évaluation préparée"),
    }
)

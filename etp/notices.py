"""The words of the mails about places: a date, a place, a link; neither name nor health data."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SUBJECT = _("Rendez-vous réseau")
"""The title of every event in a calendar."""

MANAGE = _("Voir, changer ou annuler ce rendez-vous\u00a0:")


@dataclass(frozen=True, slots=True, eq=False)
class Notice:
    """`subject` is completed by the day; `key` names the mail for those sent once."""

    key: str
    subject: str | Promise
    sentence: str | Promise
    invitation: str | Promise = MANAGE


BOOKED = Notice(
    "booked", _("Votre rendez-vous du %(day)s est noté"), _("Votre place est réservée\u00a0:")
)
MOVED = Notice(
    "moved",
    _("Votre rendez-vous est déplacé au %(day)s"),
    _("Votre rendez-vous a changé de date. Le voici\u00a0:"),
)
BOOKED_TOGETHER = Notice(
    "booked_together",
    _("Vos %(count)s rendez-vous à partir du %(day)s sont notés"),
    _("Vos places sont réservées\u00a0:"),
    _("Chaque date a son lien, pour la voir, la changer ou l’annuler."),
)
CANCELLED_TOGETHER = Notice(
    "cancelled_together",
    _("Vos %(count)s rendez-vous à partir du %(day)s sont annulés"),
    _("C’est noté, vous ne viendrez pas à ces rendez-vous\u00a0:"),
    _("Choisir d’autres dates\u00a0:"),
)
CANCELLED = Notice(
    "cancelled",
    _("Votre rendez-vous du %(day)s est annulé"),
    _("C’est noté, vous ne viendrez pas à ce rendez-vous\u00a0:"),
    _("Choisir une autre date\u00a0:"),
)
OFFERED = Notice(
    "offered",
    _("Une place se libère le %(day)s"),
    _("Vous étiez sur la liste d’attente\u00a0: une place est gardée pour vous."),
    _("Répondre oui ou non\u00a0:"),
)
OFFERED_TOGETHER = Notice(
    "offered_together",
    _("Une place se libère dans le cycle qui commence le %(day)s"),
    _("Vous étiez sur la liste d’attente\u00a0: une place est gardée pour vous à chaque date."),
    _("Répondre oui ou non, pour toutes les dates\u00a0:"),
)
EXPIRED = Notice(
    "expired",
    _("La place du %(day)s n’est plus gardée"),
    _("Sans réponse de votre part, cette place a été proposée à la personne suivante."),
    _("Voir les autres dates\u00a0:"),
)
CHANGED = Notice(
    "changed",
    _("Votre rendez-vous du %(day)s a changé"),
    _("Votre rendez-vous a changé. Voici ce qu’il faut retenir\u00a0:"),
)
CALLED_OFF = Notice(
    "called_off",
    _("Le rendez-vous du %(day)s n’aura pas lieu"),
    _("Nous avons dû annuler ce rendez-vous. Nous vous proposerons une autre date en premier."),
    _("Voir les autres dates\u00a0:"),
)
IN_A_WEEK = Notice(
    "in_a_week", _("Votre rendez-vous du %(day)s"), _("Votre rendez-vous approche\u00a0:")
)
TOMORROW = Notice(
    "tomorrow", _("Votre rendez-vous de demain, %(day)s"), _("Votre rendez-vous est demain\u00a0:")
)
TODAY = Notice(
    "today",
    _("Votre rendez-vous d’aujourd’hui, %(day)s"),
    _("Votre rendez-vous est aujourd’hui\u00a0:"),
)
MESSAGE = Notice(
    "message",
    _("Un message à propos de votre rendez-vous du %(day)s"),
    _("La coordination du réseau vous écrit à propos de ce rendez-vous\u00a0:"),
)

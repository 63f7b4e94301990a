"""The words about meetings: of their mails, and of what is refused."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.kit.money import of_cents
from portal.kit.words import euros, hour, long_day
from training.enums import NoSeat, Survey

MANAGE = _("Voir, rejoindre ou annuler\u00a0:")


@dataclass(frozen=True, slots=True)
class Notice:
    """`subject` is completed by the `title` and the `day`."""

    subject: str | Promise
    sentence: str | Promise
    invitation: str | Promise = MANAGE


REGISTERED = Notice(
    _("Vous êtes inscrit\u00a0: %(title)s, %(day)s"), _("Votre inscription est notée\u00a0:")
)
WAITING = Notice(
    _("Liste d’attente\u00a0: %(title)s, %(day)s"),
    _("Toutes les places sont prises. Dès qu’une se libère, elle est à vous et un mail le dit."),
    _("Voir votre rang, ou renoncer\u00a0:"),
)
SEATED = Notice(
    _("Une place s’est libérée\u00a0: %(title)s, %(day)s"),
    _("Vous étiez en liste d’attente\u00a0: une place est maintenant la vôtre."),
    _("Vous ne pouvez plus venir\u202f? Un geste suffit, elle ira à la personne suivante\u00a0:"),
)
CANCELLED = Notice(
    _("Inscription annulée\u00a0: %(title)s, %(day)s"),
    _("C’est noté, vous ne viendrez pas\u00a0:"),
    _("S’inscrire de nouveau\u00a0:"),
)
FREED = Notice(
    _("Inscription annulée\u00a0: %(title)s, %(day)s"),
    _("Votre inscription est annulée et remboursée, comme convenu avec nous\u00a0:"),
    _("S’inscrire de nouveau\u00a0:"),
)
CHANGED = Notice(
    _("Changement\u00a0: %(title)s, %(day)s"),
    _("Cette rencontre a changé. Voici ce qu’il faut retenir\u00a0:"),
)
CALLED_OFF = Notice(
    _("Annulée\u00a0: %(title)s, %(day)s"),
    _("Cette rencontre n’aura pas lieu\u00a0:"),
    _("Voir l’agenda\u00a0:"),
)
DATED = Notice(
    _("La date est fixée\u00a0: %(title)s, %(day)s"),
    _("Vous aviez demandé à être prévenu de cette date\u00a0:"),
    _("S’inscrire\u00a0:"),
)
ATTESTED = Notice(
    _("Votre attestation\u00a0: %(title)s"),
    _("Merci d’avoir participé. Votre attestation est dans «\u00a0Mes attestations\u00a0»\u00a0:"),
    _("Votre inscription\u00a0:"),
)
IN_A_WEEK = Notice(_("Dans une semaine\u00a0: %(title)s"), _("La rencontre approche\u00a0:"))
TOMORROW = Notice(_("Demain\u00a0: %(title)s"), _("La rencontre est demain\u00a0:"))
TODAY = Notice(_("Aujourd’hui\u00a0: %(title)s"), _("La rencontre est aujourd’hui\u00a0:"))
SURVEYS = {
    Survey.HOT: Notice(
        _("Votre avis\u00a0: %(title)s"),
        _("Merci d’avoir participé. Une minute suffit pour dire ce que cela valait\u00a0:"),
        _("Donner votre avis\u00a0:"),
    ),
    Survey.COLD: Notice(
        _("Deux mois après\u00a0: %(title)s"),
        _("Vous avez suivi cette rencontre il y a deux mois. Vous a-t-elle servi\u202f?"),
        _("Le dire en une minute\u00a0:"),
    ),
}

REFUSALS = {
    NoSeat.CALLED_OFF: _("Cette rencontre est annulée."),
    NoSeat.UNDATED: _("La date n’est pas encore fixée."),
    NoSeat.BEGUN: _("Les inscriptions sont closes\u00a0: la rencontre a commencé."),
    NoSeat.NOT_OPEN: _("Les inscriptions ne sont pas encore ouvertes."),
    NoSeat.CLOSED: _("Les inscriptions sont closes."),
    NoSeat.NOT_OFFERED: _("On ne s’inscrit pas ici à cette rencontre."),
    NoSeat.DOCTORS_ONLY: _("Cette rencontre est réservée aux médecins."),
    NoSeat.FULL: _("Plus de place de ce côté\u00a0: vous gardez celle que vous avez."),
    NoSeat.NO_PAYMENT: _("Le paiement en ligne n’est pas ouvert. Appelez le secrétariat."),
    NoSeat.NO_PROFILE: _("Dites d’abord à quel tarif vous venez."),
    NoSeat.TOO_EARLY: _("On note les arrivées le jour de la rencontre."),
}
PAID = Notice(
    _("Paiement reçu, vous êtes inscrit\u00a0: %(title)s, %(day)s"),
    _("Votre paiement est arrivé et votre place est confirmée\u00a0:"),
    _("Votre facture, rejoindre ou annuler\u00a0:"),
)
TO_PAY = Notice(
    _("Une place à payer\u00a0: %(title)s, %(day)s"),
    _("Vous étiez en liste d’attente\u00a0: une place est tenue pour vous, à payer par carte."),
    _("Payer, ou laisser la place\u00a0:"),
)
LAPSED = Notice(
    _("Place rendue, faute de paiement\u00a0: %(title)s, %(day)s"),
    _("La place tenue pour vous n’a pas été payée à temps. Elle est à d’autres\u00a0:"),
    _("S’inscrire de nouveau\u00a0:"),
)
TOO_LATE = Notice(
    _("Paiement arrivé trop tard\u00a0: %(title)s, %(day)s"),
    _("Il n’y avait plus de place pour vous quand votre paiement est arrivé\u00a0:"),
    _("Votre inscription\u00a0:"),
)
REFUNDED = Notice(
    _("Remboursement\u00a0: %(title)s"),
    _("Nous avons remboursé votre carte\u00a0:"),
    _("Votre inscription et vos documents\u00a0:"),
)


def amount(cents: int) -> str:
    """« 120,00 € »."""
    return euros(of_cents(cents))


def given_back(cents: int) -> str:
    """The sentence about money that goes back; empty without any."""
    if not cents:
        return ""
    return _("%(amount)s vous seront remboursés sur votre carte, sous dix jours.") % {
        "amount": amount(cents)
    }


def until(instant: datetime | None) -> str:
    """« À payer avant le mardi 1 décembre 2026, 12 h 00. »"""
    if instant is None:
        return ""
    at = timezone.localtime(instant)
    return _("À payer avant le %(day)s, %(hour)s.") % {
        "day": long_day(at.date()),
        "hour": hour(at.time()),
    }

"""Why a place cannot be had, and what to do next: to the patient, and to coordination."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etp.enums import Refusal
from portal.kit.words import hour, long_day

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class Words:
    """`why`: what stands against it. `onward`: the way on. `%(when)s` names the other date."""

    why: str | Promise
    onward: str | Promise


_CALL = gettext_lazy("Appelez le secrétariat\u00a0: nous cherchons avec vous.")
_OTHER = gettext_lazy("Choisissez une autre date.")

FOR_PATIENT = {
    Refusal.CANCELLED: Words(gettext_lazy("Cette date n’aura pas lieu."), _OTHER),
    Refusal.STARTED: Words(gettext_lazy("Cette séance a déjà commencé."), _OTHER),
    Refusal.NOT_FOLLOWED: Words(
        gettext_lazy("L’accompagnement du réseau n’est pas en cours pour cette personne."), _CALL
    ),
    Refusal.NOT_OPENED: Words(
        gettext_lazy("Cet atelier n’est pas dans ceux que nous avons choisis avec vous."), _CALL
    ),
    Refusal.SAME_SESSION: Words(
        gettext_lazy("Vous avez déjà votre place à cette date."),
        gettext_lazy("Vous n’avez rien d’autre à faire."),
    ),
    Refusal.OTHER_DATE: Words(
        gettext_lazy("Vous avez déjà une place pour cet atelier, %(when)s."),
        gettext_lazy("Gardez-la, ou changez-la pour cette date."),
    ),
    Refusal.ALREADY_ATTENDED: Words(
        gettext_lazy("Vous avez déjà suivi cet atelier, %(when)s."),
        gettext_lazy("Pour le refaire, appelez le secrétariat."),
    ),
    Refusal.CLASH: Words(
        gettext_lazy("Vous avez un autre rendez-vous du réseau au même moment, %(when)s."),
        gettext_lazy("Choisissez une autre date, ou changez d’abord l’autre rendez-vous."),
    ),
    Refusal.WHOLE_CYCLE: Words(
        gettext_lazy("Cette date fait partie d’un cycle, qui se réserve en entier."),
        gettext_lazy("Choisissez le cycle\u00a0: toutes ses dates sont réservées ensemble."),
    ),
    Refusal.OTHER_WORKSHOP: Words(
        gettext_lazy("Cette date est celle d’un autre atelier."),
        gettext_lazy("Choisissez une date du même atelier."),
    ),
    Refusal.FULL: Words(
        gettext_lazy("Cette date est complète."),
        gettext_lazy("Mettez-vous sur la liste d’attente, ou choisissez une autre date."),
    ),
    Refusal.OFFER_OVER: Words(
        gettext_lazy("Cette place n’est plus gardée pour vous."),
        gettext_lazy("Choisissez une autre date, ou remettez-vous sur la liste d’attente."),
    ),
    Refusal.TOO_LATE: Words(
        gettext_lazy("Il est trop tard pour changer ou annuler ici."),
        gettext_lazy("Appelez le secrétariat\u00a0: votre place pourra servir à quelqu’un."),
    ),
    Refusal.NOT_HELD: Words(
        gettext_lazy("Ce rendez-vous n’est plus en cours."), gettext_lazy("Voyez les autres dates.")
    ),
    Refusal.ROOM_LEFT: Words(
        gettext_lazy("Il reste une place\u00a0: inutile d’attendre."),
        gettext_lazy("Vous pouvez la réserver tout de suite."),
    ),
}

FOR_STAFF = {
    Refusal.CANCELLED: Words(
        gettext_lazy("Cette séance est annulée."), gettext_lazy("Choisissez une autre séance.")
    ),
    Refusal.STARTED: Words(
        gettext_lazy("Cette séance a commencé."),
        gettext_lazy("Notez la présence, ou choisissez une autre séance."),
    ),
    Refusal.NOT_FOLLOWED: Words(
        gettext_lazy("Ce patient n’est pas en cours de suivi."),
        gettext_lazy("Vérifiez l’inclusion dans son dossier."),
    ),
    Refusal.NOT_OPENED: Words(
        gettext_lazy("Cet atelier n’est pas ouvert à ce patient."),
        gettext_lazy("Ouvrez-le depuis son bilan éducatif."),
    ),
    Refusal.SAME_SESSION: Words(
        gettext_lazy("Ce patient a déjà sa place dans cette séance."),
        gettext_lazy("Il n’y a rien d’autre à faire."),
    ),
    Refusal.OTHER_DATE: Words(
        gettext_lazy("Ce patient a déjà une place pour cet atelier, %(when)s."),
        gettext_lazy("Déplacez cette place plutôt que d’en prendre une seconde."),
    ),
    Refusal.ALREADY_ATTENDED: Words(
        gettext_lazy("Ce patient a déjà suivi cet atelier, %(when)s."),
        gettext_lazy("L’atelier peut être rendu renouvelable dans sa fiche."),
    ),
    Refusal.CLASH: Words(
        gettext_lazy("Ce patient a un autre rendez-vous au même moment, %(when)s."),
        gettext_lazy("Choisissez une autre séance, ou déplacez l’autre rendez-vous."),
    ),
    Refusal.WHOLE_CYCLE: Words(
        gettext_lazy("Cette séance fait partie d’un cycle, qui se réserve en entier."),
        gettext_lazy("Réservez le cycle\u202f; seule une séance manquée se rattrape à part."),
    ),
    Refusal.OTHER_WORKSHOP: Words(
        gettext_lazy("Cette séance est celle d’un autre atelier."),
        gettext_lazy("Choisissez une séance du même atelier."),
    ),
    Refusal.FULL: Words(
        gettext_lazy("Cette séance est complète."),
        gettext_lazy("Inscrivez le patient en liste d’attente, ou augmentez les places."),
    ),
    Refusal.OFFER_OVER: Words(
        gettext_lazy("Cette proposition n’est plus valable."),
        gettext_lazy("Voyez la liste d’attente de la séance."),
    ),
    Refusal.TOO_LATE: Words(
        gettext_lazy("La séance a commencé\u00a0: la place ne se rend plus."),
        gettext_lazy("Notez plutôt la présence."),
    ),
    Refusal.NOT_HELD: Words(
        gettext_lazy("Cette place n’est plus tenue."), gettext_lazy("Rechargez la page.")
    ),
    Refusal.ROOM_LEFT: Words(
        gettext_lazy("Il reste une place dans cette séance."),
        gettext_lazy("Réservez-la plutôt que d’attendre."),
    ),
}


def explain(reason: Refusal, *, at: datetime | None = None, staff: bool = False) -> Words:
    """The words of a refusal. `at`: when the session that explains it starts, aware."""
    words = (FOR_STAFF if staff else FOR_PATIENT)[reason]
    when = moment(at) if at else _("à une autre date")
    return Words(str(words.why) % {"when": when}, str(words.onward))


def moment(at: datetime) -> str:
    """« le jeudi 3 décembre 2026 à 14 h 30 », in the time of Paris."""
    local = at.astimezone(PARIS)
    return _("le %(day)s à %(hour)s") % {"day": long_day(local.date()), "hour": hour(local.time())}

"""What a control finds, in French sentences to an accountant. Plain values in, text out."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from fees.enums import Reason, Remark
from fees.wording import title as reason_title
from portal.kit.words import number

TITLES: dict[str, Promise] = {
    Remark.RPPS_UNVERIFIED: _lazy("RPPS non vérifié"),
    Remark.TARIFF_CHANGED: _lazy("Tarif changé depuis"),
    Remark.OWN_CLAIM: _lazy("Votre propre demande"),
    Remark.FAR_ABOVE_PEERS: _lazy("Bien plus d’actes que ses pairs"),
    Remark.MANY_ON_A_DAY: _lazy("Beaucoup d’actes le même jour"),
    Remark.DAY_OFF: _lazy("Dimanche ou jour férié"),
    Remark.SAME_FOR_ALL: _lazy("Autant d’actes pour chaque patient"),
    Remark.ALL_ON_A_DAY: _lazy("Tous les actes le dernier jour"),
    Remark.CLAIMED_LATE: _lazy("Demandé hors délai"),
    Remark.REOPENED: _lazy("Validation annulée"),
}

SENTENCES: dict[str, Promise] = {
    Reason.CAP_REACHED: _lazy(
        "Le plafond du patient est dépassé d’après le dossier d’aujourd’hui\u00a0: l’ALD ou une "
        "date a changé depuis la décision."
    ),
    Reason.OUTSIDE_FOLLOW_UP: _lazy("Le jour de l’acte n’est plus dans la période de suivi."),
    Reason.NO_AGREEMENT: _lazy("Aucune convention ne couvre plus le jour de l’acte."),
    Reason.WRONG_PROFESSION: _lazy("La profession enregistrée n’est plus celle de cet acte."),
    Reason.NOT_TREATING_DOCTOR: _lazy(
        "Ce médecin n’est plus inscrit comme médecin traitant au jour de la RCP."
    ),
    Reason.MINUTES_MISSING: _lazy("Le compte rendu de la RCP n’est pas signé."),
    Reason.PLAN_NOT_REVISED: _lazy("Le PPS n’est pas modifié dans le délai après la RCP."),
    Reason.TOO_FEW_PROFESSIONALS: _lazy(
        "Trop peu de professionnels sont notés présents à la RCP pour ce dossier."
    ),
    Reason.NOT_ATTENDING: _lazy("La présence de ce professionnel à la RCP n’est plus notée."),
    Reason.DUPLICATE: _lazy("Le même acte compte déjà pour ce patient."),
    Reason.CLAIM_WINDOW_CLOSED: _lazy("L’acte a été noté hors du délai."),
    Reason.MSP_NOT_DECLARED: _lazy(
        "La séance n’est pas déclarée non facturée à Mon soutien psy\u00a0: double financement "
        "possible."
    ),
    Reason.DONE_IN_FUTURE: _lazy("L’acte est daté d’un jour à venir."),
    Reason.NO_TARIFF: _lazy("Aucune ligne du barème ne couvre plus le jour de l’acte."),
    Remark.RPPS_UNVERIFIED: _lazy(
        "Le RPPS de ce professionnel manque ou n’a pas été vérifié dans l’annuaire."
    ),
    Remark.TARIFF_CHANGED: _lazy(
        "Le barème du jour de l’acte a été changé depuis\u00a0: l’acte garde le montant de sa "
        "décision."
    ),
    Remark.OWN_CLAIM: _lazy("Une autre personne doit contrôler vos propres actes."),
    Remark.REOPENED: _lazy(
        "Sa validation a été annulée\u00a0: lisez le motif dans le suivi de l’acte."
    ),
    Remark.DAY_OFF: _lazy("L’acte est daté d’un dimanche ou d’un jour férié."),
}


def title(code: str) -> str:
    """The remark in a few words, for tags, filters and lists."""
    return str(TITLES[code]) if code in TITLES else reason_title(Reason(code))


def sentence(code: str, figures: Sequence[int] = ()) -> str:
    """Why the line is not clean, in one sentence; `figures` are those of its flag."""
    if code in SENTENCES:
        return str(SENTENCES[code])
    shown = [number(each) for each in figures]
    if code == Remark.FAR_ABOVE_PEERS:
        return _(
            "%(acts)s actes en douze mois, quand la moitié de ses pairs en a fait moins de "
            "%(middle)s."
        ) % dict(zip(("acts", "middle"), shown, strict=True))
    if code == Remark.MANY_ON_A_DAY:
        return _("%(acts)s actes notés ce jour-là par ce professionnel.") % {"acts": shown[0]}
    if code == Remark.SAME_FOR_ALL:
        return _(
            "%(each)s actes pour chacun de ses %(patients)s patients, exactement autant pour tous."
        ) % dict(zip(("each", "patients"), shown, strict=True))
    if code == Remark.CLAIMED_LATE:
        return _(
            "Noté à temps, mais demandé %(days)s jours après l’acte, quand le délai est de "
            "%(limit)s jours."
        ) % dict(zip(("days", "limit"), shown, strict=True))
    return _("Les %(acts)s actes de la demande sont tous du dernier jour du mois.") % {
        "acts": shown[0]
    }

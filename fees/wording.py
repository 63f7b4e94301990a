"""The fee rules in French sentences: what is refused, by which rule, and from when it is possible.

Plain values in, text out; the figures are those that decided.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext, pgettext

from fees.closing import Obstacle, Remaining, Span
from fees.enums import Kind, Reason
from fees.transfers import Fault
from portal.kit.dates import Period, add_months
from portal.kit.words import MONTHS, capitalise, euros, month, number

NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Figures:
    """What a sentence needs: the cap and its window, the patient's and the payee's dates."""

    kind: Kind
    done_on: date
    limit: int | None
    window: Period | None
    included_on: date | None
    follow_up_end: date | None
    agreement_from: date | None
    agreement_to: date | None
    claim_days: int
    plan_days: int
    min_professionals: int


def title(reason: Reason) -> str:
    """The reason in a few words, for tags, filters and lists."""
    return {
        Reason.CAP_REACHED: _("Plafond atteint"),
        Reason.OUTSIDE_FOLLOW_UP: _("Hors de la période de suivi"),
        Reason.NO_AGREEMENT: _("Pas de convention à cette date"),
        Reason.WRONG_PROFESSION: _("Acte d’une autre profession"),
        Reason.NOT_TREATING_DOCTOR: _("Pas le médecin traitant"),
        Reason.MINUTES_MISSING: _("Compte rendu manquant"),
        Reason.PLAN_NOT_REVISED: _("PPS non modifié"),
        Reason.TOO_FEW_PROFESSIONALS: _("Trop peu de professionnels"),
        Reason.NOT_ATTENDING: _("Présence non notée"),
        Reason.DUPLICATE: _("Acte déjà noté"),
        Reason.CLAIM_WINDOW_CLOSED: _("Hors délai"),
        Reason.MSP_NOT_DECLARED: _("Double financement possible"),
        Reason.DONE_IN_FUTURE: _("Date à venir"),
        Reason.NO_TARIFF: _("Pas de tarif à cette date"),
    }[reason]


def missing(reason: Reason) -> str:
    """What an act that is proposed still lacks, to follow « il manque : »."""
    return {
        Reason.MINUTES_MISSING: _("compte rendu signé"),
        Reason.PLAN_NOT_REVISED: _("PPS modifié après la RCP"),
        Reason.TOO_FEW_PROFESSIONALS: _("deux professionnels présents"),
        Reason.NOT_ATTENDING: _("votre présence notée"),
        Reason.NO_AGREEMENT: _("convention à cette date"),
        Reason.OUTSIDE_FOLLOW_UP: _("suivi en cours à cette date"),
    }.get(reason) or title(reason)


PLAIN: dict[Reason, Promise] = {
    Reason.WRONG_PROFESSION: _lazy(
        "Le barème réserve cet acte à une autre profession que la vôtre."
    ),
    Reason.NOT_TREATING_DOCTOR: _lazy(
        "Cette ligne est celle du médecin traitant inscrit au dossier le jour de la RCP."
    ),
    Reason.MINUTES_MISSING: _lazy("Il manque le compte rendu signé de la RCP."),
    Reason.PLAN_NOT_REVISED: _lazy(
        "Il manque la modification du PPS, datée de la RCP ou des %(plan_days)s jours suivants."
    ),
    Reason.TOO_FEW_PROFESSIONALS: _lazy(
        "Il faut au moins %(min_professionals)s professionnels présents pour ce dossier, hors"
        " salariés du réseau."
    ),
    Reason.NOT_ATTENDING: _lazy("Votre présence n’est pas notée pour ce dossier à cette RCP."),
    Reason.DUPLICATE: _lazy("Le même acte est déjà noté ce jour-là pour ce patient."),
    Reason.CLAIM_WINDOW_CLOSED: _lazy(
        "Un acte se note dans les %(claim_days)s jours qui le suivent."
    ),
    Reason.MSP_NOT_DECLARED: _lazy(
        "Il faut déclarer que la séance n’est pas facturée à Mon soutien psy."
    ),
    Reason.DONE_IN_FUTURE: _lazy(
        "L’acte n’a pas encore eu lieu : il se note le jour même ou après."
    ),
    Reason.NO_TARIFF: _lazy("Aucune ligne du barème n’est en vigueur à cette date."),
}
"""Sentences that need at most one figure of the policy."""


def sentence(reason: Reason, figures: Figures) -> str:
    """The rule that refuses, with its figures, as one sentence to the professional."""
    if reason is Reason.CAP_REACHED:
        return _("%(rule)s Ce compte est atteint ; l’ordre de saisie décide.") % {
            "rule": cap_rule(figures)
        }
    if reason is Reason.OUTSIDE_FOLLOW_UP:
        return _outside(figures)
    if reason is Reason.NO_AGREEMENT:
        return _no_agreement(figures)
    return str(PLAIN[reason]) % {
        "plan_days": figures.plan_days,
        "min_professionals": figures.min_professionals,
        "claim_days": figures.claim_days,
    }


def cap_rule(figures: Figures) -> str:
    """« 10 séances par patient en 2026, tous professionnels confondus. »"""
    return _("%(limit)s par patient %(window)s, tous professionnels confondus.") % {
        "limit": counted(figures.limit or 0, figures.kind),
        "window": window_words(figures.window),
    }


def counted(number: int, kind: Kind) -> str:
    """« 3 séances », « 1 acte »: physiotherapists and psychologists count sessions."""
    if kind in (Kind.KINE_REMOB, Kind.PSY_SUIVI):
        text = ngettext("%(n)s séance", "%(n)s séances", number)
    else:
        text = ngettext("%(n)s bilan ou réévaluation", "%(n)s bilans ou réévaluations", number)
    return (text % {"n": number}).replace(" ", NBSP, 1)


def left_sentence(left: int, limit: int, kind: Kind, window: Period | None) -> str:
    """« Il reste 3 séances sur 10 en 2026. »"""
    if not left:
        text = _("Il ne reste rien : %(limit)s sur %(limit)s %(window)s.")
    else:
        text = _("Il reste %(left)s sur %(limit)s %(window)s.")
    return text % {
        "left": counted(left, kind),
        "limit": limit,
        "window": window_words(window),
    }


def next_sentence(ordinal: int, limit: int, window: Period | None) -> str:
    """« 7 sur 10 en 2026 — il en restera 3 après cet acte. »"""
    after = limit - ordinal
    tail = _("il en restera %(after)s après cet acte") if after else _("ce sera le dernier")
    return _("%(ordinal)s sur %(limit)s %(window)s — %(tail)s.") % {
        "ordinal": ordinal,
        "limit": limit,
        "window": window_words(window),
        "tail": tail % {"after": after} if after else tail,
    }


def window_words(window: Period | None) -> str:
    """« en 2026 » for a civil year, else its first and last days."""
    if window is None or window.end is None:
        return ""
    if (window.start.month, window.start.day) == (1, 1) and add_months(
        window.start, 12
    ) == window.end:
        return _("en %(year)s") % {"year": window.start.year}
    return pgettext("period", "du %(first)s au %(last)s") % {
        "first": day_words(window.start),
        "last": day_words(date.fromordinal(window.end.toordinal() - 1)),
    }


def day_words(day: date) -> str:
    return date_format(day, "j F Y").replace(" ", NBSP, 1)


def _outside(figures: Figures) -> str:
    if figures.included_on is None or figures.follow_up_end is None:
        return _("Ce patient n’est pas inclus dans le réseau.")
    return _("Le suivi de ce patient par le réseau va du %(first)s au %(last)s.") % {
        "first": day_words(figures.included_on),
        "last": day_words(date.fromordinal(figures.follow_up_end.toordinal() - 1)),
    }


def _no_agreement(figures: Figures) -> str:
    if figures.agreement_from is None:
        return _("Aucune convention avec le réseau n’est enregistrée à votre nom.")
    if figures.done_on < figures.agreement_from:
        return _("Votre convention avec le réseau commence le %(day)s.") % {
            "day": day_words(figures.agreement_from)
        }
    return _("Votre convention avec le réseau s’est terminée le %(day)s.") % {
        "day": day_words(figures.agreement_to or figures.done_on)
    }


def cap_name(cap: str) -> str:
    """What a cap counts, as a title."""
    return {
        "MED": _("Bilans et réévaluations"),
        Kind.MED_BILAN.value: _("Bilans de la douleur"),
        Kind.MED_REEVAL.value: _("Réévaluations"),
        Kind.KINE_REMOB.value: _("Remobilisation fonctionnelle"),
        Kind.PSY_SUIVI.value: _("Suivi psychologique"),
    }[cap]


def fault_words(fault: Fault) -> str:
    """Why a batch or a transfer cannot be sent, and what to do."""
    return str(FAULTS[fault])


FAULTS: dict[Fault, Promise] = {
    Fault.EMPTY: _lazy("Le lot ne contient aucun virement."),
    Fault.TOO_MANY: _lazy("Le lot dépasse ce qu’une banque accepte en un fichier."),
    Fault.TOTAL: _lazy("Le total ne correspond plus aux actes : abandonnez ce lot."),
    Fault.IDENTIFIER: _lazy("L’identifiant n’est pas accepté par les banques."),
    Fault.IDENTIFIER_TWICE: _lazy("Cet identifiant a déjà servi."),
    Fault.PAYER_NAME: _lazy("Le nom du réseau manque pour la banque : voyez l’administration."),
    Fault.PAYER_IBAN: _lazy("Le compte du réseau manque ou est faux : voyez l’administration."),
    Fault.DATE_PAST: _lazy("Le jour d’exécution est passé : préparez un autre lot."),
    Fault.DATE_FAR: _lazy("Le jour d’exécution est à plus de 30 jours."),
    Fault.DATE_CLOSED: _lazy("Les banques n’exécutent pas de virement ce jour-là."),
    Fault.AMOUNT_NOT_POSITIVE: _lazy("Le montant n’est pas positif."),
    Fault.AMOUNT_CENTS: _lazy("Le montant a plus de deux décimales."),
    Fault.AMOUNT_TOO_HIGH: _lazy("Le montant dépasse ce qu’une banque accepte."),
    Fault.NAME: _lazy("Le titulaire du compte manque."),
    Fault.NAME_TOO_LONG: _lazy("Le nom du titulaire dépasse 70 signes."),
    Fault.IBAN: _lazy("Aucun compte bancaire valide : retirez ce virement ou demandez un RIB."),
    Fault.IBAN_OUTSIDE_AREA: _lazy("Ce compte est hors de l’espace SEPA."),
    Fault.IBAN_OF_PAYER: _lazy("Ce compte est celui du réseau."),
    Fault.IBAN_UNCONFIRMED: _lazy("Ce compte attend d’être confirmé par une seconde personne."),
    Fault.REMITTANCE: _lazy("Le libellé n’est pas accepté par les banques."),
    Fault.PAYEE_TWICE: _lazy("Cette personne est payée deux fois dans ce lot."),
}


def span_words(span: Span) -> str:
    """`octobre 2026`, or `l’année 2026`."""
    return month(span.since) if span.month else _("l’année %(year)s") % {"year": span.year}


def obstacle_words(found: Obstacle, span: Span) -> str:
    """Why a period cannot be closed, and when it may be."""
    return {
        Obstacle.IN_PROGRESS: _("%(span)s n’est pas encore fini\u00a0: attendez son dernier jour."),
        Obstacle.NOT_NEXT: _("%(span)s n’est pas la période à clore\u00a0: suivez leur ordre."),
        Obstacle.MONTHS_OPEN: _("%(span)s ne se clôt qu’après ses mois."),
        Obstacle.UNSETTLED: _(
            "%(span)s attend la réponse de la banque à des virements\u00a0: notez-la d’abord."
        ),
    }[found] % {"span": capitalise(span_words(span))}


def remaining_words(left: Remaining) -> str:
    """Which transfers no answer of the bank has settled."""
    return ngettext(
        "%(n)s virement signé attend la réponse de la banque (%(amount)s)\u00a0: %(batches)s.",
        "%(n)s virements signés attendent la réponse de la banque (%(amount)s)\u00a0: %(batches)s.",
        left.transfers,
    ) % {
        "n": number(left.transfers),
        "amount": euros(left.amount),
        "batches": ", ".join(left.batches[:5]) + (", …" if len(left.batches) > 5 else ""),
    }


def of_month(first: date) -> str:
    """« de novembre », « d’octobre »."""
    name = MONTHS[first.month - 1]
    return f"d’{name}" if name[0] in "aeiouy" else f"de {name}"

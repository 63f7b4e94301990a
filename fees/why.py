"""« Pourquoi n’ai-je pas été payé ? »: where the payment of an act stands, in one sentence.

Plain values in, text out. The same words for the professional and for the accountant, so that
both read the same thing over the telephone.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fees import wording
from fees.enums import Reason, Stop
from portal.kit.words import ordinal_day, typeset

DONE = (Stop.PAID, Stop.CANCELLED, Stop.REPLACED, Stop.REVERSED)
"""Nothing is to be waited for any more."""


@dataclass(frozen=True, slots=True)
class Cause:
    """What stands of a payment: the fact, its day, who, the written reason, the document.

    `by` is empty where the rules decided. `document` names a batch, a transfer or a decision;
    `executed_on` is the day of a transfer; `rank` the place in the line for the envelope.
    """

    stop: Stop
    on: date | None = None
    by: str = ""
    note: str = ""
    document: str = ""
    reasons: tuple[Reason, ...] = ()
    figures: wording.Figures | None = None
    year: int = 0
    rank: int | None = None
    executed_on: date | None = None


def sentence(cause: Cause) -> str:
    """One sentence: the rule or the fact, with its day and its written reason."""
    if cause.stop is Stop.REFUSED:
        return _refused(cause)
    if cause.stop is Stop.HELD:
        return _held(cause)
    words = {
        "on": wording.day_words(cause.on) if cause.on else "",
        "by": cause.by,
        "note": cause.note.rstrip("."),
        "document": cause.document,
        "executed": wording.day_words(cause.executed_on) if cause.executed_on else "",
    }
    return _plain(cause.stop) % words


def _plain(stop: Stop) -> str:
    return {
        Stop.DRAFT: _("Ce brouillon, gardé le %(on)s, n’est pas envoyé."),
        Stop.REFUSED_BY_PERSON: _("Refusé à l’arbitrage le %(on)s\u00a0: «\u00a0%(note)s\u00a0»."),
        Stop.TO_ARBITRATE: _(
            "Noté le %(on)s au-delà du plafond que partagent bilans et réévaluations\u00a0: le"
            " médecin du réseau doit l’arbitrer."
        ),
        Stop.CANCELLED: _("Annulé le %(on)s\u00a0: «\u00a0%(note)s\u00a0»."),
        Stop.REPLACED: _(
            "Annulé le %(on)s et remplacé par un autre acte\u00a0: «\u00a0%(note)s\u00a0»."
        ),
        Stop.NOT_CLAIMED: _("Accepté le %(on)s, mais son paiement n’est pas encore demandé."),
        Stop.RETURNED: _("Renvoyé au professionnel le %(on)s\u00a0: «\u00a0%(note)s\u00a0»."),
        Stop.TO_CONTROL: _("Demandé le %(on)s\u00a0: la comptabilité ne l’a pas encore contrôlé."),
        Stop.REOPENED: _("Revenu au contrôle le %(on)s\u00a0: «\u00a0%(note)s\u00a0»."),
        Stop.TO_BATCH: _("Validé le %(on)s\u00a0: il attend le prochain lot de paiement."),
        Stop.NO_ACCOUNT: _(
            "Validé le %(on)s, mais aucun compte bancaire n’est connu\u00a0: rien n’est viré."
        ),
        Stop.ACCOUNT_TO_CONFIRM: _(
            "Validé le %(on)s, mais le compte bancaire attend d’être confirmé par une seconde"
            " personne."
        ),
        Stop.TO_SIGN: _(
            "Dans le lot %(document)s, préparé le %(on)s\u00a0: il attend sa signature."
        ),
        Stop.SENT_TO_BANK: _(
            "Dans le virement %(document)s, signé le %(on)s pour le %(executed)s\u00a0: la banque"
            " n’a pas encore répondu."
        ),
        Stop.REJECTED: _(
            "Virement %(document)s rejeté par la banque le %(on)s\u00a0: «\u00a0%(note)s\u00a0»."
        ),
        Stop.SENT_BACK: _("Virement %(document)s revenu le %(on)s\u00a0: «\u00a0%(note)s\u00a0»."),
        Stop.PAID: _("Payé le %(on)s par le virement %(document)s."),
        Stop.REVERSED: _("Payé, puis extourné le %(on)s\u00a0: «\u00a0%(note)s\u00a0»."),
    }[stop]


def _refused(cause: Cause) -> str:
    """Each rule that refuses, with its figures."""
    rules = " ".join(rule_words(reason, cause.figures) for reason in cause.reasons)
    if not cause.on:
        return rules
    return _("Refusé le %(on)s. %(rules)s") % {"on": wording.day_words(cause.on), "rules": rules}


def rule_words(reason: Reason, figures: wording.Figures | None) -> str:
    """The rule with its figures, said of the professional rather than to them."""
    if figures is None:
        return f"{wording.title(reason)}."
    if reason is Reason.NO_AGREEMENT:
        return _agreement(figures)
    if reason is Reason.WRONG_PROFESSION:
        return _("Le barème réserve cet acte à une autre profession.")
    if reason is Reason.NOT_ATTENDING:
        return _("La présence du professionnel n’est pas notée pour ce dossier à cette RCP.")
    return typeset(wording.sentence(reason, figures))


def _agreement(figures: wording.Figures) -> str:
    if figures.agreement_from is None:
        return _("Aucune convention avec le réseau n’est enregistrée.")
    if figures.done_on < figures.agreement_from:
        return _("La convention avec le réseau commence le %(day)s.") % {
            "day": wording.day_words(figures.agreement_from)
        }
    return _("La convention avec le réseau s’est terminée le %(day)s.") % {
        "day": wording.day_words(figures.agreement_to or figures.done_on)
    }


def _held(cause: Cause) -> str:
    text = _("L’enveloppe %(year)s est épuisée\u00a0: cet acte attend dans l’ordre des demandes.")
    if cause.rank:
        text = _("L’enveloppe %(year)s est épuisée\u00a0: cet acte attend, %(rank)s de la file.")
    return text % {"year": cause.year, "rank": rank_words(cause.rank or 0)}


def rank_words(rank: int) -> str:
    """« 1er », « 12e »."""
    return ordinal_day(date(2000, 1, 1)) if rank == 1 else _("%(n)se") % {"n": rank}


def decider(cause: Cause) -> str:
    """Who: a person by name, else the rule."""
    if cause.by:
        return cause.by
    return _("Le barème") if cause.stop is Stop.REFUSED else ""


def gesture(cause: Cause, *, accountant: bool) -> str:
    """The next gesture of the reader, or what to wait for; empty when there is nothing to do."""
    if cause.stop is Stop.REFUSED:
        return _after_refusal(cause.reasons)
    mine, theirs = {
        Stop.DRAFT: (_("Envoyer ce brouillon"), ""),
        Stop.NOT_CLAIMED: (
            _("Envoyer la demande du mois"),
            _("Le professionnel envoie sa demande du mois."),
        ),
        Stop.RETURNED: (
            _("Corriger, annuler ou demander de nouveau"),
            _("Le professionnel corrige l’acte, l’annule ou le demande de nouveau."),
        ),
        Stop.TO_ARBITRATE: (_wait_for_director(), _wait_for_director()),
        Stop.TO_CONTROL: (_wait_for_accountant(), _("Contrôler cet acte")),
        Stop.REOPENED: (_wait_for_accountant(), _("Contrôler cet acte")),
        Stop.HELD: (
            _("Rien à faire\u00a0: il est repris dès que l’enveloppe le permet."),
            _("Compléter l’enveloppe de l’année"),
        ),
        Stop.TO_BATCH: (_wait_for_accountant(), _("Préparer un lot de paiement")),
        Stop.NO_ACCOUNT: (_("Donner un compte bancaire"), _("Demander un RIB au professionnel.")),
        Stop.ACCOUNT_TO_CONFIRM: (
            _("Rien à faire\u00a0: la comptabilité rappelle avant de confirmer."),
            _("Confirmer le compte bancaire"),
        ),
        Stop.TO_SIGN: (_wait_for_accountant(), _("Signer le lot")),
        Stop.SENT_TO_BANK: (
            _("Rien à faire\u00a0: le virement est en route."),
            _("Noter la réponse de la banque"),
        ),
        Stop.REJECTED: (_("Vérifier le compte bancaire"), _check_account()),
        Stop.SENT_BACK: (_("Vérifier le compte bancaire"), _check_account()),
        Stop.PAID: (_("Voir le virement"), _("Voir le virement")),
        Stop.REPLACED: (_("Voir l’acte qui le remplace"), _("Voir l’acte qui le remplace")),
    }.get(cause.stop, ("", ""))
    return theirs if accountant else mine


def _wait_for_director() -> str:
    return _("Rien à faire\u00a0: le médecin du réseau décide, avec un motif écrit.")


def _wait_for_accountant() -> str:
    return _("Rien à faire\u00a0: la comptabilité s’en charge.")


def _check_account() -> str:
    return _("Faire vérifier le compte, puis payer au prochain lot.")


def _after_refusal(reasons: tuple[Reason, ...]) -> str:
    """What would lift the first refusal: an act refused is read again when its facts change."""
    complete = _("Compléter le dossier de la RCP\u00a0: l’acte sera relu aussitôt.")
    check = _("Faire vérifier le dossier par la coordination.")
    after = {
        Reason.CAP_REACHED: _("Rien à faire\u00a0: il sera accepté si une place se libère."),
        Reason.MINUTES_MISSING: complete,
        Reason.PLAN_NOT_REVISED: complete,
        Reason.TOO_FEW_PROFESSIONALS: complete,
        Reason.NOT_ATTENDING: _(
            "Faire noter la présence par la coordination\u00a0: l’acte sera relu aussitôt."
        ),
        Reason.NO_AGREEMENT: _(
            "Voir la coordination pour la convention\u00a0: l’acte sera relu aussitôt."
        ),
        Reason.OUTSIDE_FOLLOW_UP: check,
        Reason.NOT_TREATING_DOCTOR: check,
        Reason.NO_TARIFF: _("Rien à faire\u00a0: il sera relu si le barème est complété."),
    }
    otherwise = _("Corriger l’acte s’il est mal noté, sinon l’annuler.")
    return after.get(reasons[0], otherwise) if reasons else otherwise


def title(stop: Stop) -> str:
    """Where it stands in a few words, for a tag."""
    return {
        Stop.DRAFT: pgettext("act", "Brouillon"),
        Stop.REFUSED: _("Refusé"),
        Stop.REFUSED_BY_PERSON: _("Refusé à l’arbitrage"),
        Stop.TO_ARBITRATE: _("À arbitrer"),
        Stop.CANCELLED: _("Annulé"),
        Stop.REPLACED: _("Remplacé"),
        Stop.NOT_CLAIMED: _("À demander"),
        Stop.RETURNED: _("À corriger"),
        Stop.TO_CONTROL: _("En contrôle"),
        Stop.REOPENED: _("De nouveau en contrôle"),
        Stop.HELD: _("En attente de l’enveloppe"),
        Stop.TO_BATCH: _("Validé"),
        Stop.NO_ACCOUNT: _("Sans compte bancaire"),
        Stop.ACCOUNT_TO_CONFIRM: _("Compte à confirmer"),
        Stop.TO_SIGN: _("Lot à signer"),
        Stop.SENT_TO_BANK: _("En paiement"),
        Stop.REJECTED: _("Virement rejeté"),
        Stop.SENT_BACK: _("Virement revenu"),
        Stop.PAID: _("Payé"),
        Stop.REVERSED: _("Extourné"),
    }[stop]

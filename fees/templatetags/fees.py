"""States, steps and reasons of acts, in words."""

from datetime import date

from django import template
from django.utils.translation import gettext as _

from fees import wording
from fees.enums import (
    BatchState,
    ClaimMove,
    Decision,
    FileState,
    LineState,
    Move,
    Payment,
    Reason,
    SpotResult,
    State,
    Stop,
    TransferState,
)
from fees.exports.acts import state_words
from fees.models import (
    Act,
    ActStep,
    BankFile,
    Batch,
    ClaimLine,
    ClaimStep,
    PaymentStep,
    SpotCheck,
    StatementFile,
    Transfer,
)
from fees.selectors.caps import Meter
from fees.selectors.gestures import Gesture, gesture_of
from fees.selectors.my_claims import Progress
from fees.selectors.proposals import Proposal, address_of
from fees.selectors.why import Situation
from fees.transfers import Fault
from portal.kit.words import number

register = template.Library()

TAGS = {
    State.DRAFT: "",
    State.SUBMITTED: "info",
    State.VALIDATED: "ok",
    State.IN_BATCH: "info",
    State.PAID: "ok",
    State.REFUSED: "bad",
    State.CANCELLED: "",
    State.REVERSED: "wait",
}


@register.inclusion_tag("components/tag.html")
def state_tag(act: Act) -> dict[str, str]:
    """The state of an act as a tag: icon and word."""
    if act.awaits_arbitration:
        return {"state": "wait", "label": state_words(act)}
    return {"state": TAGS[State(act.state)], "label": state_words(act)}


@register.simple_tag
def log_address(proposal: Proposal) -> str:
    """Where a proposed act is noted: the form, filled in."""
    return address_of(proposal)


@register.inclusion_tag("components/tag.html")
def batch_tag(batch: Batch) -> dict[str, str]:
    """The state of a batch as a tag."""
    tags = {BatchState.DRAFT: "wait", BatchState.SIGNED: "ok", BatchState.DROPPED: ""}
    return {"state": tags[BatchState(batch.state)], "label": batch.get_state_display()}


@register.inclusion_tag("components/tag.html")
def transfer_tag(transfer: Transfer) -> dict[str, str]:
    """The state of a transfer as a tag."""
    tags = {
        TransferState.PREPARED: "",
        TransferState.SENT: "info",
        TransferState.EXECUTED: "ok",
        TransferState.REJECTED: "bad",
        TransferState.RETURNED: "bad",
        TransferState.DROPPED: "",
    }
    return {"state": tags[TransferState(transfer.state)], "label": transfer.get_state_display()}


@register.filter
def payment_words(step: PaymentStep) -> str:
    """What happened to a batch, in the past tense."""
    words = {
        Payment.PREPARED: _("Lot préparé"),
        Payment.DROPPED: _("Lot abandonné"),
        Payment.TAKEN_OUT: _("Virement retiré"),
        Payment.CALLED: _("Rappel avant la signature"),
        Payment.SIGNED: _("Lot signé"),
        Payment.DOWNLOADED: _("Fichier téléchargé"),
        Payment.EXECUTED: _("Virement exécuté"),
        Payment.REJECTED: _("Virement rejeté"),
        Payment.RETURNED: _("Virement revenu"),
    }[Payment(step.move)]
    return f"{words}, {step.transfer.professional}" if step.transfer else words


@register.filter
def fault_text(fault: Fault) -> str:
    return wording.fault_words(fault)


@register.filter
def reason_titles(act: Act) -> str:
    return ", ".join(wording.title(reason) for reason in act.reason_codes)


@register.filter
def step_words(step: ActStep) -> str:
    """What happened, in the past tense."""
    if step.move in (Move.LOGGED, Move.REDECIDED):
        return _decided(step)
    if step.move == Move.ARBITRATED:
        favour = step.decision == Decision.ACCEPTED
        return _("Arbitré en faveur de l’acte") if favour else _("Arbitré contre l’acte")
    return {
        Move.DRAFTED: _("Gardé en brouillon"),
        Move.VALIDATED: _("Validé par la comptabilité"),
        Move.BATCHED: _("Mis en paiement"),
        Move.PAID: _("Payé"),
        Move.CANCELLED: _("Annulé"),
        Move.REVERSED: _("Extourné"),
        Move.RETURNED: _("Virement revenu : à payer de nouveau"),
        Move.REOPENED: _("Validation annulée\u00a0: à contrôler de nouveau"),
    }[Move(step.move)]


def _decided(step: ActStep) -> str:
    again = step.move == Move.REDECIDED
    titles = ", ".join(wording.title(Reason(code)) for code in step.reasons.split("|") if code)
    if step.decision == Decision.ACCEPTED:
        return _("Une place s’est libérée : accepté") if again else _("Noté et accepté")
    if step.decision == Decision.TO_ARBITRATE:
        return _("Noté, à arbitrer")
    words = _("Relu, toujours sans paiement : %s") if again else _("Noté sans paiement : %s")
    return words % titles


@register.filter
def left_words(meter: Meter) -> str:
    """« Il reste 3 séances sur 10 en 2026. »"""
    return wording.left_sentence(meter.left, meter.limit, meter.kind, meter.window)


@register.filter
def cap_name(meter: Meter) -> str:
    return wording.cap_name(meter.cap)


@register.inclusion_tag("components/tag.html")
def line_tag(line: ClaimLine) -> dict[str, str]:
    """The state of a claim line as a tag."""
    tags = {
        LineState.SENT: "info",
        LineState.HELD: "wait",
        LineState.ADMITTED: "ok",
        LineState.RETURNED: "bad",
        LineState.WITHDRAWN: "",
    }
    return {"state": tags[LineState(line.state)], "label": line.get_state_display()}


@register.filter
def claim_step_words(step: ClaimStep) -> str:
    """What happened to a claim line, in the past tense."""
    return {
        ClaimMove.SENT: _("Paiement demandé"),
        ClaimMove.HELD: _("Contrôlé, en attente de l’enveloppe"),
        ClaimMove.ADMITTED: _("Validé"),
        ClaimMove.RETURNED: _("Renvoyé au professionnel"),
        ClaimMove.WITHDRAWN: _("Retiré avec l’acte annulé"),
        ClaimMove.RECALLED: _("À contrôler de nouveau"),
        ClaimMove.REOPENED: _("Validation annulée"),
    }[ClaimMove(step.move)]


@register.inclusion_tag("components/tag.html")
def spot_tag(check: SpotCheck) -> dict[str, str]:
    """What a check after the payment found, as a tag."""
    if not check.result:
        return {"state": "wait", "label": _("À vérifier")}
    state = "ok" if check.result == SpotResult.RIGHT else "bad"
    return {"state": state, "label": check.get_result_display()}


STOPS = {
    Stop.DRAFT: "",
    Stop.REFUSED: "bad",
    Stop.REFUSED_BY_PERSON: "bad",
    Stop.NO_ACCOUNT: "bad",
    Stop.REJECTED: "bad",
    Stop.SENT_BACK: "bad",
    Stop.CANCELLED: "",
    Stop.REPLACED: "",
    Stop.REVERSED: "wait",
    Stop.TO_ARBITRATE: "wait",
    Stop.NOT_CLAIMED: "wait",
    Stop.RETURNED: "wait",
    Stop.HELD: "wait",
    Stop.ACCOUNT_TO_CONFIRM: "wait",
    Stop.TO_CONTROL: "info",
    Stop.SENT_TO_BANK: "info",
    Stop.TO_SIGN: "info",
    Stop.TO_BATCH: "ok",
    Stop.PAID: "ok",
}


@register.inclusion_tag("components/tag.html")
def situation_tag(situation: Situation) -> dict[str, str]:
    """Where the payment of an act stands, as a tag."""
    return {"state": STOPS[situation.stop], "label": situation.title}


@register.simple_tag
def next_gesture(situation: Situation, accountant: bool) -> Gesture:
    return gesture_of(situation, accountant=accountant)


@register.inclusion_tag("components/tag.html")
def progress_tag(progress: Progress) -> dict[str, str]:
    """How far a claim has gone, as a tag."""
    if progress.returned:
        label = _("À corriger\u00a0: %(n)s") % {"n": number(progress.returned)}
        return {"state": "wait", "label": label}
    if progress.whole:
        done = bool(progress.paid)
        return {"state": "ok" if done else "", "label": _("Payée") if done else _("Retirée")}
    if progress.in_payment or progress.paid:
        return {"state": "info", "label": _("En paiement")}
    if progress.controlled == progress.lines:
        return {"state": "ok", "label": _("Contrôlée")}
    if not progress.controlled:
        return {"state": "info", "label": _("Envoyée")}
    words = {"n": number(progress.controlled), "m": number(progress.lines)}
    return {"state": "info", "label": _("Contrôle\u00a0: %(n)s sur %(m)s") % words}


@register.filter
def of_month(first: date) -> str:
    return wording.of_month(first)


@register.inclusion_tag("components/tag.html")
def statement_tag(file: StatementFile | BankFile) -> dict[str, str]:
    """The state of a statement as a tag."""
    tags = {
        FileState.RECEIVED: "wait",
        FileState.MATCHING: "info",
        FileState.CHECKED: "wait",
        FileState.OPEN: "info",
        FileState.CLOSED: "ok",
        FileState.DROPPED: "",
    }
    return {"state": tags[FileState(file.state)], "label": file.get_state_display()}

"""A difference as its two sides face each other, for accountants and for the author."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from fees.enums import DifferenceMove, DifferenceState, State
from fees.models import Difference, DifferenceStep
from fees.reconcile.frames import Left, Pair
from portal.kit.words import MINUS, euros, plain_day

from .statement_pages import day_words, kind_words, patient_words
from .two_sides import TwoSides

TAGS = {
    DifferenceState.AGREED: "ok",
    DifferenceState.OPEN: "bad",
    DifferenceState.ACCEPTED: "ok",
    DifferenceState.REFUSED: "bad",
    DifferenceState.ASKED: "wait",
}
MOVES = {
    DifferenceMove.ACCEPTED: _lazy("Acceptée"),
    DifferenceMove.REFUSED: _lazy("Rejetée"),
    DifferenceMove.ASKED: _lazy("Demandée au professionnel"),
    DifferenceMove.UNDONE: _lazy("Décision annulée"),
    DifferenceMove.SPLIT: _lazy("Partagée entre des actes"),
    DifferenceMove.NOTED: _lazy("Note"),
    DifferenceMove.ASSIGNED: _lazy("Confiée à"),
    DifferenceMove.FOUND: _lazy("Acte retrouvé"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Face(TwoSides):
    """The file at the left, the portal at the right."""

    difference: Difference


def shown(each: Difference, *, masked: bool) -> Face:
    """The two sides of a difference; `masked`, a patient is a file number or initials."""
    line, act = each.line, each.act
    verdict = str(each.get_verdict_display())
    where = _("Ligne %(key)s du fichier") % {"key": line.key} if line else _("Rien dans le fichier")
    left: list[str] = []
    if line:
        said = [day_words(line.done_on), patient_words(line, masked=masked)]
        left = [kind_words(line.kind) or _("Acte non précisé"), " · ".join(filter(None, said))]
        if line.euros is not None and line.euros != each.claimed:
            left.append(_("part de %(whole)s") % {"whole": euros(line.euros)})
    right: list[str] = []
    if act:
        who = act.patient.name if not masked else ""
        told = (plain_day(act.done_on), who, _("dossier %(code)s") % {"code": act.patient.code})
        right = [str(act.get_kind_display()), " · ".join(filter(None, told))]
        if act.state in (State.PAID, State.REFUSED):
            right.append(str(act.get_state_display()))
    decided = each.state not in (DifferenceState.OPEN, DifferenceState.AGREED)
    return Face(
        difference=each,
        title=f"{where}, {verdict}",
        left_kicker=where,
        left_figure=_figure(each) if line else "—",
        left_facts=left,
        right_kicker=_("Acte noté") if act else _("Rien au portail"),
        right_figure=euros(each.held) if act else "—",
        right_facts=right,
        joined=each.verdict == Pair.MATCHED or each.state == DifferenceState.ACCEPTED,
        apart=_apart(each),
        tag=TAGS[DifferenceState(each.state)],
        label=f"{verdict} · {each.get_state_display()}" if decided else verdict,
        explanation=each.explanation,
    )


def _figure(each: Difference) -> str:
    """What the line claims; its own words when they are no amount."""
    if each.line is not None and each.line.euros is None:
        return each.line.amount[:20] or _("montant absent")
    return euros(each.claimed)


def _apart(each: Difference) -> str:
    """By how much both sides differ, when both are euros."""
    if each.line is None or each.act is None or each.verdict in (Pair.NOT_PAYABLE, Pair.MATCHED):
        return ""
    gap = each.held - each.claimed
    if not gap:
        return ""
    return f"{'+' if gap > 0 else MINUS}\u00a0{euros(abs(gap))}"


def step_words(step: DifferenceStep) -> str:
    words = str(MOVES[DifferenceMove(step.move)])
    return f"{words}\u00a0: {step.note}" if step.note else words


def accept_words(each: Difference) -> str:
    """What accepting does, on its button; empty when there is nothing to accept."""
    if each.verdict == Left.MISSING_IN_STATEMENT:
        return _("Vu, non réclamé")
    if each.act is None or each.verdict in (Pair.ALREADY_PAID, Pair.NOT_PAYABLE):
        return ""
    return _("Accepter à %(amount)s") % {"amount": euros(each.held)}


def percent(part: Decimal | int, whole: Decimal | int) -> int:
    return round(100 * part / whole) if whole else 0

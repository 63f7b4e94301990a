"""A line of the bank as its two sides face each other: the bank at the left, the portal at the
right."""

from dataclasses import dataclass

from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from fees.enums import BankVerdict, DifferenceMove, DifferenceState
from fees.forms.bank import BankColumnsForm
from fees.models import BankMatch, BankStep
from fees.reconcile.bank_columns import BankTable
from fees.reconcile.bank_words import reason_words
from portal.kit.grids.grid import letters
from portal.kit.words import euros, number, plain_day

from .two_sides import TwoSides
from .workbench_pages import TAGS

MOVES = {
    DifferenceMove.ACCEPTED: _lazy("Acceptée"),
    DifferenceMove.REFUSED: _lazy("Classée"),
    DifferenceMove.ASKED: _lazy("Demandée à la banque"),
    DifferenceMove.UNDONE: _lazy("Décision annulée"),
    DifferenceMove.NOTED: _lazy("Note"),
    DifferenceMove.ASSIGNED: _lazy("Confiée à"),
}
ACCEPTS = {
    BankVerdict.PAID: _lazy("Accepter : virement payé"),
    BankVerdict.GROUPED: _lazy("Accepter : lot payé"),
    BankVerdict.RETURNED: _lazy("Accepter le retour"),
    BankVerdict.CARD_PAYOUT: _lazy("Accepter : versement arrivé"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BankFace(TwoSides):
    """What the bank says at the left, the portal at the right."""

    match: BankMatch


def bank_face(each: BankMatch) -> BankFace:
    """The two sides of a line."""
    line = each.line
    verdict = str(each.get_verdict_display())
    left: list[str] = []
    where = _("Rien à la banque")
    if line:
        where = _("Ligne %(key)s, %(day)s") % {"key": line.key, "day": plain_day(line.booked_on)}
        said = (line.name or line.text[:80] or _("sans libellé"), line.text[:160])
        left = [*dict.fromkeys(filter(None, said))]
        named = line.end_to_end or line.group
        left += [named] if named else []
        left += [reason_words(line.reason)] if line.reason else []
    decided = each.state not in (DifferenceState.OPEN, DifferenceState.AGREED)
    kicker, right = _portal(each)
    return BankFace(
        match=each,
        title=f"{where}, {verdict}",
        left_kicker=where,
        left_figure=euros(each.amount) if line else "—",
        left_facts=left,
        right_kicker=kicker,
        right_figure=euros(each.held) if right else "—",
        right_facts=right,
        joined=each.state in (DifferenceState.AGREED, DifferenceState.ACCEPTED),
        apart=_apart(each),
        tag=TAGS[DifferenceState(each.state)],
        label=f"{verdict} · {each.get_state_display()}" if decided else verdict,
        explanation=each.explanation,
    )


def _portal(each: BankMatch) -> tuple[str, list[str]]:
    """What the portal holds in front of the line: its name, then its facts."""
    if each.transfer is not None:
        sent = each.transfer
        day = plain_day(sent.batch.execute_on)
        facts = [str(sent.professional), f"{sent.end_to_end} · {day}"]
        return _("Virement"), [*facts, str(sent.get_state_display())]
    if each.batch is not None:
        count = each.batch.transfers.count()
        many = ngettext("%(n)s virement", "%(n)s virements", count) % {"n": number(count)}
        return _("Lot"), [each.batch.code, f"{many} · {plain_day(each.batch.execute_on)}"]
    if each.payout is not None:
        day = plain_day(each.payout.arrives_on)
        return _("Versement de carte"), [
            _("attendu le %(day)s") % {"day": day},
            each.payout.reference or each.payout.key,
        ]
    return _("Rien au portail"), []


def _apart(each: BankMatch) -> str:
    if each.line is None or each.verdict != BankVerdict.AMOUNT_DIFFERS:
        return ""
    return euros(abs(each.held - abs(each.amount)))


def bank_step_words(step: BankStep) -> str:
    words = str(MOVES[DifferenceMove(step.move)])
    return f"{words}\u00a0: {step.note}" if step.note else words


def accept_line_words(each: BankMatch) -> str:
    """What accepting does, on its button; empty when there is nothing to accept."""
    words = ACCEPTS.get(BankVerdict(each.verdict))
    return str(words or "")


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column of a bank's table, with what its first rows say."""

    letter: str
    heading: str
    sample: str
    control: BoundField


def columns_shown(table: BankTable | None, form: BankColumnsForm | None) -> list[ShownColumn]:
    """The columns that a person may name; none for a file that is no table."""
    if table is None or form is None:
        return []
    headings = table.headings if table.header else []
    return [
        ShownColumn(
            letters(place),
            headings[place] if place < len(headings) else "",
            table.samples(place),
            form[f"colonne-{place}"],
        )
        for place in range(table.width)
    ]

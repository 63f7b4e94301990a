"""Accountants' rules: put in use once tried on the past, applied by a person, stopped."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from fees.enums import DifferenceMove
from fees.models import BankFile, ReconcileRule, StatementFile
from fees.reconcile.rules import Rule, try_rule
from fees.selectors.reconcile_rules import bank_lines_to_settle, gaps_to_settle, past_of
from network.actions.journal import record
from network.models import User
from portal.kit.money import of_cents

from .bank_lines import decide_line
from .differences import decide
from .steps import Conflict


def start_rule(*, rule: Rule, by: User, now: datetime) -> ReconcileRule:
    """Put a rule in use. Raises Conflict when it goes against what persons have decided, or is in
    use already."""
    if not (rule.sender or rule.text):
        raise Conflict(_("Dites de qui, ou quels mots."))
    tried = try_rule(rule, past_of(rule.side))
    if tried.wrong:
        raise Conflict(_("Cette règle va contre des décisions passées\u00a0: précisez-la."))
    try:
        with transaction.atomic():
            made = ReconcileRule.objects.create(
                side=rule.side,
                sender=rule.sender,
                text=rule.text,
                tolerance=of_cents(rule.cents),
                reason=rule.reason,
                tried=tried.settled,
                started_at=now,
                started_by=by,
            )
            record(verb="rule.started", by=by, at=now, subject=f"règle {made.pk}")
    except IntegrityError as error:
        raise Conflict(_("Une règle semblable est déjà en service.")) from error
    return made


def stop_rule(*, rule: ReconcileRule, by: User, now: datetime) -> ReconcileRule:
    """Take a rule out of use; what it settled stays. Twice is once."""
    with transaction.atomic():
        locked = ReconcileRule.objects.select_for_update(no_key=True).get(pk=rule.pk)
        if locked.stopped_at is None:
            locked.stopped_at, locked.stopped_by = now, by
            locked.save(update_fields=["stopped_at", "stopped_by"])
            record(verb="rule.stopped", by=by, at=now, subject=f"règle {locked.pk}")
    return locked


def apply_to_bank(*, file: BankFile, by: User, now: datetime) -> int:
    """Classify the open lines that a rule in use fits, as the person would; gives how many."""
    with transaction.atomic():
        found = bank_lines_to_settle(file)
        for match, rule in found:
            decide_line(
                match=match,
                move=DifferenceMove.REFUSED,
                version=match.version,
                by=by,
                now=now,
                note=_("%(reason)s (règle « %(rule)s »)") % {"reason": rule.reason, "rule": rule},
            )
    return len(found)


def apply_to_statement(*, file: StatementFile, by: User, now: datetime) -> int:
    """Accept the gaps that a rule in use fits, as the person would; gives how many."""
    with transaction.atomic():
        found = gaps_to_settle(file)
        for gap, rule in found:
            decide(
                difference=gap,
                move=DifferenceMove.ACCEPTED,
                version=gap.version,
                by=by,
                now=now,
                note=_("Règle « %(rule)s »") % {"rule": rule},
            )
    return len(found)

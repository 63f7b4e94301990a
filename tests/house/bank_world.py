"""The bank files of the access matrix: one to confirm, one imported with a line to decide."""

from datetime import datetime, timedelta
from typing import Any

from fees.actions.cards import explain_card
from fees.actions.reconcile_rules import start_rule
from fees.enums import RuleSide
from fees.reconcile.rules import Rule
from fees.selectors.cards import year_of_cards
from network.enums import Role
from network.models import User
from portal.kit import clock
from tests.factories.bank import imported, received
from tests.factories.bank_files import Line, camt, statement
from tests.factories.chain import charge, paid_out, paid_seat
from tests.factories.network import make_user

type Values = dict[tuple[str, str], dict[str, Any]]


def bank_values() -> Values:
    """The parameters of the addresses of bank files."""
    by, now = make_user(Role.ACCOUNTANT), clock.now()
    fees = Line(-1_250, clock.today() - timedelta(days=2), text="FRAIS DE TENUE DE COMPTE")
    later = Line(-300, clock.today() - timedelta(days=1), text="COMMISSION")
    opened = imported(camt(statement([fees])), by=by, now=now)
    waiting = received(camt(statement([later], number=2, opening=998_750)), by=by, now=now)
    values: Values = {("fees:bank_line", "other"): {"pk": opened.matches.get().pk}}
    for name in ("bank_reading", "bank_drop"):
        values[f"fees:{name}", "other"] = {"pk": waiting.pk}
    for name in ("bank_workbench", "bank_original", "bank_close", "bank_rules", "bank_summary"):
        values[f"fees:{name}", "other"] = {"pk": opened.pk}
    rule = Rule(RuleSide.BANK, "", "jamais écrit", 100, "Frais")
    started = start_rule(rule=rule, by=by, now=now)
    values["fees:rule_stop", "other"] = {"pk": started.pk}
    values["fees:bank_export", "other"] = {"pk": opened.pk, "kind": "csv"}
    return values | _chain_values(by, now)


def _chain_values(by: User, now: datetime) -> Values:
    """The chain of card payments: one payout, one difference that is explained."""
    day = clock.today()
    payout = paid_out([charge(paid_seat(make_user(Role.CLINICIAN)), on=day, rate=325)], on=day)
    (item,) = year_of_cards(day.year, today=day).open_items()
    explained = explain_card(item=item, words="Carte suisse", by=by, now=now)
    return {
        ("fees:card_payout", "other"): {"pk": payout.pk},
        ("fees:card_take_back", "other"): {"pk": explained.pk},
        ("fees:cards_export", "other"): {"year": str(day.year), "kind": "csv"},
    }

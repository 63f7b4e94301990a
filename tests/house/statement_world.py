"""The statements of the access matrix: to confirm, checked by their author, open to accountants."""

from typing import Any

from fees.actions.statements import send_statement
from network.enums import Role
from network.models import Professional
from portal.kit import clock
from tests.factories.network import make_user
from tests.factories.statements import csv, matched, received

type Values = dict[tuple[str, str], dict[str, Any]]
LINE = "03/11/2026;Z999999;Remobilisation;30"


def statement_values(mine: Professional, theirs: Professional) -> Values:
    """The parameters of the addresses of statements."""
    now, accountant = clock.now(), make_user(Role.ACCOUNTANT)
    month = clock.today().replace(day=1)
    values: Values = {("fees:statements_file", "other"): {"kind": "pdf"}}
    for label, professional in (("own", mine), ("other", theirs)):
        by = professional.user
        assert by is not None
        waiting = received(professional, month, csv(LINE), by=accountant, now=now)
        own = received(professional, month, csv(LINE), by=by, now=now)
        checked = matched(professional, month, csv(LINE), by=by, now=now)
        sent = matched(professional, month, csv(LINE), by=by, now=now)
        send_statement(file=sent, by=by, now=now)
        difference = sent.differences.exclude(line=None).get()
        for name in ("statement_columns", "statement_drop"):
            values[f"fees:{name}", label] = {"pk": waiting.pk}
        for name in (
            "workbench",
            "statement_close",
            "statement_letter",
            "letter_file",
            "statement_rules",
        ):
            values[f"fees:{name}", label] = {"pk": sent.pk}
        for name in ("difference", "difference_split"):
            values[f"fees:{name}", label] = {"pk": difference.pk}
        values["fees:my_statement_columns", label] = {"pk": own.pk}
        for name in ("my_checked", "my_statement_send", "my_original"):
            values[f"fees:{name}", label] = {"pk": checked.pk}
    return values

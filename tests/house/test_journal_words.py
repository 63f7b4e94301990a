"""Whoever reads the journal reads French: every verb written by the code has its words."""

import re

from etp.enums import Move as PlaceMove
from fees.enums import Move
from network.enums import BankState
from network.models.journal import VERBS
from tests.house.tracked import read, tracked

LITERAL = re.compile(r"""verb="([a-z_]+\.[a-z_]+)\"""")


def test_every_verb_has_words() -> None:
    written = {
        verb
        for path in tracked()
        if path.parent.name == "actions"
        for verb in LITERAL.findall(read(path))
    }
    written |= {f"place.{move}" for move in PlaceMove}
    written |= {f"act.{move}" for move in Move} | {f"bank.{state}" for state in BankState}
    assert len(written) > 20
    assert sorted(written - set(VERBS)) == []

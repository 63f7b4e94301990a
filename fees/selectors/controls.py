"""Claim lines with every automatic check, made again from the facts as they stand now.

A proof may have fallen since the act was decided: what pays is what holds today.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from fees import remarks, rules
from fees.enums import OUTLIERS, READABLE, Remark
from fees.models import Act, ClaimLine
from network.enums import Profession
from network.models import Professional
from network.rules.identity import RPPS_REQUIRED

from .checks import Check, checks_of
from .claims import first_asked
from .facts import Facts
from .facts_of_many import facts_of_many


@dataclass(frozen=True, slots=True)
class Controlled:
    """A line, and the codes of what is to be said of it: rules now, outliers as last checked.

    `late`: asked for that many days after its act, and the limit, when it is beyond it.
    """

    line: ClaimLine
    remarks: tuple[str, ...]
    late: tuple[int, ...] = ()

    @property
    def clean(self) -> bool:
        return not self.remarks

    @property
    def readable(self) -> bool:
        """May a person who has read the remarks pass over them?"""
        return READABLE.issuperset(self.remarks)

    @property
    def checks(self) -> list[Check]:
        return checks_of(self.line.act, self.remarks)

    @property
    def held(self) -> int:
        """How many checks hold, of those that apply."""
        return sum(check.ok for check in self.checks)

    @property
    def sentences(self) -> list[str]:
        """Why the line is not clean, one sentence each."""
        figures = self.line.outliers | {Remark.CLAIMED_LATE: list(self.late)}
        return [remarks.sentence(code, figures.get(code, ())) for code in self.remarks]

    @property
    def titles(self) -> list[str]:
        return [remarks.title(code) for code in self.remarks]


def with_acts(lines: QuerySet[ClaimLine]) -> QuerySet[ClaimLine]:
    """The lines with all that a control reads beside them."""
    return lines.select_related(
        "claim__professional",
        "act__patient",
        "act__professional",
        "act__rcp_file",
        "act__tariff",
    )


def control(lines: Sequence[ClaimLine]) -> list[Controlled]:
    """Every check of every line, in their order; loaded by `with_acts`. Eight queries at most."""
    facts = facts_of_many([line.act for line in lines])
    asked = first_asked(line.act_id for line in lines)
    return [_controlled(line, facts[line.act_id], asked[line.act_id]) for line in lines]


def _controlled(line: ClaimLine, facts: Facts, asked_on: date) -> Controlled:
    done_on, limit = line.act.done_on, facts.policy.claim_days
    late: tuple[int, ...] = ()
    if rules.days_late(done_on, asked_on, limit):
        late = ((asked_on - done_on).days, limit)
    return Controlled(line, tuple(_remarks(line, facts, late=bool(late))), late)


def _remarks(line: ClaimLine, facts: Facts, *, late: bool) -> Iterable[str]:
    act = line.act
    verdict = facts.decide(excepted=act.decided_by_person)
    yield from verdict.reasons
    if not is_verified(act.professional):
        yield Remark.RPPS_UNVERIFIED
    if not verdict.reasons and _amount(facts) != act.amount:
        yield Remark.TARIFF_CHANGED
    if late:
        yield Remark.CLAIMED_LATE
    yield from (code for code in OUTLIERS if code in line.outliers)


def is_verified(professional: Professional) -> bool:
    """The RPPS was found in the national directory, where the profession has one."""
    if Profession(professional.profession) not in RPPS_REQUIRED:
        return True
    return bool(professional.rpps and professional.rpps_verified_on)


def _amount(facts: Facts) -> object:
    return facts.line.amount if facts.line else None


def controlled_act(act: Act) -> Controlled | None:
    """The claim line that stands for an act, controlled now; None when nothing is asked for it."""
    line = with_acts(ClaimLine.objects.filter(act=act)).order_by("-pk").first()
    return control([line])[0] if line else None

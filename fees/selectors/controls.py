"""Claim lines with every automatic check, made again from the facts as they stand now.

A proof may have fallen since the act was decided: what pays is what holds today.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from fees import remarks, rules
from fees.enums import OUTLIERS, READABLE, ClaimMove, Remark
from fees.models import Act, ClaimLine, ClaimStep
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
    """Every check of every line, in their order; loaded by `with_acts`. Nine queries at most."""
    facts = facts_of_many([line.act for line in lines])
    asked = first_asked(line.act_id for line in lines)
    steps = ClaimStep.objects.filter(line__in=lines, move=ClaimMove.REOPENED)
    reopened = set(steps.order_by().values_list("line", flat=True))
    return [
        _controlled(line, facts[line.act_id], asked[line.act_id], reopened=line.pk in reopened)
        for line in lines
    ]


def _controlled(line: ClaimLine, facts: Facts, asked_on: date, *, reopened: bool) -> Controlled:
    done_on, limit = line.act.done_on, facts.policy.claim_days
    late: tuple[int, ...] = ()
    if rules.days_late(done_on, asked_on, limit):
        late = ((asked_on - done_on).days, limit)
    found = [*_remarks(line, facts)]
    found += [Remark.CLAIMED_LATE] * bool(late) + [Remark.REOPENED] * reopened
    found += [code for code in OUTLIERS if code in line.outliers]
    return Controlled(line, tuple(found), late)


def _remarks(line: ClaimLine, facts: Facts) -> Iterable[str]:
    act = line.act
    verdict = facts.decide(excepted=act.decided_by_person)
    yield from verdict.reasons
    if not is_verified(act.professional):
        yield Remark.RPPS_UNVERIFIED
    if not verdict.reasons and _amount(facts) != act.amount:
        yield Remark.TARIFF_CHANGED


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

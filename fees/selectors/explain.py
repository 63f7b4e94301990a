"""Why an act is decided so: the rule, the figures, the first possible date."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from fees import rules, wording
from fees.declaration import Declaration
from fees.enums import Decision, Kind, Reason
from fees.models import Act
from network.models import Professional

from .caps import Meter, meters_of
from .facts import Facts, declared_in, facts_of, gather
from .prepared import NONE


@dataclass(frozen=True, slots=True)
class Explanation:
    """One reason to refuse, in words."""

    code: Reason
    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Account:
    """A decision that explains itself, before or after the act is noted."""

    verdict: rules.Verdict
    explanations: tuple[Explanation, ...]
    first_possible: date | None
    meter: Meter | None
    sentence: str

    @property
    def accepted(self) -> bool:
        return self.verdict.decision is Decision.ACCEPTED

    @property
    def to_arbitrate(self) -> bool:
        return self.verdict.decision is Decision.TO_ARBITRATE


def account_for(facts: Facts, *, meter: Meter | None) -> Account:
    """Explain what the rules say of these facts. Nothing is read, nothing is written."""
    verdict = facts.decide()
    figures = _figures(facts, verdict)
    explanations = tuple(
        Explanation(reason, wording.title(reason), wording.sentence(reason, figures))
        for reason in verdict.reasons
    )
    if verdict.ordinal and verdict.limit:
        sentence = wording.next_sentence((verdict.used or 0) + 1, verdict.limit, verdict.window)
    elif meter:
        sentence = wording.left_sentence(meter.left, meter.limit, facts.claim.kind, meter.window)
    else:
        sentence = ""
    return Account(verdict, explanations, facts.first_possible_date(verdict), meter, sentence)


def foresee(declared: Declaration, *, today: date, instead_of: Act | None = None) -> Account:
    """What would be decided of an act that is not noted yet, read without any lock.

    The act that it would replace holds nothing any more.
    """
    left_out = instead_of.pk if instead_of else NONE
    facts = gather(declared, today=today, left_out=left_out)
    cap = rules.cap_of(declared.kind, facts.policy.as_rule().doctor_cap)
    meters = meters_of(
        declared.patient,
        on=declared.done_on,
        reader=declared.professional,
        cap=cap or "-",
        left_out=left_out,
    )
    return account_for(facts, meter=meters[0] if meters else None)


def foresee_draft(act: Act, *, today: date) -> Account:
    """What would be decided of a draft if it were sent; its related rows are loaded."""
    return foresee(declared_in(act), today=today, instead_of=act)


def explain(act: Act, *, reader: Professional | None) -> Account:
    """Explain a noted act as its own decision stands; its related rows are loaded."""
    facts = facts_of(act, today=timezone.localdate(act.entered_at))
    meters = meters_of(act.patient, on=act.done_on, reader=reader, cap=act.cap or "-")
    meter = meters[0] if meters else None
    figures = _figures(facts, facts.decide(), limit=act.limit)
    explanations = tuple(
        Explanation(reason, wording.title(reason), wording.sentence(reason, figures))
        for reason in act.reason_codes
    )
    stored = rules.Verdict(
        decision=Decision(act.decision) if act.decision else Decision.REFUSED,
        amount=act.amount,
        reasons=act.reason_codes,
        cap=act.cap or None,
        ordinal=act.ordinal,
        limit=act.limit,
        used=meter.used if meter else None,
        window=meter.window if meter else None,
    )
    sentence = (
        wording.left_sentence(meter.left, meter.limit, Kind(act.kind), meter.window)
        if meter
        else ""
    )
    first = facts.first_possible_date(stored) if act.reason_codes else None
    return Account(stored, explanations, first, meter, sentence)


def _figures(facts: Facts, verdict: rules.Verdict, *, limit: int | None = None) -> wording.Figures:
    claim, coverage, policy = facts.claim, facts.coverage, facts.policy
    period = rules.days_of(coverage.follow_up, policy.follow_up_months)
    return wording.Figures(
        kind=claim.kind,
        done_on=claim.done_on,
        limit=verdict.limit if limit is None else limit,
        window=verdict.window,
        included_on=coverage.follow_up.included_on,
        follow_up_end=period.end if period else None,
        agreement_from=claim.agreement_from,
        agreement_to=claim.agreement_to,
        claim_days=policy.claim_days,
        plan_days=policy.plan_days,
        min_professionals=policy.min_professionals,
    )

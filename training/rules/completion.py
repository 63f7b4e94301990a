"""When a module is complete, and how long its attestation holds."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from portal.kit.dates import Period, add_years
from training.enums import Missing

RENEWAL_DAYS = 60
"""Days before its expiry from which an attestation may be renewed by the post-test alone."""
VALID_YEARS = 3
"""Years of an attestation: the three-year period of the obligation of training (DPC)."""


@dataclass(frozen=True, slots=True)
class ModuleFacts:
    """What a module asks, and what one learner did of it.

    Lessons and vignettes are ids, so that one taken out of the module no longer counts. A module
    without pre-test has it `pretest_answered`; one without post-test has no `pass_mark`.
    """

    pretest_answered: bool
    lessons: AbstractSet[int]
    lessons_read: AbstractSet[int]
    vignettes: AbstractSet[int]
    vignettes_finished: AbstractSet[int]
    pass_mark: int | None  # percent of the post-test's credit
    attempts: tuple[Decimal, ...]  # percent of each finished post-test
    seconds: int  # connected


@dataclass(frozen=True, slots=True)
class Completion:
    """Whether a module is done, what is missing in the order of the path, and connected minutes."""

    done: bool
    missing: tuple[Missing, ...]
    minutes: int  # whole


def completion(facts: ModuleFacts) -> Completion:
    """Pre-test answered, lessons read, vignettes finished, best post-test at the pass mark."""
    asked = {
        Missing.PRETEST: facts.pretest_answered,
        Missing.LESSONS: facts.lessons <= facts.lessons_read,
        Missing.VIGNETTES: facts.vignettes <= facts.vignettes_finished,
        Missing.POSTTEST: facts.pass_mark is None or bool(facts.attempts),
        Missing.MARK: facts.pass_mark is None
        or not facts.attempts
        or max(facts.attempts) >= facts.pass_mark,
    }
    missing = tuple(what for what, met in asked.items() if not met)
    return Completion(done=not missing, missing=missing, minutes=facts.seconds // 60)


def attestation_validity(issued_on: date, years: int = VALID_YEARS) -> Period:
    """The days of an attestation: from its issue to the eve of its anniversary."""
    return Period(issued_on, add_years(issued_on, years))


def renewal_opens_on(expires_on: date) -> date:
    """From when a new try of the post-test renews an attestation; there is no last day."""
    return expires_on - timedelta(days=RENEWAL_DAYS)

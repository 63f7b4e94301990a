"""The directory: its closed lists, when a sheet has aged, which sheets answer a search. Pure."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from portal.kit.dates import add_months
from portal.kit.folding import plain

VERIFY_MONTHS = 12
"""A sheet that nobody has confirmed for that long is said to be old, and asked about by mail."""
LABEL_MONTHS = 12
"""How long before its end a label is announced to the coordination (labels last five years)."""
ASK_AGAIN_DAYS = 30
"""Days before a structure that has not answered is written to again."""


class Population(StrEnum):
    """Ages that a pain structure receives."""

    ADULT = "adult"
    ADOLESCENT = "adolescent"
    CHILD = "child"


class Speciality(StrEnum):
    """Pains that a structure says it knows better than others."""

    FIBROMYALGIA = "fibromyalgia"
    BACK = "back"
    HEADACHE = "headache"
    CHILD_MIGRAINE = "child_migraine"
    JOINT = "joint"
    AFTER_BREAST_SURGERY = "after_breast_surgery"
    VULVODYNIA = "vulvodynia"
    ENDOMETRIOSIS = "endometriosis"
    LONG_COVID = "long_covid"
    CANCER = "cancer"
    NEUROPATHIC = "neuropathic"


class Technique(StrEnum):
    """What the city cannot do, or what is not reimbursed there."""

    KETAMINE = "ketamine"
    HYPNOSIS = "hypnosis"
    OSTEOPATHY = "osteopathy"
    NERVE_STIMULATION = "nerve_stimulation"
    INFILTRATION = "infiltration"
    CAPSAICIN = "capsaicin"
    MAGNETIC_STIMULATION = "magnetic_stimulation"
    EDUCATION = "education"


class WaitSource(StrEnum):
    """How the wait before a first appointment is known."""

    DECLARED = "declared"
    MEASURED = "measured"
    REPORTED = "reported"


class Need(StrEnum):
    """What a doctor calls the regional number for: thirteen needs (facts 1.15)."""

    MEALS = "meals"
    HOME_HELP = "home_help"
    CARERS = "carers"
    INTERPRETER = "interpreter"
    VIOLENCE = "violence"
    BACK_TO_WORK = "back_to_work"
    GERIATRIC_CARE = "geriatric_care"
    HOME_PHYSIO = "home_physio"
    AUTISM_DIAGNOSIS = "autism_diagnosis"
    AUTISM_CARE = "autism_care"
    ADDICTION = "addiction"
    CHILD_PSYCHIATRY = "child_psychiatry"
    PSYCHOSOCIAL = "psychosocial"


class Audience(StrEnum):
    """Who may read a resource."""

    PUBLIC = "public"
    PROFESSIONALS = "professionals"


def is_old(verified_on: date | None, *, on: date) -> bool:
    """Nobody has confirmed it for a year, or ever."""
    return verified_on is None or add_months(verified_on, VERIFY_MONTHS) <= on


def label_ends_soon(label_to: date | None, *, on: date) -> bool:
    """The label is over, or will be within the year."""
    return label_to is not None and label_to <= add_months(on, LABEL_MONTHS)


def holds_words(words: str, texts: Iterable[str]) -> bool:
    """Every word of the search starts a word of the sheet."""
    known = plain(" ".join(texts)).split()
    return all(any(each.startswith(word) for each in known) for word in plain(words).split())


class LineAudience(StrEnum):
    """Who is told of a telephone line (facts 1.4 and 1.18)."""

    PUBLIC = "public"
    DOCTORS = "doctors"
    """Everybody knows of it; only doctors are given a link that dials."""
    PROFESSIONALS = "professionals"
    VERIFIED = "verified"
    """Professionals whose RPPS was checked: everybody else ignores that the line exists."""


REVIEW_AHEAD_DAYS = 30
"""How long before its day a reading is announced to those who write."""


def review_is_late(review_on: date | None, *, on: date) -> bool:
    """Nobody has read it again by the day that was set; without a day, it never was read."""
    return review_on is None or review_on < on

"""Words of the training room, as closed lists."""

from enum import IntEnum, StrEnum


class Audience(StrEnum):
    """For whom an event or a module is meant."""

    PROFESSIONALS = "professionals"
    DOCTORS = "doctors"
    EVERYBODY = "everybody"


class Mode(StrEnum):
    """How one attends."""

    VIDEO = "video"
    ON_SITE = "on_site"
    BOTH = "both"


class Topic(StrEnum):
    """What a case or a module is about: the network's main syndromes, and what cuts across."""

    BASICS = "basics"
    NEUROPATHIC = "neuropathic"
    FIBROMYALGIA = "fibromyalgia"
    PELVIC = "pelvic"
    BACK = "back"
    HEADACHE = "headache"
    JOINT = "joint"
    LONG_COVID = "long_covid"
    WORK = "work"


class Axis(IntEnum):
    """The four axes of the periodic certification of health professionals."""

    KNOWLEDGE = 1
    PRACTICE = 2
    RELATION = 3
    OWN_HEALTH = 4


class StepKind(StrEnum):
    """What one screen of a case holds."""

    NARRATIVE = "narrative"
    FINDINGS = "findings"
    FIGURE = "figure"
    TOOL = "tool"
    DECISION = "decision"
    TAKE_HOME = "take_home"


class Answering(StrEnum):
    """How a decision is answered."""

    ONE = "one"  # single best answer (QRU)
    SEVERAL = "several"  # all that apply (QRM)
    ORDER = "order"  # put in order
    SHORT = "short"  # a few words, recognised by the server


class Verdict(StrEnum):
    """What an option is worth."""

    RIGHT = "right"
    ACCEPTABLE = "acceptable"  # can be defended, is not the best: no credit, said with respect
    WRONG = "wrong"
    REQUIRED = "required"  # « indispensable » : right, and without it nothing is credited
    FORBIDDEN = "forbidden"  # « inacceptable » : wrong, and with it nothing is credited


class Certainty(IntEnum):
    """How sure a learner is when committing an answer."""

    LOW = 1
    MIDDLE = 2
    HIGH = 3


class Part(StrEnum):
    """What a published set of steps is used for."""

    CASE = "case"
    PRETEST = "pretest"
    POSTTEST = "posttest"


class Purpose(StrEnum):
    """Why somebody goes through a set of steps."""

    LEARN = "learn"
    PANEL = "panel"  # an invited expert: labelled, never counted among peers
    RETURN = "return"  # the case comes back at day 7, 30 or 90


class CardState(StrEnum):
    """Whether a figure was signed by the medical director."""

    TO_VERIFY = "to_verify"
    SIGNED = "signed"


class Freshness(StrEnum):
    """Whether a figure is the one presented at first, or its update."""

    AS_PRESENTED = "as_presented"
    UPDATED = "updated"


class Grade(StrEnum):
    """How strong the proof is, as the source grades it."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    CONSENSUS = "consensus"
    NONE = "none"

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


class Unanswered(StrEnum):
    """Why a set of choices is not an answer to a decision."""

    EMPTY = "empty"
    UNKNOWN = "unknown"  # an option that is not of this decision
    REPEATED = "repeated"
    MORE_THAN_ONE = "more_than_one"
    INCOMPLETE = "incomplete"  # an order that leaves options out
    UNRECOGNISED = "unrecognised"  # words that no option takes


class Misasked(StrEnum):
    """What keeps a question of a recording from being asked."""

    UNWRITTEN = "unwritten"  # ticked or explained, without words
    REPEATED = "repeated"
    TOO_FEW = "too_few"
    NONE_RIGHT = "none_right"


class Severity(StrEnum):
    """What a remark to the author asks for."""

    ERROR = "error"  # refuses to publish
    WARNING = "warning"
    ADVICE = "advice"


class Flaw(StrEnum):
    """What a case may suffer from. The wording of each is in `training/wording.py`."""

    # the way through the case
    NO_DECISION = "no_decision"
    REPEATED_NAME = "repeated_name"
    UNKNOWN_TARGET = "unknown_target"
    IDLE_TARGET = "idle_target"  # on an option of a decision that does not branch
    UNREACHABLE = "unreachable"
    DEAD_END = "dead_end"
    LOOP = "loop"
    # options and their verdicts
    NO_FEEDBACK = "no_feedback"
    NO_KEY = "no_key"
    SEVERAL_KEYS = "several_keys"
    TOO_FEW_OPTIONS = "too_few_options"
    TOO_MANY_OPTIONS = "too_many_options"
    TWIN_OPTIONS = "twin_options"
    NO_OTHERWISE = "no_otherwise"
    VERDICT_OUT_OF_PLACE = "verdict_out_of_place"
    # wording that tells the answer, or misleads
    LONGEST_KEYS = "longest_keys"
    LONG_KEY = "long_key"
    REPEATED_CUE = "repeated_cue"
    ALL_OR_NONE = "all_or_none"
    ABSOLUTE_WORD = "absolute_word"
    NEGATIVE_STEM = "negative_stem"
    # evidence
    NO_SOURCE = "no_source"
    NO_EVIDENCE = "no_evidence"
    UNKNOWN_CARD = "unknown_card"
    CARD_WITHOUT_REFERENCE = "card_without_reference"
    REVIEW_OVERDUE = "review_overdue"
    CARD_TO_VERIFY = "card_to_verify"
    # screens
    NO_ALT = "no_alt"
    NO_POINTS = "no_points"
    LONG_STEM = "long_stem"
    LONG_NARRATIVE = "long_narrative"
    LONG_SENTENCES = "long_sentences"
    HARD_TO_READ = "hard_to_read"


class Calibration(StrEnum):
    """Whether a certainty is borne out by the answers given with it."""

    NOT_ENOUGH = "not_enough"
    CALIBRATED = "calibrated"  # nothing shows the contrary
    OVER_CONFIDENT = "over_confident"
    UNDER_CONFIDENT = "under_confident"


class Flag(StrEnum):
    """What the scientific committee should look at in an item."""

    TOO_EASY = "too_easy"
    TOO_HARD = "too_hard"
    WEAK_DISCRIMINATION = "weak_discrimination"
    NEGATIVE_DISCRIMINATION = "negative_discrimination"
    IDLE_DISTRACTOR = "idle_distractor"  # hardly anybody chooses it
    RIVAL_DISTRACTOR = "rival_distractor"  # chosen more than what is credited
    SURE_AND_WRONG = "sure_and_wrong"


class Moment(StrEnum):
    """When learners are measured."""

    PRE = "pre"
    POST = "post"
    DAY_30 = "day_30"
    DAY_90 = "day_90"


class Effect(StrEnum):
    """What a measure after a module shows against the one before."""

    TOO_FEW = "too_few"
    IMPROVED = "improved"
    NO_EFFECT_SHOWN = "no_effect_shown"
    WORSENED = "worsened"


class Return(StrEnum):
    """Where a case's return to its learner stands."""

    UPCOMING = "upcoming"
    DUE = "due"
    LATE = "late"  # its day has passed and no mail has left
    MAILED = "mailed"
    OPENED = "opened"
    EXPIRED = "expired"


class Missing(StrEnum):
    """What a module still asks of a learner."""

    PRETEST = "pretest"
    LESSONS = "lessons"
    VIGNETTES = "vignettes"
    POSTTEST = "posttest"
    MARK = "mark"  # the post-test is finished, under the pass mark


class AttestationState(StrEnum):
    """What anybody who verifies an attestation is told."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


class StageKind(StrEnum):
    """The stages of a module, in their order."""

    PRETEST = "pretest"
    LESSON = "lesson"
    VIGNETTE = "vignette"
    POSTTEST = "posttest"


class StageState(StrEnum):
    """Where a learner stands in a stage."""

    TO_DO = "to_do"
    UNDER_WAY = "under_way"
    DONE = "done"
    SHORT = "short"  # a post-test under the pass mark


class Subject(StrEnum):
    """What a webinar is about, in the filters of the agenda."""

    PAIN = "pain"
    LONG_COVID = "long_covid"
    WORK = "work"
    VIOLENCE = "violence"
    SPORT = "sport"
    YOUTH = "youth"
    NETWORK = "network"


class SeatState(StrEnum):
    """Where a registration stands. A seat is held while it is booked or being paid, only then."""

    WAITING = "waiting"
    BOOKED = "booked"
    CANCELLED = "cancelled"
    OVER = "over"  # in line until the end, or the meeting was called off
    PAYING = "paying"
    LAPSED = "lapsed"  # not paid in time


class NoSeat(StrEnum):
    """Why somebody may not register."""

    CALLED_OFF = "called_off"
    UNDATED = "undated"
    BEGUN = "begun"
    NOT_OPEN = "not_open"
    CLOSED = "closed"
    NOT_OFFERED = "not_offered"
    DOCTORS_ONLY = "doctors_only"
    FULL = "full"  # changing for the other way of attending
    NO_PAYMENT = "no_payment"  # it is paid by card, and cards are not taken
    NO_PROFILE = "no_profile"
    TOO_EARLY = "too_early"  # arriving before the day


class Profile(StrEnum):
    """As what somebody pays a meeting."""

    LIBERAL = "liberal"
    SALARIED = "salaried"  # the employer often pays
    STUDENT = "student"


class Vat(StrEnum):
    """The VAT rule of a meeting."""

    EXEMPT = "exempt"  # continuing education, CGI 261-4-4° a
    STANDARD = "standard"


class PaymentState(StrEnum):
    """Where a card payment stands; what may follow what is in `rules/checkout.py`."""

    OPENING = "opening"  # noted here before it is asked of the card service
    OPEN = "open"
    EXPIRED = "expired"
    PAID = "paid"
    PARTLY = "partly"  # a share was given back
    REFUNDED = "refunded"


class RefundState(StrEnum):
    """Where a refund stands. Between the two first ones stands a second person, or a rule."""

    ASKED = "asked"
    REFUSED = "refused"
    CONFIRMED = "confirmed"  # to be sent
    SENT = "sent"
    DONE = "done"
    FAILED = "failed"


class RefundCause(StrEnum):
    """Why money goes back. Rules confirm by themselves; people need a second one."""

    PEOPLE = "people"
    LATE = "late"  # paid once the seat had gone
    GIVEN_UP = "given_up"
    CALLED_OFF = "called_off"
    ELSEWHERE = "elsewhere"  # ordered at the card service, outside the portal


class DisputeState(StrEnum):
    """A payment that its payer contests at the bank."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class DocumentKind(StrEnum):
    """What a numbered document tells."""

    INVOICE = "invoice"
    CREDIT = "credit"


class MediaKind(StrEnum):
    """Containers of recordings that every current browser plays."""

    MP4 = "mp4"
    WEBM = "webm"


class Survey(StrEnum):
    """When those who attended are asked what it was worth."""

    HOT = "hot"  # once it is over
    COLD = "cold"  # two to three months later

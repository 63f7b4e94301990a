"""The figures of a question in words, for its page, its document and its spreadsheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from string import ascii_uppercase

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from network.models.professional import PROFESSIONS
from portal.kit.words import NBSP, number, percent, typeset
from training.blocks.steps import VERDICTS
from training.enums import Answering, Flag
from training.models import ItemVersion
from training.rules.intervals import Interval
from training.rules.statistics import FEWEST, Choice, Figures, ItemStatistics
from training.selectors.statistics import CaseStatistics
from training.wording import FLAG_NAMES, FLAGS

type Words = str | Promise


@dataclass(frozen=True, slots=True)
class Span:
    """A figure with its interval, in words; and as whole hundredths, to be drawn."""

    figure: str
    interval: str
    low: int
    at: int
    high: int


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One option among those who answered."""

    letter: str
    text: str
    verdict: Words
    credited: bool
    people: str
    percent: int
    rest: str
    flags: list[Words]

    @property
    def label(self) -> str:
        return f"{self.letter}. {self.text}"


@dataclass(frozen=True, slots=True)
class Told:
    """A question among a group of learners; `missing` answers before anything is told."""

    label: Words
    answers: int
    missing: int
    facility: Span | None = None
    discrimination: Span | None = None
    untold: str = ""  # why there is no discrimination
    time: str = ""
    quartiles: str = ""
    certainty: str = ""
    gap: str = ""
    sure_and_wrong: str = ""
    flags: Sequence[Words] = ()
    options: Sequence[OptionLine] = ()


def tell(label: Words, item: ItemVersion, counted: ItemStatistics | None) -> Told:
    """The words of one group; none of its figures under twenty answers."""
    answers = counted.answers if counted else 0
    if counted is None or counted.figures is None:
        return Told(label, answers, FEWEST - answers)
    figures, found = counted.figures, counted.figures.discrimination
    return Told(
        label,
        answers,
        0,
        facility=_share(figures.facility, figures.facility_interval),
        discrimination=_correlation(found.correlation, found.interval) if found else None,
        untold="" if found else _("Trop peu de parcours, ou tous pareils."),
        time=seconds(figures.median_seconds),
        quartiles=_("%(first)s à %(third)s")
        % {"first": seconds(figures.quartiles[0]), "third": seconds(figures.quartiles[1])},
        certainty=number(Decimal(str(figures.certainty)), 1),
        gap=points(figures.calibration_gap),
        sure_and_wrong=percent(figures.sure_and_wrong),
        flags=[FLAGS[flag] for flag in figures.flags],
        options=_options(item, figures, answers),
    )


def tell_everybody(item: ItemVersion, counted: CaseStatistics) -> Told:
    return tell(_("Toutes professions"), item, counted.everybody.get(item.pk))


def tell_professions(item: ItemVersion, counted: CaseStatistics) -> dict[str, Told]:
    """Each profession that answered, in the order of the network's list."""
    return {
        profession.value: tell(label, item, counted.by_profession[item.pk, profession.value])
        for profession, label in PROFESSIONS.items()
        if (item.pk, profession.value) in counted.by_profession
    }


def tell_versions(versions: Sequence[ItemVersion], counted: CaseStatistics) -> list[Told]:
    return [
        tell(
            _("Version %(number)s") % {"number": item.number},
            item,
            counted.everybody.get(item.pk),
        )
        for item in versions
    ]


def flag_names(joined: str) -> list[Words]:
    """The short names of the flags of a summary."""
    return [FLAG_NAMES[Flag(each)] for each in joined.split("|") if each]


def seconds(value: float) -> str:
    """`42 s`, `1 min 30 s`."""
    minutes, rest = divmod(round(value), 60)
    told = [f"{minutes}{NBSP}min"] if minutes else []
    if rest or not minutes:
        told.append(f"{rest}{NBSP}s")
    return NBSP.join(told)


def points(gap: float) -> str:
    """`+ 12 points`: a difference between two shares."""
    rounded = round(100 * gap)
    sign = "+\u202f" if rounded > 0 else ""
    return f"{sign}{number(rounded)}{NBSP}{_('point') if abs(rounded) < 2 else _('points')}"


def _share(share: float, interval: Interval) -> Span:
    low, at, high = (round(100 * each) for each in (interval.low, share, interval.high))
    words = _("%(low)s à %(high)s") % {"low": low, "high": percent(interval.high)}
    return Span(percent(share), words, low, at, high)


def _correlation(value: float, interval: Interval) -> Span:
    """From −1 to 1; drawn on hundredths of that length."""
    low, at, high = (round(50 + 50 * each) for each in (interval.low, value, interval.high))
    ends = {"low": _decimal(interval.low), "high": _decimal(interval.high)}
    return Span(_decimal(value), _("%(low)s à %(high)s") % ends, low, at, high)


def _decimal(value: float) -> str:
    return number(Decimal(str(value)), 2)


def _options(item: ItemVersion, figures: Figures, answers: int) -> list[OptionLine]:
    """The options in the order shown. Of an ordering none is told: each answer holds them all."""
    told: dict[str, Choice] = {choice.letter: choice for choice in figures.choices}
    if item.decision.answering is Answering.ORDER:
        return []
    lines = []
    for letter, option_id in zip(ascii_uppercase, item.shown, strict=False):
        option, choice = item.decision.option(option_id), told[letter]
        people = round(choice.share * answers)
        lines.append(
            OptionLine(
                letter,
                typeset(option.text),
                VERDICTS[option.verdict],
                choice.credited,
                _("%(people)s sur %(answers)s")
                % {"people": number(people), "answers": number(answers)},
                round(100 * choice.share),
                "" if choice.rest is None else _decimal(choice.rest),
                [FLAGS[flag] for flag in choice.flags],
            )
        )
    return lines

"""What is told of a question once its first answer is committed, and never before."""

from dataclasses import dataclass
from decimal import Decimal
from string import ascii_uppercase
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.enums import Profession
from network.models.professional import PROFESSIONS
from portal.kit.words import NBSP, number
from training.enums import Answering, Certainty, Verdict
from training.models import Answer, ItemVersion
from training.models.runs import CERTAINTIES
from training.rules.cases import Decision, Option
from training.selectors.peers import Peers, Spread, peers_of
from training.selectors.proofs import Proof, proofs

Words = str | Promise
VERDICTS: dict[Verdict, tuple[str, Words]] = {
    Verdict.RIGHT: ("ok", gettext_lazy("Attendu")),
    Verdict.REQUIRED: ("ok", gettext_lazy("Indispensable")),
    Verdict.ACCEPTABLE: ("info", gettext_lazy("Se défend")),
    Verdict.WRONG: ("", gettext_lazy("Pas ici")),
    Verdict.FORBIDDEN: ("bad", gettext_lazy("À proscrire")),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One option with what it is worth."""

    letter: str
    text: str
    feedback: str
    state: str
    verdict: Words
    mine: bool
    rank: int  # in one's own order, from 1; 0 when it was not chosen


@dataclass(frozen=True, slots=True)
class Compared:
    """How some people answered, as bars; without bars, `reason` says why."""

    title: str
    people: int
    bars: tuple[dict[str, Any], ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """The whole answer to an answer. `marks` follow the certainty, −6 to +3.

    `ordered`: for an order alone, the options as the authors order them. `proofs` bear on what was
    answered or expected, `more_proofs` on the other options.
    """

    step: str
    stem: str
    answering: Answering
    state: str
    title: str
    words: str
    certainty: Words
    marks: str
    credit: str
    mine: tuple[Told, ...]
    others: tuple[Told, ...]
    ordered: tuple[Told, ...]
    missed: str
    explanation: str
    proofs: tuple[Proof, ...]
    more_proofs: tuple[Proof, ...]
    compared: tuple[Compared, ...]
    second: str


def feedback_of(item: ItemVersion, first: Answer, second: Answer | None) -> Feedback:
    """Two queries: the tallies, the evidence cards."""
    decision = item.decision
    chosen = item.options_of(first.chosen)
    told = {option.id: _told(item, option, chosen) for option in decision.options}
    ordered = decision.answering is Answering.ORDER
    state, title = verdict_on(decision, chosen, first.credit)
    main, more = _proofs(decision, chosen)
    missed = (o for o in decision.options if o.credited and o.id not in chosen)
    return Feedback(
        step=decision.id,
        stem=decision.stem,
        answering=decision.answering,
        state=state,
        title=title,
        words=first.words,
        certainty=CERTAINTIES[Certainty(first.certainty)],
        marks=_points(first.marks),
        credit=number(first.credit, 1) if 0 < first.credit < 1 else "",
        mine=() if ordered else tuple(told[option_id] for option_id in chosen),
        others=() if ordered else tuple(each for each in told.values() if not each.mine),
        ordered=tuple(told.values()) if ordered else (),
        missed="" if ordered or first.is_right else " ; ".join(option.text for option in missed),
        explanation=decision.explanation,
        proofs=main,
        more_proofs=more,
        compared=tuple(_compare(item, first)),
        second=" · ".join(_texts(item, second)),
    )


def verdict_on(decision: Decision, chosen: list[str], earned: Decimal) -> tuple[str, str]:
    """(state, words) of an answer: what is right or missing, never who is wrong."""
    if decision.answering is Answering.ORDER:
        return _by_credit(
            earned,
            _("C’est le bon ordre"),
            _("Presque\u202f: deux étapes voisines sont inversées"),
            _("Un autre ordre est attendu"),
        )
    if decision.answering is Answering.SEVERAL:
        return _on_several(decision, chosen, earned)
    if earned == 1:
        return "ok", _("C’est la réponse attendue")
    if decision.option(chosen[0]).verdict is Verdict.ACCEPTABLE:
        return "info", _("Cela se défend, un autre choix est meilleur")
    return "bad", _("Une autre réponse est attendue")


def signed(marks: int) -> str:
    """« +2 », « 0 », « −6 »."""
    return f"+{marks}" if marks > 0 else number(marks).replace("\u202f", "")


def _on_several(decision: Decision, chosen: list[str], earned: Decimal) -> tuple[str, str]:
    verdicts = {decision.option(option_id).verdict for option_id in chosen}
    missing = any(
        option.verdict is Verdict.REQUIRED and option.id not in chosen
        for option in decision.options
    )
    if Verdict.FORBIDDEN in verdicts:
        return "bad", _("Une de vos réponses est à proscrire")
    if missing:
        return "bad", _("Il manque un point indispensable")
    return _by_credit(
        earned,
        _("Tout y est"),
        _("C’est juste en partie"),
        _("Trop d’écarts avec la réponse attendue"),
    )


def _points(marks: int) -> str:
    return f"{signed(marks)}{NBSP}{_('points') if abs(marks) > 1 else _('point')}"


def _by_credit(earned: Decimal, full: str, part: str, nothing: str) -> tuple[str, str]:
    if earned == 1:
        return "ok", full
    return ("info", part) if earned else ("bad", nothing)


def _told(item: ItemVersion, option: Option, chosen: list[str]) -> Told:
    state, verdict = VERDICTS[option.verdict]
    return Told(
        letter=ascii_uppercase[item.shown.index(option.id)],
        text=option.text,
        feedback=option.feedback,
        state=state,
        verdict=verdict,
        mine=option.id in chosen,
        rank=chosen.index(option.id) + 1 if option.id in chosen else 0,
    )


def _proofs(decision: Decision, chosen: list[str]) -> tuple[tuple[Proof, ...], tuple[Proof, ...]]:
    """What bears on the question, what was answered and what was expected; then the rest."""
    near = [o for o in decision.options if o.id in chosen or o.credited]
    main = [*decision.evidence, *(card for option in near for card in option.evidence)]
    all_cards = [*main, *(card for option in decision.options for card in option.evidence)]
    found = proofs(all_cards)
    wanted = set(main)
    return (
        tuple(proof for proof in found if proof.card in wanted),
        tuple(proof for proof in found if proof.card not in wanted),
    )


def _texts(item: ItemVersion, answer: Answer | None) -> tuple[str, ...]:
    if answer is None:
        return ()
    return tuple(item.decision.option(o).text for o in item.options_of(answer.chosen))


def _compare(item: ItemVersion, answer: Answer) -> list[Compared]:
    peers: Peers = peers_of(item, answer.profession)
    profession = PROFESSIONS[Profession(answer.profession)]
    compared = [
        _compared(item, answer, peers.everybody, _("Tous les soignants")),
        _compared(
            item, answer, peers.profession, _("Votre profession (%(name)s)") % {"name": profession}
        ),
    ]
    if not peers.panel.hidden:
        compared.append(_compared(item, answer, peers.panel, _("Le panel d’experts, à part")))
    return compared


def _compared(item: ItemVersion, answer: Answer, spread: Spread, title: str) -> Compared:
    if spread.hidden:
        reason = _("Affiché à partir de %(fewest)s réponses, pour que personne ne soit reconnu.")
        return Compared(title, spread.people, (), reason % {"fewest": spread.fewest})
    return Compared(title, spread.people, tuple(_bars(item, answer, spread)))


def _bars(item: ItemVersion, answer: Answer, spread: Spread) -> list[dict[str, Any]]:
    """One bar an option, the most chosen first, with the names of `components/bars.html`."""
    decision = item.decision
    ordered = decision.answering is Answering.ORDER
    bars = []
    for letter, option_id in zip(ascii_uppercase, item.shown, strict=False):
        option = decision.option(option_id)
        mine = letter in (answer.chosen[:1] if ordered else answer.chosen)
        best = option_id == decision.options[0].id if ordered else option.credited
        bars.append(
            {
                "label": option.text,
                "percent": spread.percent(letter),
                "count": spread.letters.get(letter, 0),
                "mine": mine,
                "best": best,
                "tag": _tag(mine, best),
                "state": "ok" if best else "info",
            }
        )
    bars.sort(key=lambda bar: -int(bar["count"]))
    return bars


def _tag(mine: bool, best: bool) -> str:
    if mine and best:
        return _("Votre réponse, attendue")
    if mine:
        return _("Votre réponse")
    return _("Attendue") if best else ""

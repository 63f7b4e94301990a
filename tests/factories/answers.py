"""Learners' answers for tests, given through the real actions."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

from network.enums import Profession
from network.models import User
from tests.factories.network import make_professional
from tests.factories.training import (
    block_id,
    decision,
    make_vignette,
    option,
    quoting,
    take_home,
)
from training.actions.runs import commit_answer, go_on, start_run
from training.enums import Certainty, Part, Verdict
from training.models import EvidenceCard, ItemVersion, VignettePage

NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)
_number = count(1)
TWENTY = [
    *[("vrai", "oui")] * 9,
    *[("vrai", "non")] * 3,
    ("piège", "oui"),
    *[("piège", "non")] * 6,
    ("rare", "non"),
]
"""What twenty learners choose: 12 are right at the first question, 10 at the second, 9 at both."""


def make_learner(profession: Profession = Profession.OTHER) -> User:
    user = User.objects.create_user(f"learner{next(_number)}@example.org")
    if profession is not Profession.OTHER:
        make_professional(user=user, profession=profession)
    return user


def two_questions(evidence: Sequence[dict[str, object]] = ()) -> list[dict[str, object]]:
    """A test of two decisions: « vrai » is right at the first, « oui » at the second."""
    return [
        decision(
            "première",
            [
                option("vrai", Verdict.RIGHT, evidence=list(evidence)),
                option("piège"),
                option("rare"),
                option("jamais"),
            ],
        ),
        decision("seconde", [option("oui", Verdict.RIGHT), option("non")]),
        take_home("fin"),
    ]


def make_two_questions(*cards: EvidenceCard, **fields: object) -> VignettePage:
    return make_vignette(two_questions(quoting(*cards)), **fields)


def answer(
    page: VignettePage,
    choices: Sequence[str],
    *,
    learner: User,
    seconds: int = 10,
    certainty: Certainty = Certainty.MIDDLE,
) -> None:
    """One learner goes through both questions, each in so many seconds."""
    run = start_run(key=page.translation_key, part=Part.CASE, by=learner, now=NOW)
    for name, choice in zip(("première", "seconde"), choices, strict=True):
        step = UUID(block_id(f"step {name}"))
        run.refresh_from_db()
        at = run.shown_at + timedelta(seconds=seconds)
        chosen = [block_id(f"option {choice}")]
        commit_answer(run=run, step=step, chosen=chosen, certainty=certainty, by=learner, now=at)
        go_on(run=run, step=step, by=learner, now=at)


def twenty_answer(page: VignettePage, *, physios: int = 2) -> None:
    """Twenty learners, in 10, 11… 29 seconds, all rather sure; the first ones are physios."""
    for number, choices in enumerate(TWENTY):
        profession = Profession.PHYSIO if number < physios else Profession.OTHER
        answer(page, choices, learner=make_learner(profession), seconds=10 + number)


def item_of(page: VignettePage, name: str = "première") -> ItemVersion:
    """The latest version of a question."""
    items = ItemVersion.objects.filter(
        case_key=page.translation_key, block=block_id(f"step {name}")
    )
    return items.order_by("-number")[0]

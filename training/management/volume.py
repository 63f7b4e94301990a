"""A national-size set of answers: invented learners through invented cases, written in bulk.

Answers are judged by the rules, and counted among peers in the transaction that writes them:
every constraint of the database holds, and `verify` finds nothing. The same on each run, but for
its date.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import batched
from random import Random
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from network.enums import Profession
from network.models import Professional, User
from training.enums import Answering, Certainty, Part, Purpose, Topic, Verdict
from training.models import Answer, CaseVersion, ItemVersion, Run, Tally
from training.models.versions import project
from training.rules.certainty import marks
from training.rules.scoring import credit, is_right

NAMESPACE = UUID("8f6c3a52-54e9-4b1e-8f0b-6f4f9d1c7a30")
CASES, QUESTIONS, OPTIONS = 10, 5, 4
SEVERAL = 4  # rank of the question of each case that takes several answers
AT_ONCE = 400  # learners in one transaction
ROWS = 2_000  # in one statement
SPAN = 300  # days over which the answers are spread
HABIT = 0.6  # standard deviation of what a person knows of one case
PEOPLE = list(Profession)
WEIGHTS = (30, 25, 10, 20, 3, 7, 5)
NAMES = ("Ardelet", "Brévane", "Corlieu", "Dormelle", "Estival", "Fauquières", "Gardanne", "Hautoy")
FIRST_NAMES = ("Lou", "Sacha", "Camille", "Noa", "Charlie", "Alix", "Eden", "Maé")

type Cell = tuple[int, str, str]
"""Item, profession, letter; no letter: the people."""


@dataclass
class Asked:
    """A question, how hard it is (0: as many right as wrong), and its answers already judged."""

    item: ItemVersion
    hardness: float

    def __post_init__(self) -> None:
        self._credits: dict[str, Any] = {}

    @cached_property
    def letters(self) -> str:
        return "ABCDEFGH"[: len(self.item.shown)]

    @cached_property
    def right(self) -> str:
        decision, ids = self.item.decision, self.item.shown
        return "".join(
            letter
            for letter, option in zip(self.letters, ids, strict=True)
            if decision.option(option).credited
        )

    def credit(self, letters: str) -> Any:
        if letters not in self._credits:
            self._credits[letters] = credit(self.item.decision, self.item.options_of(letters))
        return self._credits[letters]

    def choose(self, random: Random, *, knows: bool) -> str:
        """The right letters, or some other ones: the first wrong option is the most tempting."""
        if knows:
            return self.right
        if self.item.decision.answering is Answering.SEVERAL:
            return "".join(each for each in self.letters if random.random() < 0.5) or "A"
        wrong = [each for each in self.letters if each not in self.right]
        return random.choices(wrong, weights=[6, 3, 1][: len(wrong)])[0]


def load_answers(
    *, answers: int, until: datetime, tell: Callable[[int], object], cases: int = CASES
) -> None:
    """Add the cases, and learners who each go through all of them, until there are `answers`.

    `tell` counts those written. Answers end before `until`.
    """
    random = Random(20_060_401)  # noqa: S311 - invented data
    with transaction.atomic():
        held = [_publish(number, random, until) for number in range(cases)]
    learners = math.ceil(answers / (cases * QUESTIONS))
    written = 0
    for numbers in batched(range(learners), AT_ONCE):
        with transaction.atomic():
            written += _write(_add_learners(numbers, random), held, random, until)
        tell(written)


# --- Cases


def _publish(number: int, random: Random, until: datetime) -> tuple[CaseVersion, list[Asked]]:
    version = project(
        key=uuid5(NAMESPACE, f"case {number}"),
        part=Part.CASE,
        title=f"Cas inventé {number + 1}",
        topic=list(Topic)[number % len(Topic)].value,
        steps=[
            *(_question(number, rank) for rank in range(QUESTIONS)),
            {
                "type": "take_home",
                "id": str(uuid5(NAMESPACE, f"end {number}")),
                "value": {"name": "", "points": [], "evidence": []},
            },
        ],
        at=until - timedelta(days=SPAN + 1),
    )
    items = [version.item_of[step.id] for step in version.case.decisions]
    return version, [Asked(item, random.uniform(-2, 1.2)) for item in items]


def _question(number: int, rank: int) -> dict[str, Any]:
    several = rank == SEVERAL
    verdicts = [Verdict.WRONG] * OPTIONS
    verdicts[(number + rank) % OPTIONS] = Verdict.RIGHT
    if several:
        verdicts[(number + rank + 1) % OPTIONS] = Verdict.RIGHT
    return {
        "type": "decision",
        "id": str(uuid5(NAMESPACE, f"question {number} {rank}")),
        "value": {
            "name": "",
            "target": "",
            "answering": (Answering.SEVERAL if several else Answering.ONE).value,
            "stem": f"Que faites-vous, question {rank + 1} du cas {number + 1}\u202f?",
            "explanation": "",
            "evidence": [],
            "options": [
                {
                    "type": "item",
                    "id": str(uuid5(NAMESPACE, f"option {number} {rank} {place}")),
                    "value": {
                        "text": f"Conduite {place + 1}",
                        "verdict": verdict.value,
                        "feedback": "<p>Pourquoi.</p>",
                        "evidence": [],
                    },
                }
                for place, verdict in enumerate(verdicts)
            ],
        },
    }


# --- Learners and their answers


def _add_learners(numbers: tuple[int, ...], random: Random) -> list[tuple[User, Profession]]:
    users = User.objects.bulk_create(
        User(
            email=f"apprenant{number:06d}@example.org",
            first_name=random.choice(FIRST_NAMES),
            last_name=f"{random.choice(NAMES)}-{number}",
            password="!",  # noqa: S106 - nobody signs in
        )
        for number in numbers
    )
    trades = random.choices(PEOPLE, WEIGHTS, k=len(users))
    Professional.objects.bulk_create(
        Professional(
            user=user,
            first_name=user.first_name,
            last_name=user.last_name,
            profession=trade,
        )
        for user, trade in zip(users, trades, strict=True)
    )
    return list(zip(users, trades, strict=True))


def _write(
    learners: list[tuple[User, Profession]],
    cases: list[tuple[CaseVersion, list[Asked]]],
    random: Random,
    until: datetime,
) -> int:
    """The runs of these learners through every case, their answers, and the tallies."""
    planned = [
        (_run(user, version, random, until), trade, asked, random.gauss(0, 1))
        for user, trade in learners
        for version, asked in cases
    ]
    Run.objects.bulk_create((run for run, *_rest in planned), batch_size=ROWS)
    answers = [
        answer
        for run, trade, asked, knowledge in planned
        for answer in _answers(run, trade, asked, knowledge, random)
    ]
    Answer.objects.bulk_create(answers, batch_size=ROWS)
    _tally(answers)
    return len(answers)


def _run(user: User, version: CaseVersion, random: Random, until: datetime) -> Run:
    began = until - timedelta(minutes=15 + random.randrange(SPAN * 24 * 60))
    return Run(
        learner=user,
        version=version,
        key=version.key,
        part=version.part,
        purpose=Purpose.LEARN,
        position=UUID(version.case.steps[-1].id),
        shown_at=began + timedelta(minutes=10),
        started_at=began,
        finished_at=began + timedelta(minutes=12),
    )


def _answers(
    run: Run, trade: Profession, asked: list[Asked], knowledge: float, random: Random
) -> Iterator[Answer]:
    for rank, each in enumerate(asked):
        felt = knowledge - each.hardness + random.gauss(0, HABIT)
        chosen = each.choose(random, knows=random.random() < 1 / (1 + math.exp(-felt)))
        earned = each.credit(chosen)
        certainty = Certainty.LOW if felt < -0.3 else Certainty.HIGH if felt > 1 else Certainty(2)
        yield Answer(
            run=run,
            item=each.item,
            chosen=chosen,
            certainty=certainty,
            credit=earned,
            marks=marks(certainty, is_right(earned)),
            seconds=min(round(math.exp(random.gauss(3.4, 0.5))), 600),
            profession=trade,
            counted=True,
            given_at=run.started_at + timedelta(minutes=2 * rank),
        )


def _tally(answers: list[Answer]) -> None:
    """What one would count of these answers, added to what was counted before."""
    found: Counter[Cell] = Counter()
    for answer in answers:
        for letter in ("", *answer.chosen):
            found[answer.item_id, answer.profession, letter] += 1
    items = {item for item, _trade, _letter in found}
    known = Tally.objects.filter(item__in=items, panel=False).values_list(
        "item", "profession", "letter", "people"
    )
    for item, trade, letter, people in known:
        if (item, trade, letter) in found:
            found[item, trade, letter] += people
    Tally.objects.bulk_create(
        (
            Tally(item_id=item, profession=trade, letter=letter, people=people)
            for (item, trade, letter), people in sorted(found.items())
        ),
        update_conflicts=True,
        unique_fields=["item", "panel", "profession", "letter"],
        update_fields=["people"],
        batch_size=ROWS,
    )

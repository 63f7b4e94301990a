"""How others answered a question: everybody, one's own profession, and the experts' panel."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from training.enums import Answering
from training.models import ItemVersion, Tally

FEWEST = 5
FEWEST_OF_PROFESSION = 10
"""Under these numbers of people, nothing is shown: too few to compare oneself, or to stay
unknown."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How many people answered, and how many chose each option, by letter.

    Of an order, the letter is that of the option placed first. `hidden`: too few people; then
    nothing is told of their choices.
    """

    people: int
    letters: dict[str, int]
    fewest: int

    @property
    def hidden(self) -> bool:
        return self.people < self.fewest

    def percent(self, letter: str) -> int:
        return round(100 * self.letters.get(letter, 0) / self.people) if self.people else 0


@dataclass(frozen=True, slots=True)
class Peers:
    everybody: Spread
    profession: Spread
    panel: Spread


def counted_letters(answering: Answering, chosen: str) -> str:
    """The letters of an answer that are counted: of an order, what is placed first."""
    return chosen[:1] if answering is Answering.ORDER else chosen


def peers_of(item: ItemVersion, profession: str) -> Peers:
    """What the tallies of a question say. One query, whatever the number of answers."""
    rows = list(
        Tally.objects.filter(item=item).values_list("panel", "profession", "letter", "people")
    )
    return Peers(
        everybody=_spread((row for row in rows if not row[0]), FEWEST),
        profession=_spread(
            (row for row in rows if not row[0] and row[1] == profession), FEWEST_OF_PROFESSION
        ),
        panel=_spread((row for row in rows if row[0]), 1),
    )


def _spread(rows: Iterable[tuple[bool, str, str, int]], fewest: int) -> Spread:
    letters: Counter[str] = Counter()
    for _panel, _profession, letter, people in rows:
        letters[letter] += people
    people = letters.pop("", 0)
    return Spread(people, {} if people < fewest else dict(letters), fewest)

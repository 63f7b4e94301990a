"""Who a line speaks of: a professional and a patient of the log, by number, else by name.

A name is looked for among the professional's own patients. When several people fit, all are kept:
the act that was logged chooses (`pairing`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import permutations

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from .coding import NONE, Codes, Grouped, Words

LIKE, NEAR, UNLIKE = 90.0, 80.0, 60.0
"""Likeness of two names, of 100: nearly sure, worth looking at, another person."""
MARGIN = 6.0
"""How much liker the best must be than the next."""
MOST_WORDS = 4
"""Beyond that number of words a name has too many orders."""
MANY = 50
"""Beyond that number of people, a name says nothing."""


@dataclass(frozen=True, slots=True)
class Found:
    """People who fit, the likeliest first, and how sure it is that it is one of them.

    `exact`: all that the line gives agrees. `given`: the line says something of the person.
    """

    people: tuple[int, ...]
    confidence: float = 1.0
    exact: bool = True
    given: bool = True


NOBODY = Found((), 0.0, exact=False)
NOT_GIVEN = Found((), 0.0, exact=False, given=False)


def in_every_order(name: str) -> list[str]:
    """A name as written, then its words in their other orders; of many words, as written alone."""
    words = name.split()
    if len(words) == 2:  # as most names
        return [name, f"{words[1]} {words[0]}"]
    if len(words) > MOST_WORDS:
        return [name]
    return [" ".join(order) for order in permutations(words)]


def likeness(one: str, other: str) -> float:
    """Of two names, from 0 to 100, their words in whichever order."""
    return max(fuzz.ratio(order, other) for order in in_every_order(one))


def code_like(one: str, other: str) -> bool:
    """One slip of the hand apart: a character wrong, missing, added, or two exchanged."""
    return bool(one and other) and OSA.distance(one, other, score_cutoff=1) <= 1


@dataclass(frozen=True, slots=True)
class Panel:
    """Some people of a register, to be looked among: places of their names, whose each is."""

    register: "Register"
    keys: Sequence[int]
    called: Sequence[int]
    whose: Sequence[int]

    def likest(self, name: str) -> list[tuple[int, float]]:
        """The people of a name like this one, the likest first; people, each once."""
        names = [self.register.names[place] for place in self.called]
        best: dict[int, float] = {}
        for order in in_every_order(name):
            near = process.extract(order, names, scorer=fuzz.ratio, score_cutoff=NEAR, limit=None)
            for _, score, place in near:
                key = self.whose[place]
                best[key] = max(best.get(key, 0.0), score)
        return sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))


@dataclass(slots=True)
class Register:
    """People of one kind, each a place in `codes`, by number (`numbers`) and by name (`calls`).

    `births`: days since 1970, NONE unknown. `called`: places in `names` of each person; `bearers`:
    the people of each name. Columns rather than objects: there are a hundred thousand of them.
    """

    numbers: Words
    births: Codes
    calls: Words
    called: Grouped
    bearers: Grouped
    codes: Sequence[str] = field(init=False)
    names: Sequence[str] = field(init=False)

    def __post_init__(self) -> None:
        self.codes, self.names = list(self.numbers.places), list(self.calls.places)

    def birth(self, key: int) -> int | None:
        found = int(self.births[key])
        return None if found == NONE else found

    def names_of(self, key: int) -> list[str]:
        return [self.names[each] for each in self.called.of(key)]

    def bearers_of(self, name: str) -> list[int]:
        place = self.calls.places.get(name)
        return [] if place is None else self.bearers.of(place)

    def everybody(self) -> Panel:
        """All of them, to be looked among."""
        keys = range(len(self.codes))
        whose = [key for key in keys for _ in self.called.of(key)]
        return Panel(self, keys, self.called.values, whose)

    def name_likeness(self, key: int, name: str) -> float:
        return max((likeness(name, each) for each in self.names_of(key)), default=0.0)


def professional_of(register: Register, code: str, name: str) -> Found:
    """Who claims: by number when it is known, else by name, else by likeness of either."""
    if not code and not name:
        return NOT_GIVEN
    key = register.numbers.places.get(code)
    named = register.bearers_of(name) if name else []
    if key is not None:
        if not name or key in named or not register.names_of(key):
            return Found((key,))
        if named:
            return Found((key, *named[:MANY]), 0.9, exact=False)
        return Found((key,), 0.98, exact=False)
    if named:
        exact = not code and len(named) == 1
        return Found(tuple(named[:MANY]), 1.0 if exact else 0.97, exact=exact)
    return _by_likeness(register, code, name, register.everybody())


def patient_of(register: Register, panel: Panel, code: str, name: str, birth: int | None) -> Found:
    """Who was seen: by number, else by name among the `panel`, else by likeness, else elsewhere.

    A number that contradicts both name and birth date is doubted.
    """
    if not code and not name:
        return NOT_GIVEN
    key = register.numbers.places.get(code)
    if key is not None:
        return _of_number(register, panel, key, name, birth)
    if named := register.bearers_of(name) if name else []:
        own = [each for each in named if each in panel.keys]
        return _of_namesakes(register, own or named, code, birth)
    found = _by_likeness(register, code, name, panel, birth)
    return found if found.people else NOBODY


def _of_number(register: Register, panel: Panel, key: int, name: str, birth: int | None) -> Found:
    names, born = register.names_of(key), register.birth(key)
    same_birth = birth is None or born is None or birth == born
    if not name or name in names or not names:
        return Found((key,), 1.0 if same_birth else 0.98, exact=same_birth)
    if register.name_likeness(key, name) >= UNLIKE:
        return Found((key,), 0.98, exact=False)
    others = [each for each in register.bearers_of(name) if each in panel.keys]
    if birth is not None and not same_birth:
        twins = [each for each in others if register.birth(each) == birth]
        if len(twins) == 1:
            return Found((twins[0],), 0.96, exact=False)
    if others and not (birth is not None and same_birth):
        return Found((key, *others[:MANY]), 0.9, exact=False)
    return Found((key,), 0.96 if birth is not None and same_birth else 0.9, exact=False)


def _of_namesakes(register: Register, named: list[int], code: str, birth: int | None) -> Found:
    """People of that very name: the birth date chooses, else the act will."""
    if birth is not None:
        same = [each for each in named if register.birth(each) == birth]
        unsaid = [each for each in named if register.birth(each) is None]
        if same:
            sure = 1.0 if not code else 0.97
            return Found(tuple(same[:MANY]), sure, exact=not code)
        if not unsaid:  # the name without its birth date: a slip, or somebody else
            return Found(tuple(named[:MANY]), 0.93, exact=False)
        named = unsaid
    if code:
        slips = [each for each in named if code_like(code, register.codes[each])]
        if len(slips) == 1:
            return Found((slips[0],), 0.98, exact=False)
        return Found(tuple(named[:MANY]), 0.95, exact=False)
    return Found(tuple(named[:MANY]))


def _by_likeness(
    register: Register, code: str, name: str, among: Panel, birth: int | None = None
) -> Found:
    near = among.likest(name) if name else []
    slips = [key for key in among.keys if code_like(code, register.codes[key])] if code else []
    both = [key for key, _ in near if key in set(slips)]
    if both:
        return Found(tuple(both[:MANY]), 0.97, exact=False)
    if birth is not None:
        born = [(key, score) for key, score in near if register.birth(key) == birth]
        if born:
            return _likest(born, bonus=0.03)
    if near:
        return _likest(near)
    if not name and slips:
        return Found(tuple(slips[:MANY]), 0.95, exact=False)
    return NOBODY


def _likest(near: list[tuple[int, float]], bonus: float = 0.0) -> Found:
    """The likest alone when it stands out, else all those close to it."""
    best = near[0][1]
    close = [key for key, score in near if best - score < MARGIN]
    sure = (0.95 if best >= LIKE else 0.91) + bonus
    return Found(tuple(close[:MANY]), min(sure, 0.98), exact=False)

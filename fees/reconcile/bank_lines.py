"""A bank's statements as read, whatever their format; their balances and their sequence.

Cents are signed: what leaves the account is negative.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from itertools import pairwise

from portal.kit.grids.grid import Refused

from .bank_columns import BankTable

MOST_LINES = 200_000


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of the account.

    `key`: its place in the file. `end_to_end`: the identifier that the payer gave; `group`: the
    one of a grouped order of `count` transfers. `reason`: the ISO 20022 code of a return.
    """

    key: str
    booked_on: date
    cents: int
    name: str = ""
    text: str = ""
    end_to_end: str = ""
    group: str = ""
    count: int = 1
    reference: str = ""
    is_return: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """What one statement of an account covers; balances in cents, None where it does not say."""

    name: str
    number: int | None
    opened_on: date
    closed_on: date
    opening: int | None
    closing: int | None

    @property
    def words(self) -> str:
        which = f"n°\u00a0{self.number}" if self.number is not None else ""
        return which or f"du {self.closed_on:%d/%m/%Y}"


@dataclass(slots=True)
class Extract:
    """One statement and its lines; `account` is an IBAN, empty where the file does not say."""

    span: Span
    account: str
    movements: list[Movement] = field(default_factory=list)

    @property
    def moved(self) -> int:
        return sum(each.cents for each in self.movements)


@dataclass(slots=True)
class BankRead:
    """A whole file. `form`: how it was read, in words; `remarks`: what a person must know;
    `table`: its columns, which a person may name, where it is a table."""

    form: str
    extracts: list[Extract] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    table: BankTable | None = None

    @property
    def movements(self) -> list[Movement]:
        return [each for extract in self.extracts for each in extract.movements]


def euros_of(cents: int) -> str:
    """An amount in a sentence: « 1\u202f234,50\u00a0€ »."""
    sign = "\u2212\u202f" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}{whole:,},{rest:02d}\u00a0€".replace(",", "\u202f", f"{whole:,}".count(","))


def check_balance(extract: Extract) -> None:
    """Opening + lines = closing, to the cent. Raises Refused."""
    span = extract.span
    if span.opening is None or span.closing is None:
        return
    if span.opening + extract.moved != span.closing:
        raise Refused(
            f"Relevé {span.words} : le solde de départ ({euros_of(span.opening)}) et les lignes "
            f"({euros_of(extract.moved)}) ne donnent pas le solde final "
            f"({euros_of(span.closing)}). Le fichier est incomplet ou abîmé : "
            "demandez-le de nouveau à la banque."
        )


def check_sequence(new: Sequence[Span], known: Iterable[Span] = ()) -> list[str]:
    """No statement missing between these, nor between them and those of earlier files.

    Raises Refused where a balance does not follow the one before; gives what numbers alone say.
    """
    remarks = []
    ours = set(new)
    spans = sorted(
        (each for each in {*new, *known} if each.opening is not None),
        key=lambda each: (each.closed_on, each.number or 0, each.opened_on, each.name),
    )
    for before, after in pairwise(spans):
        if not ours & {before, after}:
            continue
        if before.closing != after.opening:
            raise Refused(
                f"Il manque un relevé entre le relevé {before.words}, qui finit à "
                f"{euros_of(before.closing or 0)}, et le relevé {after.words}, qui commence à "
                f"{euros_of(after.opening or 0)}. Importez d’abord celui qui manque."
            )
        if before.number is None or after.number is None:
            continue
        same_year = before.closed_on.year == after.closed_on.year
        if same_year and after.number > before.number + 1:
            remarks.append(
                f"Le relevé {after.words} suit le {before.words} : les soldes se suivent, mais "
                "un relevé sans mouvement, ou dont les mouvements s’annulent, manque peut-être."
            )
    return remarks


def marks(read: BankRead) -> dict[str, str]:
    """What tells each line from any other of the account, in whatever file it comes again.

    Two lines that say all the same are two: their rank among such lines is part of the mark.
    """
    seen: Counter[str] = Counter()
    found = {}
    for extract in read.extracts:
        for each in extract.movements:
            said = (
                f"{extract.account}|{each.booked_on}|{each.cents}|{each.reference}|"
                f"{each.end_to_end}|{each.group}|{each.name}|{each.text}"
            )
            found[each.key] = sha256(f"{said}|{seen[said]}".encode()).hexdigest()
            seen[said] += 1
    return found

"""A file as sheets of texts, before anybody knows what its columns mean."""

from dataclasses import dataclass, field

type Cells = list[str]
type Place = tuple[int, int]
"""A row as people count it, from 1, and a column from 0."""

MOST_ROWS = 50_000
MOST_COLUMNS = 256
MOST_EMPTY = 10_000
"""Empty rows in a row, beyond which a file is not read further."""
MOST_CELL = 2_000
MOST_TEXT = 50_000_000
"""Signs in all the cells of a file."""


class Refused(Exception):
    """A file that is not read: why, and what to do, in French for the person who sends it."""


@dataclass(slots=True)
class Sheet:
    """`rows`: the number of each row that is not empty, and its cells; dates are ISO texts.

    `merged`: what a cell swallowed by the one above it would say; `spanned`, by the one at its
    left. `no_value`: addresses of formulas whose result the file does not hold.
    """

    name: str
    rows: list[tuple[int, Cells]] = field(default_factory=list)
    merged: dict[Place, str] = field(default_factory=dict)
    spanned: dict[Place, str] = field(default_factory=dict)
    no_value: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A whole file. `form`: how it was read, in words; `remarks`: what was left out of it."""

    form: str
    sheets: list[Sheet]
    remarks: list[str] = field(default_factory=list)


class Room:
    """Counts what a file takes as it is read. Raises Refused beyond the limits."""

    def __init__(self) -> None:
        self.rows, self.text, self.empty = 0, 0, 0

    def row(self, cells: Cells) -> bool:
        """Is this row kept? An empty one is not."""
        if len(cells) > MOST_COLUMNS:
            raise Refused(
                f"Le fichier a plus de {MOST_COLUMNS} colonnes. "
                "Gardez le tableau seul et envoyez-le de nouveau."
            )
        size = 0
        for cell in cells:
            if len(cell) > MOST_CELL:
                raise Refused(
                    "Une cellule contient plus de 2\u202f000 signes : ce n’est pas un relevé."
                )
            size += len(cell)
        if not size:
            self.empty += 1
            if self.empty > MOST_EMPTY:
                raise Refused(
                    "Le fichier contient plus de 10\u202f000 lignes vides à la suite. "
                    "Supprimez-les, ou copiez le tableau dans un fichier neuf."
                )
            return False
        self.empty = 0
        self.rows += 1
        self.text += size
        if self.rows > MOST_ROWS or self.text > MOST_TEXT:
            raise Refused("Le fichier a plus de 50\u202f000 lignes. Envoyez un fichier par mois.")
        return True


def letters(column: int) -> str:
    """The name of a column in a spreadsheet: 0 is A, 27 is AB."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name

"""Delimited texts as people's programs write them: any usual encoding, separator, line ending."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from io import StringIO

from .grid import Cells, Grid, Refused, Room, Sheet, letters

SEPARATORS = {";": "« ; »", "\t": "tabulation", ",": "« , »", "|": "« | »"}
ENCODINGS = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252", "mac_roman": "Mac"}
SAMPLE = 200
_ACCENTED = frozenset("éèêëàâäùûüôöîïçœæÉÈÊËÀÂÙÛÔÎÏÇŒ’‘“”«»°€ ²–—…\u00a0")
_TEXT_FORCED = re.compile(r'="(.*)"', re.DOTALL)  # what some programs write to keep a leading zero
_FORMULA = re.compile(r"[=@]|[+\-](?=[A-Za-z(@])")


def read_delimited(content: bytes) -> Grid:
    """A CSV or tabbed text. Raises Refused for what is no text, or holds a formula."""
    text, encoding = _decoded(content)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    separator, text = _separator(text)
    room, sheet = Room(), Sheet("")
    for number, cells in _records(text, separator):
        if room.row(cells):
            sheet.rows.append((number, [_cell(each, number, at) for at, each in enumerate(cells)]))
    if not sheet.rows:
        raise Refused("Le fichier est vide.")
    form = f"Texte, séparateur {SEPARATORS[separator]}, {ENCODINGS[encoding]}"
    return Grid(form, [sheet])


def _decoded(content: bytes) -> tuple[str, str]:
    """The text, and the encoding that reads it: the one that gives French where several do."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\x00" in content[:4096]:
        raise Refused("Ce fichier n’est pas un tableur : rien n’a pu y être lu.")
    else:
        encoding = "utf-8-sig"
    try:
        return _clean(content.decode(encoding)), encoding
    except UnicodeDecodeError:
        if encoding == "utf-16":
            raise Refused("Ce fichier est abîmé : ses lettres ne peuvent pas être lues.") from None
    read = [(content.decode(each, "replace"), each) for each in ("cp1252", "mac_roman")]
    text, encoding = max(read, key=lambda each: _french(each[0]))
    return _clean(text), encoding


def _clean(text: str) -> str:
    if "\x00" in text or sum(text[:4096].count(sign) for sign in "\x01\x02\x03\x04\x05") > 3:
        raise Refused("Ce fichier n’est pas un tableur : rien n’a pu y être lu.")
    return text


def _french(text: str) -> int:
    """How French the signs beyond ASCII are: the wrong encoding gives odd ones."""
    odd = [sign for sign in text if not sign.isascii()]
    return sum(1 if sign in _ACCENTED else -2 for sign in odd)


def _separator(text: str) -> tuple[str, str]:
    """The separator that gives the same number of cells most often, and the text to read."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        announced = first.strip()[4]
        if announced in SEPARATORS:
            return announced, "\n" + rest
    sample = "\n".join(text.split("\n", SAMPLE)[:SAMPLE])

    def width(separator: str) -> tuple[int, int]:
        counts = [len(cells) for _, cells in _records(sample, separator) if any(cells)]
        wide = [count for count in counts if count > 1]
        usual = max(set(wide), key=wide.count) if wide else 0
        return (wide.count(usual), usual)

    return max(SEPARATORS, key=width), text


def _records(text: str, separator: str) -> Iterator[tuple[int, Cells]]:
    """Each record with the number of its first line."""
    lines = csv.reader(StringIO(text, newline=""), delimiter=separator)
    before = 0
    try:
        for cells in lines:
            yield before + 1, cells
            before = lines.line_num
    except csv.Error as error:
        raise Refused(
            "Un guillemet ouvert n’est jamais refermé, ou une cellule est démesurée."
        ) from error


def _cell(text: str, number: int, column: int) -> str:
    text = unicodedata.normalize("NFC", text).strip()
    if forced := _TEXT_FORCED.fullmatch(text):
        return forced[1]
    if _FORMULA.match(text):
        raise Refused(
            f"La cellule {letters(column)}{number} contient une formule. "
            "Collez les valeurs seules, puis envoyez le fichier de nouveau."
        )
    return text

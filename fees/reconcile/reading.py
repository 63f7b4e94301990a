"""What a cell means, whatever its spelling: names, numbers, days, euros.

Frames hold few distinct values: each is read once (`coding`), so these may take their time; of
numbers and names there are many, which `codes` and `names` read together.
"""

import re
import unicodedata
from datetime import date, timedelta
from functools import cache, lru_cache

from portal.kit.folding import plain, plain_lines, plain_words

EPOCH = date(1970, 1, 1)
SHEET_EPOCH = date(1899, 12, 30)
"""Day 0 of spreadsheets, whose dates are sometimes left as numbers."""
FIRST_YEAR, LAST_YEAR = 1900, 2100
TITLES = frozenset({"m", "mr", "mme", "mlle", "dr", "pr", "monsieur", "madame", "docteur"})
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("janvier", "janv", "jan"),
            ("fevrier", "fevr", "fev"),
            ("mars",),
            ("avril", "avr"),
            ("mai",),
            ("juin",),
            ("juillet", "juil", "juill"),
            ("aout",),
            ("septembre", "sept", "sep"),
            ("octobre", "oct"),
            ("novembre", "nov"),
            ("decembre", "dec"),
        ),
        start=1,
    )
    for name in names
}
_SHEET_NUMBER = re.compile(r"\d+\.0+", re.ASCII)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?", re.ASCII)
_FRENCH = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?: .*)?", re.ASCII)
_WORDS = re.compile(r"(?:[a-z]+ )?(\d{1,2})(?:er)? ([a-z]+) (\d{4}|\d{2})", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_SERIAL = re.compile(r"(\d{5})(?:\.0+)?", re.ASCII)
_AMOUNT = re.compile(r"(\d+)(?:[.,](\d{1,2})0*)?", re.ASCII)
_THOUSANDS = re.compile(r"(?<=\d)[., ](?=\d{3}(?:\D|$))")


@lru_cache(maxsize=1 << 18)
def code(text: str) -> str:
    """An identifier: letters and digits in capitals, as `P000123`; a sheet's `.0` is dropped."""
    text = text.strip()
    if text.isascii() and text.isalnum():
        return text.upper()
    if _SHEET_NUMBER.fullmatch(text):
        text = text.split(".")[0]
    return plain(text).replace(" ", "").upper()


def codes(texts: list[str]) -> list[str]:
    """`code` of each; at a glance when all are letters and digits in capitals, as in most files."""
    whole = "".join(texts)
    if whole.isascii() and whole.isalnum() and whole == whole.upper():
        return texts
    return [code(each) for each in texts]


@lru_cache(maxsize=1 << 18)
def name(text: str) -> str:
    """A person's name: words in alphabetical order, without title."""
    return _called(plain_words(text))


def names(texts: list[str]) -> list[str]:
    """`name` of each, folded together: one line each."""
    if not texts:
        return []
    whole = "\n".join(texts)
    if whole.count("\n") >= len(texts):  # a cell of several lines
        whole = "\n".join([each.replace("\n", " ") for each in texts])
    return [_called(line.split()) for line in plain_lines(whole).split("\n")]


def _called(words: list[str]) -> str:
    return " ".join(sorted([word for word in words if word not in TITLES]))


@cache
def day(text: str) -> int | None:
    """A day as a number of days since 1970, in any of the usual spellings; None = unreadable.

    `31/12/2026` is the day first, as in French; an impossible month there is read the other way.
    """
    text = text.strip()
    if found := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, number = map(int, found.groups())
        return _day(year, month, number)
    if found := _FRENCH.fullmatch(text):
        number, month, year = map(int, found.groups())
        read = _day(year, month, number)
        return _day(year, number, month) if read is None else read
    if found := _WORDS.fullmatch(plain(text)):
        return _day(int(found[3]), MONTHS.get(found[2], 0), int(found[1]))
    if found := _SERIAL.fullmatch(text):
        serial = SHEET_EPOCH + timedelta(days=int(found[1]))
        return _day(serial.year, serial.month, serial.day)
    return None


def _day(year: int, month: int, number: int) -> int | None:
    if year < 100:
        year += 2000
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, number).toordinal() - EPOCH.toordinal()
    except ValueError:
        return None


@cache
def swapped(number: int) -> int | None:
    """The same day with day and month exchanged; None when there is none, or it is the same."""
    read = EPOCH + timedelta(days=number)
    if read.day > 12 or read.day == read.month:
        return None
    return (date(read.year, read.day, read.month) - EPOCH).days


LAST_BIRTH_YEAR = 2026
"""Two figures above its own are read in the century before."""


def birth_day(text: str) -> int | None:
    """As `day`, but two figures of a year are those of a person's birth: never to come."""
    found = _FRENCH.fullmatch(text.strip())
    if found and len(found[3]) == 2:
        century = "19" if int(found[3]) > LAST_BIRTH_YEAR % 100 else "20"
        text = f"{found[1]}/{found[2]}/{century}{found[3]}"
    return day(text)


def cents(text: str) -> int | None:
    """An amount in cents: `30,00`, `30 €`, `1 234,50`, `30.00 EUR`; None = unreadable or < 0."""
    text = unicodedata.normalize("NFKC", text).strip().casefold()
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"^(?:€|eur|euros?) ?| ?(?:€|eur|euros?)$", "", text)
    if found := re.fullmatch(r"(\d+) ?(?:€|euros?) ?(\d{2})", text):
        return int(found[1]) * 100 + int(found[2])
    if not (found := _AMOUNT.fullmatch(text)):
        found = _AMOUNT.fullmatch(_THOUSANDS.sub("", text))
    if not found or len(found[1]) > 9:
        return None
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """The order in which people count identifiers: `L2` before `L10`."""
    parts = [part for part in re.split(r"(\d+)", text) if part]
    counted = [
        (0, int(part), "") if part.isdecimal() and part.isascii() else (1, 0, part)
        for part in parts
    ]
    return (*counted, (2, 0, text))

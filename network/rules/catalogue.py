"""The instruments that are shipped, by name and version, and the right to show them.

Pure but for the files beside it, read once. A locked instrument is refused here, so that no page
can ask for its words.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from network.rules.instruments import Instrument, InvalidInstrument, read_instrument

FOLDER = Path(__file__).resolve().parent.parent / "instruments"

type Catalogue = Mapping[tuple[str, int], Instrument]


class Locked(Exception):
    """The instrument is not free, and nothing valid proves the right to show it."""

    def __init__(self, instrument: Instrument) -> None:
        super().__init__(f"{instrument.id}: {instrument.rights.licence} without a valid proof")


def read_folder(folder: Path) -> Catalogue:
    """Every instrument of a folder. Raises InvalidInstrument for a file that is not one."""
    found = {}
    for path in sorted(folder.glob("*.json")):
        instrument = read_instrument(json.loads(path.read_text(encoding="utf-8")))
        if path.stem != f"{instrument.id}-{instrument.version}":
            raise InvalidInstrument(f"{path.name} holds {instrument.id}-{instrument.version}")
        found[instrument.id, instrument.version] = instrument
    return found


@cache
def catalogue() -> Catalogue:
    """The shipped instruments."""
    return read_folder(FOLDER)


def latest(key: str, *, on: date, among: Catalogue | None = None) -> Instrument:
    """The last version of an instrument. Raises KeyError, or Locked when it may not be shown."""
    known = catalogue() if among is None else among
    versions = [version for name, version in known if name == key]
    if not versions:
        raise KeyError(key)
    return unlocked(known[key, max(versions)], on=on)


def unlocked(instrument: Instrument, *, on: date) -> Instrument:
    """The instrument, when its words may be shown that day. Raises Locked."""
    if not instrument.rights.allow(on):
        raise Locked(instrument)
    return instrument


def showable(keys: Iterable[str], *, on: date, among: Catalogue | None = None) -> list[Instrument]:
    """The last versions of those that may be shown that day, in the given order."""
    known = catalogue() if among is None else among
    found = []
    for key in keys:
        try:
            found.append(latest(key, on=on, among=known))
        except Locked:
            continue
    return found

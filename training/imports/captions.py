"""Captions as WebVTT, chapters as lines: read whole, or refused with the line to mend.

Read: the signature, notes, style and region blocks (passed over), cue identifiers, timings with
or without hours, settings (ignored), voices. Tags are taken out of the text; what is kept is
written anew, so that nothing of the file but words and times reaches a reader. The format is
W3C's WebVTT (Candidate Recommendation, 2019), of which players read the same subset.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from training.rules.marks import read_mark

MOST_BYTES = 2 * 2**20
MOST_CUES = 20_000
LONGEST = 12 * 3600
"""Seconds: no recording of the network is longer."""
LONGEST_TITLE = 120

_TIMING = re.compile(r"(\S+)[ \t]+-->[ \t]+(\S+)([ \t].*)?", re.ASCII)
_MOMENT = re.compile(r"(?:(\d{2,3}):)?([0-5]\d):([0-5]\d)\.(\d{3})", re.ASCII)
_TAG = re.compile(r"<[^>]*>")
_VOICE = re.compile(r"<v(?:\.[^\s>]+)*\s+([^>]+)>")


class Unreadable(Exception):
    """Why it is refused; `line`, counted from 1, when one is to blame."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        self.reason, self.line = reason, line
        where = _("Ligne %(line)s\u00a0: ") % {"line": line} if line else ""
        super().__init__(f"{where}{reason}")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words on the screen from a millisecond to another; `voice`, who says them when told."""

    start: int
    end: int
    text: str
    voice: str = ""


def read_captions(data: bytes) -> list[Cue]:
    """The cues, in order. Raises Unreadable."""
    if len(data) > MOST_BYTES:
        raise Unreadable(_("les sous-titres dépassent 2\u00a0Mo."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Unreadable(_("ce texte n’est pas en UTF-8."), line) from error
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    head = lines[0]
    if head != "WEBVTT" and not head.startswith(("WEBVTT ", "WEBVTT\t")):
        raise Unreadable(_("un fichier WebVTT commence par «\u00a0WEBVTT\u00a0»."), 1)
    if len(lines) > 1 and lines[1].strip() and "-->" in lines[1]:
        raise Unreadable(_("il manque une ligne vide après «\u00a0WEBVTT\u00a0»."), 2)
    cues: list[Cue] = []
    for block in _blocks(lines):
        cue = _cue(block, cues[-1] if cues else None)
        if cue:
            cues.append(cue)
        if len(cues) > MOST_CUES:
            raise Unreadable(_("trop de sous-titres."), block[0][0])
    if not cues:
        raise Unreadable(_("aucun sous-titre dans ce fichier."))
    return cues


def _blocks(lines: list[str]) -> Iterable[list[tuple[int, str]]]:
    """Numbered lines between blank ones, the head left out."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            block.append((number, line))
        elif block:
            if block[0][0] > 1:
                yield block
            block = []
    if block and block[0][0] > 1:
        yield block


def _cue(block: list[tuple[int, str]], before: Cue | None) -> Cue | None:
    first = block[0][1].split()[0]
    timings = [place for place, (_number, line) in enumerate(block) if "-->" in line]
    if not timings:
        if first in {"NOTE", "STYLE", "REGION"}:
            return None
        raise Unreadable(_("il manque la ligne des temps («\u00a0-->\u00a0»)."), block[0][0])
    if timings[0] > 1 or len(timings) > 1:
        number = block[timings[-1]][0]
        raise Unreadable(_("il manque une ligne vide avant ce sous-titre."), number)
    number, line = block[timings[0]]
    start, end = _timing(line, number)
    if before and start < before.start:
        raise Unreadable(_("ce sous-titre commence avant le précédent."), number)
    written = " ".join(line.strip() for _number, line in block[timings[0] + 1 :])
    spoken = _VOICE.search(written)
    words = " ".join(html.unescape(_TAG.sub("", written)).split())
    if not words:
        raise Unreadable(_("ce sous-titre est vide."), number)
    return Cue(start, end, words, html.unescape(spoken[1]).strip()[:80] if spoken else "")


def _timing(line: str, number: int) -> tuple[int, int]:
    found = _TIMING.fullmatch(line.strip())
    moments = [_moment(each) for each in found.groups()[:2]] if found else []
    start, end = moments if len(moments) == 2 else (None, None)
    if start is None or end is None:
        words = _("temps attendus comme «\u00a000:01:02.500 --> 00:01:05.000\u00a0».")
        raise Unreadable(words, number)
    if end <= start:
        raise Unreadable(_("ce sous-titre finit avant de commencer."), number)
    if end > LONGEST * 1000:
        raise Unreadable(_("au-delà de douze heures."), number)
    return start, end


def _moment(text: str) -> int | None:
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    hours, minutes, seconds, thousandths = (int(each or 0) for each in found.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def read_chapters(text: str, *, length: int) -> list[tuple[int, str]]:
    """Chapters as an editor writes them, « 12:30 Traiter »: second and title, in order.

    `length`: seconds of the recording. Raises Unreadable.
    """
    chapters: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        mark, title = [*line.split(maxsplit=1), ""][:2]
        second, title = read_mark(mark), title.strip()
        if second is None or not 1 <= len(title) <= LONGEST_TITLE:
            words = _("écrivez un temps puis un titre court, comme «\u00a012:30 Traiter\u00a0».")
            raise Unreadable(words, number)
        if second >= length:
            raise Unreadable(_("ce chapitre commence après la fin."), number)
        if chapters and second <= chapters[-1][0]:
            raise Unreadable(_("les chapitres se suivent dans l’ordre du temps."), number)
        chapters.append((second, title))
    return chapters

"""Captions and chapters: what is read of them, and the line that is told when it is not."""

import pytest

from training.exports.captions import captions_vtt, chapters_text
from training.imports.captions import Cue, Unreadable, read_captions, read_chapters
from training.imports.recordings import NotMedia, media_kind

GOOD = """\ufeffWEBVTT - un titre
X-TIMESTAMP-MAP=LOCAL:00:00:00.000

NOTE écrit à la main
deux lignes

STYLE
::cue { color: red }

1
00:00.000 --> 00:04.000 align:start position:10%
<v.fort Élise Noyer>Bonsoir <i>à tous</i> &amp; merci.

00:00:04.000 --> 01:00:05.250
Deux
lignes
"""


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_captions_read(ending: str) -> None:
    found = read_captions(GOOD.replace("\n", ending).encode())
    assert found == [
        Cue(0, 4000, "Bonsoir à tous & merci.", "Élise Noyer"),
        Cue(4000, 3_605_250, "Deux lignes"),
    ]
    written = captions_vtt([(c.start, c.end, c.text, c.voice) for c in found])
    assert "<v Élise Noyer>Bonsoir à tous &amp; merci." in written
    assert read_captions(written.encode()) == found


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "commence par"),
        ("1\n00:00:01,000 --> 00:00:02,000\nSRT\n", 1, "commence par"),
        ("WEBVTTT\n", 1, "commence par"),
        ("WEBVTT\n00:01.000 --> 00:02.000\nA\n", 2, "ligne vide"),
        ("WEBVTT\n", None, "aucun"),
        ("WEBVTT\n\n00:01,000 --> 00:02,000\nA\n", 3, "temps attendus"),
        ("WEBVTT\n\n00:01.000 --> 00:61.000\nA\n", 3, "temps attendus"),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nA\n", 3, "finit avant"),
        ("WEBVTT\n\n00:02.000 --> 00:03.000\nA\n\n00:01.000 --> 00:09.000\nB\n", 6, "précédent"),
        ("WEBVTT\n\n00:02.000 --> 00:03.000\n<i></i>\n", 3, "vide"),
        ("WEBVTT\n\nun texte seul\n", 3, "ligne des temps"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nA\n00:02.000 --> 00:03.000\nB\n", 5, "ligne vide"),
        ("WEBVTT\n\n99:00:00.000 --> 99:00:01.000\nA\n", 3, "douze heures"),
    ],
)
def test_captions_refused_with_their_line(text: str, line: int | None, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason) as refusal:
        read_captions(text.encode())
    assert refusal.value.line == line


def test_captions_not_in_utf8_name_the_line() -> None:
    with pytest.raises(Unreadable, match="UTF-8") as refusal:
        read_captions(b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + "é".encode("cp1252"))
    assert refusal.value.line == 4


def test_chapters_read_and_written_again() -> None:
    found = read_chapters("0:00 Repérer\n\n12:30  Traiter\n1:02:03 Relier", length=4000)
    assert found == [(0, "Repérer"), (750, "Traiter"), (3723, "Relier")]
    assert read_chapters(chapters_text(found), length=4000) == found


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("Repérer", 1, "un temps"),
        ("0:00 A\n0:75 B", 2, "un temps"),
        ("0:00 A\n\n0:00 B", 3, "dans l’ordre"),
        ("9:00 A", 1, "après la fin"),
        ("0:00", 1, "un temps"),
    ],
)
def test_chapters_refused_with_their_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason) as refusal:
        read_chapters(text, length=540)
    assert refusal.value.line == line


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"\x00\x00\x00\x1cftypisom", "mp4"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm", "webm"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska", None),
        (b"<script>", None),
        (b"", None),
    ],
)
def test_recording_known_by_its_bytes(head: bytes, expected: str | None) -> None:
    if expected:
        assert media_kind(head) == expected
    else:
        with pytest.raises(NotMedia):
            media_kind(head)

"""Files of every shape are read as a person would; what is dangerous is refused at once."""

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from time import process_time
from tracemalloc import get_traced_memory, start, stop

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fees.reconcile.lines import Sender, Understood, understand
from portal.kit.grids.grid import Refused
from portal.kit.grids.opening import open_grid
from tests.fees.statements.samples import Sample, samples, workbook

SENDER = Sender("99700000013", "Noé Quinoux", "physio", date(2026, 11, 1))


def read(content: bytes) -> Understood:
    return understand(open_grid(content), SENDER)


def told(understood: Understood) -> list[str]:
    return [
        " | ".join(
            cell or "-"
            for cell in (
                each.done_on,
                " ".join(each.patient_name.split()),
                each.patient_code,
                each.kind,
                each.amount if each.cents is None else f"{each.cents / 100:.2f}",
            )
        )
        for each in understood.lines
    ]


def said(understood: Understood) -> str:
    return "\n".join(
        [*understood.remarks, *(each for line in understood.lines for each in line.remarks)]
    )


@pytest.mark.parametrize("sample", samples(), ids=lambda each: each.name)
def test_ugly_file_is_understood(sample: Sample) -> None:
    understood = read(sample.content)
    assert told(understood) == sample.understood.strip().splitlines()
    assert understood.form == sample.form
    assert sample.remark in said(understood)


def test_samples_are_thirty() -> None:
    assert len({each.name for each in samples()}) >= 30


def package(**parts: bytes) -> bytes:
    """A workbook made by hand: its parts by name, `__` for a slash."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (BARE | parts).items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


BARE = {
    "xl__workbook.xml": b'<w><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></w>',
    "xl___rels__workbook.xml.rels": (
        b'<R><Relationship Id="r1" Target="worksheets/sheet1.xml"/></R>'
    ),
}
SHEET = "xl__worksheets__sheet1.xml"


def formula(text: str) -> bytes:
    return f'<s><row r="1"><c r="A1"><f>{text}</f><v>1</v></c></row></s>'.encode()


ENTITIES = b"""<!DOCTYPE s [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<s><row r="1"><c t="str"><v>&b;</v></c></row></s>"""
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"  \n", "vide"),
    "fifty megabytes": (lambda: b"a;b\n" * 13_000_000, "10\u00a0Mo"),
    "zip bomb": (lambda: package(**{SHEET: b" " * 200_000_000}), "démesuré"),
    "zip bomb that lies": (lambda: lying(package(**{SHEET: b" " * 200_000_000})), "abîmé"),
    "entity bomb": (lambda: package(**{SHEET: ENTITIES}), "entités"),
    "outside entity": (
        lambda: package(**{SHEET: b'<!DOCTYPE s SYSTEM "file:///etc/passwd"><s/>'}),
        "entités",
    ),
    "16,384 columns": (lambda: package(**{SHEET: wide(16_384)}), "256 colonnes"),
    "a column far away": (
        lambda: package(**{SHEET: b'<s><row r="1"><c r="XFD1"><v>1</v></c></row></s>'}),
        "256 colonnes",
    ),
    "a million empty rows": (
        lambda: package(**{SHEET: b"<s>" + b'<row><c s="1"/></row>' * 1_000_000 + b"</s>"}),
        "lignes vides",
    ),
    "a million empty lines": (lambda: b"a;b\n" + b";\n" * 1_000_000, "lignes vides"),
    "too many lines": (lambda: b"01/01/2026;Morac;30\n" * 60_000, "50\u202f000"),
    "calls outside": (
        lambda: package(**{SHEET: formula("WEBSERVICE(&quot;http://a&quot;)")}),
        "A1",
    ),
    "runs a program": (lambda: b"Date;Montant\n=cmd|' /C calc'!A0;30\n", "A2 contient une formule"),
    "macros": (lambda: archive("xl/vbaProject.bin"), "macros"),
    "a PDF named .xlsx": (lambda: b"%PDF-1.7 ...", "PDF"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xls"),
    "a web page named .xls": (lambda: b"<html><table><tr><td>1", "page web"),
    "any archive": (lambda: archive("a.txt"), "archive"),
    "another program's sheet": (lambda: archive("content.xml"), "OpenDocument"),
    "half a workbook": (lambda: workbook(("A", lambda _s, _b: None))[:-400], "abîmé"),
    "bytes": (lambda: bytes(range(256)) * 40, "n’est pas un tableur"),
    "an open quote": (lambda: b'a;"b\n' + b"x" * 200_000, "guillemet"),
    "a letter": ("Bonjour,\nvoici mon relevé.\n".encode, "ressemble"),
}


def archive(name: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr(name, "a")
    return buffer.getvalue()


def wide(columns: int) -> bytes:
    return b'<s><row r="1">' + b"<c><v>1</v></c>" * columns + b"</row></s>"


def lying(content: bytes) -> bytes:
    """The same archive, announcing that it unpacks to very little."""
    return content.replace((200_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_in_bounded_time_and_memory(name: str) -> None:
    make, why = HOSTILE[name]
    content = make()
    start()
    began = process_time()
    with pytest.raises(Refused) as refusal:
        understood = read(content)
        if not any(each.usable for each in understood.layouts.values()):
            raise Refused("Rien n’y ressemble à un relevé.")
    spent, (_, peak) = process_time() - began, get_traced_memory()
    stop()
    assert why in str(refusal.value)
    assert peak < 150 * 2**20
    assert spent < 10


AMOUNTS = st.integers(1, 99_999)
SPELT = ("{e},{c:02d}", "{e}.{c:02d}", "{e},{c:02d} €", "{e}€{c:02d}", "{e},{c:02d} EUR")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(AMOUNTS, st.sampled_from(SPELT), st.integers(0, 3)), min_size=2, max_size=30
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "mac_roman", "utf-16"]),
    st.sampled_from([";", "\t"]),
)
def test_every_euro_is_read_once(
    lines: list[tuple[int, str, int]], encoding: str, separator: str
) -> None:
    """Whatever the spelling and the clutter, the sum of the lines is what was written."""
    rows = ["Date;Patient;Acte;Montant"]
    running = 0
    for cents, spelt, clutter in lines:
        amount = spelt.format(e=cents // 100, c=cents % 100)
        rows.append(f"03/11/2026;Morac Solène;Remobilisation;{amount}")
        running += cents
        if clutter == 1:
            rows.append(f"Total;;;{running // 100},{running % 100:02d}")
        elif clutter == 2:
            rows += [";;;", rows[0]]
    understood = read("\n".join(rows).replace(";", separator).encode(encoding))
    assert understood.cents == running
    assert [each.cents for each in understood.lines] == [cents for cents, _, _ in lines]

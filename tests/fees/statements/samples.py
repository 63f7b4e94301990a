"""Thirty statements as ugly as life, each with what must be understood of it beside it.

The sender is a physiotherapist, the month November 2026. A line reads
`day | patient | code | kind | euros`; `-` is an empty cell.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

NBSP = "\u00a0"
USUAL = """
2026-11-03 | Morac Solène | - | KINE-REMOB | 30.00
2026-11-10 | Dalière Noé | - | KINE-REMOB | 30.00
2026-11-17 | Kerois Maëlle | - | KINE-REMOB | 30.00
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """`remark`: a part of what must be said of the file or of one of its lines."""

    name: str
    content: bytes
    understood: str
    form: str
    remark: str = ""


type Fill = Callable[[Any, Any], None]


def workbook(*sheets: tuple[str, Fill], **options: Any) -> bytes:
    """A real workbook; each sheet is filled by a function of (sheet, book)."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **options})
    for name, fill in sheets:
        fill(book.add_worksheet(name), book)
    book.close()
    return buffer.getvalue()


def rows(*lines: Sequence[object], first: int = 0, pattern: str = "dd/mm/yyyy") -> Fill:
    """Plain rows; days are real dates of the workbook."""

    def fill(sheet: Any, book: Any) -> None:
        day = book.add_format({"num_format": pattern})
        for number, line in enumerate(lines, start=first):
            for column, value in enumerate(line):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)  # type: ignore[arg-type]
                elif value != "":
                    sheet.write(number, column, value)

    return fill


def text(lines: str, *, encoding: str = "utf-8", end: str = "\n", separator: str = ";") -> bytes:
    body = lines.strip("\n").replace(";", separator)
    return (body + "\n").replace("\n", end).encode(encoding)


D3, D10, D17 = date(2026, 11, 3), date(2026, 11, 10), date(2026, 11, 17)
HEAD = ("Date", "Patient", "Acte", "Montant")
PLAIN = """
Date;Patient;Acte;Montant
03/11/2026;Morac Solène;Remobilisation;30,00
10/11/2026;Dalière Noé;Remobilisation;30,00
17/11/2026;Kerois Maëlle;Remobilisation;30,00
"""
BODY = (
    (D3, "Morac Solène", "Remobilisation", 30),
    (D10, "Dalière Noé", "Remobilisation", 30),
    (D17, "Kerois Maëlle", "Remobilisation", 30),
)


def _two_rows_of_headings(sheet: Any, book: Any) -> None:
    sheet.merge_range("B1:C1", "Patient", book.add_format())
    for place, said in enumerate(("Date", "Nom", "Prénom", "Prestation", "Honoraires")):
        sheet.write(1, place, said)
    for number, (day, who, kind, price) in enumerate(BODY, start=2):
        family, first = who.split()
        for place, value in enumerate((f"{day:%d/%m/%y}", family, first, kind, price)):
            sheet.write(number, place, value)


def _merged_patient(sheet: Any, book: Any) -> None:
    rows(HEAD, (D3, "", "Remobilisation", 30), (D10, "", "Remobilisation", 30))(sheet, book)
    sheet.merge_range("B2:B3", "Morac Solène", book.add_format())


def _formulas(sheet: Any, book: Any) -> None:
    rows(HEAD, *BODY)(sheet, book)
    sheet.write(4, 0, "TOTAL")
    sheet.write_formula(4, 3, "=SUM(D2:D4)", None, 90)


def _hidden_sheet(sheet: Any, book: Any) -> None:
    rows(HEAD, (D3, "Brouillon Oublié", "Remobilisation", 30))(sheet, book)
    sheet.hide()


def samples() -> list[Sample]:
    made: list[Sample] = []

    def add(
        name: str, content: bytes, form: str, understood: str = USUAL, remark: str = ""
    ) -> None:
        made.append(Sample(name, content, understood, form, remark))

    # --- Encodings, separators, line endings
    add("as programs write it", text(PLAIN), "Texte, séparateur « ; », UTF-8")
    add(
        "with a byte-order mark",
        text(PLAIN, encoding="utf-8-sig", end="\r\n"),
        "Texte, séparateur « ; », UTF-8",
    )
    add(
        "Windows",
        text(PLAIN, encoding="cp1252", end="\r\n"),
        "Texte, séparateur « ; », Windows-1252",
    )
    add("old Mac", text(PLAIN, encoding="mac_roman", end="\r"), "Texte, séparateur « ; », Mac")
    add(
        "Unicode text with tabs",
        text(PLAIN, encoding="utf-16", separator="\t"),
        "Texte, séparateur tabulation, UTF-16",
    )
    add(
        "commas and quoted decimals",
        b"Date,Patient,Acte,Montant\n"
        b'03/11/2026,"Morac Sol\xc3\xa8ne",Remobilisation,"30,00"\n'
        b'10/11/2026,"Dali\xc3\xa8re No\xc3\xa9",Remobilisation,"30,00"\n'
        b'17/11/2026,"Kerois Ma\xc3\xablle",Remobilisation,"30,00"\n',
        "Texte, séparateur « , », UTF-8",
    )
    add(
        "separator announced",
        b"sep=;\r\n" + text(PLAIN, encoding="cp1252"),
        "Texte, séparateur « ; », Windows-1252",
    )
    add(
        "a cell over two lines",
        text(
            """
Date;Patient;Acte;Montant
03/11/2026;"Morac
Solène";Remobilisation;30
10/11/2026;Dalière Noé;Remobilisation;30
17/11/2026;Kerois Maëlle;Remobilisation;30
"""
        ),
        "Texte, séparateur « ; », UTF-8",
    )
    # --- Numbers and dates
    add(
        "amounts with their sign",
        text(f"""
Date;Nom et prénom;Acte;Montant (€)
03/11/2026;Morac Solène;Remobilisation;30 €
10/11/2026;Dalière Noé;Remobilisation;30,00{NBSP}€
17/11/2026;Kerois Maëlle;Remobilisation;30€00
"""),
        "Texte, séparateur « ; », UTF-8",
    )
    add(
        "days in words",
        text("""
Jour;Patient;Soin;Prix
mardi 3 novembre 2026;Morac Solène;Remobilisation;30
10 nov. 2026;Dalière Noé;Remobilisation;30
17-11-26;Kerois Maëlle;Remobilisation;30
"""),
        "Texte, séparateur « ; », UTF-8",
    )
    add(
        "days without their year",
        text("""
Date;Patient;Acte;Montant
3/11;Morac Solène;Remobilisation;30
10/11;Dalière Noé;Remobilisation;30
17 novembre;Kerois Maëlle;Remobilisation;30
"""),
        "Texte, séparateur « ; », UTF-8",
    )
    add(
        "several days in a cell",
        text("""
Patient;Dates des séances;Nb séances;Total
Morac Solène;3/11, 10/11 et 17/11/2026;3;90
Dalière Noé;3 et 10 novembre;2;60,00 €
"""),
        "Texte, séparateur « ; », UTF-8",
        """
2026-11-03 | Morac Solène | - | - | 30.00
2026-11-10 | Morac Solène | - | - | 30.00
2026-11-17 | Morac Solène | - | - | 30.00
2026-11-03 | Dalière Noé | - | - | 30.00
2026-11-10 | Dalière Noé | - | - | 30.00
""",
        "3 dates dans la cellule",
    )
    add(
        "two sessions for one day",
        text("""
Date;Patient;Acte;Quantité;Montant
03/11/2026;Morac Solène;Remobilisation;2;60
"""),
        "Texte, séparateur « ; », UTF-8",
        "2026-11-03 | Morac Solène | - | KINE-REMOB | 60.00",
        "2 séances pour une seule date",
    )
    add(
        "price times number",
        text("""
Date;Patient;Acte;Nombre;Prix unitaire
03/11/2026;Morac Solène;Remobilisation;2;30,00
10/11/2026;Dalière Noé;Remobilisation;1;30,00
"""),
        "Texte, séparateur « ; », UTF-8",
        """
2026-11-03 | Morac Solène | - | KINE-REMOB | 60.00
2026-11-10 | Dalière Noé | - | KINE-REMOB | 30.00
""",
        "Montant calculé",
    )
    add(
        "cells that say nothing",
        text("""
Date;Patient;Acte;Montant
semaine 45;Morac Solène;Remobilisation;30
10/11/2026;Dalière Noé;Remobilisation;trente
31/11/2026;;Remobilisation;30
"""),
        "Texte, séparateur « ; », UTF-8",
        """
semaine 45 | Morac Solène | - | KINE-REMOB | 30.00
2026-11-10 | Dalière Noé | - | KINE-REMOB | trente
31/11/2026 | Dalière Noé | - | KINE-REMOB | 30.00
""",
        "Date illisible : « semaine 45 »",
    )
    # --- Headings and rows
    add(
        "a letterhead first",
        text("""
Cabinet du Fil;;;
1 rue de la Démo;;;
;;;
Relevé de novembre 2026;;;
DATE DE LA SÉANCE;NOM DU PATIENT;NATURE DE L'ACTE;MONTANT DÛ
03/11/2026;Morac Solène;Remobilisation;30
10/11/2026;Dalière Noé;Remobilisation;30
17/11/2026;Kerois Maëlle;Remobilisation;30
"""),
        "Texte, séparateur « ; », UTF-8",
    )
    add(
        "misspelt headings",
        text("""
Dtae;Patiant;Act;Montnat
03/11/2026;Morac Solène;Remobilisation;30
10/11/2026;Dalière Noé;Remobilisation;30
17/11/2026;Kerois Maëlle;Remobilisation;30
"""),
        "Texte, séparateur « ; », UTF-8",
    )
    add(
        "no heading at all",
        text("""
03/11/2026;Morac Solène;Remobilisation;30
10/11/2026;Dalière Noé;Remobilisation;30
17/11/2026;Kerois Maëlle;Remobilisation;30
"""),
        "Texte, séparateur « ; », UTF-8",
    )
    add(
        "totals in the middle and at the end",
        text("""
Date;Patient;Acte;Montant
03/11/2026;Morac Solène;Remobilisation;30
10/11/2026;Dalière Noé;Remobilisation;30
;Sous-total;;60,00
17/11/2026;Kerois Maëlle;Remobilisation;30
;Sous-total;;30,00
;TOTAL GÉNÉRAL;;90,00 €
"""),
        "Texte, séparateur « ; », UTF-8",
    )
    add(
        "a wrong total",
        text("""
Date;Patient;Acte;Montant
03/11/2026;Morac Solène;Remobilisation;30
10/11/2026;Dalière Noé;Remobilisation;30
17/11/2026;Kerois Maëlle;Remobilisation;30
Total;;;120
"""),
        "Texte, séparateur « ; », UTF-8",
        USUAL,
        "le total écrit (120,00\u00a0€)",
    )
    add(
        "headings repeated on each page",
        text("""
Date;Patient;Acte;Montant
03/11/2026;Morac Solène;Remobilisation;30
;;;
Date;Patient;Acte;Montant
10/11/2026;Dalière Noé;Remobilisation;30
;;;
;;;
17/11/2026;Kerois Maëlle;Remobilisation;30
Certifié exact, le 30 novembre;;;
"""),
        "Texte, séparateur « ; », UTF-8",
    )
    add(
        "grouped by patient",
        text("""
Date;Patient;Acte;Montant
Morac Solène;;;
03/11/2026;;Remobilisation;30
10/11/2026;;Remobilisation;30
Dalière Noé;;;
17/11/2026;;Remobilisation;30
"""),
        "Texte, séparateur « ; », UTF-8",
        """
2026-11-03 | Morac Solène | - | KINE-REMOB | 30.00
2026-11-10 | Morac Solène | - | KINE-REMOB | 30.00
2026-11-17 | Dalière Noé | - | KINE-REMOB | 30.00
""",
        "titre du groupe",
    )
    add(
        "the same again",
        text("""
Date;Patient;Acte;Montant
03/11/2026;Morac Solène;Remobilisation;30
10/11/2026;idem;idem;30
17/11/2026;;Remobilisation;30
"""),
        "Texte, séparateur « ; », UTF-8",
        """
2026-11-03 | Morac Solène | - | KINE-REMOB | 30.00
2026-11-10 | Morac Solène | - | KINE-REMOB | 30.00
2026-11-17 | Morac Solène | - | KINE-REMOB | 30.00
""",
        "repris de la ligne au-dessus",
    )
    add(
        "file numbers and birth dates",
        text("""
N° dossier;Date de naissance;Date;Cotation;Montant
P000123;12/04/61;03/11/2026;KINE-REMOB;30
P000456;01/01/1999;10/11/2026;Kiné;30
"""),
        "Texte, séparateur « ; », UTF-8",
        """
2026-11-03 | - | P000123 | KINE-REMOB | 30.00
2026-11-10 | - | P000456 | KINE-REMOB | 30.00
""",
    )
    # --- Workbooks
    add("a workbook", workbook(("Novembre", rows(HEAD, *BODY))), "Classeur, 1 feuille")
    add(
        "a workbook that starts far down",
        workbook(
            ("Relevé", rows(("Kiné du Fil",), (), HEAD, *BODY, first=6, pattern="[$-40C]d mmm yy"))
        ),
        "Classeur, 1 feuille",
    )
    add(
        "headings over two rows", workbook(("Feuil1", _two_rows_of_headings)), "Classeur, 1 feuille"
    )
    add(
        "merged patient",
        workbook(("Feuil1", _merged_patient)),
        "Classeur, 1 feuille",
        """
2026-11-03 | Morac Solène | - | KINE-REMOB | 30.00
2026-11-10 | Morac Solène | - | KINE-REMOB | 30.00
""",
    )
    add("formulas with their results", workbook(("Feuil1", _formulas)), "Classeur, 1 feuille")
    add(
        "several sheets, one hidden, one beside the point",
        workbook(
            ("Page 1", rows(HEAD, *BODY[:2])),
            ("Page 2", rows(HEAD, BODY[2])),
            ("Mes coordonnées", rows(("Kiné du Fil",), ("1 rue de la Démo",))),
            ("Essai", _hidden_sheet),
        ),
        "Classeur, 3 feuilles",
        USUAL,
        "Feuille masquée « Essai »",
    )
    add(
        "days counted from 1904",
        workbook(("Feuil1", rows(HEAD, *BODY)), date_1904=True),
        "Classeur, 1 feuille",
    )
    return made

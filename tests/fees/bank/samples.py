"""Bank files as banks give them, with what is understood written beside each.

One line of `understood` for each line of the file: place, day, euros, what it is, the transfer or
the batch; a refused file says why instead.
"""

from dataclasses import dataclass
from datetime import date

from fees.enums import TransferState
from fees.reconcile.bank import Sent
from tests.factories.bank_files import V02, V08, Line, camt, statement

DAY, NEXT, LATE = date(2026, 7, 3), date(2026, 7, 6), date(2026, 7, 7)
LOU = Sent(1, "AR-2026-0007-0001", "AR-2026-0007", "Lou Brumelune", 9_000, DAY, TransferState.SENT)
SECOND = Sent(
    2, "AR-2026-0007-0002", "AR-2026-0007", "Noe Quinoux", 12_000, DAY, TransferState.SENT
)
ZOE = Sent(3, "AR-2026-0008-0001", "AR-2026-0008", "Zoe Valserine", 5_000, NEXT, TransferState.SENT)
SENT = (LOU, SECOND, ZOE)


@dataclass(frozen=True)
class Sample:
    """`remark`: what a person is told of the whole file; `refused`: why it is not imported."""

    name: str
    content: bytes
    understood: str = ""
    remark: str = ""
    refused: str = ""


def samples() -> list[Sample]:
    return [*_xml(), *_tables()]


def _xml() -> list[Sample]:
    lou = Line(-9_000, DAY, "LOU BRUMELUNE", "ACTES", LOU.end_to_end)
    zoe = Line(-5_000, NEXT, "ZOE VALSERINE", "ACTES", ZOE.end_to_end)
    home = Line(9_000, LATE, "LOU BRUMELUNE", "VIREMENT RETOURNE", LOU.end_to_end, reason="AC04")
    whole = Line(-21_000, DAY, text="REMISE SEPA", group="AR-2026-0007", count=2)
    detailed = Line(
        -21_000,
        DAY,
        text="REMISE SEPA",
        group="AR-2026-0007",
        parts=[lou, Line(-12_000, DAY, "NOE QUINOUX", "ACTES", SECOND.end_to_end)],
    )
    fees = Line(-1_250, LATE, text="FRAIS DE TENUE DE COMPTE")
    return [
        Sample(
            "camt 02, one debit each and a return",
            camt(statement([lou, zoe, home, fees])),
            """
            1 | 2026-07-03 | -90.00 | paid | AR-2026-0007-0001
            2 | 2026-07-06 | -50.00 | paid | AR-2026-0008-0001
            3 | 2026-07-07 | 90.00 | returned | AR-2026-0007-0001
            4 | 2026-07-07 | -12.50 | unknown_debit | -
            """,
        ),
        Sample(
            "camt 08, grouped debit without detail, then a return",
            camt(statement([whole, home], version=V08), version=V08),
            """
            1 | 2026-07-03 | -210.00 | grouped | AR-2026-0007
            2 | 2026-07-07 | 90.00 | returned | AR-2026-0007-0001
            """,
        ),
        Sample(
            "camt 08, grouped debit with its detail",
            camt(statement([detailed], version=V08), version=V08),
            """
            1.1 | 2026-07-03 | -90.00 | paid | AR-2026-0007-0001
            1.2 | 2026-07-03 | -120.00 | paid | AR-2026-0007-0002
            """,
        ),
        Sample(
            "camt 02, a return without identifier",
            camt(statement([lou, Line(9_000, LATE, "LOU BRUMELUNE", "RETOUR", reason="MS03")])),
            """
            1 | 2026-07-03 | -90.00 | paid | AR-2026-0007-0001
            2 | 2026-07-07 | 90.00 | returned | AR-2026-0007-0001
            """,
        ),
        Sample(
            "camt 02, debited twice and another amount",
            camt(statement([lou, lou, Line(-5_100, NEXT, end_to_end=ZOE.end_to_end)])),
            """
            1 | 2026-07-03 | -90.00 | paid | AR-2026-0007-0001
            2 | 2026-07-03 | -90.00 | paid_twice | AR-2026-0007-0001
            3 | 2026-07-06 | -51.00 | amount_differs | AR-2026-0008-0001
            """,
        ),
        Sample(
            "camt 02, a line not yet booked",
            camt(statement([lou, Line(-5_000, NEXT, status="PDNG")])),
            "1 | 2026-07-03 | -90.00 | paid | AR-2026-0007-0001",
            remark="pas encore comptabilisées : 1",
        ),
        Sample(
            "camt 02, a number jumped",
            camt(
                statement([lou], number=6, opening=100_000),
                statement([zoe], number=8, opening=91_000),
            ),
            """
            1 | 2026-07-03 | -90.00 | paid | AR-2026-0007-0001
            2 | 2026-07-06 | -50.00 | paid | AR-2026-0008-0001
            """,
            remark="manque peut-être",
        ),
        Sample(
            "camt 02, a statement missing",
            camt(
                statement([lou], number=6, opening=100_000),
                statement([zoe], number=8, opening=70_000),
            ),
            refused="Il manque un relevé entre le relevé n°\u00a06",
        ),
        Sample(
            "camt 08, a wrong balance",
            camt(statement([lou, zoe], version=V08, closing=5), version=V08),
            refused="ne donnent pas le solde final",
        ),
        Sample(
            "camt 02, without balances",
            _without_balances(camt(statement([lou]), version=V02)),
            "1 | 2026-07-03 | -90.00 | paid | AR-2026-0007-0001",
            remark="ne donne pas ses soldes",
        ),
    ]


def _without_balances(content: bytes) -> bytes:
    start, end = content.index(b"<Bal>"), content.rindex(b"</Bal>") + len(b"</Bal>")
    return content[:start] + content[end:]


def _tables() -> list[Sample]:
    two_columns = (
        "Téléchargement du 08/07/2026;;;;\r\n"
        "Compte courant;FR76 9999 9000 0100 0009 9999 937;;;\r\n"
        "Solde initial au 02/07/2026;;;;2 500,00\r\n"
        ";;;;\r\n"
        "Date opération;Date valeur;Libellé;Débit;Crédit\r\n"
        "03/07/2026;03/07/2026;VIR SEPA EMIS AR-2026-0007 2 OPERATIONS;-210,00;\r\n"
        "07/07/2026;07/07/2026;RETOUR VIR AR-2026-0007-0001 AC04;;90,00\r\n"
        "07/07/2026;07/07/2026;COTISATION JAZZ PRO;12,50;\r\n"
        "Total des opérations;;;222,50;90,00\r\n"
        "Solde final au 07/07/2026;;;;2 367,50\r\n"
    ).encode("cp1252")
    signed = (
        "\ufeffdate,libelle operation,tiers,montant,devise,solde\n"
        '2026-07-07,"Virement reçu","AGENCE","4 000,00",EUR,"5 860,00"\n'
        '2026-07-06,"Virement émis","Valserine Zoé","-50,00",EUR,"1 860,00"\n'
        '2026-07-03,"Virement émis","BRUMELUNE LOU","\u221290,00",EUR,"1 910,00"\n'
    ).encode()
    return [
        Sample(
            "table with a debit and a credit column, Windows-1252",
            two_columns,
            """
            6 | 2026-07-03 | -210.00 | grouped | AR-2026-0007
            7 | 2026-07-07 | 90.00 | returned | AR-2026-0007-0001
            8 | 2026-07-07 | -12.50 | unknown_debit | -
            """,
        ),
        Sample(
            "table of signed amounts, the latest first, with its running balance",
            signed,
            """
            2 | 2026-07-07 | 4000.00 | unknown_credit | -
            3 | 2026-07-06 | -50.00 | paid | AR-2026-0008-0001
            4 | 2026-07-03 | -90.00 | paid | AR-2026-0007-0001
            """,
        ),
        Sample(
            "the same, a line taken out",
            b"".join(line + b"\n" for line in signed.splitlines() if b"Valserine" not in line),
            refused="ne suit pas le précédent",
        ),
        Sample(
            "table without balances, identifiers cut by the bank",
            (
                b"Date;Libelle;Montant\n"
                b"03/07/26;VIR AR20260007 0001;-90,00 EUR\n"
                b"03/07/26;VIR SEPA QUINOUX NOE;-120,00\n"
            ),
            """
            2 | 2026-07-03 | -90.00 | paid | AR-2026-0007-0001
            3 | 2026-07-03 | -120.00 | paid | AR-2026-0007-0002
            """,
            remark="ne donne pas les soldes",
        ),
    ]

"""Bank statements in XML: ISO 20022 camt.053.001.02 and .08, read entry by entry.

No more memory than the lines kept: each entry is forgotten once read. A document type, and with it
every entity, is refused before anything is parsed.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import IO
from xml.etree import ElementTree as ET
from xml.parsers import expat

from fees.reconcile.bank_lines import MOST_LINES, BankRead, Extract, Movement, Span
from portal.kit.grids.grid import Refused

VERSIONS = ("camt.053.001.02", "camt.053.001.08")
CHUNK = 1 << 16
MOST_PROLOG = 1 << 20
MOST_TEXT = 500
DAMAGED = "Ce fichier XML est abîmé. Demandez-le de nouveau à la banque."
NOTHING = frozenset({"", "NOTPROVIDED", "NOT PROVIDED", "NONREF"})
OPENINGS, CLOSINGS = ("OPBD", "PRCD"), ("CLBD",)
RETURNED = "RRTN"
"""Sub-family of the bank transaction code (ISO 20022 external code list): a transfer sent back."""

type Leaves = dict[str, str]


def recognises(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" or head.startswith(
        (b"\xff\xfe<\x00", b"\xfe\xff\x00<")
    )


def read(file: IO[bytes]) -> BankRead:
    """Every statement of the file, in its order. Raises Refused."""
    version = _version(file)
    file.seek(0)
    return _Reader(version).read(file)


def _version(file: IO[bytes]) -> str:
    """The version that the root announces, before the rest is read. Raises Refused."""
    found: list[str] = []

    def refuse(*_: object) -> None:
        raise Refused("Ce fichier déclare des entités XML : il n’a pas été ouvert.")

    def start(name: str, _given: object) -> None:
        found.append(name)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = start
    size = 0
    try:
        while not found and (chunk := file.read(CHUNK)):
            size += len(chunk)
            if size > MOST_PROLOG:
                raise Refused(DAMAGED)
            parser.Parse(chunk, False)
    except expat.ExpatError as error:
        if not found:
            raise Refused(DAMAGED) from error
    return _known_version((found or [""])[0])


def _known_version(root: str) -> str:
    """The version of a root's name, of those that are read. Raises Refused."""
    space, _, name = root.rpartition(" ")
    version = space.rpartition(":")[2]
    if name == "Document" and version in VERSIONS:
        return version
    if version.startswith("camt.053"):
        raise Refused(f"C’est un relevé {version} : demandez à la banque la version 02 ou 08.")
    if version.startswith("camt."):
        raise Refused(f"C’est un {version} : demandez à la banque le relevé (camt.053).")
    if version.startswith("pain."):
        raise Refused("C’est un ordre de virement, pas un relevé : demandez le camt.053.")
    raise Refused("Ce n’est pas un relevé de banque : un fichier camt.053 ou .csv est attendu.")


class _Reader:
    def __init__(self, version: str) -> None:
        self.space = f"{{urn:iso:std:iso:20022:tech:xsd:{version}}}"
        self.cut = len(self.space)
        self.result = BankRead(f"XML, {version}")
        self.lines = self.entries = self.waiting = 0

    def read(self, file: IO[bytes]) -> BankRead:
        try:
            for statement in self._statements(file):
                self.result.extracts.append(statement)
        except (ET.ParseError, RecursionError, ValueError) as error:
            raise Refused(DAMAGED) from error
        if not self.result.extracts:
            raise Refused("Ce fichier ne contient aucun relevé.")
        if self.waiting:
            self.result.remarks.append(
                f"Lignes annoncées mais pas encore comptabilisées : {self.waiting}, laissées."
            )
        return self.result

    def _statements(self, file: IO[bytes]) -> Iterator[Extract]:
        entry, whole = f"{self.space}Ntry", f"{self.space}Stmt"
        parents: list[ET.Element] = []
        movements: list[Movement] = []
        for event, element in ET.iterparse(file, events=("start", "end")):  # noqa: S314 - no DTD
            if event == "start":
                parents.append(element)
                continue
            parents.pop()
            if element.tag == entry:
                self.entries += 1
                movements += self._entry(element)
                self.lines = self.lines + 1
                if len(movements) > MOST_LINES:
                    raise Refused("Ce fichier a plus de 200\u202f000 lignes : coupez-le en mois.")
                parents[-1].remove(element)
            elif element.tag == whole:
                yield self._statement(element, movements)
                movements = []
                parents[-1].remove(element)

    def _statement(self, element: ET.Element, movements: list[Movement]) -> Extract:
        balances: dict[str, tuple[int, date | None]] = {}
        for each in element.findall(f"{self.space}Bal"):
            told, _ = self._leaves(each)
            kind = told.get("Tp/CdOrPrtry/Cd", "")
            value = _signed(told, "Amt", f"solde {kind}")
            day = _day(told, "Dt")
            if kind in (*OPENINGS, *CLOSINGS):
                balances[kind] = (value, day)
        said: Leaves = {}
        for each in element:
            if each.tag not in (f"{self.space}Bal", f"{self.space}TxsSummry"):
                self._walk(each, each.tag[self.cut :], said, [])
        opening = next((balances[kind] for kind in OPENINGS if kind in balances), None)
        closing = next((balances[kind] for kind in CLOSINGS if kind in balances), None)
        days = [each.booked_on for each in movements]
        last = _day(said, "FrToDt/ToDtTm") or (closing[1] if closing else None)
        last = last or max(days, default=None)
        if last is None:
            raise Refused("Un relevé du fichier ne dit pas de quel jour il est.")
        first = _day(said, "FrToDt/FrDtTm") or min([last, *days])
        number = said.get("ElctrncSeqNb") or said.get("LglSeqNb") or ""
        account = said.get("Acct/Id/IBAN") or said.get("Acct/Id/Othr/Id") or ""
        span = Span(
            name=said.get("Id", "")[:80],
            number=int(number) if number.isdecimal() and len(number) < 10 else None,
            opened_on=first,
            closed_on=last,
            opening=opening[0] if opening else None,
            closing=closing[0] if closing else None,
        )
        if opening is None or closing is None:
            self.result.remarks.append(
                f"Le relevé {span.words} ne donne pas ses soldes : rien ne dit qu’il est complet."
            )
        return Extract(span, account.replace(" ", "")[:34], movements)

    def _entry(self, element: ET.Element) -> list[Movement]:
        """One line, or one for each transfer that the line details to the cent."""
        said, details = self._leaves(element)
        key = str(self.entries)
        if (said.get("Sts/Cd") or said.get("Sts", "BOOK")) != "BOOK":
            self.waiting += 1
            return []
        cents = _signed(said, "Amt", f"ligne {key}")
        if not details:
            return [self._movement(key, cents, said, {})]
        if len(details) == 1:
            return [self._movement(key, cents, said, details[0])]
        parts = [_part(each, cents, key) for each in details]
        if None in parts or sum(filter(None, parts)) != cents:
            said.setdefault("NtryDtls/Btch/NbOfTxs", str(len(details)))
            return [self._movement(key, cents, said, {})]
        return [
            self._movement(f"{key}.{rank}", part or 0, said, each)
            for rank, (part, each) in enumerate(zip(parts, details, strict=True), start=1)
        ]

    def _movement(self, key: str, cents: int, said: Leaves, detail: Leaves) -> Movement:
        day = _day(said, "BookgDt") or _day(said, "ValDt")
        if day is None:
            raise Refused(f"Ligne {key} du fichier : sa date ne peut pas être lue.")
        family = "BkTxCd/Domn/Fmly/SubFmlyCd"
        reason = detail.get("RtrInf/Rsn/Cd", "")
        sent_back = bool(
            reason
            or any(name.startswith("RtrInf/") for name in detail)
            or RETURNED in (said.get(family), detail.get(family))
        )
        whole = "NtryDtls/Btch/"
        count = said.get(f"{whole}NbOfTxs", "") if not detail else ""
        sides = ("Dbtr", "Cdtr") if (cents > 0) != sent_back else ("Cdtr", "Dbtr")
        parties = (f"RltdPties/{side}{part}/Nm" for side in sides for part in ("", "/Pty"))
        text = (
            detail.get("RmtInf/Ustrd", ""),
            detail.get("RmtInf/Strd/CdtrRefInf/Ref", ""),
            detail.get("AddtlTxInf", ""),
            detail.get("RtrInf/AddtlInf", ""),
            said.get("AddtlNtryInf", ""),
        )
        return Movement(
            key=key,
            booked_on=day,
            cents=cents,
            name=next((detail[each] for each in parties if each in detail), "")[:140],
            text=" · ".join(dict.fromkeys(filter(None, text)))[:MOST_TEXT],
            end_to_end=_named(detail.get("Refs/EndToEndId", ""))[:35],
            group=_named(
                detail.get("Refs/PmtInfId", "")
                or said.get(f"{whole}PmtInfId", "")
                or said.get(f"{whole}MsgId", "")
            )[:35],
            count=int(count) if count.isdecimal() and len(count) < 8 else 1,
            reference=(detail.get("Refs/AcctSvcrRef") or said.get("AcctSvcrRef", ""))[:60],
            is_return=sent_back,
            reason=reason[:4],
        )

    def _leaves(self, element: ET.Element) -> tuple[Leaves, list[Leaves]]:
        said: Leaves = {}
        details: list[ET.Element] = []
        for child in element:
            self._walk(child, child.tag[self.cut :], said, details)
        found = []
        for each in details:
            told: Leaves = {}
            for child in each:
                self._walk(child, child.tag[self.cut :], told, [])
            found.append(told)
        return said, found

    def _walk(
        self, element: ET.Element, path: str, said: Leaves, details: list[ET.Element]
    ) -> None:
        """Texts of the leaves under their paths; what comes again is added after a space."""
        if path == "NtryDtls/TxDtls":
            details.append(element)
            return
        for name, value in element.attrib.items():
            said[f"{path}@{name}"] = value
        if len(element):
            for child in element:
                self._walk(child, f"{path}/{child.tag[self.cut :]}", said, details)
        elif element.text and (text := element.text.strip()):
            said[path] = f"{said[path]} {text}"[:MOST_TEXT] if path in said else text


def _named(identifier: str) -> str:
    return "" if identifier.upper() in NOTHING else identifier


def _part(detail: Leaves, whole: int, key: str) -> int | None:
    """The amount of one transfer of a line that holds several; None where it is not told."""
    for path in ("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt"):
        if path in detail:
            value = _cents(detail, path, f"ligne {key}")
            way = detail.get("CdtDbtInd") or ("DBIT" if whole < 0 else "CRDT")
            return -value if way == "DBIT" else value
    return None


def _signed(said: Leaves, path: str, where: str) -> int:
    value = _cents(said, path, where)
    match said.get("CdtDbtInd"):
        case "CRDT":
            return value
        case "DBIT":
            return -value
    raise Refused(f"{where.capitalize()} : rien ne dit si c’est un débit ou un crédit.")


def _cents(said: Leaves, path: str, where: str) -> int:
    text = said.get(path, "")
    if said.get(f"{path}@Ccy", "EUR") != "EUR":
        raise Refused(f"{where.capitalize()} : une autre monnaie que l’euro n’est pas lue.")
    try:
        value = Decimal(text) * 100
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value != value.to_integral_value() or not 0 <= value < 10**13:
        raise Refused(f"{where.capitalize()} : le montant « {text[:20]} » ne peut pas être lu.")
    return int(value)


def _day(said: Leaves, path: str) -> date | None:
    text = said.get(f"{path}/Dt") or said.get(f"{path}/DtTm") or said.get(path, "")
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None

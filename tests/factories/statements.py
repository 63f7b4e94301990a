"""Statements for tests: a professional's acts of a month, and the file that claims them."""

from datetime import date, datetime
from uuid import uuid4

from fees.actions.statements import confirm_columns, receive_statement
from fees.enums import Kind
from fees.imports.statement import kept, match_kept, read_file
from fees.models import Act, StatementFile
from network.models import Professional, User
from tests.factories.fees import log
from tests.factories.network import make_patient

HEAD = "Date;Dossier;Acte;Montant"


def make_acts(professional: Professional, days: list[date]) -> list[Act]:
    """One act of remobilisation a day, each of another patient."""
    acts = []
    for day in days:
        included = day.replace(day=1)
        patient = make_patient(included_on=included, requested_on=included, completed_on=included)
        acts.append(log(patient, professional, Kind.KINE_REMOB, day))
    return acts


def line_of(act: Act, *, day: date | None = None, amount: str = "") -> str:
    return (
        f"{day or act.done_on:%d/%m/%Y};{act.patient.code};Remobilisation;"
        f"{amount or f'{act.amount:.2f}'}"
    )


def csv(*lines: str, note: str = "") -> bytes:
    """A table of these lines, told apart from others by its first line."""
    return "\n".join([note or f"Relevé {uuid4()}", HEAD, *lines]).encode()


def received(
    professional: Professional, month: date, content: bytes, *, by: User, now: datetime
) -> StatementFile:
    return receive_statement(
        professional=professional, month=month, name="releve.csv", content=content, by=by, now=now
    )


def matched(
    professional: Professional, month: date, content: bytes, *, by: User, now: datetime
) -> StatementFile:
    """Received, its columns taken as recognised, matched."""
    file = received(professional, month, content, by=by, now=now)
    understood, _ = read_file(file)
    confirm_columns(
        file=file, told=kept(understood), signature=understood.signature, by=by, now=now
    )
    file.refresh_from_db()
    return match_kept(file, now=now)

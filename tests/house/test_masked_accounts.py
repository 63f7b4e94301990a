"""A bank account is whole in two places, both encrypted: where it is kept, and in the bank file.

Every address is opened by those who hold one and by those who pay on it, with accounts that are
known; what is shown, sent, written in the journal and in the log is searched for them, and so is
every row of the database.
"""

import logging
import re
import zipfile
from collections.abc import Iterator
from http.cookies import SimpleCookie
from io import BytesIO
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.urls import reverse
from pypdf import PdfReader
from pypdf.errors import PdfReadError

from network.enums import Role
from network.models import BankDetails, JournalEntry, OutboxMessage
from tests.house.matrix import OPENS, our_addresses
from tests.house.test_access_matrix import LINES
from tests.house.world import IBAN, World
from tests.proofs.scale import SCALE

pytestmark = [pytest.mark.django_db, pytest.mark.portable, pytest.mark.prove, pytest.mark.wide]
GIVES_IT = ("fees:batch_file", "fees:bank_original")
"""The files that go to the bank, or come from it."""
SQL = "django.db.backends"
"""Statements, with what they write: recorded by tests alone."""
LEAST = 10
"""Digits of an account, in a row, by which it is known: the last four alone are shown."""


def known_accounts() -> set[str]:
    return {each.iban for each in BankDetails.objects.all()} | {IBAN, settings.PAYER_IBAN}


def told(text: str, accounts: set[str]) -> list[str]:
    """The accounts that a text gives, whole or their middle, however spaced."""
    plain = re.sub(r"[\s\u00a0\u202f.\-]+|&nbsp;", "", text).upper()
    return [each for each in accounts if each in plain or each[-LEAST - 4 : -2] in plain]


def texts(answer: HttpResponseBase) -> Iterator[str]:
    """What an answer says: a page, a file of text, the sheets of a workbook, a document."""
    whole = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
    yield str(answer.headers)
    if whole.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(whole)) as parts:
            for name in parts.namelist():
                yield parts.read(name).decode(errors="replace")
    elif whole.startswith(b"%PDF"):
        try:
            yield "".join(page.extract_text() for page in PdfReader(BytesIO(whole)).pages)
        except PdfReadError:
            yield ""
    else:
        yield whole.decode(errors="replace")


def asked(world: World, name: str, kwargs: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Where something may be told once an address has been opened and posted to, and what."""
    cookies = world.client.cookies.output(header="", sep=";")
    for method in ("get", "post"):
        with transaction.atomic():
            answer = getattr(world.client, method)(reverse(name, kwargs=kwargs), {"reason": "Vu"})
            for text in texts(answer):
                yield f"{method} {name}", text
            for entry in JournalEntry.objects.values_list("subject", "reason"):
                yield f"journal of {name}", " ".join(entry)
            for message in OutboxMessage.objects.values_list("subject", "body"):
                yield f"outbox of {name}", " ".join(message)
            transaction.set_rollback(True)
        world.client.cookies = SimpleCookie(cookies)  # whoever signed out comes back
    for each in mail.outbox:
        yield f"mail of {name}", f"{each.subject} {each.body}"


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.ACCOUNTANT])
def test_no_page_journal_mail_or_log_tells_an_account(
    world: World, role: Role, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="django")
    caplog.set_level(logging.INFO, logger="django.template")  # each absent variable, with its trace
    world.become(role)
    addresses, found = our_addresses(), set()
    accounts = known_accounts()
    assert len(accounts) > 3
    world.client.raise_request_exception = False
    opened = [line for line in LINES if line.answers[role] == OPENS]
    # the small run opens each address with one object
    for line in opened if SCALE else {line.name: line for line in reversed(opened)}.values():
        kwargs = world.kwargs(line.name, line.label, addresses[line.name].parameters)
        for where, text in asked(world, line.name, kwargs):
            if told(text, accounts):
                found.add(where)
    logged = [each.getMessage() for each in caplog.records if each.name != SQL]
    assert [line for line in logged if told(line, accounts)] == []
    given = {f"post {name}" for name in GIVES_IT}
    assert found == (given if role is Role.ACCOUNTANT else set())


def test_no_row_of_the_database_holds_an_account_in_clear(world: World) -> None:
    accounts, found = known_accounts(), set()
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            if any(told(repr(row), accounts) for row in cursor.fetchall()):
                found.add(table)
    assert found == set()


def test_search_would_see_an_account() -> None:
    """The control: spaced, with dots, in small letters, or its middle alone."""
    spaced = " ".join(IBAN[at : at + 4] for at in range(0, len(IBAN), 4))
    for text in (IBAN, spaced, spaced.replace(" ", "\u00a0"), IBAN.lower(), f"…{IBAN[8:-2]}…"):
        assert told(f"Compte {text}.", {IBAN}) == [IBAN]
    assert told(f"Compte •••• {IBAN[-4:]}", {IBAN}) == []

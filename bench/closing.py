"""Month closing at volume: statements, time against the driver alone, and the year's journal.

    DATABASE_URL=… python -m bench.closing [ACTS]

Fills the database at DATABASE_URL, if it is empty, with ACTS acts (`load_volume`), whose entries
are all of one day. Their month is closed, then the next one, which is empty: no statement more, but
one for each page of the journal (`AT_ONCE` numbers). The limit, in the same run: the sums and
the plain rows of these entries, read by the driver alone. Everything is rolled back.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from io import StringIO
from time import perf_counter, process_time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, reset_queries, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from fees import closing  # noqa: E402
from fees.actions.closings import close_month  # noqa: E402
from fees.closing import Span  # noqa: E402
from fees.exports.journal import journal_text  # noqa: E402
from fees.models import Act  # noqa: E402
from fees.selectors import closings as books  # noqa: E402
from network.models import User  # noqa: E402

MOST_PATIENTS = 12_000
SUMS = 'SELECT kind, mirrors_id IS NULL, SUM(amount), COUNT(*) FROM fees_bookentry WHERE "on"'
ROWS = (
    'SELECT id, "on", kind, source, target, amount, year, act_id, transfer_id, professional_id,'
    ' mirrors_id, by_id, note FROM fees_bookentry WHERE "on"'
)


def main(acts: int) -> int:
    """Gives how many statements closing takes beside the pages of its journal."""
    call_command("migrate", verbosity=0)
    if not Act.objects.exists():
        patients = min(MOST_PATIENTS, max(250, acts // 80))
        call_command("load_volume", acts=acts, patients=patients, stdout=StringIO())
    span = books.next_month()
    if span is None:
        raise SystemExit("no entry to close")
    entries = books.entries_of(span).count()
    say(f"\n{connection.vendor}, {Act.objects.count():,} acts, {entries:,} entries in a month")
    say(f"{'':<34}{'ms':>12}{'CPU ms':>12}{'statements':>12}{'longest, ms':>13}")
    by = User.objects.order_by("pk")[0]
    with transaction.atomic():
        with measured("the month, closed") as asked:
            close_month(span=span, by=by, now=_after(span), accept=True)
        with measured("an empty month, closed") as least:
            close_month(span=span.following, by=by, now=_after(span.following), accept=True)
        transaction.set_rollback(True)
    pages = sum("AGG" in each["sql"] or "GROUP_CONCAT" in each["sql"] for each in asked)
    say(f"{'  of which pages of the journal':<34}{'':>24}{pages:>12,}")
    with measured("its sums"):
        books.figures_of(span, {})
    with measured("its fingerprint"):
        closing.fingerprint(books.journal_texts(span))
    days = f"BETWEEN '{span.since}' AND '{span.until}'"
    with measured("raw SQL: its sums"):
        _read(f"{SUMS} {days} GROUP BY 1, 2")
    with measured("raw SQL: its rows"):
        _read(f"{ROWS} {days} ORDER BY id")
    with measured("the journal of the year, sent"):
        size = sum(len(line) for line in journal_text(span.year))
    say(f"{'  its size, MB':<34}{size / 1e6:>12,.1f}")
    constant = len(asked) - pages
    if constant > len(least):
        raise SystemExit(f"{constant} statements beside the pages, {len(least)} without an entry")
    return constant


def say(line: str) -> None:
    print(line, flush=True)


def _after(span: Span) -> datetime:
    """The morning after a month."""
    day: date = span.until + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time(9)))


@contextmanager
def measured(label: str) -> Iterator[list[dict[str, str]]]:
    """Tell what was spent; the list holds the statements once it is over."""
    reset_queries()  # the record of statements is bounded
    asked: list[dict[str, str]] = []
    with CaptureQueriesContext(connection) as caught:
        began, used = perf_counter(), process_time()
        yield asked
        times = 1000 * (perf_counter() - began), 1000 * (process_time() - used)
    asked += caught.captured_queries
    longest = max((1000 * float(each["time"]) for each in asked), default=0)
    figures = (*times, len(asked), longest)
    say(f"{label:<34}" + "".join(f"{each:>12,.0f}" for each in figures))


def _read(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        while cursor.fetchmany(books.AT_ONCE):
            pass


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)

"""Recount what closings froze: totals, number of entries, last number, fingerprint."""

from collections import Counter
from collections.abc import Iterator

from fees import closing
from fees.closing import Figures
from fees.models import Closing
from fees.selectors import closings as books
from portal.kit.verify import Breach, recount


@recount("Clôtures")
def recount_closings(tally: Counter[str]) -> Iterator[Breach]:
    """Every closed month against its entries, every closed year against its months.

    An entry changed, added to or taken from a closed period tells in one of them.
    """
    rows = Closing.objects.order_by("until", "-month").prefetch_related("accounts", "kinds")
    for row in rows:
        tally["clôtures"] += 1
        yield from _of_month(row) if row.month else _of_year(row)


def _of_month(row: Closing) -> Iterator[Breach]:
    span = row.span
    figures = books.figures_of(span, books.opening_of(span))
    yield from _compare(row, figures, closing.fingerprint(books.journal_texts(span)))


def _of_year(row: Closing) -> Iterator[Breach]:
    months = books.months_closed(row.year)
    if not months or months[-1].until != row.until:
        yield Breach(f"clôture {row}", "mois non clos", "mois clos")
        return
    figures = closing.year_of(map(books.frozen, months))
    yield from _compare(row, figures, closing.fingerprint_of_year(each.sha256 for each in months))


def _compare(row: Closing, figures: Figures, sha256: str) -> Iterator[Breach]:
    kept = books.frozen(row)
    pairs = {
        "écritures": (row.entries, figures.entries),
        "dernière écriture": (row.last_entry, books.last_number(row.span)),
        "empreinte": (row.sha256, sha256),
    }
    pairs |= {
        f"compte {now.account}": (was, now)
        for was, now in zip(kept.accounts, figures.accounts, strict=True)
    }
    pairs |= {
        f"écritures {now.kind}": (was, now)
        for was, now in zip(kept.kinds, figures.kinds, strict=True)
    }
    for name, (found, expected) in pairs.items():
        if found != expected:
            yield Breach(f"clôture {row}, {name}", found, expected)

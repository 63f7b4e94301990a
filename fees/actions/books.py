"""Entries of the books: posted once, undone by their mirror, never edited."""

from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal
from itertools import batched

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fees.enums import Account, Entry
from fees.events import EnvelopeFreed
from fees.ledger import ROUTES
from fees.models import Act, BookEntry, Envelope, Transfer
from network.actions.journal import record
from network.models import User
from portal.kit.events import publish
from portal.kit.money import ZERO
from portal.kit.words import euros, month

from .steps import Conflict

AT_ONCE = 2000
"""Rows written by one statement."""
CLOSED = "period is closed"
"""What the trigger of the books says."""


@transaction.atomic
def grant_envelope(
    *, year: int, amount: Decimal, decision: str, by: User | None, now: datetime
) -> Envelope:
    """Note what the agency grants for a year, or adds to it; `amount` in euros, more than zero.

    The same decision twice is once. Raises Conflict when it was noted for another amount.
    """
    envelope, _created = Envelope.objects.select_for_update(no_key=True).get_or_create(
        year=year, defaults={"decision": decision, "recorded_at": now, "recorded_by": by}
    )
    granted = BookEntry.objects.filter(kind=Entry.GRANTED, year=year, note=decision).first()
    if granted and granted.amount != amount:
        raise Conflict(
            _("Cette décision est déjà notée pour %(amount)s\u00a0: nommez celle qui complète.")
            % {"amount": euros(granted.amount)}
        )
    if granted is None:
        post(Entry.GRANTED, amount, year=year, by=by, now=now, note=decision)
        record(verb="envelope.granted", by=by, at=now, subject=f"enveloppe {year}")
    return envelope


def commit_acts(acts: Iterable[Act], *, by: User, now: datetime) -> list[Act]:
    """Owe validated acts in the given order, as far as the envelope of each year goes.

    Gives those that are owed. The first one that does not fit stops all those of its year behind
    it: what waits, waits in its order, and nothing smaller overtakes. Each envelope is locked and
    its balance read once, however many the acts.
    """
    asked = list(acts)
    left = _left_in({act.done_on.year for act in asked})
    owed = []
    for act in asked:
        year = act.done_on.year
        if year in left:
            if act.amount > left[year]:
                left[year] = ZERO
                continue
            left[year] -= act.amount
        owed.append(act)
    undone = _undone(owed)
    entries = []
    for act in owed:
        written = entry(Entry.VALIDATED, act.amount, year=act.done_on.year, by=by, now=now, act=act)
        written.follows_id = undone.get(act.pk)
        entries.append(written)
    post_all(entries)
    return owed


def _undone(acts: Iterable[Act]) -> dict[int, int]:
    """Of each of these acts, the mirror that undid its last validation."""
    found: dict[int, int] = {}
    for some in batched((act.pk for act in acts), AT_ONCE):
        mirrors = BookEntry.objects.filter(
            act__in=some, kind=Entry.VALIDATED, mirrors__isnull=False, followed_by=None
        )
        found.update(mirrors.order_by("pk").values_list("act", "pk"))
    return found


def _left_in(years: Collection[int]) -> dict[int, Decimal]:
    """What is left in each envelope, in euros, its row locked; nothing for a year without one."""
    locked = Envelope.objects.select_for_update(no_key=True).filter(year__in=years)
    return {
        envelope.year: BookEntry.objects.filter(year=envelope.year).in_envelope()
        for envelope in locked.order_by("year")
    }


def withdraw_act(act: Act, *, by: User, now: datetime) -> None:
    """Give back to the envelope what an act had taken, once its validation does not hold."""
    entries = BookEntry.objects.filter(act=act, kind=Entry.VALIDATED)
    mirror(entries.standing(), by=by, now=now)


def recover_act(act: Act, *, by: User, now: datetime) -> BookEntry:
    """Owe to the network what was transferred for an act reversed since."""
    year = act.done_on.year
    return post(Entry.REVERSED, act.amount, year=year, by=by, now=now, act=act)


def post(
    kind: Entry,
    amount: Decimal,
    *,
    year: int,
    by: User | None,
    now: datetime,
    act: Act | None = None,
    transfer: Transfer | None = None,
    note: str = "",
) -> BookEntry:
    """Write one entry, dated today, on its route. Raises Conflict when today is closed."""
    written = entry(kind, amount, year=year, by=by, now=now, act=act, transfer=transfer, note=note)
    post_all([written])
    return written


def post_all(entries: Iterable[BookEntry]) -> None:
    """Write entries together, in their order. Raises Conflict when their day is closed.

    The database refuses an entry of a closed period, whoever writes it and however near the
    closing: that refusal is said in words here, rather than asked for before each entry. Who waits
    for euros hears that some came back to the envelope of a year.
    """
    rows = list(entries)
    try:
        BookEntry.objects.bulk_create(rows, batch_size=AT_ONCE)
    except DatabaseError as error:
        if CLOSED not in str(error):
            raise
        raise Conflict(
            _("Les comptes de %(month)s sont clos\u00a0: datez cette écriture dans un mois ouvert.")
            % {"month": month(rows[0].on)}
        ) from error
    for year in {each.year for each in rows if each.target == Account.ENVELOPE}:
        publish(EnvelopeFreed(year))


def entry(
    kind: Entry,
    amount: Decimal,
    *,
    year: int,
    by: User | None,
    now: datetime,
    act: Act | None = None,
    transfer: Transfer | None = None,
    note: str = "",
) -> BookEntry:
    """One entry to be written, dated today, on its route."""
    source, target = ROUTES[kind]
    owner = transfer or act
    return BookEntry(
        kind=kind,
        source=source,
        target=target,
        amount=amount,
        on=timezone.localdate(now),
        at=now,
        by=by,
        year=year,
        act=act,
        transfer=transfer,
        professional_id=owner.professional_id if owner else None,
        note=note,
    )


def mirror(entries: Iterable[BookEntry], *, by: User, now: datetime, note: str = "") -> None:
    """Undo entries: the same euros the other way, dated today. Once each, by constraint.

    Those of a closed period too: their mirror stands in an open one. Raises Conflict when today is
    closed.
    """
    post_all(
        BookEntry(
            kind=each.kind,
            source=each.target,
            target=each.source,
            amount=each.amount,
            on=timezone.localdate(now),
            at=now,
            by=by,
            year=each.year,
            act_id=each.act_id,
            transfer_id=each.transfer_id,
            professional_id=each.professional_id,
            mirrors=each,
            note=note,
        )
        for each in entries
    )

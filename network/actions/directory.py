"""Keep the directory true: note a wait, confirm a sheet, ask its structure, settle a remark."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import OutboxMessage, Structure, StructureRemark, User, WaitReading
from network.notices import SHEET_TO_CHECK
from network.notices import body as mail_body
from network.rules.directory import ASK_AGAIN_DAYS, WaitSource, is_old
from network.tokens import sheet_token
from portal.kit.links import absolute

from .journal import record
from .mail import queue_mail


@transaction.atomic
def note_wait(
    *,
    structure: Structure,
    weeks: int,
    source: WaitSource,
    measured_on: date,
    by: User | None,
    now: datetime,
) -> WaitReading:
    """Add what is known of the wait before a first appointment, in weeks; nothing is replaced.

    Saying again what was last said that day adds nothing.
    """
    structure = Structure.objects.select_for_update().get(pk=structure.pk)
    last = structure.waits.order_by("-measured_on", "-pk").first()
    if last and (last.weeks, last.source, last.measured_on) == (weeks, source, measured_on):
        return last
    reading = WaitReading.objects.create(
        structure=structure, weeks=weeks, source=source, measured_on=measured_on, at=now, by=by
    )
    record(verb="structure.wait_noted", by=by, at=now, subject=structure.name)
    return reading


@transaction.atomic
def confirm_sheet(*, structure: Structure, by: User | None, now: datetime) -> None:
    """Say that all the sheet tells is true today. `by` None: the structure, by its link."""
    author = by.get_full_name() if by else _("la structure, par le lien envoyé")
    structure.verified_on, structure.verified_by = timezone.localdate(now), author
    structure.save(update_fields=["verified_on", "verified_by"])
    record(verb="structure.confirmed", by=by, at=now, subject=structure.name)


@transaction.atomic
def remark(*, structure: Structure, text: str, now: datetime) -> StructureRemark:
    """Keep what the structure says has changed; the same text still open is kept once."""
    found, _created = StructureRemark.objects.get_or_create(
        structure=structure, text=text, settled_at=None, defaults={"at": now}
    )
    return found


@transaction.atomic
def settle_remark(*, remark: StructureRemark, by: User, now: datetime) -> None:
    """The sheet was corrected, or the remark needs nothing. Once."""
    settled = StructureRemark.objects.filter(pk=remark.pk, settled_at=None)
    if settled.update(settled_at=now, settled_by=by):
        record(verb="structure.remark_settled", by=by, at=now, subject=remark.structure.name)


def ask_structures(*, now: datetime) -> int:
    """Write to the structures whose sheet is old, at most every thirty days; how many mails."""
    today = timezone.localdate(now)
    asked = 0
    for structure in Structure.objects.exclude(email=""):
        if not is_old(structure.verified_on, on=today) or _asked_lately(structure, now):
            continue
        link = absolute(reverse("network:structure_check", args=[sheet_token(structure.pk)]))
        queue_mail(
            to=structure.email,
            subject=str(SHEET_TO_CHECK.subject),
            body=mail_body(SHEET_TO_CHECK, link=link),
            now=now,
            key=f"sheet-{structure.pk}-{today:%Y%m%d}",
        )
        asked += 1
    return asked


def _asked_lately(structure: Structure, now: datetime) -> bool:
    since = now - timedelta(days=ASK_AGAIN_DAYS)
    return OutboxMessage.objects.filter(
        key__startswith=f"sheet-{structure.pk}-", created_at__gt=since
    ).exists()

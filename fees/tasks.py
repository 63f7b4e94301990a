"""Periodic work of the fee room."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db.models import Q
from django.tasks import task

from fees.actions.admission import admit_all
from fees.actions.advice import tell_payees
from fees.actions.checking import check_lines
from fees.actions.claim_mails import remind_all, tell_all_returned
from fees.actions.held_mails import tell_all_of_the_envelope
from fees.actions.spot_checks import draw_checks
from fees.actions.waiting import redecide_waiting_of
from fees.enums import FileState, Payment
from fees.imports.bank_kept import import_kept
from fees.imports.statement import match_kept
from fees.models import BankFile, ClaimLine, PaymentStep, StatementFile
from fees.selectors.verify import starved
from portal.kit import clock
from portal.kit.grids.grid import Refused
from portal.kit.ticks import every


@every(hours=24)
def decide_again_what_waits(now: datetime) -> None:
    """Heal what a lost event or a new line left undecided; nothing is written otherwise."""
    for patient_id in starved():
        redecide_waiting_of(patient_id=patient_id, now=now)


@every(hours=24)
def tell_again_who_was_paid(now: datetime) -> None:
    """Heal the mails that a lost event left unwritten; each is written once."""
    tell_payees(now=now)


@every(minutes=30)
def admit_what_waits_for_euros(now: datetime) -> None:
    """Heal a lost event: whatever fits is admitted, in its order."""
    admit_all(now=now)


@every(minutes=10)
def check_new_lines(now: datetime) -> None:
    """Heal a lost event: what was received is checked, and what lacked something may have it."""
    check_lines(ClaimLine.objects.filter(Q(checked_at=None) | ~Q(remarks="")), now=now)


@every(hours=24)
def check_waiting_lines_again(now: datetime) -> None:
    """Time passes and peers work: what is said of the lines to control is said anew."""
    check_lines(ClaimLine.objects.all(), now=now)


@every(hours=24)
def draw_what_was_paid(now: datetime) -> None:
    """Heal a lost event: the transfers executed lately are drawn from."""
    lately = PaymentStep.objects.filter(move=Payment.EXECUTED, at__gte=now - timedelta(days=7))
    for transfer in lately.exclude(transfer=None).values_list("transfer_id", flat=True):
        draw_checks(transfer_id=transfer, now=now)


@every(hours=24)
def remind_of_claims(now: datetime) -> None:
    """What is not asked for: on the first days of a month, and before its window closes."""
    remind_all(now=now)


@every(hours=1)
def tell_of_returned_acts(now: datetime) -> None:
    """Notices whose event was lost."""
    tell_all_returned(now=now)


@every(hours=1)
def tell_of_the_envelope(now: datetime) -> None:
    """Notices whose event was lost: acts that wait for euros, acts that no longer do."""
    tell_all_of_the_envelope(now=now)


@task
def match_in_background(file_id: int) -> None:
    """Read and match a long statement; the same one twice is once."""
    match_kept(StatementFile.objects.get(pk=file_id), now=clock.now())


@every(minutes=5)
def match_what_was_left(now: datetime) -> None:
    """A worker that died half-way wrote nothing: its statements are matched again."""
    for file in StatementFile.objects.filter(state=FileState.MATCHING):
        match_kept(file, now=now)


@task
def import_bank_in_background(file_id: int) -> None:
    """Read and import a long bank file; the same one twice is once. Refused, it says why."""
    with suppress(Refused):
        import_kept(BankFile.objects.get(pk=file_id), now=clock.now())


@every(minutes=5)
def import_what_was_left(now: datetime) -> None:
    """A worker that died half-way wrote nothing: its bank files are imported again."""
    for file in BankFile.objects.filter(state=FileState.MATCHING):
        with suppress(Refused):
            import_kept(file, now=now)

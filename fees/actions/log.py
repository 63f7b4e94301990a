"""Note an act: the fact is always recorded; the rules say what it is worth."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet, UUIDField
from django.utils import timezone
from django.utils.translation import gettext as _

from fees.declaration import Declaration
from fees.enums import Decision, Move, State
from fees.events import ActLogged
from fees.models import Act
from fees.selectors.explain import Account, explain
from network.models import Patient, User
from portal.kit.events import publish
from portal.kit.prepared import Prepared, given, insert_row

from .steps import Conflict, decide, leave_step, lock_patient


class Unread(Exception):
    """The act would not be accepted, for a reason that its professional has not read yet."""

    def __init__(self, account: Account) -> None:
        super().__init__(
            _(
                "Rien n’est noté encore\u00a0: lisez pourquoi cet acte irait à l’arbitrage, puis "
                "corrigez-le ou notez-le."
            )
            if account.to_arbitrate
            else _(
                "Rien n’est noté encore\u00a0: lisez pourquoi cet acte ne serait pas payé, puis "
                "corrigez-le ou notez-le sans paiement."
            )
        )
        self.account = account


def log_act(
    *,
    request_id: UUID,
    declared: Declaration,
    by: User,
    now: datetime,
    read: Collection[str] | None = None,
) -> Act:
    """Record an act and decide it, in the order of entry, under the patient's lock.

    `read`: the reasons against it that the person has read; None when nobody is asked to.
    The same `request_id` again returns the act of the first time. Raises Conflict when that
    identifier already served for another act, Unread when another reason stands against this one.
    """
    with once(request_id), transaction.atomic():
        patient = lock_patient(declared.patient.pk)
        return replay(request_id, declared) or insert(
            request_id=request_id, declared=declared, patient=patient, by=by, now=now, read=read
        )


def save_draft(*, request_id: UUID, declared: Declaration, by: User, now: datetime) -> Act:
    """Keep an act without sending it: it is not decided and holds no slot."""
    with once(request_id), transaction.atomic():
        lock_patient(declared.patient.pk)
        if earlier := replay(request_id, declared):
            return earlier
        act = new_act(request_id, declared, now)
        act.state = State.DRAFT
        insert_row(act)
        leave_step(act, move=Move.DRAFTED, by=by, now=now)
        return act


def send_draft(*, act: Act, by: User, now: datetime, read: Collection[str] | None = None) -> Act:
    """Send a draft: it is decided now, and its place in the order of entry is now.

    `read` as for a new act. Sending it twice changes nothing. Raises Conflict when it was
    cancelled meanwhile, Unread when another reason stands against it.
    """
    with transaction.atomic():
        patient = lock_patient(act.patient_id)
        act = Act.objects.select_related("professional", "rcp_file").get(pk=act.pk)
        if act.state == State.CANCELLED:
            raise Conflict(_("Ce brouillon a été supprimé."))
        if act.state != State.DRAFT:
            return act
        act.patient, act.entered_at = patient, now
        decide(act, today=timezone.localdate(now))
        _check_read(act, read)
        act.save()
        leave_step(act, move=Move.LOGGED, by=by, now=now)
        publish(ActLogged(act.pk))
        return act


def insert(
    *,
    request_id: UUID,
    declared: Declaration,
    patient: Patient,
    by: User,
    now: datetime,
    replaces: Act | None = None,
    read: Collection[str] | None = None,
) -> Act:
    """Decide and write a new act; the caller holds the lock of `patient`."""
    act = new_act(request_id, declared, now)
    act.patient, act.replaces = patient, replaces
    decide(act, today=timezone.localdate(now))
    _check_read(act, read)
    insert_row(act)
    leave_step(act, move=Move.LOGGED, by=by, now=now)
    publish(ActLogged(act.pk))
    return act


def _check_read(act: Act, read: Collection[str] | None) -> None:
    """Raises Unread for a decision against the act whose reasons were not all read."""
    if read is None or set(read).issuperset(act.reason_codes):
        return
    if act.decision != Decision.ACCEPTED:
        raise Unread(explain(act, reader=act.professional))


def new_act(request_id: UUID, declared: Declaration, now: datetime) -> Act:
    return Act(
        request_id=request_id,
        patient=declared.patient,
        professional=declared.professional,
        kind=declared.kind,
        done_on=declared.done_on,
        rcp_file=declared.rcp_file,
        msp_declared=declared.msp_declared,
        entered_at=now,
    )


def replay(request_id: UUID, declared: Declaration, *, replaces: Act | None = None) -> Act | None:
    """The act that this request already made, if any.

    Raises Conflict when it made another one than what is declared now.
    """
    act = _made_by.first(request_id=request_id)
    if act is None:
        return None
    same = (
        act.patient_id == declared.patient.pk
        and act.professional_id == declared.professional.pk
        and act.kind == declared.kind
        and act.done_on == declared.done_on
        and act.rcp_file_id == (declared.rcp_file.pk if declared.rcp_file else None)
        and act.msp_declared == declared.msp_declared
        and act.replaces_id == (replaces.pk if replaces else None)
    )
    if not same:
        raise Conflict(_already_served())
    return act


@Prepared
def _made_by() -> QuerySet[Act]:
    return Act.objects.filter(request_id=given("request_id", UUIDField())).order_by()


@contextmanager
def once(request_id: UUID) -> Iterator[None]:
    """Around the transaction: the same request at the same instant for two patients is a Conflict.

    Their locks do not meet; the database's unique key does.
    """
    try:
        yield
    except IntegrityError as error:
        if Act.objects.filter(request_id=request_id).exists():
            raise Conflict(_already_served()) from error
        raise


def _already_served() -> str:
    return _("Cette saisie a déjà servi pour un autre acte : rouvrez le formulaire.")

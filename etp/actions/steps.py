"""What every write on a place does: lock, refuse, leave a step and a line in the journal."""

from datetime import datetime

from django.utils.translation import gettext as _

from etp.enums import Move, PlaceState, Refusal
from etp.models import Place, PlaceStep, Session
from etp.rules.booking import No
from etp.rules.course import COURSE, HELD, can
from etp.selectors.prepared import locked_patients, locked_sessions
from network.actions.journal import record
from network.models import Patient, User
from portal.kit.locks import waiting
from portal.kit.prepared import insert_row


class Refused(Exception):
    """What was asked cannot be had; `no` says why."""

    def __init__(self, no: No | Refusal) -> None:
        self.no = no if isinstance(no, No) else No(no)
        super().__init__(self.no.reason.value)


class Busy(Exception):
    """Another booking holds this session for longer than the lock time-out: try again."""

    def __init__(self) -> None:
        super().__init__(
            _("Beaucoup de monde réserve en ce moment. Rien n’est perdu\u00a0: essayez encore.")
        )


def lock_patient(pk: int) -> Patient:
    """The patient's row, always locked before any session's. Raises Busy, DoesNotExist."""
    with waiting(Busy):
        patient = locked_patients.first(patient=pk)
    if patient is None:
        raise Patient.DoesNotExist
    return patient


def lock_session(pk: int) -> Session:
    """The session's row, under which its seats move. Raises Busy, DoesNotExist."""
    with waiting(Busy):
        session = locked_sessions.first(session=pk)
    if session is None:
        raise Session.DoesNotExist
    return session


def lock_sessions(*keys: int) -> dict[int, Session]:
    """Several sessions, in the order of their keys: two gestures never wait for each other."""
    return {pk: lock_session(pk) for pk in sorted(set(keys))}


def make_move(place: Place, move: Move, *, by: User | None, now: datetime, note: str = "") -> Place:
    """Move a place whose session is locked. Raises Refused when its course forbids it."""
    if not can(move, PlaceState(place.state)):
        raise Refused(Refusal.NOT_HELD)
    place.state = COURSE[move][1]
    place.until = None
    if place.state not in HELD:
        place.seat, place.ended_at = None, now
    place.save(update_fields=["state", "seat", "until", "ended_at"])
    leave_step(place, move, by=by, now=now, note=note)
    return place


def leave_step(place: Place, move: Move, *, by: User | None, now: datetime, note: str = "") -> None:
    insert_row(
        PlaceStep(
            place=place, at=now, by=by, move=move, state=place.state, seat=place.seat, note=note
        )
    )
    record(
        verb=f"place.{move}",
        by=by,
        at=now,
        patient=place.patient,
        subject=f"séance {place.session_id}",
        reason=note,
    )

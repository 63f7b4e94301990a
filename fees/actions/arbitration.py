"""The medical director decides what only the shared reading of the doctors' cap refuses."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fees.enums import Decision, Move, State
from fees.models import Act, GrantedSlot
from network.actions.mail import queue_mail
from network.models import User

from .steps import Conflict, decide, leave_step, lock_patient


def arbitrate(*, act: Act, in_favour: bool, reason: str, by: User, now: datetime) -> Act:
    """Accept with one more slot for this patient, cap and window, or refuse; with a written reason.

    Raises Conflict without reason, when the act no longer waits, or when something else than the
    cap now stands against it.
    """
    reason = reason.strip()
    if not reason:
        raise Conflict(_("Écrivez le motif de cette décision."))
    with transaction.atomic():
        patient = lock_patient(act.patient_id)
        act = Act.objects.select_related("professional__user", "rcp_file").get(pk=act.pk)
        act.patient = patient
        if not act.awaits_arbitration:
            raise Conflict(_("Cet acte n’attend plus d’arbitrage."))
        if in_favour:
            _grant(act, reason=reason, by=by, now=now)
        else:
            act.decision, act.state = Decision.REFUSED, State.REFUSED
        act.decided_by_person = True
        act.save()
        leave_step(act, move=Move.ARBITRATED, by=by, now=now, note=reason)
        _tell(act, now)
        return act


def _grant(act: Act, *, reason: str, by: User, now: datetime) -> None:
    if act.window_from is None:
        raise Conflict(_("Cet acte n’a pas de période de plafond."))
    GrantedSlot.objects.create(
        act=act,
        patient=act.patient,
        cap=act.cap,
        window_from=act.window_from,
        granted_at=now,
        granted_by=by,
        reason=reason,
    )
    decide(act, today=timezone.localdate(act.entered_at), excepted=True)
    if act.decision != Decision.ACCEPTED:
        raise Conflict(_("Un autre motif s’oppose maintenant à cet acte : relisez-le."))


def _tell(act: Act, now: datetime) -> None:
    user = act.professional.user
    if user is not None:
        queue_mail(
            to=user.email,
            subject=_("Votre acte a été arbitré"),
            body=_(
                "Bonjour,\n\nLe médecin du réseau a décidé d’un acte que vous aviez noté.\n"
                "Sa décision et son motif sont dans Ariane, à la page « Mes actes ».\n\nLe réseau"
            ),
            now=now,
            key=f"act-arbitrated-{act.pk}",
        )

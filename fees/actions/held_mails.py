"""What professionals are told by mail about the envelope: their acts wait for it, or no longer do.

Without health data. One mail a day each way, whatever the number of acts; who was not told that
acts wait is not told that they do not any more.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fees.enums import ClaimMove, LineState
from fees.models import ClaimLine, ClaimStep
from network.actions.mail import queue_mail, withdraw_mails
from network.models import OutboxMessage, Professional, User
from portal.kit.links import absolute

from .claim_mails import TOLD_UNTIL


def tell_held(*, professional_id: int, on: date, now: datetime) -> None:
    """One mail for all the acts of a professional that were held for the envelope on that day."""
    user = _reader(professional_id)
    if user is None:
        return
    queue_mail(
        to=user.email,
        subject=_("Des actes attendent l’enveloppe de l’année"),
        body=_(
            "Bonjour,\n\nLa comptabilité a contrôlé des actes dont vous avez demandé le paiement."
            " L’enveloppe de l’année est épuisée\u00a0: ils attendent, dans l’ordre des demandes,"
            " qu’elle soit complétée. Leur place dans le plafond est gardée, et vous n’avez rien à"
            " faire.\n\nLeur rang se lit dans Ariane\u00a0:\n%(link)s\n\nLe réseau"
        )
        % {"link": absolute(reverse("fees:why"))},
        now=now,
        key=_held_key(professional_id, on),
    )


def tell_released(*, professional_id: int, on: date, now: datetime) -> None:
    """One mail for all the acts of a professional that stopped waiting on that day.

    When nothing of theirs waits any more, the notice that it did is taken back if it has not left.
    """
    released = _released().filter(line__claim__professional=professional_id)
    days = {timezone.localdate(at) for at in _held_before(released.filter(at__date=on))}
    told = [_held_key(professional_id, day) for day in days]
    if not ClaimLine.objects.filter(
        claim__professional=professional_id, state=LineState.HELD
    ).exists():
        withdraw_mails(keys=told)
    user = _reader(professional_id)
    if user is None or not OutboxMessage.objects.filter(key__in=told).exists():
        return
    queue_mail(
        to=user.email,
        subject=_("Des actes qui attendaient l’enveloppe sont validés"),
        body=_(
            "Bonjour,\n\nL’enveloppe de l’année permet de payer des actes qui l’attendaient\u00a0:"
            " ils sont validés et iront au prochain lot de paiement.\n\nLe détail est dans"
            " Ariane\u00a0:\n%(link)s\n\nLe réseau"
        )
        % {"link": absolute(reverse("fees:why"))},
        now=now,
        key=f"claim-released-{professional_id}-{on}",
    )


def tell_all_of_the_envelope(*, now: datetime) -> None:
    """The notices of the last days, for those that were lost."""
    since = now - TOLD_UNTIL
    held = ClaimStep.objects.filter(
        move=ClaimMove.HELD, line__state=LineState.HELD, at__gt=since, at__lte=now
    )
    for professional_id, on in _by_day(held):
        tell_held(professional_id=professional_id, on=on, now=now)
    for professional_id, on in _by_day(_released().filter(at__gt=since, at__lte=now)):
        tell_released(professional_id=professional_id, on=on, now=now)


def _held_key(professional_id: int, on: date) -> str:
    return f"claim-held-{professional_id}-{on}"


def _reader(professional_id: int) -> User | None:
    user = Professional.objects.select_related("user").get(pk=professional_id).user
    return user if user and user.is_active else None


def _released() -> QuerySet[ClaimStep]:
    """The steps that admitted a line which waited for the envelope."""
    waited = ClaimStep.objects.filter(line=OuterRef("line"), move=ClaimMove.HELD)
    return ClaimStep.objects.filter(
        Exists(waited), move=ClaimMove.ADMITTED, line__state=LineState.ADMITTED
    )


def _held_before(released: QuerySet[ClaimStep]) -> Iterable[datetime]:
    lines = released.order_by().values("line")
    held = ClaimStep.objects.filter(line__in=lines, move=ClaimMove.HELD)
    return held.order_by().values_list("at", flat=True)


def _by_day(steps: QuerySet[ClaimStep]) -> Iterable[tuple[int, date]]:
    rows = steps.order_by().values_list("line__claim__professional", "at")
    return sorted({(professional, timezone.localdate(at)) for professional, at in rows})

"""What professionals are told by mail about claims: an act came back, a month waits to be sent.

Without health data. The outbox key is the memory: a notice lost or a round that comes twice sends
one mail.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fees import wording
from fees.enums import CLAIMED, ClaimMove, Decision, LineState, State
from fees.models import Act, ClaimLine, ClaimStep, PolicyVersion
from fees.selectors.lists import Group
from network.actions.mail import queue_mail
from network.models import OutboxMessage, Professional
from portal.kit.dates import add_months
from portal.kit.words import euros, number

FIRST_DAYS = 5
"""Days of a month on which the acts of the months before are recalled."""
LAST_CALL = 30
"""Days left of the claim window when a month is recalled for the last time."""
TOLD_UNTIL = timedelta(days=7)
"""How late a lost notice is still sent."""


def tell_returned(*, professional_id: int, at: datetime, now: datetime) -> None:
    """One mail for all that an accountant returned to a professional at that instant."""
    professional = Professional.objects.select_related("user").get(pk=professional_id)
    user = professional.user
    if user is None or not user.is_active:
        return
    queue_mail(
        to=user.email,
        subject=_("À corriger dans votre demande de paiement"),
        body=_(
            "Bonjour,\n\nLa comptabilité vous a renvoyé un ou plusieurs actes, avec le motif.\n"
            "Vous pouvez les corriger, les annuler ou les demander de nouveau dans Ariane, à la"
            " page «\u00a0Mes demandes\u00a0». Leur place dans le plafond est gardée.\n\nLe réseau"
        ),
        now=now,
        key=f"claim-returned-{professional_id}-{at.timestamp():.6f}",
    )


def tell_all_returned(*, now: datetime) -> None:
    """The notices of the last days, for those that were lost."""
    again = ClaimLine.objects.filter(act=OuterRef("line__act"), state__in=CLAIMED)
    steps = ClaimStep.objects.filter(
        ~Exists(again),
        move=ClaimMove.RETURNED,
        at__gt=now - TOLD_UNTIL,
        line__state=LineState.RETURNED,
        line__act__state=State.SUBMITTED,
    )
    gestures = steps.order_by("at").values_list("line__claim__professional", "at").distinct()
    for professional_id, at in gestures:
        tell_returned(professional_id=professional_id, at=at, now=now)


type Months = dict[date, Group]


def remind_all(*, now: datetime) -> int:
    """Recall what is not asked for: once a month, and a last time before the window closes.

    Returns how many mails were queued.
    """
    today = timezone.localdate(now)
    mails: dict[str, tuple[int, str, str]] = {}
    for professional, months in _forgotten(today).items():
        if today.day <= FIRST_DAYS:
            key = f"claim-reminder-{professional}-{today:%Y-%m}"
            mails[key] = (professional, _("Vos actes à demander"), _monthly(months))
        for month, group in months.items():
            closes = _closes(month)
            if today >= closes - timedelta(days=LAST_CALL):
                key = f"claim-last-call-{professional}-{month:%Y-%m}"
                text = _last(month, group, closes)
                mails[key] = (professional, _("Dernier rappel\u00a0: vos actes à demander"), text)
    queued = set(OutboxMessage.objects.filter(key__in=mails).values_list("key", flat=True))
    payees = Professional.objects.filter(user__is_active=True).select_related("user")
    users = {each.pk: each.user for each in payees.filter(pk__in={m[0] for m in mails.values()})}
    sent = 0
    for key, (professional, subject, body) in mails.items():
        user = users.get(professional)
        if user and key not in queued:
            queue_mail(to=user.email, subject=subject, body=body, now=now, key=key)
            sent += 1
    return sent


def _forgotten(today: date) -> dict[int, Months]:
    """Accepted acts of past months never asked for, whose window is open, by professional."""
    asked = ClaimLine.objects.filter(act=OuterRef("pk"))
    acts = Act.objects.filter(
        ~Exists(asked),
        state=State.SUBMITTED,
        decision=Decision.ACCEPTED,
        done_on__lt=today.replace(day=1),
    )
    rows = (
        acts.order_by()
        .annotate(month=TruncMonth("done_on"))
        .values("professional", "month")
        .annotate(count=Count("pk"), amount=Sum("amount"))
        .order_by("professional", "month")
    )
    open_months = {row["month"] for row in rows if today < _closes(row["month"])}
    found: dict[int, Months] = defaultdict(dict)
    for row in rows:
        if row["month"] in open_months:
            found[row["professional"]][row["month"]] = Group(row["count"], row["amount"])
    return found


def _closes(month: date) -> date:
    """When the claim window of the last acts of a month closes, by the reading in force then."""
    last = add_months(month, 1) - timedelta(days=1)
    policy = PolicyVersion.objects.in_force(last).order_by("-valid_from").first()
    return last + timedelta(days=policy.claim_days if policy else 0)


def _counted(month: date, group: Group) -> str:
    """« 12 actes de novembre 2026, 360,00 € »."""
    words = ngettext("%(n)s acte %(month)s %(year)s", "%(n)s actes %(month)s %(year)s", group.count)
    text = words % {
        "n": number(group.count),
        "month": wording.of_month(month),
        "year": month.year,
    }
    return f"{text}, {euros(group.amount)}"


def _monthly(months: Months) -> str:
    lines = "\n".join(f"- {_counted(month, group)}" for month, group in months.items())
    return _(
        "Bonjour,\n\nCes actes sont acceptés, mais leur paiement n’est pas encore demandé\u00a0:\n"
        "%(lines)s\n\nVous les demandez en un geste dans Ariane, à la page"
        " «\u00a0Mes demandes\u00a0».\n\nLe réseau"
    ) % {"lines": lines}


def _last(month: date, group: Group, closes: date) -> str:
    return _(
        "Bonjour,\n\nIl reste à demander %(acts)s.\nLe réseau attend cette demande avant le"
        " %(day)s. Elle se fait en un geste dans Ariane, à la page"
        " «\u00a0Mes demandes\u00a0».\n\nLe réseau"
    ) % {"acts": _counted(month, group), "day": wording.day_words(closes)}

"""What waits for a person: gathered from what the rooms have registered."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from network.enums import Profession, Role
from network.models import Professional, User
from portal.kit import dashboard

EVENING = 18
"""The hour, in Paris, from which one says « Bonsoir »."""
MORNING = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """One person's page. `heading` counts the todos in words, and is empty when nothing waits."""

    greeting: str
    heading: str
    for_patient: bool
    action: dashboard.Action | None
    todos: tuple[dashboard.Todo, ...]
    wide: tuple[dashboard.Card, ...]
    beside: tuple[dashboard.Card, ...]


def waiting_for(user: User, now: datetime) -> Waiting:
    """The providers' answers for this user. `now`: aware; its day in Paris is today."""
    with dashboard.gathering():
        return _gathered(user, timezone.localtime(now))


def _gathered(user: User, local: datetime) -> Waiting:
    today = local.date()
    cards = [card for card in dashboard.card.answers(user, today) if card]
    todos = tuple(todo for todos in dashboard.todos.answers(user, today) for todo in todos)
    return Waiting(
        greeting=greeting(user, local.hour),
        heading=count_in_words(len(todos)),
        for_patient=user.roles == {Role.PATIENT},
        action=_first_action(user, today),
        todos=todos,
        wide=tuple(card for card in cards if card.wide),
        beside=tuple(card for card in cards if not card.wide),
    )


def greeting(user: User, hour: int) -> str:
    """« Bonjour, docteur. », « Bonsoir Hugo. »"""
    hello = _("Bonsoir") if hour >= EVENING or hour < MORNING else _("Bonjour")
    professional = Professional.objects.filter(user=user).only("profession", "first_name").first()
    if professional and professional.profession == Profession.DOCTOR:
        return _("%(hello)s, docteur.") % {"hello": hello}
    name = user.first_name or (professional.first_name if professional else "")
    return f"{hello} {name}." if name else f"{hello}."


def _first_action(user: User, today: date) -> dashboard.Action | None:
    return next((action for action in dashboard.main_action.answers(user, today) if action), None)


def count_in_words(count: int) -> str:
    """« Une chose vous attend », « Trois choses vous attendent »; empty for none."""
    if count == 0:
        return ""
    if count == 1:
        return _("Une chose vous attend")
    words = (
        _("Deux"),
        _("Trois"),
        _("Quatre"),
        _("Cinq"),
        _("Six"),
        _("Sept"),
        _("Huit"),
        _("Neuf"),
    )
    number = words[count - 2] if count - 2 < len(words) else str(count)
    return _("%(number)s choses vous attendent") % {"number": number}

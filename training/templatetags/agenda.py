"""Events in words, honest about what is not fixed yet."""

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any, TypedDict

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from network.models import User
from portal.kit import clock, words
from portal.kit.money import of_cents
from training.actions.meeting_mails import when_of
from training.enums import Mode, PaymentState, Subject
from training.exports.agenda import when
from training.models import CardPayment, Meeting, Replay, WebinarPage
from training.models.meeting import Registration
from training.models.prices import PROFILES, Priced
from training.models.webinar import MODES, SUBJECTS
from training.notices import REFUSALS
from training.rules.marks import clock_time
from training.selectors.agenda import Mark, marks_of
from training.selectors.meetings import Way, called_off_keys, standing_of
from training.selectors.payments import cards_are_taken, is_employee
from training.selectors.surveys import Opinions

register = template.Library()
register.filter("when", when)
register.filter("clock_time", clock_time)
HOUR = 60  # minutes
MARKS = {
    Mark.RECORDED: _lazy("Enregistrement à voir"),
    Mark.FULL: _lazy("Complet, liste d’attente"),
}


class Line(TypedDict):
    """One line of `components/agenda.html`."""

    day: str
    detail: str
    title: str
    href: str
    note: str
    mark: str


@register.filter
def agenda_lines(webinars: Iterable[WebinarPage]) -> list[Line]:
    """`{% include "components/agenda.html" with items=webinars|agenda_lines %}`"""
    shown = list(webinars)
    marks = marks_of(shown, now=clock.now())
    return [_line(webinar, marks.get(webinar.translation_key)) for webinar in shown]


@register.filter
def with_status(event: dict[str, Any], page: WebinarPage) -> dict[str, Any]:
    """The event for search engines, told cancelled once it is called off."""
    if not called_off_keys([page]):
        return event
    return event | {"eventStatus": "https://schema.org/EventCancelled"}


@register.filter
def duration(minutes: int) -> str:
    """« 45 minutes », « 1 heure », « 1 h 30 », « 7 heures »."""
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return words.plural(rest, _("minute"), _("minutes"))
    if not rest:
        return words.plural(hours, _("heure"), _("heures"))
    return f"{hours}{words.NBSP}h{words.NBSP}{rest:02d}"


@register.filter
def meeting_when(meeting: Meeting) -> str:
    """« Mercredi 9 décembre 2026, de 20 h 30 à 21 h 30 », or the month alone."""
    return words.capitalise(when_of(meeting))


@register.filter
def mode_words(mode: str) -> str:
    """« Sur place », « En visioconférence »."""
    return words.capitalise(str(MODES[Mode(mode)]))


@register.filter
def attend(way: Way) -> str:
    """The words of the button of one way of attending."""
    if way.free:
        return _("M’inscrire sur place") if way.mode == Mode.ON_SITE else _("M’inscrire à distance")
    if way.mode == Mode.ON_SITE:
        return _("Liste d’attente sur place")
    return _("Liste d’attente à distance")


@register.filter
def left_words(way: Way) -> str:
    """« Sur place\u00a0: 12 places libres », « À distance\u00a0: complet, personne n’attend »."""
    where = _("Sur place") if way.mode == Mode.ON_SITE else _("À distance")
    if way.free:
        left = words.plural(way.free, _("place libre"), _("places libres"))
    elif way.waiting:
        line = words.plural(way.waiting, _("personne attend"), _("personnes attendent"))
        left = _("complet, %(line)s") % {"line": line}
    else:
        left = _("complet, personne n’attend")
    return f"{where}{words.NBSP}: {left}"


@register.filter
def refusal_words(no: str) -> str:
    return str(REFUSALS[no])  # type: ignore[index]


@register.inclusion_tag("training/parts/register.html", takes_context=True)
def registration_card(
    context: template.Context, page: WebinarPage, reader: User | None
) -> dict[str, Any]:
    """What this reader may do: register in one gesture, give up, be told the date."""
    standing = standing_of(page, reader, now=clock.now())
    asks = bool(
        standing
        and standing.may
        and standing.meeting.is_paid
        and reader
        and not is_employee(reader)
    )
    return {
        "asks_price": asks,
        "cards_closed": asks and not cards_are_taken(),
        "page": page,
        "reader": reader,
        "standing": standing,
        "csrf_token": context.get("csrf_token"),
        "secretariat_phone": context.get("secretariat_phone"),
    }


@register.filter
def price_choices(priced: Priced) -> list[dict[str, Any]]:
    """One choice a profile, with its price, for `components/choices.html`."""
    return [
        {
            "name": "profile",
            "value": profile.value,
            "label": words.capitalise(str(PROFILES[profile])),
            "note": words.euros(price) if price else _("gratuit"),
        }
        for profile, price in priced.prices.items()
    ]


@register.filter
def price_words(priced: Priced) -> str:
    """« Gratuit », « 120,00 € », « De 30,00 € à 120,00 € », « Jusqu’à 60,00 € », by profile."""
    prices = sorted(priced.prices.values())
    if not priced.is_paid:
        return _("Gratuit")
    if prices[0] == prices[-1]:
        return words.euros(prices[0])
    if not prices[0]:
        return _("Gratuit ou jusqu’à %(most)s, selon l’exercice") % {
            "most": words.euros(prices[-1])
        }
    return _("De %(least)s à %(most)s, selon l’exercice") % {
        "least": words.euros(prices[0]),
        "most": words.euros(prices[-1]),
    }


@register.filter
def cents(amount: int) -> str:
    """« 120,00 € » from whole cents."""
    return words.euros(of_cents(amount))


@register.filter
def move_words(kind: str) -> str:
    """What a movement of the balance is; an unknown one keeps the card service's word."""
    known = {
        "charge": _("Paiement"),
        "refund": _("Remboursement"),
        "adjustment": _("Contestation"),
        "payout": _("Versement"),
        "stripe_fee": _("Frais"),
    }
    return known.get(kind, kind)


@register.simple_tag
def payment_tag(payment: CardPayment) -> dict[str, str]:
    """State and words of the tag of one payment; a dispute comes first."""
    colours = {PaymentState.PAID: "ok", PaymentState.OPEN: "wait", PaymentState.OPENING: "wait"}
    if payment.dispute:
        state = {"open": "wait", "lost": "bad"}.get(payment.dispute, "ok")
        return {"state": state, "label": words.capitalise(payment.get_dispute_display())}
    label = words.capitalise(payment.get_state_display())
    return {"state": colours.get(PaymentState(payment.state), ""), "label": label}


@register.filter
def opinion_words(said: Opinions) -> str:
    """« 8,4 (12 avis) », « 3 avis », « — »."""
    if not said.answers:
        return "—"
    answers = words.plural(said.answers, _("avis"), _("avis"))
    if said.score is None:
        return answers
    return f"{words.number(Decimal(str(said.score)), 1)} ({answers})"


@register.inclusion_tag("training/parts/replay.html")
def replay_card(page: WebinarPage, reader: User | None) -> dict[str, Any]:
    """The way to the recording of a meeting that is over, once it is published."""
    shown = Replay.objects.filter(meeting__key=page.translation_key, published_at__isnull=False)
    replay = shown.select_related("meeting").first()
    may = bool(replay and reader and Replay.objects.visible_to(reader).filter(pk=replay.pk))
    return {"page": page, "reader": reader, "replay": replay, "may": may}


@register.filter
def subject_chips(shown: Collection[str], current: str) -> list[dict[str, Any]]:
    """The subjects of the agenda, for `components/chips.html`."""
    chips = [{"href": "?", "label": _("Tout"), "current": not current}]
    return chips + [
        {"href": f"?theme={each}", "label": SUBJECTS[each], "current": each == current}
        for each in Subject
        if each in shown
    ]


@register.simple_tag
def registration_tag(registration: Registration) -> dict[str, Any]:
    """State and words of the tag of one registration."""
    if registration.meeting.cancelled_at:
        return {"state": "bad", "label": _("Rencontre annulée")}
    colours = {"booked": "ok", "waiting": "wait", "paying": "wait"}
    label = words.capitalise(registration.get_state_display())
    return {"state": colours.get(registration.state, ""), "label": label}


def _line(webinar: WebinarPage, mark: Mark | None) -> Line:
    day, detail = _two_lines(webinar)
    return {
        "day": day,
        "detail": detail,
        "title": words.typeset(webinar.title),
        "href": webinar.url or "",
        "note": _("Annulée") if mark == Mark.CALLED_OFF else _theme(webinar),
        "mark": "" if mark in {None, Mark.CALLED_OFF} else str(MARKS[mark]),
    }


def _theme(webinar: WebinarPage) -> str:
    theme = words.typeset(webinar.theme)
    return f"{theme}{words.NBSP}· {price_words(webinar)}" if webinar.is_paid else theme


def _two_lines(webinar: WebinarPage) -> tuple[str, str]:
    year = str(webinar.held_on.year)
    if not webinar.date_known:
        name = words.capitalise(words.MONTHS[webinar.held_on.month - 1])
        return name, _("%(year)s, date à venir") % {"year": year}
    day = words.short_day(webinar.held_on)
    if webinar.starts_at:
        return day, f"{year}, {words.hour(webinar.starts_at)}"
    return day, year

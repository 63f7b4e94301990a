"""Consultations that wait: to book, to sign, to reassess, follow-ups that end."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.access import Perm
from network.selectors.consultations import of_doctor
from network.selectors.evaluations import Waiting, waiting
from portal.kit import clock, dashboard, words


@dashboard.todos(Perm.PLAN_VISITS, order=20)
def consultations_to_plan(user: Any, today: date) -> Iterator[dashboard.Todo]:
    """CEO to book, summaries that lag, then the ends: to reassess before, announced, passed."""
    found = waiting(user, today, clock.now())
    if found.to_book:
        yield dashboard.Todo(
            title=_("Prendre les CEO"),
            href=reverse("network:ceo_queue"),
            note=ngettext(
                "%(count)s patient suivi n’a pas encore de rendez-vous.",
                "%(count)s patients suivis n’ont pas encore de rendez-vous.",
                found.to_book,
            )
            % {"count": words.number(found.to_book)},
            label=_since(found.first, today),
            state="wait",
        )
    if found.unsigned:
        yield dashboard.Todo(
            title=_("Relancer les synthèses de CEO"),
            href=reverse("network:visits"),
            note=ngettext(
                "%(count)s CEO passée n’a pas de synthèse signée.",
                "%(count)s CEO passées n’ont pas de synthèse signée.",
                found.unsigned,
            )
            % {"count": words.number(found.unsigned)},
            label=_("À signer"),
            state="info",
        )
    yield from _ends(found)


def _since(first: date | None, today: date) -> str:
    days = (today - first).days if first else 0
    return _("Depuis %(days)s") % {"days": words.plural(days, _("jour"), _("jours"))}


def _ends(found: Waiting) -> Iterator[dashboard.Todo]:
    if found.to_reassess:
        yield dashboard.Todo(
            title=_("Prévoir les réévaluations"),
            href=f"{reverse('network:endings')}?etat=reevaluer",
            note=ngettext(
                "%(count)s suivi finit dans les 90\u00a0jours sans réévaluation.",
                "%(count)s suivis finissent dans les 90\u00a0jours sans réévaluation.",
                found.to_reassess,
            )
            % {"count": words.number(found.to_reassess)},
            label=_("Avant la fin"),
            state="info",
        )
    if found.ending:
        yield dashboard.Todo(
            title=_("Préparer les fins de suivi"),
            href=reverse("network:endings"),
            note=ngettext(
                "%(count)s suivi finit dans les 60\u00a0jours, dont %(near)s dans les 30.",
                "%(count)s suivis finissent dans les 60\u00a0jours, dont %(near)s dans les 30.",
                found.ending,
            )
            % {"count": words.number(found.ending), "near": words.number(found.near)},
            label=_("Fin annoncée"),
            state="wait" if found.near else "info",
        )
    if found.over:
        yield dashboard.Todo(
            title=_("Noter les fins de suivi passées"),
            href=f"{reverse('network:endings')}?etat=passees",
            note=ngettext(
                "%(count)s suivi est allé à son terme sans sortie notée.",
                "%(count)s suivis sont allés à leur terme sans sortie notée.",
                found.over,
            )
            % {"count": words.number(found.over)},
            label=_("À noter"),
        )


@dashboard.todos(Perm.CONSULT, order=15)
def own_consultations(user: Any, today: date) -> Iterator[dashboard.Todo]:
    """A doctor's own: summaries to sign, then the next consultations."""
    now = clock.now()
    booked = list(of_doctor(user, now))
    begun = [each for each in booked if each.slot.starts_at <= now]
    if begun:
        yield dashboard.Todo(
            title=ngettext(
                "Signer une synthèse de CEO", "Signer %(n)s synthèses de CEO", len(begun)
            )
            % {"n": len(begun)},
            href=reverse("network:my_visits"),
            note=_("La plus ancienne\u00a0: consultation du %(day)s.")
            % {"day": words.plain_day(timezone.localdate(begun[0].slot.starts_at))},
            label=_("À signer"),
            state="wait",
        )
    coming = booked[len(begun) :]
    if coming:
        first = timezone.localtime(coming[0].slot.starts_at)
        yield dashboard.Todo(
            title=_("Vos prochaines consultations"),
            href=reverse("network:my_visits"),
            note=_("%(patient)s, %(day)s à %(hour)s, %(site)s")
            % {
                "patient": coming[0].patient.civil_name,
                "day": words.long_day(first.date()),
                "hour": words.hour(first.time()),
                "site": coming[0].slot.site,
            },
            label=words.plural(len(coming), _("rendez-vous"), _("rendez-vous")),
            state="info",
        )

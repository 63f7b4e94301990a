"""What case reviews (RCP) wait for."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.access import Perm
from network.selectors.rcp_waiting import Reviews, Waiting
from portal.kit import dashboard, words


@dashboard.todos(Perm.SEE_RCP, order=16)
def reviews(user: Any, today: date) -> Iterator[dashboard.Counted]:
    """What case reviews wait for: an answer, a signature, those present, what comes after."""
    asked, runs = Reviews(user, today), user.has_perm(Perm.RECORD_RCP)
    yield dashboard.Counted(lambda *counts: _told(asked.found(*counts), runs=runs), *asked.rows)


def _told(waiting: Waiting, *, runs: bool) -> Iterator[dashboard.Todo]:
    for meeting in waiting.to_answer:
        yield dashboard.Todo(
            title=_("Répondre à la convocation du %(day)s")
            % {"day": words.plain_day(meeting.held_on)},
            href=reverse("network:rcp", args=[meeting.pk]),
            note=meeting.where,
            label=_("Réponse attendue"),
            state="wait",
        )
    for meeting in waiting.to_note:
        yield dashboard.Todo(
            title=_("Noter les présents de la RCP du %(day)s")
            % {"day": words.plain_day(meeting.held_on)},
            href=reverse("network:rcp_hold", args=[meeting.pk]),
            label=_("Présents à noter"),
            state="wait",
        )
    if waiting.to_sign:
        yield _to_sign(waiting.to_sign)
    if waiting.late:
        yield _late(waiting.late, runs=runs)
    if waiting.to_ask:
        yield _to_ask(waiting.to_ask)


def _to_sign(files: list[int]) -> dashboard.Todo:
    alone = len(files) == 1
    page = reverse("network:rcp_file", args=files) if alone else reverse("network:rcps")
    return dashboard.Todo(
        title=_("Signer les comptes rendus de RCP"),
        href=page,
        note=ngettext(
            "%(count)s compte rendu attend votre signature.",
            "%(count)s comptes rendus attendent votre signature.",
            len(files),
        )
        % {"count": len(files)},
        label=_("À signer"),
        state="wait",
    )


def _late(count: int, *, runs: bool) -> dashboard.Todo:
    query = "?etat=en-retard" if runs else "?etat=en-retard&qui=moi"
    return dashboard.Todo(
        title=_("Suivre les propositions des RCP"),
        href=reverse("network:rcp_proposals") + query,
        note=ngettext(
            "%(count)s proposition a dépassé son échéance.",
            "%(count)s propositions ont dépassé leur échéance.",
            count,
        )
        % {"count": count},
        label=_("En retard"),
        state="bad",
    )


def _to_ask(count: int) -> dashboard.Todo:
    return dashboard.Todo(
        title=_("Demander la situation de travail"),
        href=reverse("network:rcp_follow_up"),
        note=ngettext(
            "%(count)s personne, six mois après sa RCP.",
            "%(count)s personnes, six mois après leur RCP.",
            count,
        )
        % {"count": count},
        label=_("À demander"),
    )

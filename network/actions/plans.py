"""The care plan (PPS): a draft kept as it is typed, then signed; each under the patient's lock."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from network.actions.journal import record
from network.actions.mail import queue_mail
from network.actions.patients import lock_patient, note_readings
from network.enums import ActionStatus, PathwayState
from network.events import RcpFileChanged
from network.models import (
    Patient,
    PlanAction,
    PlanAgreement,
    PlanObjective,
    PlanProblem,
    PlanVersion,
    RcpFile,
    User,
)
from network.rules.plan import Plan, diff, revised
from portal.kit.events import publish
from portal.kit.links import absolute


class Stale(Exception):
    """The draft was saved, signed or dropped since it was read. `draft`: what it is now, if any."""

    def __init__(self, draft: PlanVersion | None) -> None:
        super().__init__()
        self.draft = draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The patient agreed on that day; `how` in words (« en consultation »)."""

    given_on: date
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The page a draft is typed on: its own `token`, and the `revision` that it was made from.

    `by_itself`: the page saves as one types, and gives way to whatever was saved since.
    """

    token: str
    revision: int
    by_itself: bool = False


def save_draft(
    *,
    patient: Patient,
    typed: Mapping[str, Any],
    rcp_file: RcpFile | None,
    page: Page,
    by: User,
    now: datetime,
) -> PlanVersion:
    """Keep what is typed, begun on the first save; the same text twice is one save.

    `page.revision`: that of the draft as it was read, 0 when there was none. Raises Stale when it
    has moved since on another page, and ValidationError when the patient is not followed.
    """
    with transaction.atomic():
        locked = lock_patient(patient.pk)
        draft = PlanVersion.objects.drafts().filter(patient=locked).first()
        if draft and _says(draft, typed, rcp_file):
            return draft
        if (draft.revision if draft else 0) != page.revision and not _own(draft, page, by):
            raise Stale(draft)
        draft = draft or _begin(locked, by=by, now=now)
        draft.typed, draft.rcp_file = {**typed, "page": page.token}, rcp_file
        draft.revision += 1
        draft.changed_at, draft.changed_by = now, by
        draft.save()
        return draft


def _says(draft: PlanVersion, typed: Mapping[str, Any], rcp_file: RcpFile | None) -> bool:
    kept = {name: value for name, value in draft.typed.items() if name != "page"}
    return kept == typed and draft.rcp_file_id == (rcp_file.pk if rcp_file else None)


def _own(draft: PlanVersion | None, page: Page, by: User) -> bool:
    """Whether the last save came from the same page: a button pressed while it saved by itself."""
    if draft is None or page.by_itself or draft.changed_by_id != by.pk:
        return False
    return bool(page.token) and draft.typed.get("page") == page.token


def _begin(patient: Patient, *, by: User, now: datetime) -> PlanVersion:
    if patient.state != PathwayState.FOLLOWED:
        raise ValidationError(
            _("Le plan s’écrit pendant le suivi\u00a0: décidez d’abord l’inclusion.")
        )
    last = PlanVersion.objects.filter(patient=patient).first()
    draft = PlanVersion(
        patient=patient,
        number=last.number + 1 if last else 1,
        started_at=now,
        # drawn, so that a page of a draft given up never passes for one of the next
        revision=secrets.randbelow(1_000_000),
    )
    record(verb="plan.begun", by=by, at=now, patient=patient, subject=_subject(draft))
    return draft


def drop_draft(*, patient: Patient, by: User, now: datetime) -> None:
    """Give up the draft; the signed version stays in force. Twice is once."""
    with transaction.atomic():
        locked = lock_patient(patient.pk)
        draft = PlanVersion.objects.drafts().filter(patient=locked).first()
        if draft:
            record(verb="plan.dropped", by=by, at=now, patient=locked, subject=_subject(draft))
            draft.delete()


def sign_plan(
    *,
    draft: PlanVersion,
    plan: Plan,
    revision: int,
    agreement: Agreement | None = None,
    by: User,
    now: datetime,
) -> PlanVersion:
    """Sign the draft, which says `plan` as it was read at `revision`. Twice is once.

    A version that cites a case review becomes the proof that the review changed the plan. Raises
    Stale when the draft has moved, and ValidationError for a plan that lacks something, that
    changes nothing, or that cites a review to come.
    """
    today = timezone.localdate(now)
    with transaction.atomic():
        locked = lock_patient(draft.patient_id)
        found = PlanVersion.objects.select_related("rcp_file__meeting").filter(pk=draft.pk).first()
        if found is None or found.revision != revision:
            raise Stale(found)
        if found.signed_at is not None:
            return found
        _check_whole(plan, today)
        _check_new(plan, found, today)
        _write_rows(found, plan)
        found.typed = {}
        found.priorities, found.preferences = plan.priorities, plan.preferences
        found.alert, found.review_on = plan.alert, plan.review_on
        found.referent_id = plan.referent.professional
        found.signed_at, found.signed_by = now, by
        found.save()
        record(verb="plan.signed", by=by, at=now, patient=locked, subject=_subject(found))
        if found.rcp_file:
            _prove_revised(found.rcp_file, today, by=by, now=now)
        if agreement:
            _agree(found, agreement, by=by, now=now)
        _tell_patient(locked, found, now=now)
    return found


def record_agreement(
    *, version: PlanVersion, agreement: Agreement, by: User, now: datetime
) -> PlanAgreement:
    """Note that the patient agrees to the version in force. Twice is once."""
    with transaction.atomic():
        locked = lock_patient(version.patient_id)
        last = PlanVersion.objects.signed().filter(patient=locked).first()
        if last is None or last.pk != version.pk:
            raise ValidationError(_("Ce plan a été remplacé\u00a0: relisez la nouvelle version."))
        known = PlanAgreement.objects.filter(version=last).first()
        return known or _agree(last, agreement, by=by, now=now)


def note_plan_reading(*, patient: Patient, by: User, now: datetime) -> None:
    """Journal that a person read the plan: a line at least every ten minutes."""
    note_readings(verb="plan.read", patients=[patient], by=by, now=now)


def _check_whole(plan: Plan, today: date) -> None:
    if plan.referent.professional is None:
        raise ValidationError({"referent": _("Choisissez un référent.")})
    if plan.review_on is None:
        raise ValidationError({"review_on": _("Indiquez quand le plan sera revu.")})
    if plan.review_on <= today:
        raise ValidationError({"review_on": _("La date de revue est à venir.")})
    if not plan.actions:
        raise ValidationError(_("Un plan a au moins une action."))
    if any(not each.who.name for each in plan.actions):
        raise ValidationError(_("Dites qui fait chaque action."))
    if any(each.status == ActionStatus.DROPPED and not each.why for each in plan.actions):
        raise ValidationError(_("Dites pourquoi l’action est abandonnée."))


def _check_new(plan: Plan, draft: PlanVersion, today: date) -> None:
    """What is signed differs from the version in force, and cites a review that took place."""
    former = PlanVersion.objects.signed().with_all().filter(patient=draft.patient_id).first()
    changes = diff(former.values if former else Plan(), plan)
    if not changes:
        raise ValidationError(_unchanged(former), code="unchanged")
    if draft.rcp_file is None:
        return
    if draft.rcp_file.held_on > today:
        raise ValidationError(_("La RCP citée n’a pas encore eu lieu."))
    if not revised(changes):
        raise ValidationError(
            _("%(unchanged)s Une RCP n’est citée que par un plan qu’elle a changé.")
            % {"unchanged": _unchanged(former)},
            code="unchanged",
        )


def _unchanged(former: PlanVersion | None) -> str:
    return _("Rien n’a changé depuis la version %(number)s.") % {
        "number": former.number if former else 0
    }


def _write_rows(version: PlanVersion, plan: Plan) -> None:
    for position, problem in enumerate(plan.problems, start=1):
        row = PlanProblem.objects.create(
            version=version, key=problem.key, position=position, words=problem.words
        )
        for place, objective in enumerate(problem.objectives, start=1):
            aim = PlanObjective.objects.create(
                problem=row, key=objective.key, position=place, words=objective.words
            )
            PlanAction.objects.bulk_create(
                PlanAction(
                    objective=aim,
                    key=each.key,
                    position=rank,
                    what=each.what,
                    professional_id=each.who.professional,
                    who="" if each.who.professional else each.who.name,
                    due_on=each.due_on,
                    status=each.status,
                    why=each.why,
                )
                for rank, each in enumerate(objective.actions, start=1)
            )


def _prove_revised(file: RcpFile, today: date, *, by: User, now: datetime) -> None:
    """The day on which the plan first changed because of a review stays."""
    if file.plan_revised_on is not None:
        return
    file.plan_revised_on = today
    file.save(update_fields=["plan_revised_on"])
    record(verb="rcp.file_changed", by=by, at=now, patient=file.patient, subject=str(file.meeting))
    publish(RcpFileChanged(file.pk, file.patient_id))


def _agree(version: PlanVersion, agreement: Agreement, *, by: User, now: datetime) -> PlanAgreement:
    if agreement.given_on > timezone.localdate(now):
        raise ValidationError({"given_on": _("Cette date est à venir.")})
    given = PlanAgreement.objects.create(
        version=version, given_on=agreement.given_on, how=agreement.how, at=now, by=by
    )
    patient = version.patient
    record(verb="plan.agreed", by=by, at=now, patient=patient, subject=_subject(version))
    return given


def _tell_patient(patient: Patient, version: PlanVersion, *, now: datetime) -> None:
    """A neutral mail to whoever has an account: something new to read."""
    if patient.user is None or not patient.user.is_active:
        return
    body = render_to_string(
        "network/plan/mail.txt",
        {
            "link": absolute(reverse("network:own_plan", args=[patient.code])),
            "phone": settings.SECRETARIAT_PHONE,
        },
    ).strip()
    queue_mail(
        to=patient.user.email,
        subject=_("Un document vous attend dans votre espace"),
        body=body,
        now=now,
        key=f"plan-{version.pk}",
    )


def _subject(version: PlanVersion) -> str:
    return f"plan {version.number}"

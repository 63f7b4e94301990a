"""Attestations: issued to those who completed a module, revoked by the medical director."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.actions.journal import record
from network.models import User
from network.models.professional import Professional
from training.actions.modules import NotYet, complete_module
from training.actions.runs import NotPublished
from training.enums import Part
from training.models import Attestation, Enrolment, TrainingBody
from training.rules.completion import attestation_validity
from training.selectors.path import Path
from training.selectors.renewal import Renewal, renewal_of


class Revoked(Exception):
    """The attestation of this completion was revoked: no other one replaces it by a click."""


@transaction.atomic
def issue_attestation(*, key: UUID, with_scores: bool, by: User, now: datetime) -> Attestation:
    """The learner's attestation of this module: issued once, then the same until it is renewed.

    A post-test passed again, once the expiry is near or past, gives another one with its own code
    and its own minutes; the old one stays, and says that it was renewed. `with_scores`: the person
    agrees that the results of the tests be printed. Raises NotPublished without enrolment, NotYet
    while something is missing, Revoked.
    """
    enrolment = (
        Enrolment.objects.select_for_update(no_key=True).filter(learner=by, module_key=key).first()
    )
    if enrolment is None:
        raise NotPublished
    issued = list(Attestation.objects.filter(learner=by, module_key=key))
    held = next((e for e in issued if e.revoked_at is None and e.renewed_on is None), None)
    if held:
        return _renew(held, enrolment, now=now, with_scores=with_scores)
    if issued:
        raise Revoked
    path = complete_module(enrolment=enrolment, now=now)
    if path is None:
        raise NotPublished
    if not path.completion.done or path.enrolment is None:
        raise NotYet(_("Il reste une étape de ce module à terminer."))
    facts = _facts(path, path.enrolment, by, with_scores=with_scores)
    return _issue(enrolment, minutes=path.completion.minutes, facts=facts, now=now)


def _renew(
    held: Attestation, enrolment: Enrolment, *, now: datetime, with_scores: bool
) -> Attestation:
    """Another attestation in the place of `held`; `held` itself when nothing renews it."""
    path = complete_module(enrolment=enrolment, now=now)
    renewal = renewal_of(path, held, timezone.localdate(now)) if path else None
    if path is None or renewal is None or not renewal.passed:
        return held
    if not path.completion.done:
        raise NotYet(_("Il reste une étape de ce module à terminer."))
    facts = _facts(path, enrolment, enrolment.learner, with_scores=False)
    facts |= _renewed(held, renewal, path, with_scores=with_scores)
    held.renewed_on = timezone.localdate(now)
    held.save(update_fields=["renewed_on"])
    return _issue(enrolment, minutes=renewal.minutes, facts=facts, now=now)


def issue(
    *, learner: User, key: UUID, minutes: int, facts: dict[str, Any], now: datetime
) -> Attestation:
    """Issue one, under the lock of the caller; `key`: of the module or of the meeting."""
    valid = attestation_validity(timezone.localdate(now))
    attestation: Attestation = Attestation.objects.create(
        learner=learner,
        module_key=key,
        issued_on=valid.start,
        expires_on=valid.end or valid.start,
        minutes=minutes,
        facts=facts,
    )
    record(verb="attestation.issued", by=learner, at=now, subject=str(attestation.code))
    return attestation


def _issue(
    enrolment: Enrolment, *, minutes: int, facts: dict[str, Any], now: datetime
) -> Attestation:
    learner, key = enrolment.learner, enrolment.module_key
    return issue(learner=learner, key=key, minutes=minutes, facts=facts, now=now)


@transaction.atomic
def revoke_attestation(
    *, attestation: Attestation, reason: str, by: User, now: datetime
) -> Attestation:
    """Take it back, with a reason; asked twice, the first reason stays."""
    found: Attestation = Attestation.objects.select_for_update(no_key=True).get(pk=attestation.pk)
    if found.revoked_at:
        return found
    found.revoked_at, found.revoked_by, found.revoked_because = now, by, reason
    found.save(update_fields=["revoked_at", "revoked_by", "revoked_because"])
    record(verb="attestation.revoked", by=by, at=now, subject=str(found.code), reason=reason)
    return found


@transaction.atomic
def describe_body(*, body: TrainingBody, by: User, now: datetime) -> TrainingBody:
    """Keep the name and the numbers printed from now on; what was issued does not change."""
    body.pk = 1
    body.save()
    record(verb="training_body.described", by=by, at=now)
    return body


def _facts(path: Path, enrolment: Enrolment, learner: User, *, with_scores: bool) -> dict[str, Any]:
    """What is attested, copied: neither the module nor the person's sheet may change it later."""
    page, content = path.content.page, path.content
    completed_at = enrolment.completed_at or enrolment.started_at
    return {
        "title": page.title,
        "objectives": [str(block.value) for block in page.objectives if block.value],
        "nature": page.nature,
        "axis": page.axis,
        "lessons": len(content.lessons),
        "vignettes": len(content.vignettes),
        "tests": len(content.tests),
        "action_number": page.action_number,
        "session_number": page.session_number,
        "started_on": timezone.localdate(enrolment.started_at).isoformat(),
        "completed_on": timezone.localdate(completed_at).isoformat(),
        "planned_minutes": page.minutes,
        "live_minutes": 0,  # a module is followed alone, at one's own time
        "scores": _scores(path) if with_scores else {},
        "lead": {
            "name": page.lead.name if page.lead else "",
            "function": page.lead.function if page.lead else "",
            "interests": page.lead.interests if page.lead else "",
        },
        "learner": learner_facts(learner),
        "body": body_facts(),
    }


def _renewed(
    held: Attestation, renewal: Renewal, path: Path, *, with_scores: bool
) -> dict[str, Any]:
    """What a renewal attests, and nothing more: the tries of one test, on their own days."""
    days = (renewal.started_at, renewal.finished_at)
    first, last = (timezone.localdate(each).isoformat() if each else "" for each in days)
    return {
        "renews": held.issued_on.isoformat(),
        "lessons": 0,
        "vignettes": 0,
        "tests": 1,
        "started_on": first,
        "completed_on": last,
        "planned_minutes": len(path.content.tests[Part.POSTTEST].case.decisions),
        "scores": {"post": round(renewal.best or 0)} if with_scores else {},
    }


def _scores(path: Path) -> dict[str, int]:
    """Whole percents: the first pre-test, the best post-test."""
    found = {"pre": path.first(Part.PRETEST), "post": path.best(Part.POSTTEST)}
    return {name: round(score) for name, score in found.items() if score is not None}


def body_facts() -> dict[str, str]:
    """Who gives the training, as printed."""
    body = TrainingBody.current()
    return {
        "name": str(body.name),
        "address": body.address,
        "signatory": str(body.signatory),
        "declaration": body.declaration,
        "qualiopi": body.qualiopi,
        "odpc": body.odpc,
    }


def learner_facts(learner: User) -> dict[str, str]:
    """Name, profession and RPPS, as printed."""
    sheet = Professional.objects.filter(user=learner).first()
    if sheet is None:
        return {"name": learner.get_full_name(), "profession": "", "rpps": ""}
    return {"name": str(sheet), "profession": sheet.trade, "rpps": sheet.rpps or ""}

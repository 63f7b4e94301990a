"""What sessions are made from: programmes, workshops, facilitators, sites. Kept, never deleted."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from etp.models import Facilitator, Programme, Site, Workshop
from network.actions.journal import record
from network.models import User


@transaction.atomic
def keep_programme(
    *, programme: Programme, team: Collection[Facilitator], by: User, now: datetime
) -> Programme:
    """Write a programme and who gives it. The same again changes nothing."""
    programme.save()
    programme.team.set(team)
    record(verb="programme.kept", by=by, at=now, subject=programme.name[:80])
    return programme


@transaction.atomic
def keep_workshop(*, workshop: Workshop, by: User, now: datetime) -> Workshop:
    """Write a model of session; the sessions already planned keep their own seats and times."""
    workshop.save()
    record(verb="workshop.kept", by=by, at=now, subject=workshop.title[:80])
    return workshop


@transaction.atomic
def keep_facilitator(*, facilitator: Facilitator, by: User, now: datetime) -> Facilitator:
    """Write who may give workshops, with the proof of the training that was seen."""
    facilitator.save()
    record(verb="facilitator.kept", by=by, at=now, subject=str(facilitator)[:80])
    return facilitator


@transaction.atomic
def keep_site(*, site: Site, by: User, now: datetime) -> Site:
    """Write where sessions are held; mails already sent keep the former address."""
    site.save()
    record(verb="site.kept", by=by, at=now, subject=site.name[:80])
    return site

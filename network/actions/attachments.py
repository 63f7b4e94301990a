"""Documents joined to a referral: added one by one, taken back while it is a draft, read."""

from datetime import datetime
from hashlib import sha256
from typing import IO
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.actions.journal import record
from network.actions.patients import note_readings
from network.models import Attachment, Referral, User
from network.rules.attachments import MOST_BYTES, Unfit, kind_of, unfit

WHY_NOT: dict[Unfit, str | Promise] = {
    Unfit.EMPTY: gettext_lazy("%(name)s est vide."),
    Unfit.TOO_BIG: gettext_lazy("%(name)s dépasse 10\u00a0Mo\u00a0: réduisez ce fichier."),
    Unfit.STRANGE: gettext_lazy("%(name)s n’est ni un PDF ni une image JPEG ou PNG."),
    Unfit.TOO_MANY: gettext_lazy("%(name)s n’est pas joint\u00a0: 10\u00a0pièces au plus."),
    Unfit.TOO_MUCH: gettext_lazy(
        "%(name)s n’est pas joint\u00a0: 30\u00a0Mo au plus pour toutes les pièces."
    ),
}


def attach(
    *, referral: Referral, name: str, file: IO[bytes], by: User, now: datetime
) -> Attachment:
    """Join a document; the same content twice is one. Raises ValidationError on `pieces`."""
    content = file.read(MOST_BYTES + 1)
    digest = sha256(content).hexdigest()
    with transaction.atomic():
        locked = Referral.objects.select_for_update(no_key=True).get(pk=referral.pk)
        joined = list(Attachment.objects.filter(referral=locked))
        same = next((each for each in joined if each.digest == digest), None)
        if same:
            return same
        shown = _shown(name)
        kind, reason = kind_of(content), unfit(content, [each.size for each in joined])
        if reason or kind is None:
            why = WHY_NOT[reason or Unfit.STRANGE]
            raise ValidationError({"pieces": str(why) % {"name": shown}})
        added = Attachment.objects.create(
            referral=locked,
            kind=kind,
            name=shown,
            size=len(content),
            digest=digest,
            content=content,
            added_at=now,
        )
        record(
            verb="attachment.added",
            by=by,
            at=now,
            patient=locked.patient,
            subject=added.file_name,
        )
    return added


def _shown(name: str) -> str:
    """The name without its folders or anything that does not print."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    return "".join(each for each in bare if each.isprintable())[:120] or _("Pièce jointe")


def take_back(*, referral: Referral, uid: UUID, by: User, now: datetime) -> None:
    """Remove a document from a draft; of a sent referral nothing is removed. Twice is once."""
    with transaction.atomic():
        locked = Referral.objects.select_for_update(no_key=True).get(pk=referral.pk)
        if locked.sent_at:
            raise ValidationError(_("Cette demande est envoyée\u00a0: ses pièces restent."))
        found = Attachment.objects.filter(referral=locked, uid=uid).first()
        if found:
            record(verb="attachment.removed", by=by, at=now, subject=found.file_name)
            found.delete()


def read_attachment(*, attachment: Attachment, by: User, now: datetime) -> bytes:
    """The document in clear; the reading is in the journal."""
    patient = attachment.referral.patient
    if patient:
        note_readings(verb="attachment.read", patients=[patient], by=by, now=now)
    return attachment.content

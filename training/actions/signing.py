"""Sign a content outside the editor: what is laid down with the portal, already read."""

from datetime import datetime

from network.models import User
from training.models import SignOff
from training.models.sign_off import Signable


def sign(*, content: Signable, by: User, now: datetime) -> SignOff:
    """The medical director's signature on a page or a card, as it stands in memory.

    Idempotent: the first signature stays. Raises PermissionDenied for anybody else.
    """
    signature: SignOff = SignOff.objects.sign(content, by=by, at=now)
    return signature
